/** AWS Organizations, as any account of an organization sees it. */
import * as z from 'zod/mini';
import { field, text } from '../../parts.ts';
import type { Reading } from '../../reading.ts';
import type { PublicAccessBlock } from '../s3/readings.ts';

const organizations = { name: 'organizations' } as const;

export interface Organization {
  readonly id: string;
  readonly managementAccountId: string;
  /** `ALL`, or `CONSOLIDATED_BILLING`, which has neither policies nor central root access. */
  readonly featureSet?: string;
}

/** The account's organization, which members may ask for, too; `null` when it is in none. */
export const organization = {
  service: organizations,
  api: 'DescribeOrganization',
  scope: '*',
  none: ['AWSOrganizationsNotInUseException'],
  shape: () =>
    z.pipe(
      field('Organization', z.object({ Id: text, MasterAccountId: text, FeatureSet: z.nullish(z.string()) })),
      z.transform(
        ({ Id, MasterAccountId, FeatureSet }): Organization => ({
          id: Id,
          managementAccountId: MasterAccountId,
          ...(FeatureSet && { featureSet: FeatureSet }),
        }),
      ),
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
