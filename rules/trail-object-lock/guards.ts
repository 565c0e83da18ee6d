/**
 * Finds what a default retention would break. Object Lock cannot be turned off again, so anything that cannot be read
 * counts as a reason against it.
 */
import type { Account } from '../../account/account.ts';
import { AccountError, partial } from '../../account/errors.ts';
import { deliveryBuckets } from '../../account/services/config/readings.ts';
import { regions } from '../../account/services/ec2/readings.ts';
import { type Bucket, everyBucket } from '../../account/services/s3/buckets.ts';
import {
  bucketAcl,
  bucketLocation,
  bucketPolicy,
  buckets,
  loggingTarget,
  objectLock,
  replicationTargets,
} from '../../account/services/s3/readings.ts';
import { MalformedPolicyError } from '../shared/policy/parse.ts';
import { settle } from '../shared/settle.ts';
import { NOBODY, type Writers, writersOf } from './writers.ts';

/** What tells whether something would break. */
export const guardReads = [
  buckets,
  bucketLocation,
  bucketPolicy,
  bucketAcl,
  loggingTarget,
  replicationTargets,
  objectLock,
  regions,
  deliveryBuckets,
] as const;
type View = Account<(typeof guardReads)[number]>;

/**
 * Why a bucket must not get a default retention, each a sentence; empty if it may.
 *
 * @param given where AWS Config may deliver from, besides the Region in view; all that are enabled, when empty.
 */
export async function objections(account: View, name: string, given: readonly string[]): Promise<string[]> {
  const list = await partial(everyBucket(account));
  const bucket = list.values.find((one) => one.name === name);
  if (!bucket) {
    const why = list.errors[0];
    if (why) return [unread('s3:ListBuckets', why, 'whose the bucket is')];
    return [`bucket ${name} belongs to another account, and can be locked only there: run this there.`];
  }
  const writers = await readWriters(account, name);
  const [deliveries, logs, replicas] = await Promise.all([
    deliveriesTo(name, account, given),
    writers.logging ? logsTo(bucket, account, list) : [],
    replicasOf(name, account),
  ]);
  return [...deliveries, ...forConfig(name, writers), ...logs, ...replicas, ...writers.unread];
}

/**
 * "To replicate objects from a source bucket with Object Lock enabled, the destination bucket must also have Object Lock
 * enabled" (https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-failure-codes.html): the copies would stop.
 */
async function replicasOf(bucket: string, account: View): Promise<string[]> {
  const replicated = await settle(account.read(replicationTargets, { id: bucket }));
  if (replicated instanceof AccountError) {
    return [unread('s3:GetBucketReplication', replicated, `whether bucket ${bucket} is replicated`)];
  }
  const targets = replicated ?? [];
  const locks = await Promise.all(targets.map((target) => settle(account.read(objectLock, { id: target }))));
  return targets.flatMap((target, index) => {
    const lock = locks[index];
    if (lock instanceof AccountError) {
      const doubt = `whether bucket ${target}, which bucket ${bucket} replicates to, has Object Lock`;
      return [unread('s3:GetObjectLockConfiguration', lock, doubt)];
    }
    if (lock?.enabled) return [];
    return [
      `bucket ${bucket} replicates to bucket ${target}, which has no Object Lock: S3 would replicate nothing more. Turn Object Lock on there first.`,
    ];
  });
}

/**
 * "AWS Config does not support a delivery bucket with Object Lock default retention" (AWS Config, "Managing the
 * Delivery Channel").
 */
const NO_DELIVERY =
  'AWS Config does not deliver to a bucket with a default retention: give CloudTrail a bucket of its own.';

