import { InvalidParametersError, parseParameters } from '../../rules/parameters.ts';
import rule from '../../rules/rds-audit-log/rule.ts';
import { denied, judged, memoryAccount } from '../support/memory.ts';
import {
  calls,
  INSTANCE,
  instances,
  options,
  parameters,
  pending,
  planFor,
  type Readings,
  undoOf,
} from './databases.ts';

const MYSQL = ['audit', 'error', 'general', 'slowquery'];
const exports = (...EnabledCloudwatchLogsExports: string[]) => ({ EnabledCloudwatchLogsExports });
const is = (DBInstanceStatus: string) => ({ DBInstanceStatus });
const runs = (Engine: string) => ({ Engine });
const enable = (...EnableLogTypes: string[]) => [
  'rds:ModifyDBInstance',
  { DBInstanceIdentifier: 'orders', CloudwatchLogsExportConfiguration: { EnableLogTypes } },
];
const disable = (...DisableLogTypes: string[]) => [
  'rds:ModifyDBInstance',
  { DBInstanceIdentifier: 'orders', CloudwatchLogsExportConfiguration: { DisableLogTypes } },
];

describe('the verdict', () => {
  test.each<[situation: string, instance: Readings, compliance: string, annotation: string]>([
    [
      'exports nothing',
      {},
      'NON_COMPLIANT',
      'mysql: not exported to CloudWatch Logs: audit, error, general, slowquery',
    ],
    [
      'exports a part',
      exports('error', 'general'),
      'NON_COMPLIANT',
      'mysql: not exported to CloudWatch Logs: audit, slowquery',
    ],
    ['exports everything, and more', exports(...MYSQL, 'iam-db-auth-error'), 'COMPLIANT', ''],
    [
      'is about to export the rest',
      { ...exports('error'), ...pending({ LogTypesToEnable: MYSQL }) },
      'COMPLIANT',
      '',
    ],
    [
      'is about to stop',
      { ...exports(...MYSQL), ...pending({ LogTypesToDisable: ['audit'] }) },
      'NON_COMPLIANT',
      'mysql: not exported to CloudWatch Logs: audit',
    ],
    [
      'has a full disk',
      is('storage-full'),
      'NON_COMPLIANT',
      'mysql: not exported to CloudWatch Logs: audit, error, general, slowquery',
    ],
    ['is stopped', is('stopped'), 'NOT_APPLICABLE', 'is stopped'],
    ['is stopped, and exports', { ...is('stopped'), ...exports(...MYSQL) }, 'NOT_APPLICABLE', 'is stopped'],
    [
      'is being changed to what is wanted',
      { ...is('configuring-log-exports'), ...pending({ LogTypesToEnable: MYSQL }) },
      'COMPLIANT',
      '',
    ],
    ['is being changed to something else', is('modifying'), 'NOT_APPLICABLE', 'is modifying'],
    [
      'PostgreSQL',
      runs('postgres'),
      'NON_COMPLIANT',
      'postgres: not exported to CloudWatch Logs: postgresql, upgrade',
    ],
    [
      'MariaDB',
      { ...runs('mariadb'), ...exports('audit') },
      'NON_COMPLIANT',
      'mariadb: not exported to CloudWatch Logs: error, general, slowquery',
    ],
    [
      'Oracle, multitenant',
      runs('oracle-se2-cdb'),
      'NON_COMPLIANT',
      'oracle-se2-cdb: not exported to CloudWatch Logs: alert, audit, trace, listener',
    ],
    ['SQL Server', { ...runs('sqlserver-web'), ...exports('error', 'agent') }, 'COMPLIANT', ''],
    [
      'Aurora PostgreSQL, which has no log upgrade',
      { ...runs('aurora-postgresql'), ...exports('postgresql') },
      'COMPLIANT',
      '',
    ],
    ['Db2', runs('db2-se'), 'NOT_APPLICABLE', 'engine db2-se is not looked at'],
    ['RDS Custom', runs('custom-oracle-ee'), 'NOT_APPLICABLE', 'engine custom-oracle-ee is not looked at'],
    ['Neptune', runs('neptune'), 'NOT_APPLICABLE', 'engine neptune is not looked at'],
  ])('%s', async (_, instance, compliance, annotation) => {
    const said = await judged(rule, memoryAccount(instances(instance)));
    expect(said).toMatchObject([{ id: INSTANCE, name: 'orders', compliance, annotation }]);
  });

  test.each<[additionalLogs: string, instance: Readings, types: string[]]>([
    ['oracle: oemagent; mysql: iam-db-auth-error', exports(...MYSQL), ['iam-db-auth-error']],
    [' MySQL : audit ,iam-db-auth-error ; ', exports(...MYSQL), ['iam-db-auth-error']],
    ['oracle-ee: oemagent', runs('oracle-ee'), ['alert', 'audit', 'trace', 'listener', 'oemagent']],
    ['oracle-ee: oemagent', runs('oracle-se2'), ['alert', 'audit', 'trace', 'listener']],
    ['aurora: instance', runs('aurora-postgresql'), ['postgresql']],
    ['postgresql: iam-db-auth-error', runs('postgres'), ['postgresql', 'upgrade', 'iam-db-auth-error']],
    ['db2: diag.log; db2: notify.log', runs('db2-ae'), ['diag.log', 'notify.log']],
  ])('additionalLogs "%s" of %j', async (additionalLogs, instance, types) => {
    const [said] = await judged(rule, memoryAccount(instances(instance)), { additionalLogs });
    expect(said?.findings).toMatchObject([{ kind: 'notExported', types }]);
  });

  test.each(['audit', 'mysql:', 'mysql: audit,,error', 'mongodb: audit', 'mysql=audit', 'mysql: a; : b'])(
    'additionalLogs "%s" is an error that says what is expected',
    (additionalLogs) => {
      const parse = () => parseParameters(rule, { additionalLogs });
      expect(parse).toThrow(InvalidParametersError);
      expect(parse).toThrow(
        /additionalLogs is ".*expected engines and log types such as .*engines: oracle, postgres/,
      );
    },
  );

  const ask = (id: string, account = memoryAccount(instances({}, other))) =>
    judged(rule, account, {}, { resource: { type: 'AWS::RDS::DBInstance', id, region: 'us-east-1' } });
  const other = { DBInstanceIdentifier: 'stock', DbiResourceId: 'db-STOCK', ...exports(...MYSQL) };

  test.each([
    [INSTANCE, 'NON_COMPLIANT'],
    ['orders', 'NON_COMPLIANT'],
    ['Orders', 'NON_COMPLIANT'],
    ['db-STOCK', 'COMPLIANT'],
    ['stock', 'COMPLIANT'],
  ])('is on the instance that is called %s, by that name', async (id, compliance) => {
    expect(await ask(id)).toMatchObject([{ id, compliance }]);
  });

  test('is on nothing where no instance is called so', async () => {
    expect(await ask('db-GONE')).toEqual([]);
  });

  test('does not suffer from an instance beside it that makes no sense', async () => {
    expect(await ask('orders', memoryAccount(instances({}, { Engine: null })))).toMatchObject([
      { compliance: 'NON_COMPLIANT' },
    ]);
    expect(await ask('stock', memoryAccount(instances({}, { Engine: null })))).toMatchObject([
      { compliance: 'UNKNOWN', code: 'Malformed' },
    ]);
  });

  test('is none where nobody may look', async () => {
    const account = memoryAccount({ 'us-east-1/rds/describe-db-instances.json': denied });
    expect(await ask('orders', account)).toMatchObject([{ compliance: 'UNKNOWN', code: 'AccessDenied' }]);
  });
});

