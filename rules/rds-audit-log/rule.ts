import type { ResourceRef } from '../../account/account.ts';
import { type Database, instances } from '../../account/services/rds/readings.ts';
import { compliant, nonCompliant, notApplicable } from '../judgement.ts';
import { parameter } from '../parameters.ts';
import { defineRule, type Judgement } from '../rule.ts';
import { inRegions } from '../shared/ahead.ts';
import { withTags } from '../shared/exemption.ts';
import { isCalled } from '../shared/log-exports.ts';
import { type AdditionalLogs, additionalLogs, wantedLogs } from './engines.ts';
import { fix } from './fix.ts';

const TYPE = 'AWS::RDS::DBInstance';

export type LogFinding =
  /** Log types that are wanted, and neither exported nor about to be. */
  | { readonly kind: 'notExported'; readonly engine: string; readonly types: readonly string[] }
  | { readonly kind: 'engine'; readonly engine: string }
  | { readonly kind: 'status'; readonly status: string };

/** In any other the managed rule says NOT_APPLICABLE: https://docs.aws.amazon.com/config/latest/developerguide/rds-logging-enabled.html */
const JUDGED = ['available', 'backing-up', 'storage-optimization', 'storage-full'];
/** The statuses of an instance while its exports change. It passes already if the change adds what was missing. */
const CHANGING = ['modifying', 'configuring-log-exports'];

const parameters = {
  additionalLogs: parameter(additionalLogs(), '', {
    en: 'Log types to export besides, by engine: `oracle: oemagent; mysql: iam-db-auth-error`.',
    ko: '엔진별로 추가로 내보낼 로그 유형. 예: `oracle: oemagent; mysql: iam-db-auth-error`.',
  }),
};

/** What AWS's RDS_LOGGING_ENABLED says, of this moment: an instance exports the logs that its engine has. */
export default defineRule<typeof parameters, LogFinding>()({
  id: 'rds-audit-log',
  detectedBy: 'RDS_LOGGING_ENABLED',
  severity: 'MEDIUM',
  resourceTypes: [TYPE],
  scope: 'regional',
  triggers: [],
  parameters,
  reads: [instances],
  messages: {
    notExported: ({ engine, types }) => `${engine}: not exported to CloudWatch Logs: ${types.join(', ')}`,
    engine: ({ engine }) => `engine ${engine} is not looked at`,
    status: ({ status }) => `is ${status}`,
  },

  async *judge(account, values, { resource: asked }) {
    yield* inRegions(account, asked ? [asked.region] : account.regions, async function* (region) {
      for await (const instance of account.each(instances, { region })) {
        const { id, name, tags } = instance;
        if (!asked) {
          const said = judgeInstance({ type: TYPE, id, name, region }, instance, values.additionalLogs);
          yield withTags(said, () => tags);
        }
        // By the name that it was asked for.
        else if (isCalled(instance, asked.id))
          return yield judgeInstance(asked, instance, values.additionalLogs);
      }
    });
  },

  fix,
});

function judgeInstance(
  resource: ResourceRef,
  { engine, status, logExports }: Database,
  additional: AdditionalLogs,
): Judgement<LogFinding> {
  const wanted = wantedLogs(engine, additional);
  if (wanted.length === 0) return notApplicable(resource, [{ kind: 'engine', engine }]);
  const types = wanted.filter((type) => !logExports.includes(type));
  if (types.length === 0 && [...JUDGED, ...CHANGING].includes(status)) return compliant(resource);
  if (!JUDGED.includes(status)) return notApplicable(resource, [{ kind: 'status', status }]);
  return nonCompliant(resource, [{ kind: 'notExported', engine, types }]);
}