async function deliveriesTo(bucket: string, account: View, given: readonly string[]): Promise<string[]> {
  const api = 'config:DescribeDeliveryChannels';
  const doubt = `whether AWS Config delivers to bucket ${bucket}`;
  const enabled = given.length > 0 ? given : await settle(account.read(regions));
  if (enabled instanceof AccountError) {
    return [`${unread('ec2:DescribeRegions', enabled, doubt)} Or name the Regions in the option Regions.`];
  }
  const named = enabled.flatMap((one) => (typeof one === 'string' ? one : one.isEnabled ? one.name : []));
  const all = [...new Set([...account.regions, ...named])];
  const answers = await Promise.all(all.map((region) => settle(account.read(deliveryBuckets, { region }))));
  const from = all.filter((_, index) => {
    const answer = answers[index];
    return Array.isArray(answer) && answer.includes(bucket);
  });
  const unreadIn = all.filter((_, index) => answers[index] instanceof AccountError);
  const why = answers.find((answer) => answer instanceof AccountError);
  return [
    ...(from.length > 0
      ? [`AWS Config of ${from.join(', ')} delivers to bucket ${bucket}. ${NO_DELIVERY}`]
      : []),
    ...(why
      ? [
          `${unread(`${api} in ${unreadIn.join(', ')}`, why, doubt)} Where a policy forbids the Region, name the others in the option Regions.`,
        ]
      : []),
  ];
}

interface Read extends Writers {
  /** Why some of them are unknown. */
  readonly unread: readonly string[];
}

/** Who else may write to the bucket. If that cannot be read, it may be anybody. */
async function readWriters(account: View, bucket: string): Promise<Read> {
  const doubt = `who else writes to bucket ${bucket}`;
  const [policy, acl] = await Promise.all([
    settle(account.read(bucketPolicy, { id: bucket })),
    settle(account.read(bucketAcl, { id: bucket })),
  ]);
  const byPolicy =
    policy instanceof AccountError ? policy : policy === null ? NOBODY : parsed(policy, account.id);
  const { logging, ...others } = byPolicy instanceof Error ? NOBODY : byPolicy;
  const isGranted = !(acl instanceof AccountError) && acl.some(({ grantee }) => grantee === 'LogDelivery');
  return {
    ...others,
    logging: logging || isGranted,
    unread: [
      ...(byPolicy instanceof Error ? [unread('s3:GetBucketPolicy', byPolicy, doubt)] : []),
      ...(acl instanceof Error ? [unread('s3:GetBucketAcl', acl, doubt)] : []),
    ],
  };
}

function parsed(policy: string, accountId: string): Writers | MalformedPolicyError {
  try {
    return writersOf(policy, accountId);
  } catch (error) {
    if (error instanceof MalformedPolicyError) return error;
    throw error;
  }
}

/**
 * AWS Config of another account, whose delivery channels cannot be seen from here, writes with its role where the
 * policy lets it, and as `config.amazonaws.com` otherwise
 * (https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html).
 */
function forConfig(bucket: string, { config, outsiders }: Writers): string[] {
  if (config) return [`the policy of bucket ${bucket} lets AWS Config write to it. ${NO_DELIVERY}`];
  if (outsiders.length === 0) return [];
  return [
    `the policy of bucket ${bucket} lets ${outsiders.join(', ')} write to it, and so perhaps the AWS Config of another account. ${NO_DELIVERY}`,
  ];
}

/**
 * A bucket with Object Lock is no target for server access logs, and a target lies in the account and the Region of its
 * sources (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html).
 */
async function logsTo(
  { name, region }: Bucket,
  account: View,
  { values, errors }: { readonly values: readonly Bucket[]; readonly errors: readonly AccountError[] },
): Promise<string[]> {
  const near = values.filter((one) => [one.region, region].includes('global') || one.region === region);
  const targets = await Promise.all(near.map((one) => settle(account.read(loggingTarget, { id: one.name }))));
  const nameAll = (found: (target: unknown) => boolean) => {
    const names = near.filter((_, index) => found(targets[index])).map((one) => one.name);
    return names.length > 3
      ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
      : names.join(', ');
  };
  const sources = nameAll((target) => target === name);
  const why = [...errors, ...targets].find((answer) => answer instanceof AccountError);
  const unasked = nameAll((target) => target instanceof AccountError);
  return [
    ...(sources
      ? [
          `bucket ${name} gets the server access logs of ${sources}, which S3 does not deliver to a bucket with Object Lock: send them elsewhere first.`,
        ]
      : []),
    ...(why
      ? [
          unread(
            unasked ? `s3:GetBucketLogging of ${unasked}` : 's3:ListBuckets',
            why,
            `whether bucket ${name} gets server access logs`,
          ),
        ]
      : []),
  ];
}

const unread = (what: string, { message }: Error, doubt: string): string =>
  `${what} cannot be read, so nobody can tell ${doubt} (${message}).`;
