import { AccountError, type PartialList } from '../../../../account/errors.ts';
import type { OrganizationAccount } from '../../../../account/services/organizations/readings.ts';
import {
  deniesEverything,
  rootOf,
  type ServiceControlPolicy,
  uncovered,
} from '../../../../rules/shared/organization/service-control-policies.ts';
import { isBelow } from '../../../../rules/shared/organization/tree.ts';
import { parseIdentityPolicy } from '../../../../rules/shared/policy/parse.ts';
import { document, type Json } from '../permissions/policies.ts';

const [X, Y] = ['111122223333', '444455556666'];
const ORG = 'o-abc1234567';
const EXCEPTIONS = ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'];
const deny = (more: Json): Json => ({ Effect: 'Deny', Action: '*', Resource: '*', ...more });
const arnLike = (operator: string, value: unknown, more: Json = {}) =>
  deny({ Condition: { ...more, [operator]: { 'aws:principalarn': value } } });
const ROOTS = 'arn:aws:iam::*:root';
const denies = (statement: Json, account = X) => {
  const [read] = parseIdentityPolicy(JSON.stringify(document(statement)), 'policy p-1');
  return read !== undefined && deniesEverything(read, rootOf(account, 'aws', ORG), EXCEPTIONS);
};

test.each<[form: string, statement: Json, expected: boolean]>([
  ['StringLike', arnLike('StringLike', ROOTS), true],
  ['ArnLike', arnLike('ArnLike', ROOTS), true],
  ['ArnEquals', arnLike('ArnEquals', ROOTS), true],
  ['any account, shortly', arnLike('StringLike', '*:root'), true],
  ['any partition, in a list, IfExists', arnLike('ArnLikeIfExists', ['x', 'arn:*:iam::*:root']), true],
  ['StringEquals, which has no wildcards', arnLike('StringEquals', ROOTS), false],
  ['StringEquals of this root', arnLike('StringEquals', `arn:aws:iam::${X}:root`), true],
  ['StringEquals of another', arnLike('StringEquals', `arn:aws:iam::${Y}:root`), false],
  [
    'but for central root sessions',
    arnLike('StringLike', ROOTS, { Null: { 'aws:AssumedRoot': 'true' } }),
    true,
  ],
  [
    'for central root sessions only',
    arnLike('StringLike', ROOTS, { Bool: { 'aws:AssumedRoot': 'false' } }),
    false,
  ],
  ['BoolIfExists', arnLike('StringLike', ROOTS, { BoolIfExists: { 'aws:AssumedRoot': 'false' } }), true],
  ['everybody but root', arnLike('StringNotLike', ROOTS), false],
  ['a role', arnLike('StringLike', 'arn:aws:iam::*:role/x'), false],
  ['with MFA', arnLike('StringLike', ROOTS, { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }), false],
  ['in a Region', arnLike('StringLike', ROOTS, { StringEquals: { 'aws:RequestedRegion': 'x' } }), false],
  [
    'all accounts but this',
    arnLike('StringLike', ROOTS, { StringNotEquals: { 'aws:PrincipalAccount': [X] } }),
    false,
  ],
  [
    'all accounts but another',
    arnLike('StringLike', ROOTS, { StringNotEquals: { 'aws:PrincipalAccount': [Y] } }),
    true,
  ],
  [
    'this organization',
    deny({ Condition: { StringEquals: { 'aws:PrincipalOrgID': ORG, 'aws:PrincipalType': 'Account' } } }),
    true,
  ],
  ['everybody', deny({}), true],
  ['*:*', deny({ Action: ['*:*'] }), true],
  ['some services', deny({ Action: ['ec2:*', 'iam:*'] }), false],
  [
    'all but what only root can mend',
    deny({ Action: undefined, NotAction: ['S3:getbucketpolicy', 's3:PutBucketPolicy'] }),
    true,
  ],
  ['all but S3', deny({ Action: undefined, NotAction: 's3:*' }), false],
  ['all but IAM', deny({ Action: undefined, NotAction: 'iam:*' }), false],
  ['a bucket', deny({ Resource: 'arn:aws:s3:::b' }), false],
  ['all but a bucket', deny({ Resource: undefined, NotResource: 'arn:aws:s3:::b' }), false],
  ['an Allow', deny({ Effect: 'Allow' }), false],
])('a statement about root: %s', (_, statement, expected) => {
  expect(denies(statement)).toBe(expected);
});

const DENIED = new AccountError('AccessDenied', 'organizations:DescribeOrganization', 'denied');
const account = (id: string, ...units: string[]): OrganizationAccount => ({
  id,
  state: 'ACTIVE',
  paths: [[ORG, 'r-ab12', ...units, id, ''].join('/')],
});
const policy = (id: string, ...statements: Json[]): ServiceControlPolicy => ({
  id,
  name: id,
  statements: parseIdentityPolicy(JSON.stringify(document(statements)), id),
});
const DENY = policy('p-deny', arnLike('StringLike', ROOTS));
const FULL = policy('p-full', { Effect: 'Allow', Action: '*', Resource: '*' });
type Targets = Readonly<Record<string, readonly string[] | AccountError>>;
const listed = (values: readonly string[] | AccountError = []): PartialList<string> =>
  values instanceof AccountError ? { values: [], errors: [values] } : { values, errors: [] };
const left = async (
  members: OrganizationAccount[],
  policies: ServiceControlPolicy[],
  targets: Targets,
  parents: Readonly<Record<string, string>> = {},
) => {
  const found = await uncovered(
    members,
    policies,
    (statement, { id }) => deniesEverything(statement, rootOf(id, 'aws', ORG)),
    {
      targets: async (id) => listed(targets[id]),
      parentOf: async (id) => parents[id] ?? DENIED,
    },
  );
  return found.map((one) => [one.account.id, one.answer, one.errors.length]);
};
const PROD = 'ou-ab12-11111111';
const NESTED = 'ou-ab12-22222222';

