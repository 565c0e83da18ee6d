/** Amazon RDS, of one Region. */
import * as z from 'zod/mini';
import { field, list, text } from '../../parts.ts';
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
}

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
      };
    }),
  );

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
