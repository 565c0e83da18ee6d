import {
  type Database,
  instances,
  optionGroupOptions,
  parameters,
} from '../../account/services/rds/readings.ts';
import { defineFix, type FixContext, type Plan } from '../fix.ts';
import type { Verdict } from '../rule.ts';
import {
  type ExportInputs,
  type ExportsBefore,
  enableExports,
  findDatabase,
  NO_EXPORTS,
  stillWanting,
  unavailable,
  undoExports,
  verifyExports,
} from '../shared/log-exports.ts';
import { isExportable } from './engines.ts';
import type { LogFinding } from './rule.ts';
import { silentLogs } from './silent.ts';

const reads = [instances, optionGroupOptions, parameters] as const;
type Asks = (typeof reads)[number];

/** Exports the log types that are missing. Parameters, options and log groups stay as they are. */
export const fix = defineFix<LogFinding, unknown>()({
  summary: {
    changes: {
      en: 'Exports the logs of the DB instance to CloudWatch Logs.',
      ko: 'DB 인스턴스의 로그를 CloudWatch Logs로 내보냅니다.',
    },
    breaks: {
      en: 'Nothing; CloudWatch Logs bills the volume.',
      ko: '없음. CloudWatch Logs가 양에 따라 과금합니다.',
    },
    undo: {
      en: 'Stops exporting what the run began to export; log groups stay.',
      ko: '실행이 시작한 내보내기를 멈춥니다. 로그 그룹은 남습니다.',
    },
    automatic: { sensible: true, why: { en: 'Where the bill is wanted.', ko: '비용을 감수할 때.' } },
  },

  options: {},
  reads,
  inputs: NO_EXPORTS,
  plan,
  async undo(before: ExportsBefore, { account, resource }) {
    const instance = await findDatabase(account.each(instances, { region: resource.region }), resource.id);
    return undoExports('DBInstance', before, instance);
  },
  async verify(before: ExportsBefore, changes, { account, resource }) {
    return verifyExports(
      before,
      changes,
      await findDatabase(account.each(instances, { region: resource.region }), resource.id),
    );
  },
});

async function plan(
  { resource, findings }: Verdict<LogFinding>,
  { account, agreed }: FixContext<unknown, Record<never, never>, Asks>,
): Promise<Plan<ExportInputs>> {
  const { region } = resource;
  const instance = await findDatabase(account.each(instances, { region }), resource.id);
  const [finding] = findings;
  if (!instance || finding?.kind !== 'notExported') return { steps: [] };

  const { engine, cluster } = instance;
  const types = finding.types.filter((type) => isExportable(engine, type));
  const others = finding.types.filter((type) => !types.includes(type));
  const refusals = [
    ...(cluster && types.length > 0 ? [ofCluster(instance, types)] : unavailable(instance)),
    ...(others.length > 0
      ? [`RDS exports no log ${others.join(', ')} of ${engine}: take it out of additionalLogs`]
      : []),
  ];
  if (cluster || unavailable(instance).length > 0 || types.length === 0) return { steps: [], refusals };
  const warnings = await silentLogs(account, region, instance, types);
  const wanting = await stillWanting(types, agreed, (again) =>
    findDatabase(again.each(instances, { region }), resource.id),
  );
  if (wanting.length === 0) return { steps: [], refusals, warnings };
  return { ...enableExports('DBInstance', instance, wanting), refusals, warnings };
}

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html, EnableCloudwatchLogsExports.
 * A Multi-AZ cluster of MySQL exports no audit log: API_ModifyDBCluster.html, CloudwatchLogsExportConfiguration.
 */
function ofCluster({ name, engine, cluster }: Database, types: readonly string[]): string {
  const possible = types.filter((type) => engine !== 'mysql' || type !== 'audit');
  const command = `aws rds modify-db-cluster --db-cluster-identifier ${cluster} --cloudwatch-logs-export-configuration EnableLogTypes=${possible.join(',')}`;
  return [
    `${name} is a member of DB cluster ${cluster}, and exports what the cluster exports`,
    possible.length > 0 ? command : 'which can be no log audit',
  ].join(': ');
}
