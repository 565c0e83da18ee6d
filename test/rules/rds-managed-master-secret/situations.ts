import rule from '../../../rules/rds-managed-master-secret/rule.ts';
import { item } from '../../account/snapshot/support.ts';
import { denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;
const INSTANCES = 'us-east-1/rds/describe-db-instances.json';
const CLUSTERS = 'us-east-1/rds/describe-db-clusters.json';
const INSTANCE = 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const CLUSTER = 'cluster-ABCDEFGHIJKLMNOPQRSTUVWX';
const ACCOUNT = '111122223333';

const anInstance = (more: Json = {}): Json => ({
  DBInstanceIdentifier: 'orders',
  DbiResourceId: INSTANCE,
  Engine: 'postgres',
  DBInstanceStatus: 'available',
  IAMDatabaseAuthenticationEnabled: false,
  ReadReplicaDBInstanceIdentifiers: [],
  TagList: [],
  ...more,
});
const aCluster = (more: Json = {}): Json => ({
  DBClusterIdentifier: 'catalog',
  DbClusterResourceId: CLUSTER,
  Engine: 'aurora-mysql',
  EngineMode: 'provisioned',
  Status: 'available',
  IAMDatabaseAuthenticationEnabled: false,
  TagList: [],
  ...more,
});
const there = (instances: Json[], clusters: Json[] = []): Json => ({
  [INSTANCES]: { DBInstances: instances },
  [CLUSTERS]: { DBClusters: clusters },
});
const instance = (more?: Json) => there([anInstance(more)]);
const cluster = (more?: Json) => there([], [aCluster(more)]);

const secret = (SecretStatus: string) => ({
  MasterUserSecret: {
    SecretArn: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:rds!db-1-abcdef`,
    SecretStatus,
    KmsKeyId: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1`,
  },
});
const tagged = (Value: string, Key = 'rotated-by') => ({ TagList: [{ Key, Value }] });
const OTHER = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:orders-AbCdEf`;
const byTag = { secretTagKey: 'rotated-by' };
const byIam = { acceptIamAuthentication: 'true' };

const OK: Says = ['COMPLIANT', ''];
const own = (engine: string): Says => [
  'NON_COMPLIANT',
  `${engine}: the master password is not managed by RDS in Secrets Manager`,
];
const OWN = own('postgres');
const IMPAIRED: Says = [
  'NON_COMPLIANT',
  "the master user's secret is impaired: RDS cannot rotate the password any more",
];
const not = (why: string): Says => ['NOT_APPLICABLE', why];
const unsupported = (what: string) => not(`RDS manages no master password of ${what}`);
const unknown = (code: string): Says => ['UNKNOWN', code];

type Row = [string, Json, Situation['says'], Record<string, string>?, Partial<Situation>?];
const rows: Row[] = [
  ['an instance whose secret RDS manages', instance(secret('active')), OK],
  ['a secret that is being rotated', instance(secret('rotating')), OK],
  ['a secret that is being created', instance(secret('creating')), OK],
  ['a status in another letter case', instance(secret('Active')), OK],
  ['a secret that RDS cannot rotate any more', instance(secret('impaired')), IMPAIRED],
  ['a secret of a status that nobody knows', instance(secret('lost')), unknown('Malformed')],
  ['a secret without a status', instance({ MasterUserSecret: { SecretArn: OTHER } }), unknown('Malformed')],
  ['an instance without a secret', instance(), OWN],
  [
    'a secret that is null',
    instance({ MasterUserSecret: null }),
    OWN,
    {},
    { filesOnly: 'AWS leaves it out' },
  ],
  ['an instance of MySQL without a secret', instance({ Engine: 'mysql' }), own('mysql')],
  ['an instance of Db2 without a secret', instance({ Engine: 'db2-se' }), own('db2-se')],
  [
    'an instance restored from the snapshot of one with a secret',
    instance({ LatestRestorableTime: '2026-11-20T00:00:00Z' }),
    OWN,
  ],
  ['an instance that is being created', instance({ DBInstanceStatus: 'creating' }), OWN],
  ['an instance that is stopped', instance({ DBInstanceStatus: 'stopped' }), OWN],
  [
    'an instance that is stopped, with a secret',
    instance({ DBInstanceStatus: 'stopped', ...secret('active') }),
    OK,
  ],
  ['an instance that is being deleted', instance({ DBInstanceStatus: 'deleting' }), not('is being deleted')],
  ['a cluster whose secret RDS manages', cluster(secret('active')), OK],
  ['a cluster whose secret is impaired', cluster(secret('impaired')), IMPAIRED],
  ['a cluster without a secret', cluster(), own('aurora-mysql')],
  ['a cluster that is being deleted', cluster({ Status: 'deleting' }), not('is being deleted')],
  [
    'Aurora Serverless v2',
    cluster({ ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 8 } }),
    own('aurora-mysql'),
  ],
  ['a Multi-AZ cluster', cluster({ Engine: 'postgres', DBClusterInstanceClass: 'db.m6gd.large' }), OWN],
  ['Aurora Serverless v1', cluster({ EngineMode: 'serverless' }), unsupported('Aurora Serverless v1')],
  [
    'a member of a global database',
    cluster({ GlobalClusterIdentifier: 'worldwide' }),
    unsupported('a member of global database worldwide'),
  ],
  [
    'an identifier of a global database that is empty',
    cluster({ GlobalClusterIdentifier: '' }),
    own('aurora-mysql'),
  ],
  [
    'an instance in a cluster',
    instance({ Engine: 'aurora-mysql', DBClusterIdentifier: 'catalog' }),
    not('is a member of DB cluster catalog, which has the master password'),
  ],
  [
    'a cluster without a secret and its instance',
    there([anInstance({ Engine: 'aurora-mysql', DBClusterIdentifier: 'catalog' })], [aCluster()]),
    {
      [INSTANCE]: not('is a member of DB cluster catalog, which has the master password'),
      [CLUSTER]: own('aurora-mysql'),
    },
  ],
  [
    'a read replica',
    instance({ ReadReplicaSourceDBInstanceIdentifier: 'orders-main' }),
    not('is a read replica of orders-main, which has the master password'),
  ],
  [
    'a read replica of a cluster',
    instance({ ReadReplicaSourceDBClusterIdentifier: 'catalog' }),
    not('is a read replica of catalog, which has the master password'),
  ],
  [
    'a cluster that replicates another one',
    cluster({ ReplicationSourceIdentifier: `arn:aws:rds:eu-west-1:${ACCOUNT}:cluster:catalog` }),
    not(
      `is a read replica of arn:aws:rds:eu-west-1:${ACCOUNT}:cluster:catalog, which has the master password`,
    ),
  ],
  ['a source of read replicas', instance({ ReadReplicaDBInstanceIdentifiers: ['orders-copy'] }), OWN],
  [
    'RDS Custom for Oracle',
    instance({ Engine: 'custom-oracle-ee' }),
    unsupported('RDS Custom (custom-oracle-ee)'),
  ],
  [
    'RDS Custom for SQL Server',
    instance({ Engine: 'custom-sqlserver-se' }),
    unsupported('RDS Custom (custom-sqlserver-se)'),
  ],
  [
    'Oracle with tenants',
    instance({ Engine: 'oracle-ee-cdb', MultiTenant: true }),
    not('is multi-tenant, and its tenant databases have the master passwords'),
  ],
  ['Oracle with one tenant', instance({ Engine: 'oracle-ee-cdb', MultiTenant: false }), own('oracle-ee-cdb')],
  [
    'a cluster of Neptune',
    cluster({ Engine: 'neptune' }),
    not('engine neptune has no master password that RDS could manage'),
  ],
  [
    'a cluster of DocumentDB',
    cluster({ Engine: 'docdb' }),
    not('engine docdb has no master password that RDS could manage'),
  ],
  ['IAM authentication', instance({ IAMDatabaseAuthenticationEnabled: true }), OWN],
  ['IAM authentication that suffices', instance({ IAMDatabaseAuthenticationEnabled: true }), OK, byIam],
  ['no IAM authentication where it would suffice', instance(), OWN, byIam],
  [
    'a cluster with IAM authentication that suffices',
    cluster({ IAMDatabaseAuthenticationEnabled: true }),
    OK,
    byIam,
  ],
  [
    'an impaired secret and IAM authentication that suffices',
    instance({ IAMDatabaseAuthenticationEnabled: true, ...secret('impaired') }),
    IMPAIRED,
    byIam,
  ],
  ["a tag with another secret's ARN", instance(tagged(OTHER)), OK, byTag],
  ["a cluster with another secret's ARN in a tag", cluster(tagged(OTHER)), OK, byTag],
  ["a tag with another secret's ARN, which nobody asked for", instance(tagged(OTHER)), OWN],
  ["a tag with a secret's ARN in China", instance(tagged(OTHER.replace('aws', 'aws-cn'))), OK, byTag],
  ['a tag with the name of a secret', instance(tagged('orders')), OWN, byTag],
  [
    'a tag with the ARN of something else',
    instance(tagged(`arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/orders`)),
    OWN,
    byTag,
  ],
  ['a tag without a value', instance(tagged('')), OWN, byTag],
  ['a tag of another key', instance(tagged(OTHER, 'Rotated-By')), OWN, byTag],
  ['no tags where one would suffice', instance({ TagList: undefined }), OWN, byTag],
  [
    'instances that may not be listed, and clusters that may',
    { ...cluster(secret('active')), [INSTANCES]: denied },
    { [CLUSTER]: OK, [ACCOUNT]: unknown('AccessDenied') },
  ],
  [
    'clusters that may not be listed, and instances that may',
    { ...instance(), [CLUSTERS]: denied },
    { [INSTANCE]: OWN, [ACCOUNT]: unknown('AccessDenied') },
  ],
  [
    'instances whose list is throttled',
    { [INSTANCES]: fails('Throttling'), [CLUSTERS]: { DBClusters: [] } },
    { [ACCOUNT]: unknown('Throttling') },
  ],
  ['no databases', there([]), {}],
  ['no Region in view', {}, { [ACCOUNT]: unknown('NotCollected') }, {}, { regions: [] }],
  [
    'two Regions, of which one may not be read',
    {
      ...instance(),
      'eu-west-1/rds/describe-db-instances.json': denied,
      'eu-west-1/rds/describe-db-clusters.json': { DBClusters: [] },
    },
    { [INSTANCE]: OWN, [ACCOUNT]: unknown('AccessDenied') },
    {},
    { regions: ['us-east-1', 'eu-west-1'] },
  ],
  [
    'an instance without an engine, and another one',
    there([anInstance({ Engine: undefined }), anInstance({ DbiResourceId: 'db-2', ...secret('active') })]),
    { [INSTANCE]: unknown('Malformed'), 'db-2': OK },
  ],
  [
    'a change of an instance, of which AWS Config does not record the secret',
    instance(secret('active')),
    OK,
    {},
    { recorded: { items: [item('AWS::RDS::DBInstance', INSTANCE, { configuration: {} })], insteadOf: [] } },
  ],
  [
    'a change of a cluster',
    cluster(),
    own('aurora-mysql'),
    {},
    { recorded: { items: [item('AWS::RDS::DBCluster', CLUSTER, { configuration: {} })], insteadOf: [] } },
  ],
];

const situations: Situations = {
  rule,
  situations: rows.map(([situation, readings, says, parameters = {}, more = {}]) => ({
    situation,
    readings,
    says,
    parameters,
    ...more,
  })),
};
export default situations;
