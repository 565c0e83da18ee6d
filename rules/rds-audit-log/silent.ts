import type { Account } from '../../account/account.ts';
import { AccountError } from '../../account/errors.ts';
import { type Database, optionGroupOptions, parameters } from '../../account/services/rds/readings.ts';
import { isSwitchedOn, unknownWhether } from '../shared/log-exports.ts';
import { settle } from '../shared/settle.ts';
import { familyOf } from './engines.ts';

type Groups = Account<typeof optionGroupOptions | typeof parameters>;
type Settings = Readonly<Record<string, string>>;

/**
 * An export only carries what the engine writes, and most engines write no audit log by themselves: the sentences say
 * what of the exported stays empty, and what turns it on. The owner has to change options and parameters, because
 * they cost speed and some need a restart.
 */
export async function silentLogs(
  account: Groups,
  region: string,
  instance: Database,
  types: readonly string[],
): Promise<string[]> {
  switch (familyOf(instance.engine)) {
    case 'mysql':
    case 'mariadb':
      return [
        ...(types.includes('audit')
          ? await withoutOption(account, region, instance, 'MARIADB_AUDIT_PLUGIN', AUDIT_OF_MYSQL)
          : []),
        ...(await byParameters(account, region, instance, (settings) => mysqlLogs(settings, types))),
      ];
    case 'postgres':
      return types.includes('postgresql') ? byParameters(account, region, instance, postgresLog) : [];
    case 'oracle':
      return types.includes('audit') ? byParameters(account, region, instance, oracleAudit) : [];
    case 'sqlserver':
      return withoutOption(account, region, instance, 'SQLSERVER_AUDIT', AUDIT_OF_SQL_SERVER);
    default:
      return [];
  }
}

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.MySQLDB.PublishtoCloudWatchLogs.html
const AUDIT_OF_MYSQL = 'log audit stays empty until the option group has MARIADB_AUDIT_PLUGIN';
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.SQLServer.Options.Audit.html
const AUDIT_OF_SQL_SERVER =
  'logs error and agent say nothing of queries: SQL Server Audit is the option SQLSERVER_AUDIT, and writes to S3';

async function withoutOption(
  account: Groups,
  region: string,
  { optionGroups }: Database,
  option: string,
  said: string,
): Promise<string[]> {
  const groups = await settle(
    Promise.all(optionGroups.map((group) => account.read(optionGroupOptions, { region, id: group }))),
  );
  if (groups instanceof AccountError) return [unknownWhether(`option ${option} is there`, groups)];
  return groups.flat().includes(option)
    ? []
    : [`${capital(said)} (option group ${optionGroups.join(', ') || 'none'})`];
}

async function byParameters(
  account: Groups,
  region: string,
  { parameterGroups }: Database,
  said: (settings: Settings) => string[],
): Promise<string[]> {
  const groups = await settle(
    Promise.all(parameterGroups.map((group) => account.read(parameters, { region, id: group }))),
  );
  if (groups instanceof AccountError) return [unknownWhether('the engine writes these logs', groups)];
  const named = `(parameter group ${parameterGroups.join(', ') || 'none'})`;
  return said(Object.assign({}, ...groups)).map((sentence) => `${capital(sentence)} ${named}`);
}

function mysqlLogs(settings: Settings, types: readonly string[]): string[] {
  const { general_log, slow_query_log, log_slow_query, log_output } = settings;
  const isOn: Readonly<Record<string, boolean>> = {
    general: isSwitchedOn(general_log),
    slowquery: isSwitchedOn(slow_query_log) || isSwitchedOn(log_slow_query),
  };
  const off = ['general', 'slowquery'].filter((type) => types.includes(type) && !isOn[type]);
  const names = { general: 'general_log', slowquery: 'slow_query_log' } as Record<string, string>;
  const goesToFile = /\bfile\b/i.test(log_output ?? '');
  const filed = ['general', 'slowquery'].filter((type) => types.includes(type) && isOn[type]);
  return [
    ...off.map((type) => `log ${type} stays empty until ${names[type]} is 1 and log_output is FILE`),
    ...(filed.length > 0 && !goesToFile
      ? [`log ${filed.join(', ')} stays empty until log_output is FILE`]
      : []),
    ...(filed.includes('general') && goesToFile
      ? ['log general holds every statement as it was sent, and CloudWatch Logs bills for all of it']
      : []),
  ];
}

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.pgaudit.html
const postgresLog = ({ shared_preload_libraries, log_statement }: Settings): string[] =>
  /\bpgaudit\b/i.test(shared_preload_libraries ?? '') || !/^(?:none)?$/i.test(log_statement ?? '')
    ? []
    : [
        'log postgresql holds errors but no statements until shared_preload_libraries has pgaudit, or log_statement is set',
      ];

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.Oracle.html
const oracleAudit = ({ audit_trail }: Settings): string[] =>
  /\b(?:os|xml)\b/i.test(audit_trail ?? '') ? [] : ['log audit stays empty until audit_trail is OS or XML'];

const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);