test.each<[situation: string, members: OrganizationAccount[], targets: Targets, expected: unknown[]]>([
  ['on the root', [account(X), account(Y, PROD, NESTED)], { 'p-deny': ['r-ab12'] }, []],
  ['on a unit, nested', [account(X, PROD), account(Y, PROD, NESTED)], { 'p-deny': [PROD] }, []],
  ['on a unit, a member elsewhere', [account(X, PROD), account(Y)], { 'p-deny': [PROD] }, [[Y, false, 0]]],
  ['on each member', [account(X), account(Y)], { 'p-deny': [X, Y] }, []],
  ['on one member', [account(X), account(Y)], { 'p-deny': [X] }, [[Y, false, 0]]],
  ['on nothing', [account(X)], { 'p-deny': [] }, [[X, false, 0]]],
  ['targets denied', [account(X)], { 'p-deny': DENIED }, [[X, 'unknown', 1]]],
  [
    'a suspended member',
    [
      { ...account(X), state: 'SUSPENDED' },
      { ...account(Y), state: 'Pending_Closure' },
    ],
    { 'p-deny': [] },
    [],
  ],
  [
    'a path of another account',
    [{ ...account(X), paths: account(Y).paths }],
    { 'p-deny': [PROD] },
    [[X, 'unknown', 0]],
  ],
  [
    'a path of another account, on the root, which all accounts are below',
    [{ ...account(X), paths: account(Y).paths }],
    { 'p-deny': ['r-ab12'] },
    [],
  ],
])('uncovered: %s', async (_, members, targets, expected) => {
  expect(await left(members, [FULL, DENY], { 'p-full': ['r-ab12'], ...targets })).toEqual(expected);
});

test('two policies, each for half', async () => {
  const policies = [
    policy('p-1', arnLike('StringLike', `arn:aws:iam::${X}:root`)),
    policy('p-2', arnLike('StringLike', ROOTS)),
  ];
  const members = [account(X, PROD), account(Y, NESTED)];
  expect(await left(members, policies, { 'p-1': ['r-ab12'], 'p-2': [NESTED] })).toEqual([]);
  expect(await left(members, policies, { 'p-1': ['r-ab12'], 'p-2': [PROD] })).toEqual([[Y, false, 0]]);
});

test('a policy that nobody could read decides only where no other does', async () => {
  const unread: ServiceControlPolicy = { id: 'p-0', name: 'p-0', statements: DENIED };
  const members = [account(X, PROD), account(Y)];
  expect(await left(members, [unread, DENY], { 'p-0': ['r-ab12'], 'p-deny': ['r-ab12'] })).toEqual([]);
  expect(await left(members, [unread, DENY], { 'p-0': ['r-ab12'], 'p-deny': [PROD] })).toEqual([
    [Y, 'unknown', 1],
  ]);
  expect(await left(members, [unread, DENY], { 'p-0': [PROD], 'p-deny': [PROD] })).toEqual([[Y, false, 0]]);
});

test('without paths the parents are asked, each once', async () => {
  const members = [X, Y].map((id) => ({ ...account(id), paths: [] }));
  const parents = { [X]: PROD, [Y]: PROD, [PROD]: NESTED, [NESTED]: 'r-ab12' };
  expect(await left(members, [DENY], { 'p-deny': [NESTED] }, parents)).toEqual([]);
  expect(await left(members, [DENY], { 'p-deny': [NESTED] }, { [X]: PROD })).toEqual([
    [X, 'unknown', 1],
    [Y, 'unknown', 1],
  ]);
  let asked = 0;
  const parentOf = async (id: string) => {
    asked++;
    return { ...parents }[id] ?? DENIED;
  };
  await uncovered(members, [DENY], () => true, { targets: async () => listed([NESTED]), parentOf });
  // The way ends at the unit that has the policy.
  expect(asked).toBe(3);
  expect(await left(members, [DENY], { 'p-deny': [PROD] }, { [X]: PROD })).toEqual([[Y, 'unknown', 1]]);
});

test('a statement of which nobody knows whether it denies decides only where no other does', async () => {
  const either: ServiceControlPolicy = policy('p-1', deny({}), deny({}));
  const said = async (...answers: (boolean | AccountError)[]) => {
    const look = { targets: async () => listed(['r-ab12']), parentOf: async () => DENIED };
    const found = await uncovered([account(X)], [either], () => answers.shift() ?? false, look);
    return found.map(({ answer, errors }) => [answer, errors.length]);
  };
  expect(await said(DENIED, true)).toEqual([]);
  expect(await said(DENIED, false)).toEqual([['unknown', 1]]);
  expect(await said(false, false)).toEqual([[false, 0]]);
});

test('a circle of units is no way to the root', async () => {
  const below = (targets: readonly string[], parentOf: (id: string) => string | undefined) =>
    isBelow({ id: X, paths: [] }, targets, async (id) => parentOf(id) ?? DENIED);
  expect(await below(['ou-9'], (id) => (id === PROD ? NESTED : PROD))).toBe('unknown');
  const deep = [X, 'ou-1', 'ou-2', 'ou-3', 'ou-4', 'ou-5', 'r-ab12'];
  const next = (id: string) => deep[deep.indexOf(id) + 1];
  expect(await below(['ou-9'], next)).toBe(false);
  expect(await below(['ou-5'], next)).toBe(true);
});
