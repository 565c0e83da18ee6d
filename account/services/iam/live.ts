import {
  GetAccessKeyLastUsedCommand,
  GetAccountSummaryCommand,
  IAMClient,
  ListOrganizationsFeaturesCommand,
  paginateListAccessKeys,
  paginateListUsers,
  paginateListUserTags,
  paginateListVirtualMFADevices,
} from '@aws-sdk/client-iam';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import { readCredentialReport } from './generate-report.ts';
import * as iam from './readings.ts';

type IamAsk = Ask<IAMClient>;
/** Asked in any Region. */
export const service: LiveService<IAMClient> = { connect: (config) => new IAMClient(config) };

export const accountSummary = {
  service,
  reading: iam.accountSummary,
  ask: ({ client }: IamAsk) => client.send(new GetAccountSummaryCommand({})),
};
export const credentialReport = {
  service,
  reading: iam.credentialReport,
  ask: ({ client, sleep }: IamAsk) => readCredentialReport(client, sleep),
};
export const users = {
  service,
  reading: iam.users,
  ask: ({ client, pageSize }: IamAsk) =>
    allPages(paginateListUsers({ client, pageSize: pageSize(1000) }, {}), 'Users'),
};
// A device that nobody has protects nobody.
export const virtualMfaDevices = {
  service,
  reading: iam.virtualMfaDevices,
  ask: ({ client, pageSize }: IamAsk) =>
    allPages(
      paginateListVirtualMFADevices({ client, pageSize: pageSize(1000) }, { AssignmentStatus: 'Assigned' }),
      'VirtualMFADevices',
    ),
};
export const accessKeys = {
  service,
  reading: iam.accessKeys,
  ask: ({ client, id, pageSize }: IamAsk) =>
    allPages(
      paginateListAccessKeys({ client, pageSize: pageSize(1000) }, { UserName: id }),
      'AccessKeyMetadata',
    ),
};
export const userTags = {
  service,
  reading: iam.userTags,
  ask: ({ client, id, pageSize }: IamAsk) =>
    allPages(paginateListUserTags({ client, pageSize: pageSize(1000) }, { UserName: id }), 'Tags'),
};
export const accessKeyLastUsed = {
  service,
  reading: iam.accessKeyLastUsed,
  ask: ({ client, id }: IamAsk) => client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id })),
};
export const organizationsFeatures = {
  service,
  reading: iam.organizationsFeatures,
  ask: ({ client }: IamAsk) => client.send(new ListOrganizationsFeaturesCommand({})),
};
