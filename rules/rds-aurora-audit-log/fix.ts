import type { Account } from '../../account/account.ts';
import { AccountError } from '../../account/errors.ts';
import { clusterParameters, clusters, type Database } from '../../account/services/rds/readings.ts';
import { defineFix, type FixContext, type Plan } from '../fix.ts';
import type { Verdict } from '../rule.ts';
import {
  type ExportInputs,
  type ExportsBefore,
  enableExports,
  findDatabase,
  isSwitchedOn,
  NO_EXPORTS,
  stillWanting,
  unavailable,
  undoExports,
  unknownWhether,
  verifyExports,
} from '../shared/log-exports.ts';
import { settle } from '../shared/settle.ts';
import type { AuditFinding } from './rule.ts';

const reads = [clusters, clusterParameters] as const;
type Asks = (typeof reads)[number];

/** Exports the audit log. Parameters and log groups stay as they are. */
export const fix = defineFix<AuditFinding, unknown>()({
  summary: {
    changes: {
      en: 'Exports the audit log of the Aurora MySQL cluster to CloudWatch Logs.',
      ko: 'Aurora MySQL 클러스터의 감사 로그를 CloudWatch Logs로 내보냅니다.',
    },
    breaks: {
      en: 'Nothing; CloudWatch Logs bills the volume.',
      ko: '없음. CloudWatch Logs가 양에 따라 과금합니다.',
    },
    undo: {
      en: 'Stops exporting it if the run began to; log groups stay.',
      ko: '실행이 시작한 내보내기를 멈춥니다. 로그 그룹은 남습니다.',
    },
    automatic: { sensible: true, why: { en: 'Where the bill is wanted.', ko: '비용을 감수할 때.' } },
  },

  options: {},
  reads,
  inputs: NO_EXPORTS,
  plan,
  async undo(before: ExportsBefore, { account, resource }) {
    const cluster = await findDatabase(account.each(clusters, { region: resource.region }), resource.id);
    return undoExports('DBCluster', before, cluster);
  },
  async verify(before: ExportsBefore, changes, { account, resource }) {
    return verifyExports(
      before,
      changes,
      await findDatabase(account.each(clusters, { region: resource.region }), resource.id),
    );
  },
});

async function plan(
  { resource }: Verdict<AuditFinding>,
  { account, agreed }: FixContext<unknown, Record<never, never>, Asks>,
): Promise<Plan<ExportInputs>> {
  const { region } = resource;
  const cluster = await findDatabase(account.each(clusters, { region }), resource.id);
  if (!cluster) return { steps: [] };
  const refusals = cluster.isServerless ? [serverless(cluster)] : unavailable(cluster);
  if (refusals.length > 0) return { steps: [], refusals };
  const warnings = await silence(account, region, cluster);
  const wanting = await stillWanting(['audit'], agreed, (again) =>
    findDatabase(again.each(clusters, { region }), resource.id),
  );
  if (wanting.length === 0) return { steps: [], warnings };
  return { ...enableExports('DBCluster', cluster, wanting), warnings };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v1.how-it-works.html */
const serverless = ({ name }: Database) =>
  `${name} is Aurora Serverless v1, which has no exports to set: it uploads by itself what its parameters turn on (server_audit_logging, server_audit_events)`;

/**
 * An export only carries what the engine writes: the owner has to change the parameters that turn auditing on.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html
 */
async function silence(
  account: Account<typeof clusterParameters>,
  region: string,
  { parameterGroups }: Database,
): Promise<string[]> {
  const groups = await settle(
    Promise.all(parameterGroups.map((group) => account.read(clusterParameters, { region, id: group }))),
  );
  if (groups instanceof AccountError) return [unknownWhether('Advanced Auditing is on', groups)];
  const { server_audit_logging, server_audit_events } = Object.assign({}, ...groups) as Record<
    string,
    string
  >;
  const wanting = [
    ...(isSwitchedOn(server_audit_logging) ? [] : ['server_audit_logging is 1']),
    ...(server_audit_events ? [] : ['server_audit_events names what to log, such as CONNECT,QUERY']),
  ];
  if (wanting.length === 0) return [];
  const where = parameterGroups.map((name) =>
    name.startsWith('default.') ? `${name}, which cannot be changed: a custom one is needed` : name,
  );
  return [
    `Log audit stays empty until ${wanting.join(' and ')} (cluster parameter group ${where.join('; ') || 'none'})`,
  ];
}
