/** Amazon RDS, of one Region. */
import * as z from 'zod/mini';
import type { Tags } from '../../account.ts';
import { field, flag, list, tagList, text, time } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const rds = { name: 'rds' } as const;

export const instances = {
  service: rds,
  api: 'DescribeDBInstances',
  regional: true,
  scope: ['arn:{partition}:rds:{region}:{account}:db:*'],
  member: 'DBInstances',
  resource: { type: 'AWS::RDS::DBInstance', id: 'DbiResourceId', name: 'DBInstanceIdentifier' },
  key: 'id',
  shape: () => database('DbiResourceId', 'DBInstanceIdentifier', 'DBInstanceStatus'),
} as const satisfies Reading;

/** Neptune's and DocumentDB's clusters are among them, as RDS itself has it. */
export const clusters = {
  service: rds,
  api: 'DescribeDBClusters',
  regional: true,
  scope: ['arn:{partition}:rds:{region}:{account}:cluster:*'],
  member: 'DBClusters',
  resource: { type: 'AWS::RDS::DBCluster', id: 'DbClusterResourceId', name: 'DBClusterIdentifier' },
  key: 'id',
  shape: () => database('DbClusterResourceId', 'DBClusterIdentifier', 'Status'),
} as const satisfies Reading;

/** The names of an option group's options. */
export const optionGroupOptions = {
  service: rds,
  api: 'DescribeOptionGroups',
  regional: true,
  about: { options: ['--option-group-name'], from: 'fix' },
  scope: ['arn:{partition}:rds:{region}:{account}:og:*'],
  shape: () =>
    z.pipe(
      field('OptionGroupsList', z.array(field('Options', list(field('OptionName', text))))),
      z.transform((groups) => groups.flat()),
    ),
} as const satisfies Reading;

/** By name. A parameter without a value is absent: the engine's own default holds. */
export const parameters = {
  service: rds,
  api: 'DescribeDBParameters',
  regional: true,
  about: { options: ['--db-parameter-group-name'], from: 'fix' },
  scope: ['arn:{partition}:rds:{region}:{account}:pg:*'],
  shape: () => byName(),
} as const satisfies Reading;

export const clusterParameters = {
  service: rds,
  api: 'DescribeDBClusterParameters',
  regional: true,
  about: { options: ['--db-cluster-parameter-group-name'], from: 'fix' },
  scope: ['arn:{partition}:rds:{region}:{account}:cluster-pg:*'],
  shape: () => byName(),
} as const satisfies Reading;

/** Of DB instances; those of clusters are another list. */
export const snapshots = {
  service: rds,
  api: 'DescribeDBSnapshots',
  regional: true,
  options: '--snapshot-type manual',
  scope: ['arn:{partition}:rds:{region}:{account}:snapshot:*', 'arn:{partition}:rds:{region}:{account}:db:*'],
  member: 'DBSnapshots',
  resource: { type: 'AWS::RDS::DBSnapshot', id: 'DBSnapshotIdentifier', name: 'DBSnapshotIdentifier' },
  shape: () =>
    z.pipe(
      z.object({
        DBSnapshotIdentifier: text,
        DBInstanceIdentifier: text,
        SnapshotType: text,
        SnapshotCreateTime: z.nullish(time),
        TagList: tagList,
      }),
      z.transform(
        (value): Snapshot => ({
          id: value.DBSnapshotIdentifier,
          instance: value.DBInstanceIdentifier,
          type: value.SnapshotType.toLowerCase(),
          ...(value.SnapshotCreateTime && { createdAt: value.SnapshotCreateTime }),
          tags: value.TagList,
        }),
      ),
    ),
} as const satisfies Reading;

export interface Snapshot {
  readonly id: string;
  /** The identifier of the DB instance that it is of. */
  readonly instance: string;
  /** `manual`, `automated`, `awsbackup`, `shared`, `public`. */
  readonly type: string;
  /** Absent while it is being made. */
  readonly createdAt?: Date;
  readonly tags: Tags;
}

