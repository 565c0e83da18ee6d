import { isAdministrator } from '../../../../rules/shared/permissions/administrators.ts';
import { actionPattern, isCoveredBy, touches } from '../../../../rules/shared/permissions/boxes.ts';
import { contextOf } from '../../../../rules/shared/permissions/context.ts';
import { type Permissions, whether } from '../../../../rules/shared/permissions/permissions.ts';
import { isSure, remaining } from '../../../../rules/shared/permissions/remaining.ts';
import { allBut, allow, deny, having, type Json, policy, UNREAD, within } from './policies.ts';

const USER = { 'aws:username': 'ana', 'aws:ViaAWSService': 'false' };
/** A console session, and a long-term access key, both without MFA. */
const CONSOLE = contextOf({ ...USER, 'aws:MultiFactorAuthPresent': 'false', 'aws:MultiFactorAuthAge': null });
const KEY = contextOf({ ...USER, 'aws:MultiFactorAuthPresent': null, 'aws:MultiFactorAuthAge': null });
const SELF = ['iam:ListMFADevices', 'iam:EnableMFADevice', 'sts:GetSessionToken'].map(actionPattern);

const mayDoMore = (context: typeof KEY) => (permissions: Permissions) =>
  [...remaining(permissions, context)].some(({ actions }) => !isCoveredBy(actions, SELF));
const unless = (Condition: Json) => [allow('*'), allBut('Deny', SELF, { Condition })];
const mfa = (value: unknown) => ({ 'aws:MultiFactorAuthPresent': value });
const AWS_MFA = { BoolIfExists: mfa('false') };

