import rule from '../../../rules/scp-deny-root/rule.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;

const MANAGEMENT = '999988887777';
const [X, Y] = ['222233334444', '444455556666'];
const [ORG, ROOT] = ['o-abc1234567', 'r-ab12'];
const [PROD, NESTED, DEV] = ['ou-ab12-11111111', 'ou-ab12-22222222', 'ou-ab12-33333333'];
const FOLDER = 'global/organizations';
const ORGANIZATION = `${FOLDER}/describe-organization.json`;
const ROOTS = `${FOLDER}/list-roots.json`;
const ACCOUNTS = `${FOLDER}/list-accounts.json`;
const POLICIES = `${FOLDER}/list-policies/SERVICE_CONTROL_POLICY.json`;
const contentOf = (id: string) => `${FOLDER}/describe-policy/${id}.json`;
const targetsOf = (id: string) => `${FOLDER}/list-targets-for-policy/${id}.json`;

const inOrganization = (management: string, FeatureSet = 'ALL'): Json => ({
  [ORGANIZATION]: { Organization: { Id: ORG, FeatureSet, MasterAccountId: management } },
});
const tree = (Status?: string): Json => ({
  [ROOTS]: {
    Roots: [
      { Id: ROOT, Name: 'Root', PolicyTypes: Status ? [{ Type: 'SERVICE_CONTROL_POLICY', Status }] : [] },
    ],
  },
});
interface Member {
  readonly id: string;
  readonly units?: readonly string[];
  readonly state?: string;
  /** Without a path, as AWS answered until 2026. */
  readonly old?: true;
  readonly partition?: string;
}
const members = (...all: Member[]): Json => ({
  [ACCOUNTS]: {
    Accounts: [{ id: ACCOUNT }, ...all].map(
      ({ id, units = [], state = 'ACTIVE', old, partition = 'aws' }: Member) => ({
        Id: id,
        Arn: `arn:${partition}:organizations::${ACCOUNT}:account/${ORG}/${id}`,
        Name: `account ${id}`,
        ...(old ? { Status: state } : { State: state, Status: state }),
        ...(!old && { Paths: [`${[ORG, ROOT, ...units, id].join('/')}/`] }),
      }),
    ),
  },
});
/** Children and their parents. */
const parents = (line: Readonly<Record<string, string>>): Json =>
  Object.fromEntries(
    Object.entries(line).map(([child, Id]) => [
      `${FOLDER}/list-parents/${child}.json`,
      { Parents: [{ Id, Type: Id === ROOT ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] },
    ]),
  );

interface Policy {
  readonly content: unknown;
  readonly targets: readonly string[];
}
const FULL = {
  Id: 'p-FullAWSAccess',
  Name: 'FullAWSAccess',
  Type: 'SERVICE_CONTROL_POLICY',
  AwsManaged: true,
};
const text = (content: unknown) => (typeof content === 'string' ? content : JSON.stringify(content));
const policies = (own: Readonly<Record<string, Policy>>): Json => ({
  [POLICIES]: {
    Policies: [FULL, ...Object.keys(own).map((id) => ({ ...FULL, Id: id, Name: id, AwsManaged: false }))],
  },
  ...Object.fromEntries(
    Object.entries(own).flatMap(([id, { content, targets }]) => [
      [contentOf(id), { Policy: { PolicySummary: { Id: id }, Content: text(content) } }],
      [targetsOf(id), { Targets: targets.map((TargetId) => ({ TargetId })) }],
    ]),
  ),
});
const statement = (more: Json): Json => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'DenyRoot', Effect: 'Deny', Action: '*', Resource: '*', ...more }],
});
const ANY_ROOT = 'arn:aws:iam::*:root';
const like = (value: unknown, operator = 'StringLike', more: Json = {}) =>
  statement({ Condition: { [operator]: { 'aws:PrincipalArn': value }, ...more } });
const DENY = like(ANY_ROOT);

