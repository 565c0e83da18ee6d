/** Amazon S3: buckets lie in Regions, but are listed, and asked about by name, from anywhere. */
import * as z from 'zod/mini';
import { field, flag, list, tags, text, time } from '../../parts.ts';
import type { About, Reading } from '../../reading.ts';
import { trailBuckets } from '../cloudtrail/readings.ts';
import { lifecycle } from './lifecycle.ts';

const s3 = { name: 's3', cli: 's3api' } as const;
const bucket = ['arn:{partition}:s3:::*'] as const;

/** A bucket as ListBuckets gives it: its Region only when S3 was asked page by page. */
export interface ListedBucket {
  readonly name: string;
  readonly region?: string;
  /** After some edits S3 gives a later time. */
  readonly created?: Date;
}

/** The account's buckets of all Regions, in view or not. */
export const buckets = {
  service: s3,
  api: 'ListBuckets',
  action: 's3:ListAllMyBuckets',
  scope: '*',
  filters: ['Prefix'],
  member: 'Buckets',
  resource: { type: 'AWS::S3::Bucket', id: 'Name', name: 'Name', region: 'BucketRegion' },
  key: 'name',
  shape: () =>
    z.pipe(
      z.object({ Name: text, BucketRegion: z.nullish(z.string()), CreationDate: z.optional(z.unknown()) }),
      z.transform((value): ListedBucket => {
        // No verdict rests on it: what is no time is as good as none.
        const created = time.safeParse(value.CreationDate);
        return {
          name: value.Name,
          ...(value.BucketRegion && { region: value.BucketRegion }),
          ...(created.success && { created: created.data }),
        };
      }),
    ),
} as const satisfies Reading;

/** Of the account's own buckets; for a rule that reads trails, of those that they write to as well. */
const about = {
  options: ['--bucket'],
  from: [{ reading: buckets, id: 'Name' }, trailBuckets],
} as const satisfies About;

/** GetBucketLocation's LocationConstraint: absent for us-east-1, `EU` for what is now eu-west-1. */
export const bucketLocation = {
  service: s3,
  api: 'GetBucketLocation',
  about,
  scope: bucket,
  shape: () =>
    z.pipe(
      z.object({ LocationConstraint: z.nullish(z.string()) }),
      z.transform(({ LocationConstraint }) =>
        LocationConstraint === 'EU' ? 'eu-west-1' : LocationConstraint || 'us-east-1',
      ),
    ),
} as const satisfies Reading;

/** The bucket's ACL grants. With IgnorePublicAcls on, S3 itself gives the effective ones. */
export const bucketAcl = {
  service: s3,
  api: 'GetBucketAcl',
  about,
  scope: bucket,
  shape: () => grants(),
} as const satisfies Reading;

/** The policy's JSON text: `{"Policy": "…"}` as the command prints it, or the document itself. */
export const bucketPolicy = {
  service: s3,
  api: 'GetBucketPolicy',
  about,
  scope: bucket,
  none: ['NoSuchBucketPolicy'],
  shape: () =>
    z.union([
      field('Policy', z.string()),
      z.pipe(
        z.looseObject({ Statement: z.unknown() }),
        z.transform((document) => JSON.stringify(document)),
      ),
    ]),
} as const satisfies Reading;

/** Whether S3 itself calls the policy public, whatever Block Public Access makes of it; `null`: there is no policy. */
export const bucketPolicyStatus = {
  service: s3,
  api: 'GetBucketPolicyStatus',
  about,
  scope: bucket,
  none: ['NoSuchBucketPolicy'],
  shape: () => field('PolicyStatus', field('IsPublic', z.boolean())),
} as const satisfies Reading;

export const publicAccessBlock = {
  service: s3,
  api: 'GetPublicAccessBlock',
  about,
  action: 's3:GetBucketPublicAccessBlock',
  scope: bucket,
  none: ['NoSuchPublicAccessBlockConfiguration'],
  shape: () => blockShape(),
} as const satisfies Reading;

/** `null`: no ownership controls, so ACLs count. */
export const objectOwnership = {
  service: s3,
  api: 'GetBucketOwnershipControls',
  about,
  scope: bucket,
  none: ['OwnershipControlsNotFoundError'],
  shape: () => ownership(),
} as const satisfies Reading;

export const objectLock = {
  service: s3,
  api: 'GetObjectLockConfiguration',
  about,
  action: 's3:GetBucketObjectLockConfiguration',
  scope: bucket,
  none: ['ObjectLockConfigurationNotFoundError', 'ObjectLockConfigurationNotFound'],
  shape: () => lockShape(),
} as const satisfies Reading;

/** `Off`: never turned on. */
export const bucketVersioning = {
  service: s3,
  api: 'GetBucketVersioning',
  about,
  scope: bucket,
  mayBeEmpty: true,
  shape: () =>
    z.pipe(
      z.object({ Status: z.nullish(z.enum(['Enabled', 'Suspended'])) }),
      z.transform(({ Status }) => Status ?? 'Off'),
    ),
} as const satisfies Reading;