const holds: [situation: string, statements: Json[], console: boolean, key: boolean][] = [
  ['nothing allowed', [], true, true],
  ['no Deny', [allow('*')], false, false],
  ["AWS's policy", unless(AWS_MFA), true, true],
  ['Bool false', unless({ Bool: mfa('false') }), true, false],
  ['a boolean, in odd case', unless({ boolifexists: { 'AWS:multifactorauthpresent': [false] } }), true, true],
  ['"False"', unless({ BoolIfExists: mfa('False') }), true, true],
  ['Null of MFA', unless({ Null: mfa('true') }), false, true],
  ['Null of its age', unless({ Null: { 'aws:MultiFactorAuthAge': 'true' } }), true, true],
  ['the age', unless({ NumericGreaterThan: { 'aws:MultiFactorAuthAge': '3600' } }), false, false],
  [
    'the age, IfExists',
    unless({ NumericGreaterThanIfExists: { 'aws:MultiFactorAuthAge': '3600' } }),
    true,
    true,
  ],
  ['… and ViaAWSService', unless({ ...AWS_MFA, Bool: { 'aws:ViaAWSService': 'false' } }), true, true],
  ['… and an address', unless({ ...AWS_MFA, IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), false, false],
  ['a Deny of some services', [allow('*'), deny(['ec2:*', 's3:*'])], false, false],
  ['a Deny of everything', [allow('*'), deny('*:*')], true, true],
  ['a Deny of a bucket', [allow('*'), allBut('Deny', SELF, { Resource: 'arn:aws:s3:::b' })], false, false],
  ['a Deny of all but iam:*', [allow('*'), allBut('Deny', 'iam:*')], false, false],
  ['… of which nothing is allowed', [allow('s3:*'), allBut('Deny', 'iam:*')], true, true],
  ['… and little is', [allow(['s3:*', 'iam:ListMFADevices']), allBut('Deny', 'iam:*')], true, true],
  ['an Allow with MFA', [allow('*', '*', { Condition: { Bool: mfa('true') } })], true, true],
  [
    'an Allow with MFA, IfExists',
    [allow('*', '*', { Condition: { BoolIfExists: mfa('true') } })],
    true,
    false,
  ],
  ['an Allow of all but something', [allBut('Allow', 'iam:*'), ...unless(AWS_MFA)], true, true],
  ['two Denies that leave nothing together', [allow('*'), allBut('Deny', SELF), deny('sts:*')], true, true],
  [
    'a Deny of all but two lists',
    [allow('*'), allBut('Deny', ['s3:*', 'iam:*']), allBut('Deny', ['ec2:*', 'iam:ListMFA*'])],
    false,
    false,
  ],
];

test.each(holds)('without MFA no more than self-service: %s', (_, statements, onConsole, withKey) => {
  expect(!mayDoMore(CONSOLE)(having(...statements))).toBe(onConsole);
  expect(!mayDoMore(KEY)(having(...statements))).toBe(withKey);
});

test("the boundary's Denies are Denies, and what it does not allow is not allowed", () => {
  expect(mayDoMore(KEY)(within(unless(AWS_MFA), allow('*')))).toBe(false);
  expect(
    mayDoMore(KEY)(within([allow(['iam:List*Devices', 'sts:Get*'])], allow(['iam:*MFA*', 's3:*']))),
  ).toBe(true);
  expect(mayDoMore(KEY)(within([allow('iam:ListMFADevices')], allow(['iam:*', 's3:*'])))).toBe(false);
  expect(mayDoMore(KEY)(within([allow('*', 'arn:aws:s3:::b')], allow('*', 'arn:aws:s3:::c')))).toBe(false);
  expect(mayDoMore(KEY)(within([allow('*', 'arn:aws:s3:::b*')], allow('*', 'arn:aws:s3:::*/c')))).toBe(true);
});

test.each<[situation: string, statements: Json[], expected: boolean | 'unknown']>([
  ['that hangs on it', [], 'unknown'],
  ['that allows too much already', [allow('*')], true],
  ['that denies everything else', [allBut('Deny', SELF)], false],
])('beside a policy without a document, one %s', (_, statements, expected) => {
  const { policies } = having(...statements);
  expect(whether({ policies: [...policies, UNREAD] }, mayDoMore(KEY))).toBe(expected);
});

test('a boundary without a document', () => {
  expect(whether({ ...having(allow('*')), boundary: UNREAD }, mayDoMore(KEY))).toBe('unknown');
  expect(whether({ ...having(allow(SELF)), boundary: UNREAD }, mayDoMore(KEY))).toBe(false);
});

type Case = [situation: string, statements: Json[], expected: boolean, boundary?: Json[]];
/** Jest takes a parameter that a case lacks for a callback. */
const complete = (cases: Case[]) =>
  cases.map(
    ([situation, statements, expected, boundary]) =>
      [situation, statements, expected, boundary ?? null] as const,
  );

const BUCKETS = ['arn:aws:s3:::?*', 'arn:aws-cn:s3:::?*'].map((pattern) => ({ pattern, except: ['*/*'] }));
const admins = (statements: Json[], boundary: Json[] | null) => {
  const permissions = boundary ? within(boundary, ...statements) : having(...statements);
  return [...remaining(permissions, contextOf(USER), BUCKETS)].some(({ actions }) =>
    touches(actions, actionPattern('s3:PutBucketPolicy')),
  );
};
test.each(
  complete([
    ['reading', [allow(['s3:Get*', 's3:List*'])], false],
    ['everything', [allow('s3:*')], true],
    ['on one bucket', [allow('S3:putbucketpolicy', 'arn:aws:s3:::b')], true],
    ['on its objects', [allow('s3:*', 'arn:aws:s3:::b/*')], false],
    ['on both', [allow('s3:*', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'])], true],
    ['a pattern that may be a bucket', [allow('s3:*Bucket*', 'arn:aws:s3:::b*')], true],
    ['all but IAM', [allBut('Allow', 'iam:*')], true],
    ['all but S3', [allBut('Allow', 'S3:*')], false],
    ['all but the objects', [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::*/*' }], true],
    ['all but the buckets', [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws*:s3:::*' }], false],
    ['with MFA', [allow('s3:*', '*', { Condition: { Bool: mfa('true') } })], true],
    ['a Deny beside it', [allow('s3:Put*'), deny('s3:PutBucket*')], false],
    [
      'a Deny of every bucket by ARN',
      [allow('s3:*', 'arn:aws:s3:::b*'), deny('s3:*', 'arn:aws:s3:::*')],
      false,
    ],
    [
      'a Deny of that bucket',
      [allow('s3:*', 'arn:aws:s3:::b'), deny('s3:*', ['arn:aws:s3:::b', 'x'])],
      false,
    ],
    [
      'a Deny of another',
      [allow('s3:*', ['arn:aws:s3:::b', 'arn:aws:s3:::c']), deny('s3:*', 'arn:aws:s3:::c')],
      true,
    ],
    [
      'a Deny of all but another',
      [allow('s3:*', 'arn:aws:s3:::b'), { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::c' }],
      false,
    ],
    [
      'a Deny of all but it',
      [allow('s3:*', 'arn:aws:s3:::b'), { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::b' }],
      true,
    ],
    ['a Deny unless MFA', [allow('s3:*'), deny('s3:*', '*', { Condition: AWS_MFA })], true],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable.
    ['a Deny by a variable', [allow('s3:*'), deny('s3:*', 'arn:aws:s3:::${aws:username}')], true],
    ['a boundary without S3', [allow('s3:*')], false, [allow('ec2:*')]],
    ['a boundary with it', [allow('*')], true, [allow('s3:*')]],
  ]),
)('may set the policy of a bucket: %s', (_, statements, expected, boundary) => {
  expect(admins(statements, boundary)).toBe(expected);
});

test.each(
  complete([
    ['* on *', [allow('*')], true],
    ['*:* on *', [allow(['s3:*', '*:*'], ['arn:aws:s3:::b', '*'])], true],
    ['with MFA', [allow('*', '*', { Condition: { Bool: mfa('true') } })], true],
    [
      'from an address',
      [allow('*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })],
      true,
    ],
    [
      'of an organization',
      [allow('*', '*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })],
      true,
    ],
    [
      'in a Region',
      [allow('*', '*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'x' } } })],
      false,
    ],
    ['without MFA', [allow('*', '*', { Condition: { Bool: mfa('false') } })], false],
    ['all but IAM', [allBut('Allow', 'iam:*')], false],
    ['all but a bucket', [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b' }], false],
    ['* on a bucket', [allow('*', 'arn:aws:s3:::b')], false],
    ['iam:*', [allow('iam:*')], false],
    ['all denied', [allow('*'), deny('*')], false],
    ['all but a service denied', [allow('*'), allBut('Deny', 's3:*')], false],
    ['an action denied', [allow('*'), deny('cloudtrail:StopLogging')], true],
    ['all denied unless MFA', [allow('*'), deny('*', '*', { Condition: AWS_MFA })], true],
    ['a boundary of a service', [allow('*')], false, [allow('s3:*')]],
    ['a boundary of everything', [allow('*')], true, [allow('s3:*'), allow('*')]],
    ['a boundary of all but IAM', [allow('*')], false, [allBut('Allow', 'iam:*')]],
  ]),
)('is an administrator: %s', (_, statements, expected, boundary) => {
  const permissions = boundary ? within(boundary, ...statements) : having(...statements);
  expect(isAdministrator(permissions)).toBe(expected);
});

test('an accepted policy makes an administrator, whatever its document says, unless it is taken away', () => {
  const isAccepted = ({ arn }: { arn?: string }) => arn === UNREAD.arn;
  expect(isAdministrator({ policies: [UNREAD] })).toBe('unknown');
  expect(isAdministrator({ policies: [UNREAD] }, isAccepted)).toBe(true);
  expect(isAdministrator({ policies: [UNREAD, policy(deny('*'))] }, isAccepted)).toBe(false);
  expect(isAdministrator({ policies: [UNREAD], boundary: policy(allow('s3:*')) }, isAccepted)).toBe(false);
  expect(isAdministrator({ policies: [policy(allow('*')), UNREAD] })).toBe(true);
});

test('a grant says which statement of which policy it comes from', () => {
  const permissions = within(
    [deny('s3:x'), allow('s3:*', '*', { Sid: 'Limit' })],
    deny('ec2:*'),
    allow('*', '*', { Sid: 'Own' }),
  );
  const [grant, ...more] = remaining(permissions, KEY);
  expect(more).toEqual([]);
  expect(grant).toMatchObject({
    actions: { pattern: 's3:*', except: ['s3:x'] },
    resources: [{ pattern: '*', except: [] }],
    by: { policy: { name: 'policy p' }, statement: { sid: 'Own', index: 1 } },
    boundary: { statement: { sid: 'Limit', index: 1 } },
  });
  expect(grant && isSure(grant, permissions, KEY)).toBe(true);
});
