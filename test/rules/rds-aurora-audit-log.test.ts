import rule from '../../rules/rds-aurora-audit-log/rule.ts';
import { denied, judged, memoryAccount } from '../support/memory.ts';
import {
  CLUSTER,
  calls,
  clusterParameters,
  clusters,
  pending,
  planFor,
  type Readings,
  undoOf,
} from './databases.ts';

const exports = (...EnabledCloudwatchLogsExports: string[]) => ({ EnabledCloudwatchLogsExports });
const AUDITS = { server_audit_logging: '1', server_audit_events: 'CONNECT,QUERY' };
const modify = (change: 'EnableLogTypes' | 'DisableLogTypes') => [
  'rds:ModifyDBCluster',
  { DBClusterIdentifier: 'orders', CloudwatchLogsExportConfiguration: { [change]: ['audit'] } },
];

describe('the verdict', () => {
  test.each<[situation: string, cluster: Readings, compliance: string, annotation: string]>([
    ['exports nothing', {}, 'NON_COMPLIANT', 'log audit is not exported to CloudWatch Logs'],
    [
      'exports other logs',
      exports('error', 'slowquery'),
      'NON_COMPLIANT',
      'log audit is not exported to CloudWatch Logs',
    ],
    ['exports it', exports('audit'), 'COMPLIANT', ''],
    ['is about to', pending({ LogTypesToEnable: ['audit'] }), 'COMPLIANT', ''],
    [
      'is about to stop',
      { ...exports('audit'), ...pending({ LogTypesToDisable: ['audit'] }) },
      'NON_COMPLIANT',
      'log audit is not exported to CloudWatch Logs',
    ],
    ['Aurora MySQL 5.6', { Engine: 'aurora', ...exports('audit') }, 'COMPLIANT', ''],
    [
      'Aurora PostgreSQL',
      { Engine: 'aurora-postgresql' },
      'NOT_APPLICABLE',
      'engine aurora-postgresql is not Aurora MySQL',
    ],
    ['a Multi-AZ cluster', { Engine: 'mysql' }, 'NOT_APPLICABLE', 'engine mysql is not Aurora MySQL'],
    ['DocumentDB', { Engine: 'docdb' }, 'NOT_APPLICABLE', 'engine docdb is not Aurora MySQL'],
  ])('%s', async (_, cluster, compliance, annotation) => {
    const said = await judged(rule, memoryAccount(clusters(cluster)));
    expect(said).toMatchObject([{ id: CLUSTER, name: 'orders', compliance, annotation }]);
  });

  const other = { DBClusterIdentifier: 'stock', DbClusterResourceId: 'cluster-STOCK', ...exports('audit') };
  const ask = (id: string, readings: Readings = clusters({}, other)) =>
    judged(
      rule,
      memoryAccount(readings),
      {},
      { resource: { type: 'AWS::RDS::DBCluster', id, region: 'us-east-1' } },
    );

  test.each([
    [CLUSTER, 'NON_COMPLIANT'],
    ['orders', 'NON_COMPLIANT'],
    ['cluster-STOCK', 'COMPLIANT'],
    ['STOCK', 'COMPLIANT'],
  ])('is on the cluster that is called %s, by that name', async (id, compliance) => {
    expect(await ask(id)).toMatchObject([{ id, compliance }]);
  });

  test('is on nothing where no cluster is called so, and none where nobody may look', async () => {
    expect(await ask('cluster-GONE')).toEqual([]);
    expect(await ask('orders', { 'us-east-1/rds/describe-db-clusters.json': denied })).toMatchObject([
      { compliance: 'UNKNOWN', code: 'AccessDenied' },
    ]);
    expect(await ask('orders', clusters({ Status: undefined }))).toMatchObject([
      {
        compliance: 'UNKNOWN',
        code: 'Malformed',
        annotation: expect.stringContaining('DBClusters.0.Status'),
      },
    ]);
  });
});

describe('the plan', () => {
  const planned = (cluster: Readings, readings: Readings = clusterParameters(AUDITS)) =>
    planFor(rule, CLUSTER, { ...clusters(cluster), ...readings });

  test('exports the audit log, and nothing more', async () => {
    const plan = await planned(exports('error'));
    expect(calls(plan)).toEqual([modify('EnableLogTypes')]);
    expect(plan.inputs).toEqual({ Identifier: 'orders', LogTypes: ['audit'] });
    expect(plan.before).toEqual({ database: CLUSTER, enabled: ['audit'] });
    expect(plan.warnings).toEqual([]);
  });

  test.each<[situation: string, cluster: Readings, refusal: RegExp]>([
    ['is stopped', { Status: 'stopped' }, /^orders is stopped, and RDS changes only what is available/],
    [
      'is Aurora Serverless v1',
      { EngineMode: 'serverless' },
      /^orders is Aurora Serverless v1, which has no exports to set/,
    ],
  ])('changes nothing where the cluster %s', async (_, cluster, refusal) => {
    expect(await planned(cluster)).toEqual({ steps: [], refusals: [expect.stringMatching(refusal)] });
  });

  test.each<[situation: string, cluster: Readings, readings: Readings, said: RegExp]>([
    [
      'auditing is off',
      {},
      clusterParameters({ ...AUDITS, server_audit_logging: 'OFF' }),
      /^Log audit stays empty until server_audit_logging is 1 \(cluster parameter group tuned\)$/,
    ],
    [
      'no events are named',
      {},
      clusterParameters({ ...AUDITS, server_audit_events: undefined }),
      /until server_audit_events names what to log/,
    ],
    [
      'the parameter group is the default one',
      { DBClusterParameterGroup: 'default.aurora-mysql8.0' },
      clusterParameters({}, 'default.aurora-mysql8.0'),
      /server_audit_logging is 1 and server_audit_events names.*default\.aurora-mysql8\.0, which cannot be changed: a custom one is needed/,
    ],
    [
      'nobody may look',
      {},
      { 'us-east-1/rds/describe-db-cluster-parameters/tuned.json': denied },
      /^Whether Advanced Auditing is on is not known \(rds:DescribeDBClusterParameters: AccessDenied\)$/,
    ],
  ])('warns where %s', async (_, cluster, readings, said) => {
    const plan = await planned(cluster, readings);
    expect(plan.steps).toHaveLength(1);
    expect(plan.warnings).toEqual([expect.stringMatching(said)]);
  });
});

describe('undo', () => {
  const undone = async (...cluster: Readings[]) => {
    const plan = await planFor(rule, CLUSTER, { ...clusters({}), ...clusterParameters(AUDITS) });
    return undoOf(rule, CLUSTER, plan, clusters(...cluster));
  };

  test('stops the export, and no other', async () => {
    expect(calls(await undone(exports('error', 'audit')))).toEqual([modify('DisableLogTypes')]);
  });

  test('has nothing to do where it is stopped already, or the cluster is gone', async () => {
    expect(await undone(exports('error'))).toEqual({ steps: [] });
    expect(await undone()).toEqual({ steps: [] });
  });

  test('refuses while the cluster is not available', async () => {
    const refusals = [expect.stringMatching(/^orders is modifying/)];
    expect(await undone({ ...exports('audit'), Status: 'modifying' })).toEqual({ steps: [], refusals });
  });
});
