import rule from '../../../rules/iam-mfa-enforced/rule.ts';
import {
  ADMINISTRATOR,
  administratorAccess,
  allow,
  awsPolicy,
  DETAILS,
  deny,
  details,
  group,
  iamArn,
  policy,
  user,
  userId,
  type Who,
} from '../../support/authorization.ts';
import { denied } from '../../support/memory.ts';
import { REPORT, report, userRow } from '../../support/root-report.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;
type Parameters = Record<string, string>;
type Row = [string, Json, Situation['says'], Parameters?];

const password = (name = 'ana') => userRow(name, { password_enabled: 'true' });
const key = (name = 'ana') => userRow(name, { access_key_1_active: 'true' });
const both = (name = 'ana') => userRow(name, { password_enabled: 'true', access_key_2_active: 'true' });

const account = (who: Who, ...rows: ReturnType<typeof userRow>[]): Json => ({
  ...details({ ...who, policies: [administratorAccess, ...(who.policies ?? [])] }),
  ...report({}, ...rows),
});
/** Ana has these policies, and signs in like this. */
const ana = (has: object, row = password(), more: Who = {}): Json =>
  account({ users: [user('ana', has)], ...more }, row);

const LISTED = [
  'iam:CreateVirtualMFADevice',
  'iam:EnableMFADevice',
  'iam:GetUser',
  'iam:ListMFADevices',
  'iam:ListVirtualMFADevices',
  'iam:ResyncMFADevice',
  'sts:GetSessionToken',
];
const IF_EXISTS = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
const unlessMfa = (Condition: Json = IF_EXISTS, more: Json = {}) =>
  deny({ NotAction: LISTED, Condition, ...more });
/** An administrator who is denied so much. */
const denying = (...statements: Json[]) => ({ attached: [ADMINISTRATOR], inline: statements });

const OK: Says = ['COMPLIANT', ''];
const everything = (way: string): Says => ['NON_COMPLIANT', `can do everything without MFA, ${way}`];
const BY_PASSWORD = everything('with a password');
const BY_KEY = everything('with an access key');
const BY_BOTH = everything('with a password and with an access key');
const can = (what: string): Says => ['NON_COMPLIANT', `can do ${what} without MFA, with a password`];
const unknown = (code: string): Says => ['UNKNOWN', code];
const NOTHING: Says = ['NOT_APPLICABLE', 'has neither a password nor an active access key'];
const KEY_ONLY: Says = [
  'NOT_APPLICABLE',
  'has access keys and no password, and includeAccessKeyOnly is false',
];
const WITH_KEYS = { includeAccessKeyOnly: 'true' };

