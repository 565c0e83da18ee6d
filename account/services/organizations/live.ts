import {
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import type { Ask, LiveService } from '../../live/service.ts';
import * as organizations from './readings.ts';

type OrganizationsAsk = Ask<OrganizationsClient>;
export const service: LiveService<OrganizationsClient> = {
  connect: (config) => new OrganizationsClient(config),
};

export const organization = {
  service,
  reading: organizations.organization,
  ask: ({ client }: OrganizationsAsk) => client.send(new DescribeOrganizationCommand({})),
};
export const accountState = {
  service,
  reading: organizations.accountState,
  ask: ({ client, id }: OrganizationsAsk) => client.send(new DescribeAccountCommand({ AccountId: id })),
};
