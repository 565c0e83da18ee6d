/** DB instances and DB clusters. */
import { clusters, instances } from '../../services/rds/readings.ts';
import type { Stack } from '../stack.ts';
import type { TemplateResource } from '../template.ts';
import { isUnknown, type Known, shown, textOf, type Unknown, type Value } from '../unknown.ts';
import { type Answer, type Bound, isTrue, type Kind, listOf, number, tags, taken } from './kind.ts';

const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';

/**
 * DescribeDBInstances and DescribeDBClusters of RDS have those of DocumentDB and Neptune as well, as RDS's own types
 * (https://docs.aws.amazon.com/documentdb/latest/developerguide/API_DescribeDBClusters.html); of these the type tells the engine.
 */
const ENGINES: Readonly<Record<string, string>> = {
  'AWS::DocDB::DBInstance': 'docdb',
  'AWS::DocDB::DBCluster': 'docdb',
  'AWS::Neptune::DBInstance': 'neptune',
  'AWS::Neptune::DBCluster': 'neptune',
};
const INSTANCES = [INSTANCE, 'AWS::DocDB::DBInstance', 'AWS::Neptune::DBInstance'];
const CLUSTERS = [CLUSTER, 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'];

/** Where an engine listens unless it is told otherwise (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html). */
const PORTS: readonly (readonly [engine: RegExp, port: number])[] = [
  [/^(?:mysql|mariadb|aurora(?:-mysql)?)$/, 3306],
  [/postgres/, 5432],
  [/oracle/, 1521],
  [/sqlserver/, 1433],
  [/^db2/, 50_000],
  [/^docdb/, 27_017],
  [/^neptune/, 8182],
];
/** No port is that one: only a rule of all traffic reaches it. */
const NO_PORT = 70_000;

/** A database's properties, named as RDS's own types name them. */
export function databaseOf(stack: Stack, resource: TemplateResource): Known {
  const own = stack.properties(resource);
  const engine = ENGINES[resource.type];
  if (engine === undefined) return own;
  const { DBPort: port = own.Port, IamAuthEnabled: isIam } = own;
  return {
    ...own,
    Engine: engine,
    ...(port !== undefined && { Port: port }),
    ...(isIam !== undefined && { EnableIAMDatabaseAuthentication: isIam }),
  };
}

/** What a database is restored from, or a replica of, which says its port where it does not do so itself. */
const ORIGINS = [
  'SnapshotIdentifier',
  'DBSnapshotIdentifier',
  'DBClusterSnapshotIdentifier',
  'SourceDBClusterIdentifier',
  'SourceDbClusterResourceId',
  'SourceDBInstanceIdentifier',
  'SourceDbiResourceId',
  'SourceDBInstanceAutomatedBackupsArn',
];

const originOf = (own: Known): string | undefined =>
  ORIGINS.find((name) => own[name] !== undefined && own[name] !== null);

export function portOf(own: Known, bound: Bound): unknown {
  const { Port: said, Engine: engine } = own;
  // Every port may become it: DescribeDBInstances has none where it is not known yet.
  const open = { best: NO_PORT as unknown, worst: null };
  if (said !== undefined && said !== null) return taken(said, bound, number, open);
  if (originOf(own) !== undefined) return open[bound];
  const port = PORTS.find(([name]) => name.test((textOf(engine) ?? '').toLowerCase()))?.[1];
  return port ?? open[bound];
}

/** The groups; a database that names none gets the default group of its VPC, which is not in the template. */
function groupsOf({ VPCSecurityGroups: own, VpcSecurityGroupIds: ids }: Known): unknown {
  const groups = own ?? ids;
  if (groups === undefined || groups === null) return [{ VpcSecurityGroupId: DEFAULT }];
  if (isUnknown(groups)) return [{ VpcSecurityGroupId: ELSEWHERE(groups) }];
  return listOf(groups).map((one) => ({
    VpcSecurityGroupId: isUnknown(one) ? ELSEWHERE(one) : textOf(one),
  }));
}

/** A group that is in no list: what it lets in is not known, whatever the others do. */
const DEFAULT = 'the default security group of its VPC';
const ELSEWHERE = ({ why }: Unknown) => `a security group that is not known (${why})`;

function secretOf({ ManageMasterUserPassword: managed }: Known, bound: Bound): object {
  const isManaged = taken(managed, bound, isTrue, { best: true, worst: false });
  return isManaged ? { MasterUserSecret: { SecretStatus: 'creating' } } : {};
}

function printed(stack: Stack, resource: TemplateResource, bound: Bound): Known {
  const own = databaseOf(stack, resource);
  const isInstance = INSTANCES.includes(resource.type);
  const isMember = isInstance && own.DBClusterIdentifier !== undefined;
  return {
    Engine: own.Engine ?? (isMember ? 'aurora' : null),
    EngineMode: own.EngineMode ?? null,
    ...(isInstance && {
      DBClusterIdentifier: isUnknown(own.DBClusterIdentifier)
        ? shown(own.DBClusterIdentifier)
        : (own.DBClusterIdentifier ?? null),
    }),
    ...secretOf(own, bound),
    // SourceDbiResourceId, and a cluster's SourceDBClusterIdentifier, say what it is restored from: a database of its own.
    ReadReplicaSourceDBInstanceIdentifier: own.SourceDBInstanceIdentifier ?? null,
    ReadReplicaSourceDBClusterIdentifier: (isInstance ? own.SourceDBClusterIdentifier : null) ?? null,
    ReplicationSourceIdentifier: own.ReplicationSourceIdentifier ?? null,
    GlobalClusterIdentifier: own.GlobalClusterIdentifier ?? null,
    IAMDatabaseAuthenticationEnabled: taken(own.EnableIAMDatabaseAuthentication, bound, isTrue, {
      best: true,
      worst: false,
    }),
    TagList: tags(own.Tags),
    Port: portOf(own, bound) as Value,
    VpcSecurityGroups: groupsOf(own) as Value,
    PubliclyAccessible: taken(own.PubliclyAccessible, bound, isTrue, { best: false, worst: true }),
  };
}

function answers(stack: Stack, bound: Bound): Answer[] {
  const target = { region: stack.region };
  return [
    {
      reading: instances,
      target,
      value: {
        DBInstances: stack.ofType(...INSTANCES).map((one) => ({
          DbiResourceId: one.id,
          DBInstanceIdentifier: stack.nameOf(one),
          DBInstanceStatus: 'creating',
          ...printed(stack, one, bound),
        })),
      },
    },
    {
      reading: clusters,
      target,
      value: {
        DBClusters: stack.ofType(...CLUSTERS).map((one) => ({
          DbClusterResourceId: one.id,
          DBClusterIdentifier: stack.nameOf(one),
          Status: 'creating',
          ...printed(stack, one, bound),
        })),
      },
    },
  ];
}

function isPortOpen(stack: Stack, resource: TemplateResource): boolean {
  const own = databaseOf(stack, resource);
  return portOf(own, 'best') !== portOf(own, 'worst');
}

export const databaseKind: Kind = {
  types: Object.fromEntries([
    ...INSTANCES.map((type) => [type, INSTANCE]),
    ...CLUSTERS.map((type) => [type, CLUSTER]),
  ]),
  readings: [instances, clusters],
  answers,
  isOpen: (stack) => stack.ofType(...INSTANCES, ...CLUSTERS).some((one) => isPortOpen(stack, one)),
  whyOpen: (stack, resource) => {
    if (![...INSTANCES, ...CLUSTERS].includes(resource.type) || !isPortOpen(stack, resource))
      return undefined;
    const own = databaseOf(stack, resource);
    if (own.Port !== undefined && own.Port !== null) return undefined;
    const origin = originOf(own);
    return origin === undefined
      ? `Port is not said, and the usual one of engine ${textOf(own.Engine) ?? '?'} is not known`
      : `Port is that of ${origin}, unless it is said`;
  },
};
