import {
  DescribeInstanceAttributeCommand,
  DescribeRegionsCommand,
  EC2Client,
  paginateDescribeInstances,
  paginateDescribeLaunchTemplateVersions,
  paginateDescribeManagedPrefixLists,
  paginateDescribeNatGateways,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  paginateDescribeVpcs,
  paginateGetManagedPrefixListEntries,
} from '@aws-sdk/client-ec2';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as ec2 from './readings.ts';

type Ec2Ask = Ask<EC2Client>;
export const service: LiveService<EC2Client> = { connect: (config) => new EC2Client(config) };

// Without AllRegions: those that the account has enabled.
export const regions = {
  service,
  reading: ec2.regions,
  ask: ({ client }: Ec2Ask) => client.send(new DescribeRegionsCommand({})),
};
export const securityGroups = {
  service,
  reading: ec2.securityGroups,
  ask: ({ client, pageSize }: Ec2Ask) =>
    allPages(paginateDescribeSecurityGroups({ client, pageSize: pageSize(1000) }, {}), 'SecurityGroups'),
};
export const prefixLists = {
  service,
  reading: ec2.prefixLists,
  ask: ({ client, pageSize }: Ec2Ask) =>
    allPages(paginateDescribeManagedPrefixLists({ client, pageSize: pageSize(100) }, {}), 'PrefixLists'),
};
export const prefixListEntries = {
  service,
  reading: ec2.prefixListEntries,
  ask: ({ client, id, pageSize }: Ec2Ask) =>
    allPages(
      paginateGetManagedPrefixListEntries({ client, pageSize: pageSize(100) }, { PrefixListId: id }),
      'Entries',
    ),
};
export const securityGroupRules = {
  service,
  reading: ec2.securityGroupRules,
  ask: ({ client, id, pageSize }: Ec2Ask) =>
    allPages(
      paginateDescribeSecurityGroupRules(
        { client, pageSize: pageSize(1000) },
        { Filters: [{ Name: 'group-id', Values: [id] }] },
      ),
      'SecurityGroupRules',
    ),
};
export const instances = {
  service,
  reading: ec2.instances,
  ask: ({ client, pageSize }: Ec2Ask) =>
    allPages(paginateDescribeInstances({ client, pageSize: pageSize(1000) }, {}), 'Reservations'),
};
export const userData = {
  service,
  reading: ec2.userData,
  // One call an instance, of the bucket that EC2 keeps for all calls which it does not expect often.
  atATime: 5,
  ask: ({ client, id }: Ec2Ask) =>
    client.send(new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'userData' })),
};
export const launchTemplateVersions = {
  service,
  reading: ec2.launchTemplateVersions,
  ask: ({ client, pageSize }: Ec2Ask) =>
    allPages(
      paginateDescribeLaunchTemplateVersions(
        { client, pageSize: pageSize(200) },
        { Versions: ['$Latest', '$Default'] },
      ),
      'LaunchTemplateVersions',
    ),
};
export const vpcs = {
  service,
  reading: ec2.vpcs,
  ask: ({ client, pageSize }: Ec2Ask) =>
    allPages(paginateDescribeVpcs({ client, pageSize: pageSize(1000) }, {}), 'Vpcs'),
};
export const natGateways = {
  service,
  reading: ec2.natGateways,
  ask: ({ client, pageSize }: Ec2Ask) =>
    allPages(paginateDescribeNatGateways({ client, pageSize: pageSize(1000) }, {}), 'NatGateways'),
};
export const networkInterfaces = {
  service,
  reading: ec2.networkInterfaces,
  ask: ({ client, pageSize }: Ec2Ask) =>
    allPages(
      paginateDescribeNetworkInterfaces({ client, pageSize: pageSize(1000) }, {}),
      'NetworkInterfaces',
    ),
};
