import rule from '../../../rules/root-last-used/rule.ts';
import { denied } from '../../support/memory.ts';
import { REPORT, report, userRow } from '../../support/root-report.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

/** The situations are judged at the end of 2026-11-21. */
const NOW = Date.parse('2026-11-22T00:00:00Z');
const HOUR = 3_600_000;
const ago = (days: number, ms = 0) =>
  new Date(NOW - days * 24 * HOUR - ms).toISOString().replace('.000Z', '+00:00');

const password = (at: string) => report({ password_last_used: at });
const NEVER: Says = ['COMPLIANT', 'root has never been used, as far as IAM has taken note'];
const OK: Says = ['COMPLIANT', ''];
const used = (annotation: string | RegExp): Says => ['NON_COMPLIANT', annotation];
const UNKNOWN: Says = ['UNKNOWN', 'IncompleteAnswer'];
const youngAccount = { user_creation_time: ago(10) };

type Row = [
  situation: string,
  readings: Situation['readings'],
  says: Says,
  parameters?: Record<string, string>,
];
const rows: Row[] = [
  ['never used', report(), NEVER],
  ['never used, by columns that say N/A and not_supported', password('not_supported'), NEVER],
  ['no password, and N/A', password('N/A'), NEVER],
  [
    'a sign-in three days ago',
    password(ago(3)),
    used('root signed in with its password 3 days ago (2026-11-19T00:00Z); at least 30 days wanted'),
  ],
  ['a sign-in exactly 30 days ago', password(ago(30)), OK],
  ['a sign-in a second less than 30 days ago', password(ago(30, -1000)), used(/29 days ago/)],
  ['a sign-in a year ago', password(ago(365)), OK],
  [
    'a sign-in a year ago, and a key today',
    report({
      password_last_used: ago(365),
      access_key_1_active: 'true',
      access_key_1_last_rotated: ago(500),
      access_key_1_last_used_date: ago(0, HOUR),
    }),
    used(
      'root used its access key (number 1) less than a day ago (2026-11-21T23:00Z); at least 30 days wanted',
    ),
  ],
  [
    'an inactive second key that was used yesterday',
    report({ access_key_2_last_rotated: ago(500), access_key_2_last_used_date: ago(1) }),
    used(/^root used its access key \(number 2\) 1 day ago/),
  ],
  [
    'a key that is deleted, and was used yesterday',
    report({ access_key_1_last_used_date: ago(1) }),
    used(/^root used its access key \(number 1\) 1 day ago/),
  ],
  ['a key that was used a year ago', report({ access_key_1_last_used_date: ago(365) }), OK],
  [
    'a use while the account was set up',
    report({ ...youngAccount, password_last_used: ago(4) }),
    ['COMPLIANT', /while the account was set up/],
  ],
  [
    'a use a second after the grace period',
    report({ ...youngAccount, password_last_used: ago(3, -1000) }),
    used(/2 days ago/),
  ],
  [
    'a use at the end of the grace period',
    report({ ...youngAccount, password_last_used: ago(3) }),
    ['COMPLIANT', /set up/],
  ],
  [
    'no grace period, and a use an hour after the account was made',
    report({ user_creation_time: ago(1, HOUR), password_last_used: ago(1) }),
    used(/1 day ago/),
    { gracePeriodDaysAfterAccountCreation: '0' },
  ],
  [
    'a young use, and a time of creation that is none',
    report({ user_creation_time: 'long ago', password_last_used: ago(1) }),
    used(/1 day ago/),
  ],
  [
    'an old use, and a time of creation that is none',
    report({ user_creation_time: 'long ago', password_last_used: ago(100) }),
    OK,
  ],
  [
    'a use that was approved',
    password(ago(3)),
    ['COMPLIANT', /which is approved until 2026-11-19T23:59Z/],
    { approvedUseUntil: '2026-11-19' },
  ],
  [
    'a use at the time until which it was approved',
    password(ago(3)),
    ['COMPLIANT', /approved/],
    { approvedUseUntil: '2026-11-19T00:00:00Z' },
  ],
  ['a use after what was approved', password(ago(3)), used(/3 days ago/), { approvedUseUntil: '2026-11-18' }],
  ['a use after now', password(ago(-1)), used(/in the future, by this clock/)],
  ['one day wanted, and a use two days ago', password(ago(2)), OK, { maxDaysSinceUse: '1' }],
  [
    'one day wanted, and a use an hour ago',
    password(ago(0, HOUR)),
    used(/at least 1 day wanted/),
    { maxDaysSinceUse: '1' },
  ],
  ['a time that is none', password('yesterday'), UNKNOWN],
  ['an empty cell', password(''), UNKNOWN],
  [
    'a time that is none, and a key used yesterday',
    report({ password_last_used: 'yesterday', access_key_1_last_used_date: ago(1) }),
    used(/access key \(number 1\)/),
  ],
  [
    'a time that is none, and a key used a year ago',
    report({ password_last_used: 'yesterday', access_key_1_last_used_date: ago(365) }),
    UNKNOWN,
  ],
  [
    'a time that is none, and an approved use',
    report({ password_last_used: 'yesterday', access_key_1_last_used_date: ago(3) }),
    UNKNOWN,
    { approvedUseUntil: '2026-11-20' },
  ],
  ['a column that is missing', report({ access_key_2_last_used_date: undefined }), UNKNOWN],
  [
    'a column that is missing, and a sign-in yesterday',
    report({ access_key_2_last_used_date: undefined, password_last_used: ago(1) }),
    used(/1 day ago/),
  ],
  [
    'a sign-in yesterday, and an access key that the report does not tell of',
    report({ access_key_1_active: 'no_information', password_last_used: ago(1) }),
    used(/1 day ago/),
  ],
  [
    'a report of China, without root',
    report(userRow('bora', {}, 'aws-cn')),
    ['NOT_APPLICABLE', 'accounts in China have no root user'],
  ],
  ['a report without root', report(userRow('bora')), UNKNOWN],
  ['a report that is denied', { [REPORT]: denied }, ['UNKNOWN', 'AccessDenied']],
  ['a report that was not collected', {}, ['UNKNOWN', 'NotCollected']],
  ['a report without rows', { [REPORT]: 'user,arn' }, ['UNKNOWN', 'Malformed']],
  ['two rows of root that disagree', report({}, { password_last_used: ago(1) }), UNKNOWN],
  ['a user who signed in', report({}, userRow('bora', { password_last_used: ago(1) })), NEVER],
];

const situations: Situations = {
  rule,
  situations: rows.map(([situation, readings, says, parameters]) => ({
    situation,
    readings,
    says,
    ...(parameters && { parameters }),
  })),
};
export default situations;
