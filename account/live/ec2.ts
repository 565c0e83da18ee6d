import {
  EC2Client,
  paginateDescribeSecurityGroups,
  paginateGetManagedPrefixListEntries,
} from '@aws-sdk/client-ec2';
import { allPages, defineService } from './service.ts';

/** Amazon EC2, of one Region. */
export const ec2 = defineService<EC2Client>({
  connect: (config) => new EC2Client(config),
  reads: {
    'ec2:DescribeSecurityGroups': ({ client, pageSize }) =>
      allPages(paginateDescribeSecurityGroups({ client, pageSize: pageSize(1000) }, {}), 'SecurityGroups'),
    'ec2:GetManagedPrefixListEntries': ({ client, id, pageSize }) =>
      allPages(
        paginateGetManagedPrefixListEntries({ client, pageSize: pageSize(100) }, { PrefixListId: id }),
        'Entries',
      ),
  },
});
