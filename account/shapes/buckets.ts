/** What Amazon S3 says of a bucket. */
import * as z from 'zod/mini';
import type { Grant, ObjectLock, PublicAccessBlock } from '../account.ts';
import { field, flag, text } from './parts.ts';

const GROUPS: Readonly<Record<string, Grant['grantee']>> = {
  'global/AllUsers': 'AllUsers',
  'global/AuthenticatedUsers': 'AuthenticatedUsers',
  's3/LogDelivery': 'LogDelivery',
};

/**
 * The group that an ACL's URI means; `undefined` for one that S3 does not have (aws-facts §9.1), which must not pass for
 * somebody in particular.
 */
export const granteeOfUri = (uri: string): Grant['grantee'] | undefined => {
  const group = /^https?:\/\/acs\.amazonaws\.com\/groups\/(\w+\/\w+)$/i.exec(uri)?.[1];
  return group !== undefined && Object.hasOwn(GROUPS, group) ? GROUPS[group] : undefined;
};

/** Of whom a grant is: a group by its URI, everybody else by an id or an e-mail address. */
const grantee = z.pipe(
  z.object({
    Type: z.nullish(z.string()),
    URI: z.nullish(z.string()),
    ID: z.nullish(z.string()),
    EmailAddress: z.nullish(z.string()),
  }),
  z.transform((value, context): Grant['grantee'] => {
    const isGroup = value.Type === 'Group' || Boolean(value.URI);
    const known = isGroup ? granteeOfUri(value.URI ?? '') : (value.ID || value.EmailAddress) && 'other';
    if (known) return known;
    const what = isGroup ? `a group that S3 does not have (URI ${value.URI})` : 'neither a group nor an ID';
    context.issues.push({ code: 'custom', message: what, input: value });
    return z.NEVER;
  }),
);

export const grants = z.pipe(
  // A bucket whose owner gave up all grants has an empty list.
  field('Grants', z.array(z.object({ Grantee: grantee, Permission: text }))),
  z.transform((all): Grant[] =>
    all.map(({ Grantee, Permission }) => ({ grantee: Grantee, permission: Permission })),
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

/** Whether GetBucketWebsite's answer says anything: a website has an index document, or redirects all requests. */
export const website = z.pipe(
  z.object({
    IndexDocument: z.nullish(z.looseObject({})),
    RedirectAllRequestsTo: z.nullish(z.looseObject({})),
  }),
  z.transform(({ IndexDocument, RedirectAllRequestsTo }, context) => {
    if (IndexDocument || RedirectAllRequestsTo) return true;
    const message = 'neither IndexDocument nor RedirectAllRequestsTo';
    context.issues.push({ code: 'custom', message, input: IndexDocument });
    return z.NEVER;
  }),
);
