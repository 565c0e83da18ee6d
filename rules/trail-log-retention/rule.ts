import type { Account, ResourceRef } from '../../account/account.ts';
import { AccountError, isAccountError, isDenial, OWN_CODES } from '../../account/errors.ts';
import { type Trail, trails } from '../../account/services/cloudtrail/readings.ts';
import { bucketLifecycle, bucketVersioning, objectLock } from '../../account/services/s3/readings.ts';
import { compliant, nonCompliant } from '../judgement.ts';
import { integer, parameter } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { settle } from '../shared/settle.ts';
import {
  ANOTHER_ACCOUNT,
  judgeTrails,
  reworded,
  TRAIL,
  type TrailFinding,
  trailMessages,
  trailParameters,
} from '../shared/trails.ts';
import { fix } from './fix.ts';
import { daysKept, type Expiry, expiryOf } from './lifecycle.ts';

interface Deletes {
  readonly bucket: string;
  readonly rule: string | undefined;
  readonly days: number;
  readonly minRetentionDays: number;
}
export type TrailLogRetentionFinding =
  | ({ readonly kind: 'shortRetention' } & Deletes)
  /** A rule deletes at a date, and from then on everything at once. */
  | ({ readonly kind: 'fixedDate' } & Deletes)
  | TrailFinding;

const parameters = {
  minRetentionDays: parameter(
    integer(1, 36_500),
    '365',
    {
      en: 'For how many days logs have to be kept at the least.',
      ko: '로그를 보관해야 하는 최소 기간(일).',
    },
    { isTunable: true },
  ),
  ...trailParameters,
};

const reads = [trails, bucketLifecycle, bucketVersioning, objectLock] as const;
type View = Account<(typeof reads)[number]>;

const inQuotes = (rule: string | undefined) =>
  rule === undefined ? 'a rule without an id' : `rule "${rule}"`;

/** No lifecycle rule deletes a trail's logs too early. */
export default defineRule<typeof parameters, TrailLogRetentionFinding>()({
  id: 'trail-log-retention',
  severity: 'MEDIUM',
  resourceTypes: [TRAIL, 'AWS::::Account'],
  scope: 'regional',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages: {
    shortRetention: ({ bucket, days, rule, minRetentionDays }) =>
      `bucket ${bucket} deletes CloudTrail logs after ${days} days (${inQuotes(rule)}; at least ${minRetentionDays} wanted)`,
    fixedDate: ({ bucket, rule, minRetentionDays }) =>
      `bucket ${bucket} deletes CloudTrail logs at a fixed date (${inQuotes(rule)}; at least ${minRetentionDays} days wanted)`,
    ...trailMessages,
  },

  judge: (account, values, context) =>
    judgeTrails(account, context, values, (trail, resource) =>
      judgeTrail(account, trail, resource, values.minRetentionDays),
    ),

  fix,
  size: { memoryMegabytes: 512, timeoutSeconds: 900 },
  calls: { fixed: 1, each: 1.1 },
  accountInstead: true,
});

async function judgeTrail(
  account: View,
  trail: Trail,
  resource: ResourceRef,
  minRetentionDays: number,
): Promise<Judgement<TrailLogRetentionFinding>> {
  const { bucket } = trail;
  const lifecycle = await settle(account.read(bucketLifecycle, { id: bucket }));
  if (isAccountError(lifecycle, 'NoSuchBucket'))
    return nonCompliant(resource, [{ kind: 'noBucket', bucket }]);
  if (lifecycle instanceof AccountError) {
    throw isDenial(lifecycle.code)
      ? reworded(lifecycle, `${ANOTHER_ACCOUNT} (${lifecycle.message})`)
      : lifecycle;
  }
  const expiry = expiryOf(lifecycle?.rules ?? [], trail, account.id);
  const days = expiry ? await keptFor(account, bucket, expiry, minRetentionDays) : 0;
  if (expiry && days < minRetentionDays) {
    const kind = expiry.isFixedDate ? 'fixedDate' : 'shortRetention';
    return nonCompliant(resource, [{ kind, bucket, rule: expiry.rule, days, minRetentionDays }]);
  }
  for (const what of lifecycle?.broken ?? []) {
    throw new AccountError(OWN_CODES.malformed, API, `${API} of ${bucket}: ${what}`, bucket);
  }
  return compliant(resource);
}
const API = 's3:GetBucketLifecycleConfiguration';

/** @throws {AccountError} when what cannot be read could keep a log for as long as is wanted. */
async function keptFor(account: View, bucket: string, expiry: Expiry, wanted: number): Promise<number> {
  const unversioned = { isVersioned: false, lockedDays: 0 };
  if (daysKept(expiry, unversioned) >= wanted) return daysKept(expiry, unversioned);
  const versioning = await settle(account.read(bucketVersioning, { id: bucket }));
  // Without versions there is no Object Lock.
  if (!(versioning instanceof AccountError) && versioning !== 'Enabled') return daysKept(expiry, unversioned);

  const asVersions = daysKept(expiry, { isVersioned: true, lockedDays: 0 });
  if (versioning === 'Enabled' && asVersions >= wanted) return asVersions;
  const lock = await settle(account.read(objectLock, { id: bucket }));
  if (!(lock instanceof AccountError) && lock?.enabled) {
    const { days, years = 0 } = lock.defaultRetention ?? {};
    return daysKept(expiry, { isVersioned: true, lockedDays: days ?? years * 365 });
  }
  if (versioning instanceof AccountError) {
    if (asVersions >= wanted) throw versioning;
  } else if (lock instanceof AccountError) throw lock;
  return asVersions;
}
