import type { Compliance } from '../../../rules/rule.ts';
import { ago, type Key, key, none, type Reported } from '../../support/access-keys.ts';
import { denied, type Failure, fails } from '../../support/memory.ts';

/** One user, alice, whose keys the report gives, and perhaps a fresh list. */
export interface Case {
  title: string;
  reported: readonly Reported[];
  fresh?: readonly Key[] | Failure;
  parameters?: Record<string, unknown>;
  now?: string;
  says: Compliance | 'UNKNOWN' | 'nothing';
  annotation?: string | RegExp;
  code?: string;
  /** Why a live account cannot be so. */
  filesOnly?: string;
}

const ASKED = 'a live account is asked for its keys';

export const cases: Case[] = [
  // Age, to the millisecond
  { title: 'a user without keys', reported: [], says: 'COMPLIANT', annotation: '' },
  { title: 'a key made today', reported: [[true, ago(0)]], says: 'COMPLIANT', annotation: '' },
  {
    title: 'a key of exactly 90 days',
    reported: [[true, ago(90)]],
    says: 'COMPLIANT',
    annotation: 'access key 1 is 90 days old; fails after 2026-11-22T00:00:00.000Z',
  },
  {
    title: 'a key one millisecond older than 90 days',
    reported: [[true, ago(90, 1)]],
    fresh: [key(ago(90, 1))],
    says: 'NON_COMPLIANT',
    annotation: 'access key AKIAOLD is just over 90 days old (limit 90)',
  },
  {
    title: 'a key one millisecond younger than 90 days',
    reported: [[true, ago(90, -1)]],
    says: 'COMPLIANT',
    annotation: 'access key 1 is 89 days old; fails after 2026-11-22T00:00:00.001Z',
  },
  {
    title: 'a key of 123 days',
    reported: [[true, ago(123, 5000)]],
    fresh: [key(ago(123, 5000))],
    says: 'NON_COMPLIANT',
    annotation: 'access key AKIAOLD is 123 days old (limit 90)',
  },
  {
    title: 'a key made in the future (clocks differ)',
    reported: [[true, ago(-1)]],
    says: 'COMPLIANT',
    annotation: '',
  },
  {
    title: 'a leap day counts: 90 days back from 1 April 2028 is 2 January',
    reported: [[true, '2028-01-02T00:00:00+00:00']],
    now: '2028-04-01T00:00:00Z',
    says: 'COMPLIANT',
  },
  {
    title: 'a leap day counts: from 1 January to 1 April 2028 are 91 days',
    reported: [[true, '2028-01-01T00:00:00+00:00']],
    fresh: [key('2028-01-01T00:00:00+00:00')],
    now: '2028-04-01T00:00:00Z',
    says: 'NON_COMPLIANT',
    annotation: 'access key AKIAOLD is 91 days old (limit 90)',
  },
  {
    title: 'without a leap day the same dates are 90 days apart',
    reported: [[true, '2027-01-01T00:00:00+00:00']],
    now: '2027-04-01T00:00:00Z',
    says: 'COMPLIANT',
  },
  {
    title: 'a time with an offset is that moment: 09:00 in Seoul is midnight UTC',
    reported: [[true, '2026-08-24T09:00:00+09:00']],
    says: 'COMPLIANT',
  },
  {
    title: 'a time with an offset, one second too old',
    reported: [[true, '2026-08-24T08:59:59+09:00']],
    fresh: [key('2026-08-24T08:59:59+09:00')],
    says: 'NON_COMPLIANT',
  },
  {
    title: 'summer time changes nothing: a day has 24 hours',
    // New York's clocks go back on 1 November 2026.
    reported: [[true, '2026-08-23T20:00:00-04:00']],
    now: '2026-11-21T19:00:00-05:00',
    says: 'COMPLIANT',
  },
  {
    title: 'the report may give milliseconds',
    reported: [[true, '2026-08-23T23:59:59.999Z']],
    fresh: [key('2026-08-23T23:59:59.999Z')],
    says: 'NON_COMPLIANT',
  },

  // Which keys count
  {
    title: 'an old key that is inactive',
    filesOnly: ASKED,
    reported: [[false, ago(500)]],
    says: 'COMPLIANT',
    annotation: '',
  },
  {
    title: 'an active flag in capitals, as the documentation prints it',
    reported: [['TRUE', ago(500)]],
    fresh: [key(ago(500))],
    says: 'NON_COMPLIANT',
  },
  {
    title: 'the second key is the old one',
    reported: [
      [true, ago(1)],
      [true, ago(200)],
    ],
    fresh: [key(ago(1), 'Active', 'AKIANEW'), key(ago(200))],
    says: 'NON_COMPLIANT',
    annotation: 'access key AKIAOLD is 200 days old (limit 90)',
  },
  {
    title: 'two old keys, the oldest first',
    reported: [
      [true, ago(100)],
      [true, ago(200)],
    ],
    fresh: [key(ago(100), 'Active', 'AKIA100'), key(ago(200), 'Active', 'AKIA200')],
    says: 'NON_COMPLIANT',
    annotation:
      'access key AKIA200 is 200 days old (limit 90); access key AKIA100 is 100 days old (limit 90)',
  },
  {
    title: 'an old key, and one that soon will be',
    reported: [
      [true, ago(85)],
      [true, ago(200)],
    ],
    fresh: [key(ago(85), 'Active', 'AKIA85'), key(ago(200), 'Active', 'AKIA200')],
    says: 'NON_COMPLIANT',
    annotation:
      'access key AKIA200 is 200 days old (limit 90); access key AKIA85 is 85 days old; fails after 2026-11-27T00:00:00.000Z',
  },

  // The report is up to four hours old: the fresh list decides
  {
    title: 'an old key that was just deactivated',
    reported: [[true, ago(200)]],
    fresh: [key(ago(200), 'Inactive')],
    says: 'COMPLIANT',
    annotation: '',
  },
  { title: 'an old key that was just deleted', reported: [[true, ago(200)]], fresh: [], says: 'COMPLIANT' },
  {
    title: 'an old key that was just rotated',
    reported: [[true, ago(200)]],
    fresh: [key(ago(200), 'Inactive'), key(ago(0), 'Active', 'AKIANEW')],
    says: 'COMPLIANT',
    annotation: '',
  },
  {
    title: 'an old key that was just deactivated while the other is in the warning window',
    reported: [
      [true, ago(200)],
      [true, ago(85)],
    ],
    fresh: [key(ago(200), 'Inactive'), key(ago(85), 'Active', 'AKIA85')],
    says: 'COMPLIANT',
    annotation: 'access key AKIA85 is 85 days old; fails after 2026-11-27T00:00:00.000Z',
  },
  {
    title: 'one old key in the report, another one in the fresh list',
    reported: [
      [true, ago(200)],
      [false, ago(300)],
    ],
    fresh: [key(ago(200), 'Inactive'), key(ago(300), 'Active', 'AKIA300')],
    says: 'NON_COMPLIANT',
    annotation: 'access key AKIA300 is 300 days old (limit 90)',
  },
  {
    title: 'an inactive old key that was just activated again',
    reported: [[false, ago(200)]],
    fresh: [key(ago(200))],
    says: 'NON_COMPLIANT',
    annotation: 'access key AKIAOLD is 200 days old (limit 90)',
  },
  {
    title: 'an inactive old key that still is',
    reported: [[false, ago(200)]],
    fresh: [key(ago(200), 'Inactive')],
    says: 'COMPLIANT',
    annotation: '',
  },
  {
    title: 'an inactive old key, and the list is denied',
    reported: [[false, ago(200)]],
    fresh: denied,
    says: 'UNKNOWN',
    code: 'AccessDenied',
  },
  {
    title: 'an inactive old key of a user who was deleted this very moment',
    reported: [[false, ago(200)]],
    fresh: fails('NoSuchEntity'),
    says: 'nothing',
  },
  {
    title: 'an inactive old key beside one in the warning window, and nobody collected the list',
    filesOnly: ASKED,
    reported: [
      [false, ago(200)],
      [true, ago(85)],
    ],
    says: 'COMPLIANT',
    annotation: 'access key 2 is 85 days old; fails after 2026-11-27T00:00:00.000Z',
  },
  {
    title: 'an inactive key of exactly the limit needs no list',
    reported: [[false, ago(90)]],
    fresh: denied,
    says: 'COMPLIANT',
  },
  {
    title: 'a key made since the report, with a limit of 0 days',
    reported: [],
    fresh: [key(ago(0, 1))],
    parameters: { maxAgeDays: 0 },
    says: 'NON_COMPLIANT',
  },
  {
    title: 'an old key, and nobody collected the list: the report stands',
    filesOnly: ASKED,
    reported: [none, [true, ago(123)]],
    says: 'NON_COMPLIANT',
    annotation: 'access key 2 is 123 days old (limit 90)',
  },
  {
    title: 'an old key, and the list is denied',
    reported: [[true, ago(123)]],
    fresh: denied,
    says: 'UNKNOWN',
    code: 'AccessDenied',
    annotation: /iam:ListAccessKeys/,
  },
  {
    title: 'an old key, and IAM throttles the list',
    reported: [[true, ago(123)]],
    fresh: fails('Throttling'),
    says: 'UNKNOWN',
    code: 'Throttling',
  },
  {
    title: 'an old key of a user who was deleted this very moment',
    reported: [[true, ago(123)]],
    fresh: fails('NoSuchEntity'),
    says: 'nothing',
  },
  {
    title: 'a young key needs no list',
    reported: [[true, ago(10)]],
    fresh: denied,
    says: 'COMPLIANT',
  },
  {
    title: 'an active key of unknown age that the list shows to be old',
    reported: [[true, 'N/A']],
    fresh: [key(ago(200))],
    says: 'NON_COMPLIANT',
  },
  {
    title: 'an active key of unknown age that the list shows to be young',
    reported: [[true, 'N/A']],
    fresh: [key(ago(2))],
    says: 'COMPLIANT',
    annotation: '',
  },
  {
    title: 'an active key of unknown age, and nobody collected the list',
    reported: [[true, 'N/A']],
    says: 'UNKNOWN',
    code: 'NotCollected',
    annotation: /list-access-keys\/alice/,
  },
  {
    title: 'an active key of unknown age beside an old one, and nobody collected the list',
    filesOnly: ASKED,
    reported: [
      [true, 'N/A'],
      [true, ago(91)],
    ],
    says: 'NON_COMPLIANT',
    annotation: 'access key 2 is 91 days old (limit 90)',
  },

  // The warning window
  {
    title: 'a key of exactly 80 days',
    reported: [[true, ago(80)]],
    says: 'COMPLIANT',
    annotation: 'access key 1 is 80 days old; fails after 2026-12-02T00:00:00.000Z',
  },
  {
    title: 'a key not quite 80 days old',
    reported: [[true, ago(80, -1)]],
    says: 'COMPLIANT',
    annotation: '',
  },
  {
    title: 'both keys in the window, the older first',
    reported: [
      [true, ago(81)],
      [true, ago(85)],
    ],
    says: 'COMPLIANT',
    annotation:
      'access key 2 is 85 days old; fails after 2026-11-27T00:00:00.000Z; access key 1 is 81 days old; fails after 2026-12-01T00:00:00.000Z',
  },
  {
    title: 'an inactive key in the window',
    reported: [[false, ago(85)]],
    says: 'COMPLIANT',
    annotation: '',
  },
  {
    title: 'no window where the warning would come with the failure or after it',
    reported: [[true, ago(89)]],
    parameters: { warnAgeDays: '90' },
    says: 'COMPLIANT',
    annotation: '',
  },

  // Parameters
  {
    title: 'a limit of 30 days',
    reported: [[true, ago(31)]],
    fresh: [key(ago(31))],
    parameters: { maxAgeDays: '30' },
    says: 'NON_COMPLIANT',
    annotation: 'access key AKIAOLD is 31 days old (limit 30)',
  },
  {
    title: 'a limit of 0 days: any key fails',
    reported: [[true, ago(0, 1)]],
    fresh: [key(ago(0, 1))],
    parameters: { maxAgeDays: 0 },
    says: 'NON_COMPLIANT',
  },
  {
    title: 'a limit of 365 days',
    reported: [[true, ago(300)]],
    parameters: { maxAgeDays: 365, warnAgeDays: 330 },
    says: 'COMPLIANT',
    annotation: '',
  },
];