const P = 'p-1a2b3c4d';
const Q = 'p-5e6f7a8b';
const on = (...targets: string[]) => policies({ [P]: { content: DENY, targets } });
const TWO: Json = { ...members({ id: X, units: [PROD] }, { id: Y, units: [DEV] }) };
const BASE: Json = { ...inOrganization(ACCOUNT), ...tree('ENABLED'), ...TWO, ...on(ROOT) };
/** One member, right below the root, and this SCP on the root. */
const form = (content: unknown): Json => ({
  ...BASE,
  ...members({ id: X }),
  ...policies({ [P]: { content, targets: [ROOT] } }),
});

const OK: Says = ['COMPLIANT', ''];
const left = (...ids: string[]): Says => [
  'NON_COMPLIANT',
  `no SCP denies everything to root of ${ids.join(', ')}`,
];
const OFF: Says = [
  'NON_COMPLIANT',
  'service control policies are not enabled on the root of the organization',
];
const BILLING: Says = [
  'NON_COMPLIANT',
  'the organization has consolidated billing only, and so no service control policies',
];
const na = (annotation: string): Says => ['NOT_APPLICABLE', annotation];
const ALONE = na('the account is in no organization');
const NO_MEMBERS = na('the organization has no member account that counts');
const ELSEWHERE = na(`judged in the management account ${MANAGEMENT}`);
const unknown = (code: string): Says => ['UNKNOWN', code];

type Row = [string, Json, Says, Record<string, string>?, Partial<Situation>?];

/** What the one statement says, and whether it denies root. */
const forms: [string, unknown, boolean][] = [
  ['StringLike', DENY, true],
  ['ArnLike', like(ANY_ROOT, 'ArnLike'), true],
  ['ArnEquals', like(ANY_ROOT, 'ArnEquals'), true],
  ['StringLike of *:root', like('*:root'), true],
  ['ArnLike of *:root, which is no ARN', like('*:root', 'ArnLike'), true],
  ['any partition', like('arn:*:iam::*:root'), true],
  ['in a list', like(['arn:aws:iam::*:role/x', ANY_ROOT]), true],
  ['IfExists', like(ANY_ROOT, 'StringLikeIfExists'), true],
  ['StringEquals, which has no wildcards', like(ANY_ROOT, 'StringEquals'), false],
  ['StringEquals of its own root', like(`arn:aws:iam::${X}:root`, 'StringEquals'), true],
  ['StringEquals of another root', like(`arn:aws:iam::${Y}:root`, 'StringEquals'), false],
  [
    'but for central root sessions',
    like(ANY_ROOT, 'StringLike', { Null: { 'aws:AssumedRoot': 'true' } }),
    true,
  ],
  [
    'Bool of a key that root does not have',
    like(ANY_ROOT, 'StringLike', { Bool: { 'aws:AssumedRoot': 'false' } }),
    false,
  ],
  [
    'BoolIfExists of it',
    like(ANY_ROOT, 'StringLike', { BoolIfExists: { 'aws:AssumedRoot': 'false' } }),
    true,
  ],
  ['everybody but root', like(ANY_ROOT, 'StringNotLike'), false],
  ['a role', like('arn:aws:iam::*:role/admin'), false],
  [
    'only without MFA',
    like(ANY_ROOT, 'StringLike', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
    false,
  ],
  [
    'only from elsewhere',
    like(ANY_ROOT, 'StringLike', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
    false,
  ],
  [
    'only in other Regions',
    like(ANY_ROOT, 'StringLike', { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } }),
    false,
  ],
  [
    'all accounts but another',
    like(ANY_ROOT, 'StringLike', { StringNotEquals: { 'aws:PrincipalAccount': [Y] } }),
    true,
  ],
  [
    'all accounts but this',
    like(ANY_ROOT, 'StringLike', { StringNotEquals: { 'aws:PrincipalAccount': [X] } }),
    false,
  ],
  [
    'by the type of the principal',
    statement({ Condition: { StringEquals: { 'aws:PrincipalType': 'Account' } } }),
    true,
  ],
  [
    'by the organization',
    like(ANY_ROOT, 'StringLike', { StringEquals: { 'aws:PrincipalOrgID': ORG } }),
    true,
  ],
  ['everybody, as in quarantine', statement({}), true],
  ['*:*', statement({ Action: '*:*' }), true],
  ['a few services', statement({ Action: ['ec2:*', 's3:*'] }), false],
  ['IAM', statement({ Action: 'iam:*' }), false],
  [
    'all but what only root can mend',
    statement({ Action: undefined, NotAction: ['s3:GetBucketPolicy', 'SQS:SetQueueAttributes'] }),
    true,
  ],
  ['all but S3', statement({ Action: undefined, NotAction: ['s3:*'] }), false],
  ['all but IAM', statement({ Action: undefined, NotAction: 'iam:*' }), false],
  ['one bucket', statement({ Resource: 'arn:aws:s3:::b' }), false],
  ['all but one bucket', statement({ Resource: undefined, NotResource: 'arn:aws:s3:::b' }), false],
  ['an Allow', statement({ Effect: 'Allow' }), false],
  [
    'one statement, in no list',
    { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } },
    true,
  ],
  [
    'a key in another letter case',
    statement({ Condition: { stringlike: { 'aws:principalarn': ANY_ROOT } } }),
    true,
  ],
];

