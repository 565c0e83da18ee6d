import rule from '../../../rules/iam-long-term-credentials/rule.ts';
import { ACCOUNT, Failure, fails } from '../../support/memory.ts';
import { REPORT, report, userRow } from '../../support/root-report.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Cells = Parameters<typeof userRow>[1];
type Status = 'Active' | 'Inactive' | 'Expired';

const ID = 'AIDACIDEPLOY';
const ARN = `arn:aws:iam::${ACCOUNT}:user/ci`;
const MADE = '2026-01-05T01:02:03+00:00';
const USERS = 'global/iam/list-users.json';
const KEYS = 'global/iam/list-access-keys/ci.json';
const CERTIFICATES = 'global/iam/list-signing-certificates/ci.json';
const PASSWORD = 'global/iam/get-login-profile/ci.json';
const TAGS = 'global/iam/list-user-tags/ci.json';
const DENIED = fails('AccessDenied');
const GONE = fails('NoSuchEntity');

const OK: Says = ['COMPLIANT', ''];
const bad = (annotation: string): Says => ['NON_COMPLIANT', annotation];
const unknown = (code: string): Says => ['UNKNOWN', code];

/** What there is of one user, ci; what is left out was not collected. */
interface World {
  /** Cells of the user's row; no row at all, or no report. */
  readonly row?: Cells | 'no row' | Failure;
  readonly users?: 'not collected' | Failure;
  readonly keys?: readonly (readonly [id: string, status: Status])[] | Failure;
  readonly certificates?: readonly (readonly [id: string, status: Status])[] | Failure;
  readonly password?: boolean | Failure;
  readonly tags?: Readonly<Record<string, string>> | Failure;
}

const user = { UserName: 'ci', UserId: ID, Arn: ARN, Path: '/', CreateDate: MADE };

const keyOf = ([AccessKeyId, Status]: readonly [string, Status]) => ({
  UserName: 'ci',
  AccessKeyId,
  Status,
  CreateDate: MADE,
});
const certificateOf = ([CertificateId, Status]: readonly [string, Status]) => ({
  UserName: 'ci',
  CertificateId,
  CertificateBody: '-----BEGIN CERTIFICATE-----',
  Status,
  UploadDate: MADE,
});
const tagsOf = (tags: Readonly<Record<string, string>>) => ({
  Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
});

function readingsOf({ row = {}, users, keys, certificates, password, tags }: World) {
  const profile = { LoginProfile: { UserName: 'ci', CreateDate: MADE, PasswordResetRequired: false } };
  return {
    ...(row instanceof Failure
      ? { [REPORT]: row }
      : report({}, ...(row === 'no row' ? [] : [userRow('ci', row)]))),
    ...(users !== 'not collected' && { [USERS]: users ?? { Users: [user] } }),
    ...(keys && { [KEYS]: keys instanceof Failure ? keys : { AccessKeyMetadata: keys.map(keyOf) } }),
    ...(certificates && {
      [CERTIFICATES]:
        certificates instanceof Failure ? certificates : { Certificates: certificates.map(certificateOf) },
    }),
    ...(password !== undefined && {
      [PASSWORD]: password instanceof Failure ? password : password ? profile : GONE,
    }),
    ...(tags && { [TAGS]: tags instanceof Failure ? tags : tagsOf(tags) }),
  };
}

const active: Cells = { access_key_1_active: 'true', access_key_1_last_rotated: MADE };
const inactive: Cells = { access_key_1_last_rotated: MADE };
const withPassword: Cells = { password_enabled: 'true', password_last_used: 'no_information' };
const certified: Cells = { cert_2_active: 'true', cert_2_last_rotated: MADE };
const KEY = 'access key AKIACI is active, never used';
const CERTIFICATE = 'signing certificate 2 is active';
const BANNED = { forbidConsolePasswords: 'true' };
const COUNTED = { countInactiveKeys: 'true' };
const NO_KEYS = { keys: [], certificates: [] } as const;
const UNCOLLECTED = 'a live account is asked';

type Row = readonly [
  situation: string,
  world: World,
  says: Situation['says'],
  parameters?: Readonly<Record<string, string>>,
  filesOnly?: string,
];

