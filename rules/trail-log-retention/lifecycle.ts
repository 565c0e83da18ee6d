import type { Trail } from '../../account/services/cloudtrail/readings.ts';
import type { LifecycleRule } from '../../account/services/s3/lifecycle.ts';

/** What the lifecycle rules of a bucket do to a trail's log files. */
export interface Expiry {
  /** After how many days a log expires; 0 for a fixed date, because what is written just before it goes with it. */
  readonly days: number;
  /** How many days S3 keeps what has expired, where it keeps versions. */
  readonly noncurrentDays: number;
  readonly isFixedDate: boolean;
  /** The rule's id, where it has one. */
  readonly rule: string | undefined;
}

/** `undefined`: the trail's logs never expire. */
export function expiryOf(rules: readonly LifecycleRule[], trail: Trail, owner: string): Expiry | undefined {
  const applying = rules.filter((rule) => rule.Status === 'Enabled' && appliesTo(trail, owner, rule));
  const [first] = applying
    .flatMap(({ ID, Expiration }) => {
      const days = Expiration?.Date ? 0 : Expiration?.Days;
      return days === undefined || days === null
        ? []
        : [{ days, isFixedDate: Boolean(Expiration?.Date), rule: ID || undefined }];
    })
    .sort((one, other) => one.days - other.days);
  if (!first) return undefined;
  const noncurrentDays = Math.min(
    ...applying.flatMap(({ NoncurrentVersionExpiration: of }) =>
      // A log file has one version, which is kept where one newer version would be.
      of && !(of.NewerNoncurrentVersions && of.NewerNoncurrentVersions >= 1) ? [of.NoncurrentDays] : [],
    ),
  );
  return { ...first, noncurrentDays };
}

/**
 * For how many days a log is there. Where the bucket keeps versions, an expiration only adds a delete marker, and the log
 * goes as a noncurrent version; no rule deletes what is locked.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export const daysKept = (
  { days, noncurrentDays }: Expiry,
  { isVersioned, lockedDays }: { readonly isVersioned: boolean; readonly lockedDays: number },
): number => Math.max(days + (isVersioned ? noncurrentDays : 0), lockedDays);

/**
 * Whether a rule is for log files of the trail: `[prefix/]AWSLogs/<account>/CloudTrail/…`, and of an organization's trail
 * also `[prefix/]AWSLogs/<organization>/<account>/CloudTrail/…`. CloudTrail tags no object.
 */
function appliesTo(
  { keyPrefix, isOrganizationTrail }: Trail,
  owner: string,
  { Prefix, Filter }: LifecycleRule,
): boolean {
  if (Filter?.Tag || (Filter?.And?.Tags.length ?? 0) > 0) return false;
  const prefix = Filter?.Prefix || Filter?.And?.Prefix || Prefix || '';
  const logs = `${keyPrefix ? `${keyPrefix}/` : ''}AWSLogs/`;
  const base = isOrganizationTrail ? logs : `${logs}${owner}/CloudTrail/`;
  if (!prefix.startsWith(base) && !base.startsWith(prefix)) return false;
  // The accounts of an organization are not known; what else than CloudTrail writes into their folders is.
  const [, within] = /^(?:o-[^/]*\/)?[0-9]{12}\/(.*)/s.exec(prefix.slice(logs.length)) ?? [];
  return within === undefined || within.startsWith('CloudTrail/') || 'CloudTrail/'.startsWith(within);
}