const coverage: Row[] = [
  ['an SCP on the root', BASE, OK],
  ['on every unit that has members', { ...BASE, ...on(PROD, DEV) }, OK],
  ['on each member', { ...BASE, ...on(X, Y) }, OK],
  ['on one unit, a member elsewhere', { ...BASE, ...on(PROD) }, left(Y)],
  [
    'on one unit, a member right below the root',
    { ...BASE, ...members({ id: X, units: [PROD] }, { id: Y }), ...on(PROD) },
    left(Y),
  ],
  [
    'on a unit above the one of a member',
    { ...BASE, ...members({ id: X, units: [PROD, NESTED] }), ...on(PROD) },
    OK,
  ],
  ['on nothing', { ...BASE, ...on() }, left(X, Y)],
  ['on the management account alone', { ...BASE, ...on(ACCOUNT) }, left(X, Y)],
  ['deleted between two calls', { ...BASE, [contentOf(P)]: fails('PolicyNotFoundException') }, left(X, Y)],
  [
    'detached and deleted between two calls',
    { ...BASE, [targetsOf(P)]: fails('PolicyNotFoundException') },
    left(X, Y),
  ],
  ['FullAWSAccess alone', { ...BASE, ...policies({}) }, left(X, Y)],
  [
    'two SCPs, each for half',
    {
      ...BASE,
      ...policies({ [P]: { content: DENY, targets: [PROD] }, [Q]: { content: DENY, targets: [DEV] } }),
    },
    OK,
  ],
  [
    'another SCP, which denies something else',
    {
      ...BASE,
      ...policies({
        [P]: { content: statement({ Action: 'ec2:*' }), targets: [ROOT] },
        [Q]: { content: DENY, targets: [ROOT] },
      }),
    },
    OK,
  ],
  [
    'a member that is suspended',
    { ...BASE, ...members({ id: X, units: [PROD] }, { id: Y, state: 'SUSPENDED' }), ...on(PROD) },
    OK,
  ],
  ...['PENDING_CLOSURE', 'CLOSED'].map(
    (state): Row => [
      `a member that is ${state}`,
      { ...BASE, ...members({ id: X, units: [PROD] }, { id: Y, state }), ...on(PROD) },
      OK,
    ],
  ),
  [
    'a member that is being activated',
    { ...BASE, ...members({ id: X, units: [PROD] }, { id: Y, state: 'PENDING_ACTIVATION' }), ...on(PROD) },
    left(Y),
  ],
  ['a member that is exempt', { ...BASE, ...on(PROD) }, OK, { exemptAccounts: `${Y}, 777788889999` }],
  ['no members', { ...BASE, ...members() }, NO_MEMBERS],
  ['suspended members alone', { ...BASE, ...members({ id: X, state: 'SUSPENDED' }) }, NO_MEMBERS],
  ['no members, and SCPs off', { ...BASE, ...members(), ...tree() }, NO_MEMBERS],
  [
    'an organization in GovCloud',
    {
      ...BASE,
      ...members({ id: X, partition: 'aws-us-gov' }),
      ...policies({ [P]: { content: like('arn:aws-us-gov:iam::*:root'), targets: [ROOT] } }),
    },
    OK,
  ],
  [
    "an organization in GovCloud, and another partition's ARN",
    { ...BASE, ...members({ id: X, partition: 'aws-us-gov' }) },
    left(X),
  ],
  [
    'other exceptions',
    form(statement({ Action: undefined, NotAction: ['s3:*', 'iam:CreateVirtualMFADevice'] })),
    OK,
    { allowedExceptions: 's3:*,iam:CreateVirtualMFA*' },
  ],
  [
    'no exceptions',
    form(statement({ Action: undefined, NotAction: ['s3:GetBucketPolicy'] })),
    left(X),
    { allowedExceptions: '' },
  ],
  [
    'twelve members without',
    {
      ...BASE,
      ...members(...Array.from({ length: 12 }, (_, n) => ({ id: String(100000000000 + n) }))),
      ...policies({}),
    },
    [
      'NON_COMPLIANT',
      `no SCP denies everything to root of ${Array.from({ length: 10 }, (_, n) => 100000000000 + n).join(', ')} and 2 more`,
    ],
  ],
];

