/** What Amazon S3 says of a bucket. */
import * as z from 'zod/mini';
import type { Grant, ObjectLock, PublicAccessBlock } from '../account.ts';
import { flag, list } from './parts.ts';

const groups: Record<string, Grant['grantee']> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': 'AllUsers',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': 'AuthenticatedUsers',
  'http://acs.amazonaws.com/groups/s3/LogDelivery': 'LogDelivery',
};
/** The grantee that a group URI of an S3 ACL means. */
export const granteeOfUri = (uri: string | null | undefined): Grant['grantee'] =>
  groups[(uri ?? '').replace(/^https:/i, 'http:')] ?? 'other';

export const grants = z.pipe(
  z.object({
    Grants: list(
      z.object({ Grantee: z.nullish(z.object({ URI: z.nullish(z.string()) })), Permission: z.string() }),
    ),
  }),
  z.transform(({ Grants }): Grant[] =>
    Grants.map((grant) => ({ grantee: granteeOfUri(grant.Grantee?.URI), permission: grant.Permission })),
  ),
);

export const publicAccessBlock = z.pipe(
  z.object({
    PublicAccessBlockConfiguration: z.object({
      BlockPublicAcls: flag,
      IgnorePublicAcls: flag,
      BlockPublicPolicy: flag,
      RestrictPublicBuckets: flag,
    }),
  }),
  z.transform(
    ({ PublicAccessBlockConfiguration: flags }): PublicAccessBlock => ({
      blockPublicAcls: flags.BlockPublicAcls,
      ignorePublicAcls: flags.IgnorePublicAcls,
      blockPublicPolicy: flags.BlockPublicPolicy,
      restrictPublicBuckets: flags.RestrictPublicBuckets,
    }),
  ),
);

/** What DescribeEffectivePolicy prints for the policy type S3_POLICY: `all` sets the four flags together. */
export const organizationPublicAccessBlock = z.pipe(
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

/** Of the rules in force, the names of the buckets that they replicate to. */
export const replicationTargets = z.pipe(
  z.object({
    ReplicationConfiguration: z.object({
      Rules: z.array(z.object({ Status: z.string(), Destination: z.object({ Bucket: z.string() }) })),
    }),
  }),
  z.transform(({ ReplicationConfiguration: { Rules } }): string[] => [
    ...new Set(
      Rules.flatMap(({ Status, Destination }) =>
        Status === 'Disabled' ? [] : [Destination.Bucket.replace(/^arn:[^:]*:s3:::/, '')],
      ),
    ),
  ]),
);

export const objectLock = z.pipe(
  z.object({
    ObjectLockConfiguration: z.object({
      ObjectLockEnabled: z.nullish(z.string()),
      Rule: z.nullish(
        z.object({
          DefaultRetention: z.nullish(
            z.object({
              Mode: z.nullish(z.enum(['GOVERNANCE', 'COMPLIANCE'])),
              Days: z.nullish(z.int()),
              Years: z.nullish(z.int()),
            }),
          ),
        }),
      ),
    }),
  }),
  z.transform(({ ObjectLockConfiguration: lock }): ObjectLock => {
    const retention = lock.Rule?.DefaultRetention;
    return {
      enabled: lock.ObjectLockEnabled === 'Enabled',
      ...(retention?.Mode && {
        defaultRetention: {
          mode: retention.Mode,
          ...(retention.Days && { days: retention.Days }),
          ...(retention.Years && { years: retention.Years }),
        },
      }),
    };
  }),
);
