/** AWS Organizations, as any account of an organization sees it. */
import * as z from 'zod/mini';
import { field, flag, list, partitionIn, text } from '../../parts.ts';
import type { List, Reading } from '../../reading.ts';
import type { PublicAccessBlock } from '../s3/readings.ts';

const organizations = { name: 'organizations' } as const;

/**
 * What Organizations itself says to a member that it lets nobody ask for; IAM says who "is not authorized to perform" what.
 *
 * Source: https://github.com/awslabs/aws-innovation-sandbox/issues/6
 */
const OF_MEMBERS = {
  AccessDenied: "You don't have permissions to access this resource",
  AccountNotManagementOrDelegatedAdministrator: '',
} as const;

export interface Organization {
  readonly id: string;
  readonly managementAccountId: string;
  /** `ALL`, or `CONSOLIDATED_BILLING`, which has neither policies nor central root access. */
  readonly featureSet?: string;
  /** The partition that its ARNs name; absent where they are left out. */
  readonly partition?: string;
}

/** The account's organization, which members may ask for, too; `null` when it is in none. */
export const organization = {
  service: organizations,
  api: 'DescribeOrganization',
  scope: '*',
  none: ['AWSOrganizationsNotInUseException'],
  shape: () =>
    z.pipe(
      field(
        'Organization',
        z.object({
          Id: text,
          Arn: z.nullish(z.string()),
          MasterAccountId: text,
          MasterAccountArn: z.nullish(z.string()),
          FeatureSet: z.nullish(z.string()),
        }),
      ),
      z.transform(({ Id, Arn, MasterAccountId, MasterAccountArn, FeatureSet }): Organization => {
        const partition = partitionIn(Arn) ?? partitionIn(MasterAccountArn);
        return {
          id: Id,
          managementAccountId: MasterAccountId,
          ...(FeatureSet && { featureSet: FeatureSet }),
          ...(partition && { partition }),
        };
      }),
    ),
} as const satisfies Reading;

/** The state of an account of the organization: `ACTIVE`, `SUSPENDED`, …; `null`: the organization has no such account. */
export const accountState = {
  service: organizations,
  api: 'DescribeAccount',
  about: { options: ['--account-id'], from: 'fix' },
  scope: ['arn:{partition}:organizations::{account}:account/o-*/*'],
  none: ['AccountNotFoundException'],
  shape: () =>
    z.pipe(
      // AWS Organizations gives State, and until September 2026 Status: API_Account of its API reference.
      field('Account', z.object({ State: z.nullish(text), Status: z.nullish(text) })),
      z.transform(({ State, Status }) => State ?? Status ?? 'UNKNOWN'),
    ),
} as const satisfies Reading;

/** The root of the organization's tree, and which types of policies are on in it. */
export const roots = {
  service: organizations,
  api: 'ListRoots',
  scope: '*',
  none: ['AWSOrganizationsNotInUseException'],
  settled: OF_MEMBERS,
  member: 'Roots',
  shape: () =>
    z.pipe(
      z.object({ Id: text, PolicyTypes: list(z.object({ Type: text, Status: text })) }),
      z.transform(({ Id, PolicyTypes }) => ({
        id: Id,
        /** `ENABLED`, `PENDING_ENABLE`, `PENDING_DISABLE`, by type of policy. */
        policyTypes: new Map(PolicyTypes.map(({ Type, Status }) => [Type, Status])),
      })),
    ),
} as const satisfies Reading;

/** An account of the organization. */
export interface OrganizationAccount {
  readonly id: string;
  readonly name?: string;
  /** The partition that its ARN names. */
  readonly partition?: string;
  /** `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`, `PENDING_ACTIVATION`. */
  readonly state: string;
  /** `o-abc1234567/r-ab12/ou-ab12-11111111/111122223333/`: answers have it since 2026. */
  readonly paths: readonly string[];
}

/** All accounts of the organization, the management account as well. */
export const accounts = {
  service: organizations,
  api: 'ListAccounts',
  scope: '*',
  none: ['AWSOrganizationsNotInUseException'],
  settled: OF_MEMBERS,
  member: 'Accounts',
  shape: () =>
    z.pipe(
      z.object({
        Id: text,
        Arn: z.nullish(z.string()),
        Name: z.nullish(z.string()),
        State: z.nullish(text),
        Status: z.nullish(text),
        Paths: list(text),
      }),
      z.transform(({ Id, Arn, Name, State, Status, Paths }): OrganizationAccount => {
        const partition = partitionIn(Arn);
        return {
          id: Id,
          ...(Name && { name: Name }),
          ...(partition && { partition }),
          state: State ?? Status ?? 'UNKNOWN',
          paths: Paths,
        };
      }),
    ),
} as const satisfies Reading;

/** The one SCP of AWS's own, which allows everything and denies nothing. */
const OF_AWS = 'p-FullAWSAccess';