const OLD = members({ id: X, old: true }, { id: Y, old: true });
const rest: Row[] = [
  ['SCPs are not enabled', { ...BASE, ...tree() }, OFF],
  ['SCPs are being enabled', { ...BASE, ...tree('PENDING_ENABLE') }, OFF],
  ['SCPs are being disabled', { ...BASE, ...tree('PENDING_DISABLE') }, OFF],
  ['SCPs are not enabled, the SCPs denied', { ...BASE, ...tree(), [POLICIES]: denied }, OFF],
  ['consolidated billing', { ...BASE, ...inOrganization(ACCOUNT, 'CONSOLIDATED_BILLING') }, BILLING],
  [
    'consolidated billing, all else denied',
    {
      ...inOrganization(ACCOUNT, 'CONSOLIDATED_BILLING'),
      [ROOTS]: denied,
      [ACCOUNTS]: denied,
      [POLICIES]: denied,
    },
    BILLING,
  ],
  ['no organization', { [ORGANIZATION]: fails('AWSOrganizationsNotInUseException') }, ALONE],
  [
    'a member that may not ask',
    { ...inOrganization(MANAGEMENT), [ROOTS]: denied, [ACCOUNTS]: denied, [POLICIES]: denied },
    ELSEWHERE,
  ],
  [
    'a member that may only list the accounts',
    { ...BASE, ...inOrganization(MANAGEMENT), [POLICIES]: denied, [ROOTS]: denied },
    ELSEWHERE,
  ],
  [
    'a member to which policies are delegated',
    {
      ...inOrganization(X),
      ...tree('ENABLED'),
      [ACCOUNTS]: { Accounts: [{ Id: X }, { Id: ACCOUNT, Paths: [`${ORG}/${ROOT}/${ACCOUNT}/`] }] },
      ...policies({ [P]: { content: DENY, targets: [ROOT] } }),
    },
    OK,
  ],
  [
    'a member to which policies are delegated, itself without',
    {
      ...inOrganization(X),
      ...tree('ENABLED'),
      [ACCOUNTS]: { Accounts: [{ Id: X }, { Id: ACCOUNT, Paths: [`${ORG}/${ROOT}/${ACCOUNT}/`] }] },
      ...policies({ [P]: { content: DENY, targets: [PROD] } }),
    },
    left(ACCOUNT),
  ],
  [
    'a member of which nothing else was collected',
    inOrganization(MANAGEMENT),
    unknown('NotCollected'),
    {},
    { filesOnly: 'a live account says that it may not ask' },
  ],
  [
    'the management account, denied',
    { ...inOrganization(ACCOUNT), [ROOTS]: denied, [ACCOUNTS]: denied, [POLICIES]: denied },
    unknown('AccessDenied'),
  ],
  ['the organization denied', { ...BASE, [ORGANIZATION]: denied }, unknown('AccessDenied')],
  ['the accounts denied', { ...BASE, [ACCOUNTS]: denied }, unknown('AccessDenied')],
  ['the SCPs denied', { ...BASE, [POLICIES]: denied }, unknown('AccessDenied')],
  ['the root of the tree denied', { ...BASE, [ROOTS]: denied }, unknown('AccessDenied')],
  ['the root of the tree denied, and no SCP', { ...BASE, [ROOTS]: denied, ...policies({}) }, left(X, Y)],
  ['no root of the tree', { ...BASE, [ROOTS]: { Roots: [] } }, unknown('IncompleteAnswer')],
  ['the only SCP denied', { ...BASE, [contentOf(P)]: denied }, unknown('AccessDenied')],
  ['an SCP denied that is attached to nothing', { ...BASE, ...on(), [contentOf(P)]: denied }, left(X, Y)],
  [
    'an SCP denied beside one that suffices',
    {
      ...BASE,
      ...policies({ [P]: { content: DENY, targets: [ROOT] }, [Q]: { content: DENY, targets: [ROOT] } }),
      [contentOf(Q)]: denied,
    },
    OK,
  ],
  [
    'an SCP denied that might hold for one member, and another without',
    {
      ...BASE,
      ...policies({ [P]: { content: DENY, targets: [PROD] } }),
      [contentOf(P)]: denied,
    },
    left(Y),
  ],
  ['the targets denied', { ...BASE, [targetsOf(P)]: denied }, unknown('AccessDenied')],
  ['an SCP that is no JSON', form('{'), unknown('Malformed')],
  [
    'an SCP that is no JSON beside one that suffices',
    {
      ...BASE,
      ...policies({ [P]: { content: '{', targets: [ROOT] }, [Q]: { content: DENY, targets: [ROOT] } }),
    },
    OK,
  ],
  [
    'without paths, the parents there',
    { ...BASE, ...OLD, ...on(PROD), ...parents({ [X]: PROD, [Y]: NESTED, [NESTED]: PROD, [PROD]: ROOT }) },
    OK,
  ],
  [
    'without paths, the parents there, a member elsewhere',
    { ...BASE, ...OLD, ...on(PROD), ...parents({ [X]: PROD, [PROD]: ROOT, [Y]: ROOT }) },
    left(Y),
  ],
  ['without paths, the parents not collected', { ...BASE, ...OLD, ...on(PROD) }, unknown('NotCollected')],
  ['without paths, on each member', { ...BASE, ...OLD, ...on(X, Y) }, OK],
  ['without paths, the parents not collected, on the root', { ...BASE, ...OLD, ...on(ROOT) }, OK],
  [
    'without paths, on the nearest unit, and what is above it denied',
    {
      ...BASE,
      ...OLD,
      ...on(PROD, DEV),
      ...parents({ [X]: PROD, [Y]: DEV }),
      [`${FOLDER}/list-parents/${PROD}.json`]: denied,
      [`${FOLDER}/list-parents/${DEV}.json`]: denied,
    },
    OK,
  ],
  [
    'a path that leads to another account',
    {
      ...BASE,
      [ACCOUNTS]: { Accounts: [{ Id: X, State: 'ACTIVE', Paths: [`${ORG}/${ROOT}/${Y}/`] }] },
      ...on(PROD),
    },
    unknown('Malformed'),
  ],
  [
    'a path that leads to another account, and an SCP on the root, which all accounts are below',
    { ...BASE, [ACCOUNTS]: { Accounts: [{ Id: X, State: 'ACTIVE', Paths: [`${ORG}/${ROOT}/${Y}/`] }] } },
    OK,
  ],
  [
    'accounts that were cut, and all there are are covered',
    { ...BASE, [ACCOUNTS]: { Accounts: [{ Id: X, Paths: [`${ORG}/${ROOT}/${X}/`] }], NextToken: 'x' } },
    unknown('CutAnswer'),
  ],
  [
    'SCPs that were cut, and those there are do not suffice',
    { ...BASE, [POLICIES]: { Policies: [FULL], NextToken: 'x' } },
    unknown('CutAnswer'),
  ],
  ['nothing collected', {}, unknown('NotCollected')],
];

