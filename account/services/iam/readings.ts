/** AWS Identity and Access Management: one for all Regions. */
import * as z from 'zod/mini';
import { field, tags, text, time } from '../../parts.ts';
import type { Reading } from '../../reading.ts';
import { detailsOf, detailsPage } from './authorization-details.ts';
import { reportRows } from './credential-report.ts';
import { readReport } from './credential-report-row.ts';

const iam = { name: 'iam' } as const;
const user = ['arn:{partition}:iam::{account}:user/*'] as const;

/** GetAccountSummary's SummaryMap. A key that AWS left out is absent, which is not zero. */
export const accountSummary = {
  service: iam,
  api: 'GetAccountSummary',
  scope: '*',
  shape: () => field('SummaryMap', z.record(z.string(), z.optional(z.number()))),
} as const satisfies Reading;

/**
 * All users, groups, roles, and the managed policies that somebody uses, with their documents. Without a filter, so that all
 * rules share the one answer.
 */
export const authorizationDetails = {
  service: iam,
  api: 'GetAccountAuthorizationDetails',
  scope: '*',
  shape: () => detailsPage(),
  whole: detailsOf,
} as const satisfies Reading;

/** The rows of the credential report, which may be four hours old (IAM User Guide). */
export const credentialReport = {
  service: iam,
  api: 'GetCredentialReport',
  scope: '*',
  needs: { 'iam:GenerateCredentialReport': '*' },
  options: '--query Content --output text | base64 --decode',
  text: (csv: string) => reportRows(csv),
  shape: () =>
    z.pipe(
      z.array(z.record(z.string(), z.string())),
      z.transform((rows): readonly CredentialReportRow[] => readReport(rows)),
    ),
} as const satisfies Reading;

export const users = {
  service: iam,
  api: 'ListUsers',
  scope: '*',
  member: 'Users',
  resource: { type: 'AWS::IAM::User', id: 'UserId', name: 'UserName' },
  key: 'id',
  shape: () =>
    z.pipe(
      z.object({ UserName: text, UserId: text, Arn: text }),
      z.transform((value): IamUser => ({ name: value.UserName, id: value.UserId, arn: value.Arn })),
    ),
} as const satisfies Reading;

export const virtualMfaDevices = {
  service: iam,
  api: 'ListVirtualMFADevices',
  scope: '*',
  member: 'VirtualMFADevices',
  shape: () =>
    z.pipe(
      z.object({
        SerialNumber: text,
        User: z.nullish(z.object({ Arn: text })),
        EnableDate: z.nullish(z.unknown()),
      }),
      z.transform((value, context): VirtualMfaDevice => {
        // An enabled device must name its user.
        if (!value.User && value.EnableDate) {
          context.issues.push({ code: 'custom', message: 'has an EnableDate but no User', input: value });
          return z.NEVER;
        }
        return { serialNumber: value.SerialNumber, ...(value.User && { userArn: value.User.Arn }) };
      }),
    ),
} as const satisfies Reading;

/** A user's keys, with their fresh status, unlike the credential report's. */
export const accessKeys = {
  service: iam,
  api: 'ListAccessKeys',
  about: { options: ['--user-name'], from: [{ reading: users, id: 'UserName' }] },
  scope: user,
  member: 'AccessKeyMetadata',
  // The keys must be of the user who was asked about, because a file may be saved under another user's name.
  shape: ({ id }) => z.pipe(z.looseObject({ UserName: z.nullish(z.literal(id ?? '')) }), accessKey()),
} as const satisfies Reading;

export const userTags = {
  service: iam,
  api: 'ListUserTags',
  about: { options: ['--user-name'], from: [{ reading: users, id: 'UserName' }] },
  scope: user,
  shape: () => field('Tags', tags),
} as const satisfies Reading;

/** The serial numbers of a user's MFA devices, of any kind, afresh. */
export const mfaDevices = {
  service: iam,
  api: 'ListMFADevices',
  about: { options: ['--user-name'], from: 'fix' },
  scope: user,
  member: 'MFADevices',
  // As of access keys, the devices must be of the user who was asked about.
  shape: ({ id }) =>
    z.pipe(
      z.object({ UserName: z.nullish(z.literal(id ?? '')), SerialNumber: text }),
      z.transform((value): string => value.SerialNumber),
    ),
} as const satisfies Reading;

/** `null`: never, since IAM began to take note of it in April 2015. AWS takes note every 15 minutes. */
export const accessKeyLastUsed = {
  service: iam,
  api: 'GetAccessKeyLastUsed',
  about: { options: ['--access-key-id'], from: [{ reading: accessKeys, id: 'AccessKeyId' }] },
  scope: user,
  shape: () => lastUse(),
} as const satisfies Reading;

/** The user's console password, afresh; `null`: the user has none. */
export const loginProfile = {
  service: iam,
  api: 'GetLoginProfile',
  about: { options: ['--user-name'], from: [{ reading: users, id: 'UserName' }] },
  scope: user,
  none: ['NoSuchEntity'],
  // As of access keys, the answer must be of the user who was asked about.
  shape: ({ id }) => field('LoginProfile', z.object({ UserName: z.nullish(z.literal(id ?? '')) })),
} as const satisfies Reading;

