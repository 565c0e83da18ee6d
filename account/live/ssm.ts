import { paginateDescribeOpsItems, SSMClient } from '@aws-sdk/client-ssm';
import { allPages, defineService } from './service.ts';

/** AWS Systems Manager, in one Region. */
export const ssm = defineService<SSMClient>({
  connect: (config) => new SSMClient(config),
  reads: {
    'ssm:DescribeOpsItems': ({ client, pageSize }) =>
      allPages(
        paginateDescribeOpsItems(
          { client, pageSize: pageSize(50) },
          { OpsItemFilters: [{ Key: 'Source', Operator: 'Equal', Values: ['Groundrules'] }] },
        ),
        'OpsItemSummaries',
      ),
  },
});
