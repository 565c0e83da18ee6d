import {
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { defineService } from './service.ts';

/** AWS Organizations, as any account of an organization sees it. */
export const organizations = defineService<OrganizationsClient>({
  connect: (config) => new OrganizationsClient(config),
  reads: {
    'organizations:DescribeOrganization': ({ client }) => client.send(new DescribeOrganizationCommand({})),
    'organizations:DescribeAccount': ({ client, id }) =>
      client.send(new DescribeAccountCommand({ AccountId: id })),
  },
});
