import type { ObjectLock } from '../../account/services/s3/readings.ts';
import type { Messages } from '../rule.ts';

export type Retention = NonNullable<ObjectLock['defaultRetention']>;

/** What the parameters ask for at the least. */
export interface Wanted {
  readonly minRetentionDays: number;
  readonly mode: Retention['mode'];
}

/** A trail's bucket, and the account that judged it. */
export interface Place {
  readonly bucket: string;
  readonly accountId: string;
}

/** What is wrong with the bucket's Object Lock, with its present default retention, on which the fix builds. */
export type LockFinding = Place &
  (
    | { readonly kind: 'noLock' }
    | { readonly kind: 'noDefaultRetention' }
    | { readonly kind: 'weakMode'; readonly retention: Retention }
    | {
        readonly kind: 'shortRetention';
        readonly retention: Retention;
        readonly days: number;
        readonly minRetentionDays: number;
      }
  );

export const lockMessages: Messages<LockFinding> = {
  noLock: ({ bucket }) => `bucket ${bucket} has no Object Lock`,
  noDefaultRetention: ({ bucket }) => `bucket ${bucket} has Object Lock but no default retention`,
  weakMode: ({ bucket, retention }) => `bucket ${bucket} retains in ${retention.mode} mode, not COMPLIANCE`,
  shortRetention: ({ bucket, days, minRetentionDays }) =>
    `bucket ${bucket} retains for ${days} days (at least ${minRetentionDays} wanted)`,
};

/** A default retention in days; a year counts 365 of them. S3 takes days or years, never both. */
const daysOf = ({ days, years = 0 }: Retention): number => days ?? years * 365;

/**
 * Compares the bucket's lock with what is wanted; `null` is a bucket without a lock. No finding means that it is good
 * enough.
 */
export function lockFindings(place: Place, lock: ObjectLock | null, wanted: Wanted): LockFinding[] {
  if (!lock?.enabled) return [{ kind: 'noLock', ...place }];
  const retention = lock.defaultRetention;
  if (!retention) return [{ kind: 'noDefaultRetention', ...place }];

  const { minRetentionDays } = wanted;
  const days = daysOf(retention);
  const findings: LockFinding[] = [];
  if (wanted.mode === 'COMPLIANCE' && retention.mode !== 'COMPLIANCE') {
    findings.push({ kind: 'weakMode', ...place, retention });
  }
  if (days < minRetentionDays) {
    findings.push({ kind: 'shortRetention', ...place, retention, days, minRetentionDays });
  }
  return findings;
}

/**
 * The default retention that meets what is wanted, and never shortens or weakens the present one. It is in days if
 * the present one is too short, because AWS does not document whether a year counts leap days; a year is taken to
 * have one.
 */
export function strengthened(present: Retention | undefined, wanted: Wanted): Retention {
  const mode = present?.mode === 'COMPLIANCE' ? present.mode : wanted.mode;
  if (present && daysOf(present) >= wanted.minRetentionDays) return { ...present, mode };
  const atLeast = Math.ceil((present?.years ?? 0) * 365.25);
  return { mode, days: Math.max(wanted.minRetentionDays, atLeast) };
}

/** As a person says it: `365 days in GOVERNANCE mode`. */
export const described = ({ mode, days, years }: Retention): string =>
  `${days === undefined ? `${years} years` : `${days} days`} in ${mode} mode`;
