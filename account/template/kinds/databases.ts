/** DB instances and DB clusters. */
import { clusters, instances } from '../../services/rds/readings.ts';
import type { Stack } from '../stack.ts';
import type { TemplateResource } from '../template.ts';
import { isUnknown, type Known, shown, textOf, type Unknown, type Value } from '../unknown.ts';
import { type Answer, type Bound, isTrue, type Kind, listOf, number, tags, taken } from './kind.ts';

const INSTANCE = 'AWS::RDS::DBInstance';
const CLUSTER = 'AWS::RDS::DBCluster';

/** Where an engine listens unless it is told otherwise (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html). */
const PORTS: readonly (readonly [engine: RegExp, port: number])[] = [
  [/^(?:mysql|mariadb|aurora(?:-mysql)?)$/, 3306],
  [/postgres/, 5432],
  [/oracle/, 1521],
  [/sqlserver/, 1433],
  [/^db2/, 50_000],
];
/** No port is that one: only a rule of all traffic reaches it. */
const NO_PORT = 70_000;

export function portOf({ Port: said, Engine: engine }: Known, bound: Bound): unknown {
  // Every port may become it: DescribeDBInstances has none where it is not known yet.
  const open = { best: NO_PORT as unknown, worst: null };
  if (said !== undefined && said !== null) return taken(said, bound, number, open);
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
  const own = stack.properties(resource);
  const isMember = resource.type === INSTANCE && own.DBClusterIdentifier !== undefined;
  return {
    Engine: own.Engine ?? (isMember ? 'aurora' : null),
    EngineMode: own.EngineMode ?? null,
    ...(resource.type === INSTANCE && {
      DBClusterIdentifier: isUnknown(own.DBClusterIdentifier)
        ? shown(own.DBClusterIdentifier)
        : (own.DBClusterIdentifier ?? null),
    }),
    ...secretOf(own, bound),
    ReadReplicaSourceDBInstanceIdentifier: own.SourceDBInstanceIdentifier ?? own.SourceDbiResourceId ?? null,
    ReadReplicaSourceDBClusterIdentifier: own.SourceDBClusterIdentifier ?? null,
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
        DBInstances: stack.ofType(INSTANCE).map((one) => ({
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
        DBClusters: stack.ofType(CLUSTER).map((one) => ({
          DbClusterResourceId: one.id,
          DBClusterIdentifier: stack.nameOf(one),
          Status: 'creating',
          ...printed(stack, one, bound),
        })),
      },
    },
  ];
}

export const databaseKind: Kind = {
  types: { [INSTANCE]: INSTANCE, [CLUSTER]: CLUSTER },
  readings: [instances, clusters],
  answers,
};