/** The rules by which S3 deletes objects; `null`: there are none, so that they are kept for ever. */
export const bucketLifecycle = {
  service: s3,
  api: 'GetBucketLifecycleConfiguration',
  about,
  action: 's3:GetLifecycleConfiguration',
  scope: bucket,
  none: ['NoSuchLifecycleConfiguration'],
  shape: () => lifecycle(),
} as const satisfies Reading;

/** The bucket that its server access logs go to; `null`: it has none. */
export const loggingTarget = {
  service: s3,
  api: 'GetBucketLogging',
  about,
  scope: bucket,
  shape: () =>
    z.pipe(
      z.object({ LoggingEnabled: z.nullish(field('TargetBucket', text)) }),
      z.transform(({ LoggingEnabled }) => LoggingEnabled ?? null),
    ),
} as const satisfies Reading;

/** The buckets that rules in force replicate it to, by name: of any account. `null`: there are no rules. */
export const replicationTargets = {
  service: s3,
  api: 'GetBucketReplication',
  about,
  action: 's3:GetReplicationConfiguration',
  scope: bucket,
  none: ['ReplicationConfigurationNotFoundError'],
  shape: () => replicationShape(),
} as const satisfies Reading;

/** `null`: it has none. */
export const bucketTags = {
  service: s3,
  api: 'GetBucketTagging',
  about,
  scope: bucket,
  none: ['NoSuchTagSet'],
  shape: () => field('TagSet', tags),
} as const satisfies Reading;

/** Whether static website hosting is on; `null`: it is not. */
export const bucketWebsite = {
  service: s3,
  api: 'GetBucketWebsite',
  about,
  scope: bucket,
  none: ['NoSuchWebsiteConfiguration'],
  shape: () => websiteShape(),
} as const satisfies Reading;

export interface Grant {
  /** The first three are S3's predefined groups; all else is somebody in particular. */
  readonly grantee: 'AllUsers' | 'AuthenticatedUsers' | 'LogDelivery' | 'other';
  /** As the S3 API spells it: `READ`, `WRITE`, `READ_ACP`, `WRITE_ACP`, `FULL_CONTROL`. */
  readonly permission: string;
}

export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

export type ObjectOwnership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

export interface ObjectLock {
  readonly enabled: boolean;
  /** Absent: versions are locked only when the writer asks for it. */
  readonly defaultRetention?: {
    readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
    readonly days?: number;
    readonly years?: number;
  };
}

const GROUPS: Readonly<Record<string, Grant['grantee']>> = {
  'global/AllUsers': 'AllUsers',
  'global/AuthenticatedUsers': 'AuthenticatedUsers',
  's3/LogDelivery': 'LogDelivery',
};

/**
 * The group that an ACL's URI means; `undefined` for one that S3 does not have (S3, "The meaning of public"), which
 * must not pass for somebody in particular.
 */
export const granteeOfUri = (uri: string): Grant['grantee'] | undefined => {
  const group = /^https?:\/\/acs\.amazonaws\.com\/groups\/(\w+\/\w+)$/i.exec(uri)?.[1];
  return group !== undefined && Object.hasOwn(GROUPS, group) ? GROUPS[group] : undefined;
};

/** Of whom a grant is: a group by its URI, everybody else by an id or an e-mail address. */
const grantee = () =>
  z.pipe(
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

const grants = () =>
  z.pipe(
    // A bucket whose owner gave up all grants has an empty list.
    field('Grants', z.array(z.object({ Grantee: grantee(), Permission: text }))),
    z.transform((all): readonly Grant[] =>
      all.map(({ Grantee, Permission }) => ({ grantee: Grantee, permission: Permission })),
    ),
  );

const ownership = () =>
  z.pipe(
    field(
      'OwnershipControls',
      field(
        'Rules',
        list(
          field('ObjectOwnership', z.enum(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'])),
        ),
      ),
    ),
    z.transform((rules): ObjectOwnership | null => rules[0] ?? null),
  );

export const blockShape = () =>
  z.pipe(
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

/** Of the rules in force, the names of the buckets that they replicate to. */
const replicationShape = () =>
  z.pipe(
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

const lockShape = () =>
  z.pipe(
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
const websiteShape = () =>
  z.pipe(
    z.object({
      IndexDocument: z.nullish(z.looseObject({})),
      RedirectAllRequestsTo: z.nullish(z.looseObject({})),
    }),
    z.transform(({ IndexDocument, RedirectAllRequestsTo }, context): true => {
      if (IndexDocument || RedirectAllRequestsTo) return true;
      const message = 'neither IndexDocument nor RedirectAllRequestsTo';
      context.issues.push({ code: 'custom', message, input: IndexDocument });
      return z.NEVER;
    }),
  );