/** The organization's SCPs, those of AWS as well. */
export const serviceControlPolicies = {
  service: organizations,
  api: 'ListPolicies',
  options: '--filter SERVICE_CONTROL_POLICY',
  variant: 'SERVICE_CONTROL_POLICY',
  scope: '*',
  none: ['AWSOrganizationsNotInUseException'],
  settled: OF_MEMBERS,
  member: 'Policies',
  shape: () =>
    z.pipe(
      z.object({ Id: text, Name: z.nullish(z.string()), AwsManaged: flag }),
      z.transform(({ Id, Name, AwsManaged }) => ({
        id: Id,
        name: Name ?? Id,
        awsManaged: AwsManaged || Id === OF_AWS,
      })),
    ),
} as const satisfies Reading;

export interface ListedPolicies {
  readonly Policies?: readonly { readonly Id?: string; readonly AwsManaged?: boolean }[];
}
const ownPolicies = {
  reading: serviceControlPolicies,
  id: ({ Policies = [] }: ListedPolicies) =>
    Policies.filter(({ Id, AwsManaged }) => !AwsManaged && Id !== OF_AWS).map(({ Id }) => Id),
} as const satisfies List;

/** The text of an SCP; `null`: it is gone. */
export const policyContent = {
  service: organizations,
  api: 'DescribePolicy',
  about: { options: ['--policy-id'], from: [ownPolicies] },
  scope: ['arn:{partition}:organizations::*:policy/o-*/service_control_policy/p-*'],
  none: ['PolicyNotFoundException'],
  shape: () => field('Policy', field('Content', z.string())),
} as const satisfies Reading;

/** The ids of the root, units and accounts that an SCP is attached to directly; `null`: it is gone. */
export const policyTargets = {
  service: organizations,
  api: 'ListTargetsForPolicy',
  about: { options: ['--policy-id'], from: [ownPolicies] },
  scope: ['arn:{partition}:organizations::*:policy/o-*/service_control_policy/p-*'],
  none: ['PolicyNotFoundException'],
  member: 'Targets',
  shape: () => field('TargetId', text),
} as const satisfies Reading;

export interface ListedAccounts {
  readonly Accounts?: readonly { readonly Id?: string; readonly Paths?: readonly string[] | null }[];
}
export interface ListedParents {
  readonly Parents?: readonly { readonly Id?: string }[];
}

/** The one parent of an account or a unit. Accounts of which ListAccounts has the path need not be asked about. */
export const parents = {
  service: organizations,
  api: 'ListParents',
  about: {
    options: ['--child-id'],
    from: [
      {
        reading: accounts,
        id: ({ Accounts = [] }: ListedAccounts) =>
          Accounts.filter(({ Paths }) => !Paths?.length).map(({ Id }) => Id),
      },
      {
        // A unit's parent may be a unit again.
        get reading(): Reading {
          return parents;
        },
        id: ({ Parents = [] }: ListedParents) =>
          Parents.map(({ Id }) => Id).filter((id) => id?.startsWith('ou-')),
      },
    ],
  },
  scope: ['arn:{partition}:organizations::*:account/o-*/*', 'arn:{partition}:organizations::*:ou/o-*/ou-*'],
  member: 'Parents',
  shape: () => field('Id', text),
} as const satisfies Reading;

/** The organization's S3 policy alone, where somebody collected it. S3's answer on the account includes it already. */
export const s3Policy = {
  service: organizations,
  api: 'DescribeEffectivePolicy',
  options: '--policy-type S3_POLICY',
  variant: 'S3_POLICY',
  byHand: true,
  scope: '*',
  none: ['EffectivePolicyNotFoundException', 'AWSOrganizationsNotInUseException'],
  shape: () => organizationPublicAccessBlock(),
} as const satisfies Reading;

/** What DescribeEffectivePolicy prints for the policy type S3_POLICY: `all` sets the four flags together. */
const organizationPublicAccessBlock = () =>
  z.pipe(
    z.object({ EffectivePolicy: z.object({ PolicyContent: z.string() }) }),
    z.transform(({ EffectivePolicy }, context): PublicAccessBlock => {
      const content = json(EffectivePolicy.PolicyContent) as
        | { s3_attributes?: { public_access_block_configuration?: unknown } }
        | undefined;
      const setting = content?.s3_attributes?.public_access_block_configuration;
      const value =
        typeof setting === 'object' && setting !== null ? Reflect.get(setting, '@@assign') : setting;
      if (value !== 'all' && value !== 'none' && value !== undefined) {
        context.issues.push({
          code: 'custom',
          message: 'public_access_block_configuration is neither "all" nor "none"',
          input: EffectivePolicy,
        });
        return z.NEVER;
      }
      const on = value === 'all';
      return {
        blockPublicAcls: on,
        ignorePublicAcls: on,
        blockPublicPolicy: on,
        restrictPublicBuckets: on,
      };
    }),
  );

function json(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
