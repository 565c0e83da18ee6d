import {
  DescribeOptionGroupsCommand,
  paginateDescribeDBClusterParameters,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  paginateDescribeDBParameters,
  RDSClient,
} from '@aws-sdk/client-rds';
import { allPages, defineService } from './service.ts';

/** Amazon RDS, of one Region. */
export const rds = defineService<RDSClient>({
  connect: (config) => new RDSClient(config),
  reads: {
    'rds:DescribeDBInstances': ({ client, pageSize }) =>
      allPages(paginateDescribeDBInstances({ client, pageSize: pageSize(100) }, {}), 'DBInstances'),
    'rds:DescribeDBClusters': ({ client, pageSize }) =>
      allPages(paginateDescribeDBClusters({ client, pageSize: pageSize(100) }, {}), 'DBClusters'),
    'rds:DescribeOptionGroups': ({ client, id }) =>
      client.send(new DescribeOptionGroupsCommand({ OptionGroupName: id })),
    'rds:DescribeDBParameters': ({ client, id, pageSize }) =>
      allPages(
        paginateDescribeDBParameters({ client, pageSize: pageSize(100) }, { DBParameterGroupName: id }),
        'Parameters',
      ),
    'rds:DescribeDBClusterParameters': ({ client, id, pageSize }) =>
      allPages(
        paginateDescribeDBClusterParameters(
          { client, pageSize: pageSize(100) },
          { DBClusterParameterGroupName: id },
        ),
        'Parameters',
      ),
  },
});
