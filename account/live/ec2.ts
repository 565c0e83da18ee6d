import {
  DescribeRegionsCommand,
  EC2Client,
  paginateDescribeManagedPrefixLists,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  paginateGetManagedPrefixListEntries,
} from '@aws-sdk/client-ec2';
import { allPages, defineService } from './service.ts';

/** Amazon EC2, of one Region. */
export const ec2 = defineService<EC2Client>({
  connect: (config) => new EC2Client(config),
  reads: {
    // Without AllRegions: those that the account has enabled.
    'ec2:DescribeRegions': ({ client }) => client.send(new DescribeRegionsCommand({})),
    'ec2:DescribeSecurityGroups': ({ client, pageSize }) =>
      allPages(paginateDescribeSecurityGroups({ client, pageSize: pageSize(1000) }, {}), 'SecurityGroups'),
    'ec2:DescribeManagedPrefixLists': ({ client, pageSize }) =>
      allPages(paginateDescribeManagedPrefixLists({ client, pageSize: pageSize(100) }, {}), 'PrefixLists'),
    'ec2:GetManagedPrefixListEntries': ({ client, id, pageSize }) =>
      allPages(
        paginateGetManagedPrefixListEntries({ client, pageSize: pageSize(100) }, { PrefixListId: id }),
        'Entries',
      ),
    'ec2:DescribeSecurityGroupRules': ({ client, id, pageSize }) =>
      allPages(
        paginateDescribeSecurityGroupRules(
          { client, pageSize: pageSize(1000) },
          { Filters: [{ Name: 'group-id', Values: [id] }] },
        ),
        'SecurityGroupRules',
      ),
  },
});
