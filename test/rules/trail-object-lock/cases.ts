import type { Compliance } from '../../../rules/rule.ts';
import { denied, fails } from '../../support/memory.ts';
import { lock, unlocked, year } from '../../support/trails.ts';

/** One trail and its bucket's lock. */
export interface Case {
  title: string;
  lock?: unknown;
  parameters?: Record<string, unknown>;
  says: Compliance | 'UNKNOWN';
  annotation?: string | RegExp;
  code?: string;
}

const compliance = { mode: 'COMPLIANCE' };
export const cases: Case[] = [
  { title: 'retention of exactly 365 days', lock: year, says: 'COMPLIANT', annotation: '' },
  {
    title: 'retention of 364 days',
    lock: lock({ Mode: 'GOVERNANCE', Days: 364 }),
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs retains for 364 days (at least 365 wanted)',
  },
  { title: 'retention of ten years', lock: lock({ Mode: 'GOVERNANCE', Years: 10 }), says: 'COMPLIANT' },
  { title: 'one year is 365 days', lock: lock({ Mode: 'GOVERNANCE', Years: 1 }), says: 'COMPLIANT' },
  {
    title: 'one year is no more than 365 days',
    lock: lock({ Mode: 'GOVERNANCE', Years: 1 }),
    parameters: { minRetentionDays: 366 },
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs retains for 365 days (at least 366 wanted)',
  },
  {
    title: 'four years hold no leap day',
    lock: lock({ Mode: 'GOVERNANCE', Years: 4 }),
    parameters: { minRetentionDays: 1461 },
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs retains for 1460 days (at least 1461 wanted)',
  },
  {
    title: 'a day where a day is enough',
    lock: lock({ Mode: 'GOVERNANCE', Days: 1 }),
    parameters: { minRetentionDays: '1' },
    says: 'COMPLIANT',
  },
  {
    title: 'retention with neither days nor years',
    lock: lock({ Mode: 'GOVERNANCE' }),
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs retains for 0 days (at least 365 wanted)',
  },
  {
    title: 'COMPLIANCE where GOVERNANCE is enough',
    lock: lock({ Mode: 'COMPLIANCE', Days: 400 }),
    says: 'COMPLIANT',
  },
  {
    title: 'GOVERNANCE where COMPLIANCE is asked',
    lock: year,
    parameters: compliance,
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs retains in GOVERNANCE mode, not COMPLIANCE',
  },
  {
    title: 'COMPLIANCE where COMPLIANCE is asked, in small letters',
    lock: lock({ Mode: 'COMPLIANCE', Years: 1 }),
    parameters: { mode: 'compliance' },
    says: 'COMPLIANT',
  },
  {
    title: 'GOVERNANCE and too short where COMPLIANCE is asked',
    lock: lock({ Mode: 'GOVERNANCE', Days: 30 }),
    parameters: compliance,
    says: 'NON_COMPLIANT',
    annotation:
      'bucket logs retains in GOVERNANCE mode, not COMPLIANCE; bucket logs retains for 30 days (at least 365 wanted)',
  },
  {
    title: 'COMPLIANCE but too short',
    lock: lock({ Mode: 'COMPLIANCE', Days: 30 }),
    parameters: compliance,
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs retains for 30 days (at least 365 wanted)',
  },
  {
    title: 'Object Lock without a default retention: nothing is locked unless its writer asks',
    lock: lock(),
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs has Object Lock but no default retention',
  },
  {
    title: 'a rule without a default retention',
    lock: { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: {} } },
    says: 'NON_COMPLIANT',
  },
  {
    title: 'a bucket without Object Lock',
    lock: unlocked,
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs has no Object Lock',
  },
  {
    title: 'a configuration that does not say Enabled',
    lock: { ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 9 } } } },
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs has no Object Lock',
  },
  {
    title: 'a bucket that does not exist any more',
    lock: fails('NoSuchBucket'),
    says: 'NON_COMPLIANT',
    annotation: "bucket logs does not exist: the trail's logs are lost",
  },
  {
    title: 'a bucket that denies the read',
    lock: denied,
    says: 'UNKNOWN',
    code: 'AccessDenied',
    annotation:
      /may belong to another account: "Buckets of another account" on this rule's page.*s3:GetObjectLockConfiguration/,
  },
  {
    title: 'a bucket that S3 throttles: not a matter of accounts',
    lock: fails('SlowDown'),
    says: 'UNKNOWN',
    code: 'SlowDown',
    annotation: 's3:GetObjectLockConfiguration: SlowDown',
  },
  { title: 'a bucket that nobody read', says: 'UNKNOWN', code: 'NotCollected' },
  {
    title: 'a mode that S3 does not have',
    lock: lock({ Mode: 'FOREVER', Days: 365 }),
    says: 'UNKNOWN',
    code: 'Malformed',
    annotation: /DefaultRetention\.Mode/,
  },
  {
    title: 'an excluded bucket, whatever its lock',
    lock: denied,
    parameters: { excludeBuckets: 'other, logs' },
    says: 'NOT_APPLICABLE',
    annotation: 'exempt by parameter excludeBuckets',
  },
  {
    title: 'another bucket excluded, of which it is a part',
    lock: unlocked,
    parameters: { excludeBuckets: 'logs-archive' },
    says: 'NON_COMPLIANT',
  },
];