/** A DB instance, or a DB cluster. */
export interface Database {
  /** `db-…`, `cluster-…`: DbiResourceId or DbClusterResourceId, which AWS Config calls the resource's id. */
  readonly id: string;
  /** The DB instance's or the DB cluster's identifier, which is in lower case. */
  readonly name: string;
  readonly engine: string;
  readonly status: string;
  /** The log types that go to CloudWatch Logs, as they will be when pending changes are through. */
  readonly logExports: readonly string[];
  readonly parameterGroups: readonly string[];
  /** Of an instance only. */
  readonly optionGroups: readonly string[];
  /** The identifier of the cluster that an instance is a member of. */
  readonly cluster?: string;
  /** Aurora Serverless v1. */
  readonly isServerless?: true;
  /** What the database replicates from: the identifier or the ARN of a DB instance or a DB cluster. */
  readonly replicaOf?: string;
  /** Whether an instance has read replicas, or a cluster has clusters that replicate it. */
  readonly isReplicated: boolean;
  /** Of a cluster only: the global database that it is a member of. */
  readonly globalCluster?: string;
  /** Oracle's multi-tenant configuration, in which each tenant has a master user. */
  readonly isMultiTenant: boolean;
  readonly iamAuthentication: boolean;
  /** The master user's secret, where RDS manages it. */
  readonly masterUserSecret?: MasterUserSecret;
  readonly tags: Tags;
  /** The ports that clients connect to; none, while it is being created. */
  readonly ports: readonly number[];
  readonly securityGroups: readonly Membership[];
  readonly isPublic: boolean;
}

export interface MasterUserSecret {
  readonly arn?: string;
  /** `creating`, `active`, `rotating` or `impaired`. */
  readonly status?: string;
}

/** A security group of a database. */
export interface Membership {
  readonly id: string;
  /** `active`; `adding` and `removing` while that is under way. */
  readonly status?: string;
}

/** A number may be a text, as CloudFormation writes them. 0 is what RDS has where there is no port. */
const portOf = () =>
  z.pipe(
    z.nullish(z.union([z.int(), z.string().check(z.regex(/^\d+$/))], 'expected a whole number')),
    z.transform((value) => Number(value ?? 0)),
  );

/** What tells who owns the master user's password. */
const credentials = () => ({
  MasterUserSecret: z.nullish(
    z.object({ SecretArn: z.nullish(z.string()), SecretStatus: z.nullish(z.string()) }),
  ),
  ReadReplicaSourceDBInstanceIdentifier: z.nullish(z.string()),
  ReadReplicaSourceDBClusterIdentifier: z.nullish(z.string()),
  ReplicationSourceIdentifier: z.nullish(z.string()),
  ReadReplicaDBInstanceIdentifiers: list(z.string()),
  ReadReplicaDBClusterIdentifiers: list(z.string()),
  ReadReplicaIdentifiers: list(z.string()),
  GlobalClusterIdentifier: z.nullish(z.string()),
  MultiTenant: flag,
  IAMDatabaseAuthenticationEnabled: flag,
  TagList: tagList,
});

/** What tells who can reach it. */
const network = () => ({
  Endpoint: z.nullish(z.union([z.string(), z.object({ Port: portOf() })])),
  ListenerEndpoint: z.nullish(z.object({ Port: portOf() })),
  Port: portOf(),
  VpcSecurityGroups: list(z.object({ VpcSecurityGroupId: text, Status: z.nullish(z.string()) })),
  PubliclyAccessible: flag,
});