const from = (path: string, member: string, readings: Json, more: unknown): Json => ({
  ...readings,
  [path]: { [member]: [...((readings[path] as Record<string, unknown[]>)[member] ?? []), more] },
});
const TWO_POLICIES: Json = {
  ...BASE,
  ...policies({ [P]: { content: DENY, targets: [PROD] }, [Q]: { content: DENY, targets: [DEV] } }),
};
/** What one broken element leaves of what the others prove. */
const broken: Row[] = [
  [
    'a broken account beside one that is covered',
    from(ACCOUNTS, 'Accounts', BASE, { Name: 'x' }),
    unknown('Malformed'),
  ],
  [
    'a broken account beside one that is not',
    from(ACCOUNTS, 'Accounts', { ...BASE, ...on(PROD) }, { Name: 'x' }),
    left(Y),
  ],
  ['a broken SCP beside one that suffices', from(POLICIES, 'Policies', BASE, {}), OK],
  [
    'a broken SCP beside one that does not suffice',
    from(POLICIES, 'Policies', { ...BASE, ...on(PROD) }, {}),
    unknown('Malformed'),
  ],
  ['a broken target beside the root', from(targetsOf(P), 'Targets', BASE, {}), OK],
  [
    'a broken target beside a unit with half of the members',
    from(targetsOf(P), 'Targets', { ...BASE, ...on(PROD) }, {}),
    unknown('Malformed'),
  ],
  [
    'a broken target of one SCP, beside another for that half',
    from(targetsOf(P), 'Targets', TWO_POLICIES, {}),
    OK,
  ],
  [
    'targets that were cut, and those there are suffice',
    { ...BASE, [targetsOf(P)]: { Targets: [{ TargetId: ROOT }], NextToken: 'x' } },
    OK,
  ],
  [
    'targets that were cut, and those there are do not suffice',
    { ...BASE, [targetsOf(P)]: { Targets: [{ TargetId: PROD }], NextToken: 'x' } },
    unknown('CutAnswer'),
  ],
  [
    'parents that were cut, and a child has one only',
    {
      ...BASE,
      ...OLD,
      ...on(PROD),
      ...parents({ [X]: PROD, [Y]: PROD }),
      [`${FOLDER}/list-parents/${X}.json`]: { Parents: [{ Id: PROD }], NextToken: 'x' },
    },
    OK,
  ],
];

