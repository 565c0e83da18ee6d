import {
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  OrganizationsClient,
  paginateListAccounts,
  paginateListParents,
  paginateListPolicies,
  paginateListRoots,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
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
export const roots = {
  service,
  reading: organizations.roots,
  ask: ({ client, pageSize }: OrganizationsAsk) =>
    allPages(paginateListRoots({ client, pageSize: pageSize(20) }, {}), 'Roots'),
};
export const accounts = {
  service,
  reading: organizations.accounts,
  ask: ({ client, pageSize }: OrganizationsAsk) =>
    allPages(paginateListAccounts({ client, pageSize: pageSize(20) }, {}), 'Accounts'),
};
export const serviceControlPolicies = {
  service,
  reading: organizations.serviceControlPolicies,
  ask: ({ client, pageSize }: OrganizationsAsk) =>
    allPages(
      paginateListPolicies({ client, pageSize: pageSize(20) }, { Filter: 'SERVICE_CONTROL_POLICY' }),
      'Policies',
    ),
};

/** Organizations answers a few requests a second for the whole organization. */
const AT_A_TIME = 2;

export const policyContent = {
  service,
  reading: organizations.policyContent,
  atATime: AT_A_TIME,
  ask: ({ client, id }: OrganizationsAsk) => client.send(new DescribePolicyCommand({ PolicyId: id })),
};
export const policyTargets = {
  service,
  reading: organizations.policyTargets,
  atATime: AT_A_TIME,
  ask: ({ client, id, pageSize }: OrganizationsAsk) =>
    allPages(paginateListTargetsForPolicy({ client, pageSize: pageSize(20) }, { PolicyId: id }), 'Targets'),
};
export const parents = {
  service,
  reading: organizations.parents,
  atATime: AT_A_TIME,
  ask: ({ client, id, pageSize }: OrganizationsAsk) =>
    allPages(paginateListParents({ client, pageSize: pageSize(20) }, { ChildId: id }), 'Parents'),
};