const keys: readonly Row[] = [
  ['no key and no password', {}, OK],
  ['an active key', { row: active, keys: [['AKIACI', 'Active']], certificates: [] }, bad(KEY)],
  [
    'an active key, by the report alone',
    { row: active },
    bad('access key 1 is active, never used'),
    {},
    UNCOLLECTED,
  ],
  [
    'a key of another time than that in the report',
    {
      row: { ...active, access_key_1_last_rotated: '2025-01-01T00:00:00+00:00' },
      keys: [['AKIACI', 'Active']],
      certificates: [],
    },
    bad('access key AKIACI is active'),
  ],
  [
    'a key that somebody used',
    {
      row: {
        ...active,
        access_key_1_active: 'TRUE',
        access_key_1_last_used_date: '2026-11-01T02:03:04+00:00',
      },
      keys: [['AKIACI', 'Active']],
      certificates: [],
    },
    bad('access key AKIACI is active, last used at 2026-11-01T02:03:04.000Z'),
  ],
  [
    'two active keys',
    {
      row: {
        ...active,
        access_key_2_active: 'true',
        access_key_2_last_rotated: '2026-02-05T01:02:03+00:00',
        access_key_2_last_used_date: 'no_information',
      },
    },
    bad('access key 1 is active, never used; access key 2 is active'),
    {},
    UNCOLLECTED,
  ],
  ['an inactive key', { row: inactive }, OK],
  ['no key, and both N/A', { row: { access_key_1_active: 'N/A', access_key_2_active: 'n/a' } }, OK],
  [
    'an inactive key that counts',
    { row: inactive, keys: [['AKIACI', 'Inactive']], certificates: [] },
    bad('access key AKIACI is there, inactive, never used'),
    COUNTED,
  ],
  [
    'an inactive key that counts, by the report alone',
    { row: inactive },
    bad('access key 1 is there, inactive, never used'),
    COUNTED,
    UNCOLLECTED,
  ],
  ['no key where inactive ones count', {}, OK, COUNTED],
  [
    'a key that may be there, inactive, where it counts',
    { row: { access_key_1_last_rotated: 'no_information' } },
    unknown('IncompleteAnswer'),
    COUNTED,
  ],
  ['an inactive key that was deleted since', { row: inactive, ...NO_KEYS }, OK, COUNTED],
  ['a key that was deactivated since', { row: active, keys: [['AKIACI', 'Inactive']], certificates: [] }, OK],
  [
    'a key that was deactivated since, where it counts',
    { row: active, keys: [['AKIACI', 'Inactive']], certificates: [] },
    bad('access key AKIACI is there, inactive, never used'),
    COUNTED,
  ],
  ['a key that expired', { row: active, keys: [['AKIACI', 'Expired']], certificates: [] }, OK],
  ['a key that is newer than the report', { keys: [['AKIACI', 'Active']] }, OK],
  ['keys that are allowed', { row: active }, OK, { forbidAccessKeys: 'false' }],
  ['keys that are allowed, and no password', { row: active }, OK, { forbidAccessKeys: 'false', ...BANNED }],
  [
    'nothing that is forbidden',
    { row: { ...active, ...certified } },
    OK,
    { forbidAccessKeys: 'False', forbidSigningCertificates: 'FALSE' },
  ],
  ['a list of keys that is denied', { row: active, keys: DENIED, certificates: [] }, unknown('AccessDenied')],
  [
    'a list of keys that is throttled',
    { row: active, keys: fails('Throttling'), certificates: [] },
    unknown('Throttling'),
  ],
  ['a user who is gone', { row: active, keys: GONE, certificates: GONE }, {}],
  ['a user who is gone, by the certificates', { row: certified, certificates: GONE }, {}, {}],
  [
    'no_information instead of whether the key is active',
    { row: { access_key_1_active: 'no_information' } },
    unknown('Malformed'),
    {},
  ],
  [
    'no_information instead of whether the key is active, and a list without keys',
    { row: { access_key_1_active: 'no_information' }, ...NO_KEYS },
    OK,
  ],
  [
    'an active key beside one of which the report does not tell',
    { row: { ...active, access_key_2_active: 'no_information' } },
    bad('access key 1 is active, never used'),
    {},
    UNCOLLECTED,
  ],
  ['an empty cell', { row: { access_key_2_active: '' } }, unknown('Malformed'), {}],
];