/** A user's X.509 signing certificates, with their fresh status. */
export const signingCertificates = {
  service: iam,
  api: 'ListSigningCertificates',
  about: { options: ['--user-name'], from: [{ reading: users, id: 'UserName' }] },
  scope: user,
  member: 'Certificates',
  shape: ({ id }) =>
    z.pipe(
      z.object({
        UserName: z.nullish(z.literal(id ?? '')),
        CertificateId: text,
        Status: credentialStatus(),
      }),
      z.transform(
        (value): SigningCertificate => ({
          id: value.CertificateId,
          active: value.Status === 'Active',
        }),
      ),
    ),
} as const satisfies Reading;

/**
 * What central root access may do (`RootCredentialsManagement`, `RootSessions`); `null`: it is not on at all, or there is no
 * organization that could have it.
 */
export const organizationsFeatures = {
  service: iam,
  api: 'ListOrganizationsFeatures',
  scope: '*',
  none: ['ServiceAccessNotEnabled', 'OrganizationNotFound'],
  settled: {
    AccountNotManagementOrDelegatedAdministrator: '',
    OrganizationNotInAllFeaturesMode: '',
  },
  member: 'EnabledFeatures',
  shape: () => z.string(),
} as const satisfies Reading;

/** The identity providers that people or machines sign in through with SAML. IAM Identity Center makes one where it gives access. */
export const samlProviders = {
  service: iam,
  api: 'ListSAMLProviders',
  scope: '*',
  member: 'SAMLProviderList',
  shape: () =>
    z.pipe(
      z.object({ Arn: text, ValidUntil: z.nullish(time) }),
      z.transform(
        ({ Arn, ValidUntil }): SamlProvider => ({ arn: Arn, ...(ValidUntil && { validUntil: ValidUntil }) }),
      ),
    ),
} as const satisfies Reading;

/** The same with OpenID Connect, by ARN: `arn:aws:iam::123456789012:oidc-provider/login.example.com`. */
export const openIdConnectProviders = {
  service: iam,
  api: 'ListOpenIDConnectProviders',
  scope: '*',
  member: 'OpenIDConnectProviderList',
  shape: () => field('Arn', text),
} as const satisfies Reading;

export interface SamlProvider {
  readonly arn: string;
  /** Until when its metadata is valid; absent where AWS does not say. */
  readonly validUntil?: Date;
}

/** A row of the IAM credential report (IAM User Guide). What the report says is `N/A` or `not_supported` is absent. */
export interface CredentialReportRow {
  /** The user's name, or `<root_account>`; empty where nobody can tell whose row it is. */
  readonly user: string;
  readonly arn: string;
  readonly passwordEnabled?: boolean;
  readonly mfaActive?: boolean;
  /** Whether there is a signing certificate, active or not; absent where the report does not say so of both. */
  readonly hasCertificate?: boolean;
  /** Of signing certificates 1 and 2, whether there is one that is active; `undefined` where the report does not say. */
  readonly certificates: readonly [boolean | undefined, boolean | undefined];
  readonly accessKeys: readonly ReportedKey[];
  /** The row as it is printed, by column, for what a single rule asks of it; absent where the cells do not fit the columns. */
  readonly cells?: Readonly<Record<string, string>>;
  /** Why the row cannot be relied on; the other fields are then empty, but for the cells. */
  readonly problem?: string;
}

export interface ReportedKey {
  /** 1 or 2, as the report numbers them: it does not give the key's id. */
  readonly number: 1 | 2;
  readonly active: boolean;
  readonly lastRotated?: Date;
}

export interface IamUser {
  readonly name: string;
  /** The unique id, `AIDA…`: what AWS Config calls the user's resource id. */
  readonly id: string;
  readonly arn: string;
}

export interface VirtualMfaDevice {
  readonly serialNumber: string;
  /** The owner's ARN; absent while the device is not assigned. */
  readonly userArn?: string;
}

export interface AccessKey {
  readonly id: string;
  readonly active: boolean;
  readonly createdAt: Date;
}

export interface SigningCertificate {
  readonly id: string;
  readonly active: boolean;
}

/** What a key was last used for, as far as IAM says. */
export interface LastUse {
  readonly at: Date;
  /** `s3`. */
  readonly service?: string;
}

/** Of a key or a certificate: IAM's StatusType, of which only `Active` lets anybody in. */
export const credentialStatus = () => z.enum(['Active', 'Inactive', 'Expired']);

export const accessKey = () =>
  z.pipe(
    z.object({ AccessKeyId: text, Status: credentialStatus(), CreateDate: time }),
    z.transform(
      (value): AccessKey => ({
        id: value.AccessKeyId,
        active: value.Status === 'Active',
        createdAt: value.CreateDate,
      }),
    ),
  );

export const lastUse = () =>
  z.pipe(
    field(
      'AccessKeyLastUsed',
      z.object({ LastUsedDate: z.nullish(time), ServiceName: z.nullish(z.string()) }),
    ),
    z.transform(({ LastUsedDate: at, ServiceName }): LastUse | null =>
      at ? { at, ...(ServiceName && { service: ServiceName }) } : null,
    ),
  );
