import type { ResourceRef } from '../../account/account.ts';
import { clusters, type Database } from '../../account/services/rds/readings.ts';
import { compliant, nonCompliant, notApplicable } from '../judgement.ts';
import { defineRule, type Judgement } from '../rule.ts';
import { inRegions } from '../shared/ahead.ts';
import { withTags } from '../shared/exemption.ts';
import { isCalled } from '../shared/log-exports.ts';
import { fix } from './fix.ts';

const TYPE = 'AWS::RDS::DBCluster';

export type AuditFinding =
  | { readonly kind: 'notExported' }
  | { readonly kind: 'engine'; readonly engine: string };

/** Aurora MySQL; `aurora` is the one that is compatible with MySQL 5.6. */
const ENGINES = ['aurora-mysql', 'aurora'];

/**
 * What AWS's RDS_AURORA_MYSQL_AUDIT_LOGGING_ENABLED says, of this moment: a cluster exports its audit log.
 * https://docs.aws.amazon.com/config/latest/developerguide/rds-aurora-mysql-audit-logging-enabled.html
 */
export default defineRule<Record<never, never>, AuditFinding>()({
  id: 'rds-aurora-audit-log',
  detectedBy: 'RDS_AURORA_MYSQL_AUDIT_LOGGING_ENABLED',
  severity: 'MEDIUM',
  resourceTypes: [TYPE],
  scope: 'regional',
  triggers: [],
  parameters: {},
  reads: [clusters],
  messages: {
    notExported: () => 'log audit is not exported to CloudWatch Logs',
    engine: ({ engine }) => `engine ${engine} is not Aurora MySQL`,
  },

  async *judge(account, _, { resource: asked }) {
    yield* inRegions(account, asked ? [asked.region] : account.regions, async function* (region) {
      for await (const cluster of account.each(clusters, { region })) {
        const { id, name, tags } = cluster;
        if (!asked) yield withTags(judgeCluster({ type: TYPE, id, name, region }, cluster), () => tags);
        // By the name that it was asked for.
        else if (isCalled(cluster, asked.id)) return yield judgeCluster(asked, cluster);
      }
    });
  },

  fix,
});

function judgeCluster(resource: ResourceRef, { engine, logExports }: Database): Judgement<AuditFinding> {
  if (!ENGINES.includes(engine)) return notApplicable(resource, [{ kind: 'engine', engine }]);
  return logExports.includes('audit')
    ? compliant(resource)
    : nonCompliant(resource, [{ kind: 'notExported' }]);
}
