import {
  DescribeOptionGroupsCommand,
  paginateDescribeDBClusterParameters,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  paginateDescribeDBParameters,
  paginateDescribeDBSnapshots,
  RDSClient,
} from '@aws-sdk/client-rds';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as rds from './readings.ts';

type RdsAsk = Ask<RDSClient>;
export const service: LiveService<RDSClient> = { connect: (config) => new RDSClient(config) };

export const instances = {
  service,
  reading: rds.instances,
  ask: ({ client, pageSize }: RdsAsk) =>
    allPages(paginateDescribeDBInstances({ client, pageSize: pageSize(100) }, {}), 'DBInstances'),
};
export const clusters = {
  service,
  reading: rds.clusters,
  ask: ({ client, pageSize }: RdsAsk) =>
    allPages(paginateDescribeDBClusters({ client, pageSize: pageSize(100) }, {}), 'DBClusters'),
};
export const snapshots = {
  service,
  reading: rds.snapshots,
  ask: ({ client, pageSize }: RdsAsk) =>
    allPages(
      paginateDescribeDBSnapshots({ client, pageSize: pageSize(100) }, { SnapshotType: 'manual' }),
      'DBSnapshots',
    ),
};
export const optionGroupOptions = {
  service,
  reading: rds.optionGroupOptions,
  ask: ({ client, id }: RdsAsk) => client.send(new DescribeOptionGroupsCommand({ OptionGroupName: id })),
};
export const parameters = {
  service,
  reading: rds.parameters,
  ask: ({ client, id, pageSize }: RdsAsk) =>
    allPages(
      paginateDescribeDBParameters({ client, pageSize: pageSize(100) }, { DBParameterGroupName: id }),
      'Parameters',
    ),
};
export const clusterParameters = {
  service,
  reading: rds.clusterParameters,
  ask: ({ client, id, pageSize }: RdsAsk) =>
    allPages(
      paginateDescribeDBClusterParameters(
        { client, pageSize: pageSize(100) },
        { DBClusterParameterGroupName: id },
      ),
      'Parameters',
    ),
};