/** Each condition on the Deny, with a password and with a key. */
const conditions = (
  [
    ['BoolIfExists … false, as AWS has it', IF_EXISTS, true, true],
    ['Bool … false', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, true, false],
    ['Null on whether there was MFA', { Null: { 'aws:MultiFactorAuthPresent': 'true' } }, false, true],
    ['Null on how old the MFA is', { Null: { 'aws:MultiFactorAuthAge': 'true' } }, true, true],
    ['an MFA older than an hour', { NumericGreaterThan: { 'aws:MultiFactorAuthAge': '3600' } }, false, false],
    [
      'an MFA older than an hour, if there is one',
      { NumericGreaterThanIfExists: { 'aws:MultiFactorAuthAge': '3600' } },
      true,
      true,
    ],
    [
      'BoolIfExists, and not by a service',
      {
        BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' },
        Bool: { 'aws:ViaAWSService': 'false' },
      },
      true,
      true,
    ],
    [
      'BoolIfExists, both keys in one operator',
      { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false', 'aws:ViaAWSService': 'false' } },
      true,
      true,
    ],
    [
      'BoolIfExists, outside of the office',
      { ...IF_EXISTS, NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
      false,
      false,
    ],
    [
      'BoolIfExists, for resources with a tag',
      { ...IF_EXISTS, StringEquals: { 'aws:ResourceTag/env': 'prod' } },
      false,
      false,
    ],
    [
      'BoolIfExists, in one Region',
      { ...IF_EXISTS, StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      false,
      false,
    ],
    [
      'BoolIfExists, for this user by name',
      { ...IF_EXISTS, StringEquals: { 'aws:username': 'ana' } },
      true,
      true,
    ],
    [
      'BoolIfExists, for another user',
      { ...IF_EXISTS, StringEquals: { 'aws:username': 'bo' } },
      false,
      false,
    ],
    [
      'BoolIfExists, for users without a tag that this one has not',
      { ...IF_EXISTS, Null: { 'aws:PrincipalTag/robot': 'true' } },
      true,
      true,
    ],
    [
      'BoolIfExists, for IAM users',
      { ...IF_EXISTS, StringEquals: { 'aws:PrincipalType': 'User' } },
      true,
      true,
    ],
    ['BoolIfExists … "False"', { boolifexists: { 'AWS:MultiFactorAuthPresent': 'False' } }, true, true],
    [
      'BoolIfExists … false as a Boolean',
      { BoolIfExists: { 'aws:MultiFactorAuthPresent': false } },
      true,
      true,
    ],
    [
      'BoolIfExists … false in a list',
      { BoolIfExists: { 'aws:MultiFactorAuthPresent': ['false'] } },
      true,
      true,
    ],
    ['BoolIfExists … true', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, false, true],
    ['StringNotEquals … true', { StringNotEquals: { 'aws:MultiFactorAuthPresent': 'true' } }, true, true],
    ['no condition at all', {}, true, true],
  ] as const
).flatMap(([what, condition, console, long]): Row[] => {
  const given = denying(unlessMfa(condition as Json));
  return [
    [`a Deny by ${what}, with a password`, ana(given), console ? OK : BY_PASSWORD],
    [`a Deny by ${what}, with a key`, ana(given, key()), long ? OK : BY_KEY, WITH_KEYS],
  ];
});

const REQUIRE = iamArn('policy/require-mfa');
const requireMfa = policy(REQUIRE, unlessMfa());
const BOUND = iamArn('policy/bound');
const ways: Row[] = [
  [
    "AWS's policy attached to the user",
    ana({ attached: [ADMINISTRATOR, REQUIRE] }, both(), { policies: [requireMfa] }),
    OK,
  ],
  [
    "AWS's policy through a group",
    ana({ groups: ['people'] }, both(), {
      groups: [group('people', { attached: [ADMINISTRATOR, REQUIRE] })],
      policies: [requireMfa],
    }),
    OK,
  ],
  ["AWS's policy inline", ana(denying(unlessMfa()), both()), OK],
  [
    "AWS's policy inline in a group",
    ana({ attached: [ADMINISTRATOR], groups: ['people'] }, both(), {
      groups: [group('people', { inline: [unlessMfa()] })],
    }),
    OK,
  ],
  [
    "AWS's policy as part of the boundary",
    ana({ attached: [ADMINISTRATOR], boundary: BOUND }, both(), {
      policies: [policy(BOUND, allow('*'), unlessMfa())],
    }),
    OK,
  ],
  [
    'a boundary that allows no more than to register MFA',
    ana({ attached: [ADMINISTRATOR], boundary: BOUND }, both(), { policies: [policy(BOUND, allow(LISTED))] }),
    OK,
  ],
  ['no such policy', ana({ attached: [ADMINISTRATOR] }), BY_PASSWORD],
  ['no such policy, with a password and a key', ana({ attached: [ADMINISTRATOR] }, both()), BY_BOTH],
  ['no permissions at all', ana({}), OK],
  [
    'everything with MFA only, and to register it without',
    ana(
      {
        inline: [
          allow('*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
          allow(LISTED),
        ],
      },
      both(),
    ),
    OK,
  ],
  [
    'everything by BoolIfExists … true, with a password',
    ana({ inline: [allow('*', { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } } })] }),
    OK,
  ],
  [
    'everything by BoolIfExists … true, with a key, too',
    ana(
      { inline: [allow('*', { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } } })] },
      both(),
    ),
    BY_KEY,
  ],
  [
    'everything from the office, without MFA',
    ana({ inline: [allow('*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })] }),
    BY_PASSWORD,
  ],
  [
    'some actions that need no MFA',
    ana({ inline: [allow(['s3:GetObject', 'ec2:Describe*'])] }),
    can('s3:getobject, ec2:describe*'),
  ],
  [
    'a few that need no MFA, of one bucket',
    ana({ inline: [allow('s3:GetObject', { Resource: 'arn:aws:s3:::docs/*' })] }),
    can('s3:getobject'),
  ],
  [
    'a Deny of some actions only',
    ana({ inline: [allow(['ec2:*', 's3:*']), deny({ Action: 'ec2:*', Condition: IF_EXISTS })] }),
    can('s3:*'),
  ],
  [
    'a Deny of some actions that are all there is',
    ana({ inline: [allow('ec2:*'), deny({ Action: 'EC2:*', Condition: IF_EXISTS })] }),
    OK,
  ],
  [
    'a Deny of everything but iam:*',
    ana(denying(unlessMfa(IF_EXISTS, { NotAction: 'iam:*' }))),
    can('iam:*'),
  ],
  [
    'a Deny that leaves iam:DeactivateMFADevice',
    ana(denying(unlessMfa(IF_EXISTS, { NotAction: [...LISTED, 'iam:DeactivateMFADevice'] }))),
    can('iam:deactivatemfadevice'),
  ],
  [
    'a Deny that leaves sts:AssumeRole',
    ana(denying(unlessMfa(IF_EXISTS, { NotAction: [...LISTED, 'sts:AssumeRole'] }))),
    can('sts:assumerole'),
  ],
  [
    'a Deny that leaves iam:*, of which the user may do nothing else',
    ana({ inline: [allow(['s3:*', 'iam:ListUsers']), unlessMfa(IF_EXISTS, { NotAction: 'iam:*' })] }),
    OK,
  ],
  [
    'a Deny that leaves what is allowed here',
    ana(denying(unlessMfa(IF_EXISTS, { NotAction: [...LISTED, 'sts:AssumeRole'] }))),
    OK,
    { allowedWithoutMfa: `${LISTED.join(',')}, STS:Assume*` },
  ],
  [
    'a Deny that leaves what is not allowed here',
    ana(denying(unlessMfa())),
    can('iam:getuser'),
    { allowedWithoutMfa: LISTED.filter((one) => one !== 'iam:GetUser').join(',') },
  ],
  ['a Deny on a bucket', ana(denying(unlessMfa(IF_EXISTS, { Resource: 'arn:aws:s3:::docs' }))), BY_PASSWORD],
  [
    'a Deny on all buckets of a user of buckets',
    ana({
      inline: [
        allow('s3:*', { Resource: 'arn:aws:s3:::docs' }),
        unlessMfa(IF_EXISTS, { Resource: 'arn:aws:s3:::*' }),
      ],
    }),
    OK,
  ],
  [
    'Bool … false, with a password and an active key',
    ana(denying(unlessMfa({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } })), both()),
    BY_KEY,
  ],
  [
    'the policy in a group that the user is not in',
    ana({ attached: [ADMINISTRATOR] }, password(), { groups: [group('people', { inline: [unlessMfa()] })] }),
    BY_PASSWORD,
  ],
  [
    'an MFA device, and nothing that enforces it',
    ana({ attached: [ADMINISTRATOR] }, userRow('ana', { password_enabled: 'true', mfa_active: 'true' })),
    BY_PASSWORD,
  ],
  [
    'no MFA device, and a policy that enforces one',
    ana(denying(unlessMfa()), userRow('ana', { password_enabled: 'true', mfa_active: 'false' })),
    OK,
  ],
  ['neither a password nor an active key', ana({ attached: [ADMINISTRATOR] }, userRow('ana')), NOTHING],
  ['a key only', ana({ attached: [ADMINISTRATOR] }, key()), KEY_ONLY],
  ['a key only, which counts', ana({ attached: [ADMINISTRATOR] }, key()), BY_KEY, WITH_KEYS],
  ['a key only, which counts, and the Deny', ana(denying(unlessMfa()), key()), OK, WITH_KEYS],
  [
    'exempt by a tag',
    ana({ attached: [ADMINISTRATOR], tags: { 'break-glass': '' } }),
    ['NOT_APPLICABLE', 'exempt by tag break-glass'],
    { exemptTagKey: 'break-glass' },
  ],
  [
    'another tag',
    ana({ attached: [ADMINISTRATOR], tags: { team: 'a' } }),
    BY_PASSWORD,
    { exemptTagKey: 'break-glass' },
  ],
  [
    'PowerUserAccess, and the Deny',
    ana({ attached: [awsPolicy('PowerUserAccess')], inline: [unlessMfa()] }, both(), {
      policies: [
        policy(awsPolicy('PowerUserAccess'), {
          Effect: 'Allow',
          NotAction: ['iam:*', 'organizations:*'],
          Resource: '*',
        }),
      ],
    }),
    OK,
  ],
  [
    'PowerUserAccess without it',
    ana({ attached: [awsPolicy('PowerUserAccess')] }, password(), {
      policies: [
        policy(awsPolicy('PowerUserAccess'), {
          Effect: 'Allow',
          NotAction: ['iam:*', 'organizations:*'],
          Resource: '*',
        }),
      ],
    }),
    can('everything but iam:* and 1 more'),
  ],
  ['no users', account({}), {}],
  [
    'two users',
    account(
      { users: [user('ana', denying(unlessMfa())), user('bo', { attached: [ADMINISTRATOR] })] },
      password(),
      password('bo'),
    ),
    { [userId('ana')]: OK, [userId('bo')]: BY_PASSWORD },
  ],
];

const LOST = iamArn('policy/lost');
const withoutReport = (who: Who, answer: unknown = denied): Json => ({ ...account(who), [REPORT]: answer });
const changed = (all: Json, change: (answer: Json) => Json): Json => ({
  ...all,
  [DETAILS]: change(all[DETAILS] as Json),
});
const mine = (says: Says) => ({ [userId('ana')]: says });
const ACCOUNT_ID = '111122223333';
const without =
  (list: string) =>
  ({ [list]: _, ...rest }: Json): Json =>
    rest;

const unread: Row[] = [
  [
    'a policy without its document, and a Deny that covers everything',
    ana({ attached: [LOST], inline: [unlessMfa()] }),
    OK,
  ],
  ['a policy without its document', ana({ attached: [LOST] }), unknown('IncompleteAnswer')],
  [
    'a policy without its document, and one that fails already',
    ana({ attached: [LOST, ADMINISTRATOR] }),
    BY_PASSWORD,
  ],
  [
    'a boundary without its document',
    ana({ attached: [ADMINISTRATOR], boundary: LOST }),
    unknown('IncompleteAnswer'),
  ],
  ['a group that the answer lacks', ana({ groups: ['gone'] }), unknown('IncompleteAnswer')],
  [
    'a policy without its document, of a user without credentials',
    ana({ attached: [LOST] }, userRow('ana')),
    NOTHING,
  ],
  [
    'a user who is not in the report yet, and nothing is left',
    account({ users: [user('ana', denying(unlessMfa()))] }),
    OK,
  ],
  [
    'a user who is not in the report yet',
    account({ users: [user('ana', { attached: [ADMINISTRATOR] })] }),
    unknown('IncompleteAnswer'),
  ],
  [
    'a user who is not in the report yet, and with a key something is left',
    account({
      users: [user('ana', denying(unlessMfa({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } })))],
    }),
    unknown('IncompleteAnswer'),
  ],
  [
    'a row that makes no sense',
    ana({ attached: [ADMINISTRATOR] }, userRow('ana', { password_enabled: 'maybe' })),
    unknown('IncompleteAnswer'),
  ],
  [
    'a row without an answer, and an active key',
    ana(
      { attached: [ADMINISTRATOR] },
      userRow('ana', { password_enabled: 'no_information', access_key_1_active: 'true' }),
    ),
    unknown('IncompleteAnswer'),
  ],
  [
    '… which counts by itself',
    ana(
      { attached: [ADMINISTRATOR] },
      userRow('ana', { password_enabled: 'no_information', access_key_1_active: 'true' }),
    ),
    BY_KEY,
    WITH_KEYS,
  ],
  [
    'the authorization details are denied',
    { ...report({}, password()), [DETAILS]: denied },
    { [ACCOUNT_ID]: unknown('AccessDenied') },
  ],
  ['nothing was collected', {}, { [ACCOUNT_ID]: unknown('NotCollected') }],
  [
    'the report is denied',
    withoutReport({
      users: [
        user('ana', denying(unlessMfa())),
        user('bo', { attached: [ADMINISTRATOR] }),
        user('cy', { attached: [ADMINISTRATOR], tags: { robot: '' } }),
      ],
    }),
    {
      [userId('ana')]: OK,
      [userId('bo')]: unknown('AccessDenied'),
      [userId('cy')]: ['NOT_APPLICABLE', 'exempt by tag robot'],
    },
    { exemptTagKey: 'robot' },
  ],
  [
    'an answer that goes on',
    changed(ana(denying(unlessMfa())), (all) => ({ ...all, IsTruncated: true, Marker: 'm' })),
    { ...mine(OK), [ACCOUNT_ID]: unknown('CutAnswer') },
  ],
  [
    'an answer without groups',
    changed(ana({ groups: ['people'] }), without('GroupDetailList')),
    mine(unknown('IncompleteAnswer')),
  ],
  [
    'an answer without policies, and a Deny that is there',
    changed(ana(denying(unlessMfa())), without('Policies')),
    mine(OK),
  ],
  [
    'an answer without users',
    changed(ana({}), without('UserDetailList')),
    { [ACCOUNT_ID]: unknown('Malformed') },
  ],
  [
    'a user that makes no sense',
    account({ users: [user('ana', denying(unlessMfa())), { UserName: 'bo', UserId: 'AIDABO' }] }, password()),
    { ...mine(OK), AIDABO: unknown('Malformed') },
  ],
  [
    'a policy that makes no sense',
    ana({ inline: [{ Effect: 'Perhaps', Action: '*', Resource: '*' }] }),
    unknown('IncompleteAnswer'),
  ],
];

const situations: Situations = {
  rule,
  situations: [...conditions, ...ways, ...unread].map(
    ([situation, readings, says, parameters = {}]): Situation => ({ situation, readings, says, parameters }),
  ),
};
export default situations;