describe('the plan', () => {
  const quiet = {
    ...options('MARIADB_AUDIT_PLUGIN'),
    ...parameters({ general_log: '1', slow_query_log: '1', log_output: 'FILE' }),
  };
  const planned = (instance: Readings, readings: Readings = quiet, given: Readings = {}) =>
    planFor(rule, 'orders', { ...instances(instance), ...readings }, given);

  test('enables what is wanting, and says so to the selectors', async () => {
    const plan = await planned(exports('general'));
    expect(calls(plan)).toEqual([enable('audit', 'error', 'slowquery')]);
    expect(plan.inputs).toEqual({ Identifier: 'orders', LogTypes: ['audit', 'error', 'slowquery'] });
    expect(plan).toMatchObject({ refusals: [], warnings: [] });
  });

  test('never has anything else applied that waits for the maintenance window', async () => {
    const plan = await planned({ PendingModifiedValues: { DBInstanceClass: 'db.r6g.large' } });
    expect(JSON.stringify(calls(plan))).not.toContain('ApplyImmediately');
  });

  test('leads to an instance that passes, and then to nothing more', async () => {
    const [[, input] = []] = calls(await planned({}));
    const types = (input as { CloudwatchLogsExportConfiguration: { EnableLogTypes: string[] } })
      .CloudwatchLogsExportConfiguration.EnableLogTypes;
    expect(
      await planned({ ...is('configuring-log-exports'), ...pending({ LogTypesToEnable: types }) }),
    ).toEqual({ steps: [] });
    expect(await planned(exports(...types))).toEqual({ steps: [] });
  });

  test.each<[situation: string, instance: Readings, given: Readings, refusal: RegExp]>([
    [
      'is not available',
      is('backing-up'),
      {},
      /^orders is backing-up, and RDS changes only what is available: try again then$/,
    ],
    [
      'is a member of a cluster',
      { DBClusterIdentifier: 'shop' },
      {},
      /^orders is a member of DB cluster shop, .*--db-cluster-identifier shop .*EnableLogTypes=error,general,slowquery$/,
    ],
    [
      'is a member of a Multi-AZ cluster, which audits nothing',
      { DBClusterIdentifier: 'shop', ...exports('error', 'general') },
      {},
      /EnableLogTypes=slowquery$/,
    ],
    [
      'is a member of one that exports all it can',
      { DBClusterIdentifier: 'shop', ...exports('error', 'general', 'slowquery') },
      {},
      /exports what the cluster exports: which can be no log audit$/,
    ],
    [
      'wants only what there is not',
      exports(...MYSQL),
      { additionalLogs: 'mysql: trace' },
      /^RDS exports no log trace of mysql: take it out of additionalLogs$/,
    ],
  ])('changes nothing where the instance %s', async (_, instance, given, refusal) => {
    const plan = await planned(instance, quiet, given);
    expect(plan.steps).toEqual([]);
    expect(plan.refusals).toEqual([expect.stringMatching(refusal)]);
    expect(plan.before).toBeUndefined();
  });

  test('goes ahead with the rest where one log type is refused', async () => {
    const plan = await planned(exports('audit', 'error'), quiet, { additionalLogs: 'mysql: trace' });
    expect(calls(plan)).toEqual([enable('general', 'slowquery')]);
    expect(plan.refusals).toEqual([expect.stringMatching(/no log trace of mysql/)]);
    expect(plan.before).toEqual({ database: INSTANCE, enabled: ['general', 'slowquery'] });
  });
});