const NO_ARN: Json = { [ACCOUNTS]: { Accounts: [{ Id: X, Paths: [`${ORG}/${ROOT}/${X}/`] }] } };
const ofArn = (arn: Json): Json => ({
  [ORGANIZATION]: { Organization: { Id: ORG, FeatureSet: 'ALL', MasterAccountId: ACCOUNT, ...arn } },
});
const GOV = policies({ [P]: { content: like('arn:aws-us-gov:iam::*:root'), targets: [ROOT] } });
const NOWHERE: Partial<Situation> = { regions: [] };
const govArn = (what: string) => `arn:aws-us-gov:organizations::${ACCOUNT}:${what}`;
/** Which partition the organization is in, by whatever says it. */
const partitions: Row[] = [
  [
    "accounts without an ARN, the organization's in GovCloud",
    { ...BASE, ...NO_ARN, ...ofArn({ Arn: govArn(`organization/${ORG}`) }), ...GOV },
    OK,
  ],
  [
    "accounts without an ARN, the organization's in GovCloud, and another partition's root denied",
    { ...BASE, ...NO_ARN, ...ofArn({ Arn: govArn(`organization/${ORG}`) }) },
    left(X),
  ],
  [
    "accounts without an ARN, the management account's in GovCloud",
    { ...BASE, ...NO_ARN, ...ofArn({ MasterAccountArn: govArn(`account/${ORG}/${ACCOUNT}`) }), ...GOV },
    OK,
  ],
  [
    'one account with an ARN in GovCloud',
    {
      ...BASE,
      ...GOV,
      ...from(ACCOUNTS, 'Accounts', NO_ARN, { Id: ACCOUNT, Arn: govArn(`account/${ORG}/${ACCOUNT}`) }),
    },
    OK,
  ],
  ['no ARN, and Regions in GovCloud', { ...BASE, ...NO_ARN, ...GOV }, OK, {}, { regions: ['us-gov-west-1'] }],
  [
    'an ARN that is none, and Regions in China',
    { ...BASE, ...NO_ARN, ...ofArn({ Arn: 'o-abc1234567' }) },
    left(X),
    {},
    { regions: ['cn-north-1'] },
  ],
  [
    'nothing says the partition, and the SCP hangs on it',
    { ...BASE, ...NO_ARN },
    unknown('IncompleteAnswer'),
    {},
    NOWHERE,
  ],
  [
    'nothing says the partition, and the SCP denies root of any',
    { ...BASE, ...NO_ARN, ...policies({ [P]: { content: like('arn:*:iam::*:root'), targets: [ROOT] } }) },
    OK,
    {},
    NOWHERE,
  ],
  [
    'nothing says the partition, and the SCP denies root of none',
    {
      ...BASE,
      ...NO_ARN,
      ...policies({ [P]: { content: like(`arn:aws:iam::${Y}:root`), targets: [ROOT] } }),
    },
    left(X),
    {},
    NOWHERE,
  ],
];

