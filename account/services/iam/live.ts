import {
  GetAccessKeyLastUsedCommand,
  GetAccountSummaryCommand,
  GetLoginProfileCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListOrganizationsFeaturesCommand,
  ListSAMLProvidersCommand,
  paginateGetAccountAuthorizationDetails,
  paginateListAccessKeys,
  paginateListMFADevices,
  paginateListSigningCertificates,
  paginateListUsers,
  paginateListUserTags,
  paginateListVirtualMFADevices,
} from '@aws-sdk/client-iam';
import { type Ask, allPages, joined, type LiveService } from '../../live/service.ts';
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
const detailsPages = ({ client, pageSize }: IamAsk) =>
  paginateGetAccountAuthorizationDetails({ client, pageSize: pageSize(1000) }, {});
export const authorizationDetails = {
  service,
  reading: iam.authorizationDetails,
  ask: async (asked: IamAsk) => {
    const lists = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const;
    return withDocuments(await joined(detailsPages(asked), lists)) as object;
  },
  pages: detailsPages,
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
export const mfaDevices = {
  service,
  reading: iam.mfaDevices,
  ask: ({ client, id, pageSize }: IamAsk) =>
    allPages(paginateListMFADevices({ client, pageSize: pageSize(1000) }, { UserName: id }), 'MFADevices'),
};
export const accessKeyLastUsed = {
  service,
  reading: iam.accessKeyLastUsed,
  ask: ({ client, id }: IamAsk) => client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id })),
};
export const loginProfile = {
  service,
  reading: iam.loginProfile,
  ask: ({ client, id }: IamAsk) => client.send(new GetLoginProfileCommand({ UserName: id })),
};
export const signingCertificates = {
  service,
  reading: iam.signingCertificates,
  ask: ({ client, id, pageSize }: IamAsk) =>
    allPages(
      paginateListSigningCertificates({ client, pageSize: pageSize(1000) }, { UserName: id }),
      'Certificates',
    ),
};
export const organizationsFeatures = {
  service,
  reading: iam.organizationsFeatures,
  ask: ({ client }: IamAsk) => client.send(new ListOrganizationsFeaturesCommand({})),
};

/** The answer with its policies' documents as the `aws` command prints them, which decodes them. */
function withDocuments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDocuments);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      /Document$/.test(name) && typeof one === 'string' ? decoded(one) : withDocuments(one),
    ]),
  );
}

function decoded(document: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(document));
  } catch {
    return document;
  }
}

export const samlProviders = {
  service,
  reading: iam.samlProviders,
  ask: ({ client }: IamAsk) => client.send(new ListSAMLProvidersCommand({})),
};

export const openIdConnectProviders = {
  service,
  reading: iam.openIdConnectProviders,
  ask: ({ client }: IamAsk) => client.send(new ListOpenIDConnectProvidersCommand({})),
};