describe('the warnings', () => {
  const warned = async (engine: string, ...readings: Readings[]) =>
    (await planFor(rule, 'orders', Object.assign({}, instances(runs(engine)), ...readings))).warnings;
  const audited = options('MARIADB_AUDIT_PLUGIN');
  const empty =
    /^Log audit stays empty until the option group has MARIADB_AUDIT_PLUGIN \(option group extras\)$/;

  test.each<[situation: string, engine: string, readings: Readings[], said: RegExp[]]>([
    [
      'a bare MySQL',
      'mysql',
      [options(), parameters({})],
      [
        empty,
        /^Log general stays empty until general_log is 1 and log_output is FILE \(parameter group tuned\)$/,
        /^Log slowquery stays empty until slow_query_log is 1 and log_output is FILE/,
      ],
    ],
    [
      'a MySQL that logs to tables',
      'mysql',
      [audited, parameters({ general_log: '1', slow_query_log: '1', log_output: 'TABLE' })],
      [/^Log general, slowquery stays empty until log_output is FILE/],
    ],
    [
      'a MySQL that logs to both',
      'mysql',
      [audited, parameters({ general_log: 'ON', slow_query_log: '1', log_output: 'TABLE,FILE' })],
      [/^Log general holds every statement as it was sent/],
    ],
    [
      'a MariaDB by its newer name',
      'mariadb',
      [options(), parameters({ log_slow_query: '1', general_log: '0', log_output: 'FILE' })],
      [empty, /^Log general stays empty until general_log is 1/],
    ],
    [
      'a PostgreSQL without pgaudit',
      'postgres',
      [parameters({ shared_preload_libraries: 'pg_stat_statements', log_statement: undefined })],
      [/no statements until shared_preload_libraries has pgaudit/],
    ],
    [
      'a PostgreSQL with it',
      'postgres',
      [parameters({ shared_preload_libraries: 'pg_stat_statements,pgaudit' })],
      [],
    ],
    ['a PostgreSQL that logs statements', 'postgres', [parameters({ log_statement: 'ddl' })], []],
    [
      'an Oracle that audits into tables',
      'oracle-ee',
      [parameters({ audit_trail: 'DB, EXTENDED' })],
      [/^Log audit stays empty until audit_trail is OS or XML/],
    ],
    ['an Oracle that audits into files', 'oracle-ee', [parameters({ audit_trail: 'XML, EXTENDED' })], []],
    [
      'a SQL Server',
      'sqlserver-se',
      [options('SQLSERVER_BACKUP_RESTORE')],
      [/SQL Server Audit is the option SQLSERVER_AUDIT, and writes to S3/],
    ],
    ['a SQL Server that audits', 'sqlserver-se', [options('SQLSERVER_AUDIT')], []],
    [
      'nobody may look',
      'mysql',
      [
        {
          'us-east-1/rds/describe-option-groups/extras.json': denied,
          'us-east-1/rds/describe-db-parameters/tuned.json': denied,
        },
      ],
      [
        /^Whether option MARIADB_AUDIT_PLUGIN is there is not known \(rds:DescribeOptionGroups: AccessDenied\)$/,
        /^Whether the engine writes these logs is not known \(rds:DescribeDBParameters: AccessDenied\)$/,
      ],
    ],
  ])('for %s', async (_, engine, readings, said) => {
    expect(await warned(engine, ...readings)).toEqual(
      said.map((sentence) => expect.stringMatching(sentence)),
    );
  });

  test('are of no log that is exported already', async () => {
    const readings = {
      ...instances(exports('audit', 'general', 'slowquery')),
      ...options(),
      ...parameters({}),
    };
    expect((await planFor(rule, 'orders', readings)).warnings).toEqual([]);
  });
});