const NOT_HERE = 'AccountNotManagementOrDelegatedAdministrator';
const elsewhere: Row[] = [
  ...[NOT_HERE, `${NOT_HERE}Exception`].map(
    (code): Row => [
      `a member to which AWS says ${code}`,
      {
        ...inOrganization(MANAGEMENT),
        [ROOTS]: fails(code),
        [ACCOUNTS]: fails(code),
        [POLICIES]: fails(code),
      },
      ELSEWHERE,
    ],
  ),
  [
    'FullAWSAccess without a word on whose it is',
    {
      ...BASE,
      [POLICIES]: {
        Policies: [
          { Id: 'p-FullAWSAccess', Name: 'FullAWSAccess' },
          { Id: P, Name: P, AwsManaged: false },
        ],
      },
      ...{ [targetsOf(P)]: { Targets: [{ TargetId: PROD }] } },
    },
    left(Y),
  ],
];

const rows: Row[] = [
  ...forms.map(
    ([name, content, denies]): Row => [`a statement: ${name}`, form(content), denies ? OK : left(X)],
  ),
  ...coverage,
  ...rest,
  ...broken,
  ...partitions,
  ...elsewhere,
];
const situations: Situations = {
  rule,
  situations: rows.map(([situation, readings, says, parameters, more]) => ({
    situation,
    readings,
    says,
    ...(parameters && { parameters }),
    ...more,
  })),
};
export default situations;