const others: readonly Row[] = [
  ['a password', { row: withPassword }, OK],
  [
    'a password that is forbidden',
    { row: withPassword, password: true, ...NO_KEYS },
    bad('has a console password'),
    BANNED,
  ],
  [
    'a password that is forbidden, by the report alone',
    { row: withPassword },
    bad('has a console password'),
    BANNED,
    UNCOLLECTED,
  ],
  ['a password that was deleted since', { row: withPassword, password: false, ...NO_KEYS }, OK, BANNED],
  [
    'a password that nobody may look at',
    { row: withPassword, password: DENIED, ...NO_KEYS },
    unknown('AccessDenied'),
    BANNED,
  ],
  ['a password that is newer than the report', { password: true }, OK, BANNED],
  [
    'not_supported instead of a password, and nothing fresh',
    { row: { password_enabled: 'not_supported' } },
    unknown('IncompleteAnswer'),
    BANNED,
  ],
  [
    'a key and a password, both forbidden',
    { row: { ...active, ...withPassword }, keys: [['AKIACI', 'Active']], password: true, certificates: [] },
    bad(`${KEY}; has a console password`),
    BANNED,
  ],
  [
    'a key, and a password that nobody may look at',
    { row: { ...active, ...withPassword }, keys: [['AKIACI', 'Active']], password: DENIED, certificates: [] },
    bad(KEY),
    BANNED,
  ],
  [
    'a password, and keys that nobody may look at',
    { row: { ...active, ...withPassword }, keys: DENIED, password: true, certificates: [] },
    bad('has a console password'),
    BANNED,
  ],
  [
    'an active signing certificate, by the report alone',
    { row: certified },
    bad(CERTIFICATE),
    {},
    UNCOLLECTED,
  ],
  [
    'an active signing certificate',
    {
      row: certified,
      keys: [],
      certificates: [
        ['OLDCERT', 'Inactive'],
        ['SOAPCERT', 'Active'],
      ],
    },
    bad('signing certificate SOAPCERT is active'),
  ],
  [
    'a signing certificate that was deactivated since',
    { row: certified, keys: [], certificates: [['SOAPCERT', 'Inactive']] },
    OK,
  ],
  [
    'certificates that nobody may look at',
    { row: certified, keys: [], certificates: DENIED },
    unknown('AccessDenied'),
  ],
  ['an active signing certificate, allowed', { row: certified }, OK, { forbidSigningCertificates: 'false' }],
  ['an inactive signing certificate', { row: { cert_1_last_rotated: MADE } }, OK],
  ['N/A instead of certificates', { row: { cert_1_active: 'N/A', cert_2_active: 'N/A' } }, OK],
  [
    'no_information of a certificate',
    { row: { cert_1_active: 'no_information' } },
    unknown('IncompleteAnswer'),
    {},
  ],
  [
    'no_information of a certificate, and a key',
    { row: { ...active, cert_1_active: 'no_information' } },
    bad('access key 1 is active, never used'),
    {},
    UNCOLLECTED,
  ],
];

const TAGGED = { exemptTagKey: 'approved' };
const who: readonly Row[] = [
  [
    'a user who is exempt',
    { row: active, tags: { approved: '' } },
    ['NOT_APPLICABLE', 'exempt by tag approved'],
    TAGGED,
  ],
  [
    'a tag in another letter case',
    { row: active, keys: [['AKIACI', 'Active']], certificates: [], tags: { Approved: 'yes' } },
    bad(KEY),
    TAGGED,
  ],
  [
    'tags that nobody may look at, of a user with a key',
    { row: active, keys: [['AKIACI', 'Active']], certificates: [], tags: DENIED },
    unknown('AccessDenied'),
    TAGGED,
  ],
  ['tags that nobody may look at, of a user without a key', { tags: DENIED }, OK, TAGGED],
  ['a user who is younger than the report', { row: 'no row', ...NO_KEYS, password: false }, OK, BANNED],
  ['a user who is younger than the report, by keys alone', { row: 'no row', keys: [] }, OK, {}, UNCOLLECTED],
  [
    'a user who is younger than the report, with a key',
    { row: 'no row', keys: [['AKIACI', 'Active']], certificates: [] },
    bad('access key AKIACI is active'),
  ],
  [
    'a user who is younger than the report, with a password',
    { row: 'no row', ...NO_KEYS, password: true },
    bad('has a console password'),
    BANNED,
  ],
  ['a user who is younger than the report, and no lists', { row: 'no row' }, unknown('NotCollected'), {}],
  [
    'a user who is younger than the report, whose password was not collected',
    { row: 'no row', ...NO_KEYS },
    unknown('NotCollected'),
    BANNED,
  ],
  [
    'a user who is younger than the report, with keys that are allowed and no lists',
    { row: 'no row' },
    unknown('NotCollected'),
    { forbidAccessKeys: 'false' },
  ],
  [
    'no report, and lists that tell of a key',
    { row: DENIED, keys: [['AKIACI', 'Active']], certificates: [] },
    bad('access key AKIACI is active'),
  ],
  ['no report, and lists that tell of nothing', { row: DENIED, ...NO_KEYS }, OK],
  ['no report, and no lists', { row: DENIED }, { [ACCOUNT]: unknown('AccessDenied') }, {}, UNCOLLECTED],
  ['a list of users that is denied', { users: DENIED, row: active }, { [ACCOUNT]: unknown('AccessDenied') }],
  [
    'users of the report alone',
    { users: 'not collected', row: active },
    { [ARN]: bad('access key 1 is active, never used') },
    {},
    UNCOLLECTED,
  ],
  ['users of the report alone, without a key', { users: 'not collected' }, { [ARN]: OK }, {}, UNCOLLECTED],
];

const situations: Situations = {
  rule,
  situations: [...keys, ...others, ...who].map(
    ([situation, world, says, parameters = {}, filesOnly]): Situation => ({
      situation,
      readings: readingsOf(world),
      parameters,
      says,
      ...(filesOnly && { filesOnly }),
    }),
  ),
};
export default situations;
