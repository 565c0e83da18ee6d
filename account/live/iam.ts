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
import { reportRows } from '../credential-report.ts';
import { readCredentialReport } from './credential-report.ts';
import { allPages, defineService } from './service.ts';

/** AWS Identity and Access Management: one for all Regions, asked in any. */
export const iam = defineService<IAMClient>({
  connect: (config) => new IAMClient(config),
  texts: { 'iam:GetCredentialReport': reportRows },
  reads: {
    'iam:GetAccountSummary': ({ client }) => client.send(new GetAccountSummaryCommand({})),
    'iam:GetCredentialReport': ({ client, sleep }) => readCredentialReport(client, sleep),
    'iam:ListUsers': ({ client, pageSize }) =>
      allPages(paginateListUsers({ client, pageSize: pageSize(1000) }, {}), 'Users'),
    // A device that nobody has protects nobody.
    'iam:ListVirtualMFADevices': ({ client, pageSize }) =>
      allPages(
        paginateListVirtualMFADevices({ client, pageSize: pageSize(1000) }, { AssignmentStatus: 'Assigned' }),
        'VirtualMFADevices',
      ),
    'iam:ListAccessKeys': ({ client, id, pageSize }) =>
      allPages(
        paginateListAccessKeys({ client, pageSize: pageSize(1000) }, { UserName: id }),
        'AccessKeyMetadata',
      ),
    'iam:ListUserTags': ({ client, id, pageSize }) =>
      allPages(paginateListUserTags({ client, pageSize: pageSize(1000) }, { UserName: id }), 'Tags'),
    'iam:GetAccessKeyLastUsed': ({ client, id }) =>
      client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id })),
    'iam:ListOrganizationsFeatures': ({ client }) => client.send(new ListOrganizationsFeaturesCommand({})),
  },
});