/** A DB instance or a DB cluster, by the fields that hold its resource id, its identifier and its status. */
const database = (id: string, name: string, status: string) =>
  z.pipe(
    z.object({
      Engine: text,
      EngineMode: z.nullish(z.string()),
      DBClusterIdentifier: z.nullish(z.string()),
      DBClusterParameterGroup: z.nullish(z.string()),
      DBParameterGroups: list(field('DBParameterGroupName', text)),
      OptionGroupMemberships: list(field('OptionGroupName', text)),
      EnabledCloudwatchLogsExports: list(text),
      ...credentials(),
      ...network(),
      PendingModifiedValues: z.nullish(
        z.object({
          PendingCloudwatchLogsExports: z.nullish(
            z.object({ LogTypesToEnable: list(text), LogTypesToDisable: list(text) }),
          ),
        }),
      ),
      ...({ [id]: text, [name]: text, [status]: text } as object),
    }),
    z.transform((value): Database => {
      const { DBClusterIdentifier: cluster, DBClusterParameterGroup: group } = value;
      const pending = value.PendingModifiedValues?.PendingCloudwatchLogsExports;
      const exported = new Set([...value.EnabledCloudwatchLogsExports, ...(pending?.LogTypesToEnable ?? [])]);
      for (const type of pending?.LogTypesToDisable ?? []) exported.delete(type);
      const named = value as unknown as Record<string, string>;
      return {
        id: named[id] as string,
        name: named[name] as string,
        engine: value.Engine,
        status: named[status] as string,
        logExports: [...exported],
        parameterGroups: group ? [group] : value.DBParameterGroups,
        optionGroups: value.OptionGroupMemberships,
        ...(cluster && cluster !== named[name] && { cluster }),
        ...(value.EngineMode === 'serverless' && { isServerless: true }),
        ...credentialsOf(value),
        ...networkOf(value),
      };
    }),
  );

type Printed<Make extends () => z.core.$ZodLooseShape> = z.output<z.ZodMiniObject<ReturnType<Make>>>;

function credentialsOf(value: Printed<typeof credentials>) {
  const secret = value.MasterUserSecret;
  const replicaOf =
    value.ReadReplicaSourceDBInstanceIdentifier ||
    value.ReadReplicaSourceDBClusterIdentifier ||
    value.ReplicationSourceIdentifier;
  return {
    ...(replicaOf && { replicaOf }),
    isReplicated: [
      value.ReadReplicaDBInstanceIdentifiers,
      value.ReadReplicaDBClusterIdentifiers,
      value.ReadReplicaIdentifiers,
    ].some((replicas) => replicas.length > 0),
    ...(value.GlobalClusterIdentifier && { globalCluster: value.GlobalClusterIdentifier }),
    isMultiTenant: value.MultiTenant,
    iamAuthentication: value.IAMDatabaseAuthenticationEnabled,
    ...(secret && {
      masterUserSecret: {
        ...(secret.SecretArn && { arn: secret.SecretArn }),
        ...(secret.SecretStatus && { status: secret.SecretStatus }),
      },
    }),
    tags: value.TagList,
  };
}

/** An instance has its port in its endpoint, a cluster beside it. */
function networkOf(value: Printed<typeof network>) {
  const { Endpoint, ListenerEndpoint, Port } = value;
  const ports = [typeof Endpoint === 'string' ? 0 : Endpoint?.Port, ListenerEndpoint?.Port, Port];
  return {
    ports: [...new Set(ports.filter((port): port is number => port !== undefined && port > 0))],
    securityGroups: value.VpcSecurityGroups.map(
      ({ VpcSecurityGroupId: id, Status: status }): Membership => ({ id, ...(status && { status }) }),
    ),
    isPublic: value.PubliclyAccessible,
  };
}

const byName = () =>
  z.pipe(
    field('Parameters', z.array(z.object({ ParameterName: text, ParameterValue: z.nullish(z.string()) }))),
    z.transform(
      (all): Readonly<Record<string, string>> =>
        Object.fromEntries(
          all.flatMap(({ ParameterName, ParameterValue }) =>
            typeof ParameterValue === 'string' ? [[ParameterName, ParameterValue]] : [],
          ),
        ),
    ),
  );