describe('undo', () => {
  const plan = () =>
    planFor(rule, 'orders', { ...instances(exports('error')), ...options(), ...parameters({}) });
  const undone = async (readings: Readings, id = 'orders') => undoOf(rule, id, await plan(), readings);
  const refused = (sentence: RegExp) => ({ steps: [], refusals: [expect.stringMatching(sentence)] });

  test('disables what the run enabled, and nothing else', async () => {
    const back = await undone(instances(exports(...MYSQL, 'iam-db-auth-error')), INSTANCE);
    expect(calls(back)).toEqual([disable('audit', 'general', 'slowquery')]);
    expect(back.inputs).toEqual({ Identifier: 'orders', LogTypes: ['audit', 'general', 'slowquery'] });
  });

  test('leaves what somebody has disabled since, or is just disabling', async () => {
    const back = await undone(
      instances({ ...exports('error', 'audit', 'general'), ...pending({ LogTypesToDisable: ['audit'] }) }),
    );
    expect(calls(back)).toEqual([disable('general')]);
  });

  test.each([
    ['all is disabled', instances(exports('error'))],
    ['the instance is gone', instances()],
  ])('has nothing to do where %s', async (_, readings) => {
    expect(await undone(readings)).toEqual({ steps: [] });
  });

  test('finds the instance under its new name', async () => {
    const renamed = instances({ ...exports(...MYSQL), DBInstanceIdentifier: 'orders-old' });
    expect(calls(await undone(renamed, INSTANCE))).toMatchObject([
      ['rds:ModifyDBInstance', { DBInstanceIdentifier: 'orders-old' }],
    ]);
  });

  test('refuses an instance that only has the name of the other', async () => {
    const another = instances({ ...exports(...MYSQL), DbiResourceId: 'db-NEWONE' });
    expect(await undone(another)).toEqual(
      refused(/^orders is db-NEWONE now, and what the run changed was db-ABC/),
    );
  });

  test('refuses while the instance is not available', async () => {
    const busy = instances({ ...is('configuring-log-exports'), ...pending({ LogTypesToEnable: MYSQL }) });
    expect(await undone(busy)).toEqual(refused(/^orders is configuring-log-exports, and RDS changes only/));
  });
});
