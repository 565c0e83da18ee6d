import { fix } from '../../rules/iam-mfa-enforced/fix.ts';
import rule from '../../rules/iam-mfa-enforced/rule.ts';
import { GROUP, POLICY, requireMfa, saysTheSame } from '../../rules/iam-mfa-enforced/way.ts';
import { parseParameters } from '../../rules/parameters.ts';
import { ago, NOW } from '../support/access-keys.ts';
import { allow, attached, details, document, group, iamArn, policy, user } from '../support/iam-details.ts';
import { memoryAccount } from '../support/memory.ts';

const resource = { type: 'AWS::IAM::User', id: 'AIDAANA', name: 'ana', region: 'global' } as const;
const finding = { kind: 'withoutMfa', by: ['password'], actions: ['everything'] } as const;
const parameters = parseParameters(rule);
const DOCUMENT = requireMfa(parameters.allowedWithoutMfa);
const ARN = iamArn(`policy/${POLICY}`);
const may = (...actions: string[]) => ({
  UserPolicyList: [{ PolicyName: 'own', PolicyDocument: document(allow(actions)) }],
});
const NOTHING = { policy: false, group: false, attached: false, added: false };

interface Given {
  readonly users?: readonly object[];
  readonly groups?: readonly object[];
  readonly policies?: readonly object[];
  readonly devices?: readonly string[];
  /** When each key was used last. */
  readonly keys?: Readonly<Record<string, string | null>>;
}

const accountOf = ({ users = [user('ana', may('*'))], groups, policies, devices = [], keys = {} }: Given) =>
  memoryAccount({
    ...details({ users, ...(groups && { groups }), ...(policies && { policies }) }),
    'global/iam/list-mfa-devices/ana.json': {
      MFADevices: devices.map((SerialNumber) => ({ UserName: 'ana', SerialNumber, EnableDate: ago(9) })),
    },
    'global/iam/list-access-keys/ana.json': {
      AccessKeyMetadata: Object.keys(keys).map((AccessKeyId) => ({
        UserName: 'ana',
        AccessKeyId,
        Status: 'Active',
        CreateDate: ago(400),
      })),
    },
    ...Object.fromEntries(
      Object.entries(keys).map(([id, use]) => [
        `global/iam/get-access-key-last-used/${id}.json`,
        { AccessKeyLastUsed: { ...(use && { LastUsedDate: use }), ServiceName: 's3', Region: 'N/A' } },
      ]),
    ),
  });

const planFor = (
  given: Given,
  { caller = '', agreed, ...options }: { caller?: string; agreed?: object; [option: string]: unknown } = {},
) =>
  fix.plan(
    { resource, compliance: 'NON_COMPLIANT', findings: [finding] },
    {
      account: accountOf(given),
      parameters,
      options: parseParameters({ id: 'document', parameters: fix.options }, options),
      caller,
      now: NOW,
      ...(agreed && { agreed: { account: accountOf(given), isUnderWay: false, ...agreed } as never }),
    },
  );
const undoFor = (before: object, given: Given) =>
  fix.undo(before as never, { account: accountOf(given), resource, now: NOW });

const apis = ({ steps }: { readonly steps: readonly { readonly api: string }[] }) =>
  steps.map(({ api }) => api);
const there = {
  policies: [policy(POLICY, JSON.parse(DOCUMENT))],
  groups: [group(GROUP, attached(ARN))],
};
const anaIn = user('ana', { ...may('*'), GroupList: [GROUP] });
const boIn = user('bo', { GroupList: [GROUP] });

test('the preview says who is locked out of what', async () => {
  const { warnings, uses, before } = await planFor({ keys: { AKIA1: ago(90) } });
  expect(warnings).toEqual([
    expect.stringMatching(/^ana can no longer do everything without MFA/),
    expect.stringMatching(/^ana has no MFA device: until one is registered/),
    expect.stringMatching(/^What signs with access key AKIA1 of ana \(last used at .*s3\)\) is denied/),
  ]);
  expect(uses).toEqual([expect.stringMatching(/^Access key AKIA1: last used at /)]);
  expect(before).toEqual({ policy: true, group: true, attached: true, added: true, document: DOCUMENT });
  expect((await planFor({ devices: ['arn:aws:iam::111122223333:mfa/ana'] })).warnings).toEqual([
    expect.stringMatching(/^ana can no longer do everything/),
  ]);
});

test.each<[what: string, given: Given, steps: string[]]>([
  ['nothing is there', {}, ['CreatePolicy', 'CreateGroup', 'AttachGroupPolicy', 'AddUserToGroup']],
  [
    'the policy is there',
    { policies: there.policies },
    ['CreateGroup', 'AttachGroupPolicy', 'AddUserToGroup'],
  ],
  [
    'an empty group is there',
    { groups: [group(GROUP)] },
    ['CreatePolicy', 'AttachGroupPolicy', 'AddUserToGroup'],
  ],
  ['all is there', { ...there, users: [user('ana', may('*')), boIn] }, ['AddUserToGroup']],
  [
    'the user is alone in a group without the policy',
    { groups: [group(GROUP)], users: [anaIn] },
    ['CreatePolicy', 'AttachGroupPolicy'],
  ],
])('where %s', async (_, given, steps) => {
  expect(apis(await planFor(given))).toEqual(steps.map((step) => `iam:${step}`));
});

test.each<[what: string, given: Given, options: Record<string, string>, told: RegExp]>([
  [
    'a key used fourteen days ago',
    { keys: { AKIA1: ago(14) } },
    {},
    /AKIA1 of ana was last used .*within 14 days/,
  ],
  ['the caller, by force', { keys: { AKIA1: ago(1) } }, { caller: 'AIDAANA', Force: 'true' }, /runs as ana/],
  [
    'a user for emergencies, by force',
    {},
    { BreakGlassUsers: 'ana', Force: 'true' },
    /one of BreakGlassUsers/,
  ],
  [
    'nobody who may register a device',
    { users: [user('ana', may('ec2:*'))] },
    {},
    /would be locked out for good/,
  ],
  [
    'a policy of that name elsewhere',
    { policies: [policy(POLICY, JSON.parse(DOCUMENT), { Arn: iamArn(`policy/team/${POLICY}`) })] },
    {},
    /does not say what allowedWithoutMfa asks for/,
  ],
  [
    'a policy of that name without its document',
    { policies: [policy(POLICY, undefined)] },
    {},
    /does not say/,
  ],
  [
    'a group that gives more',
    { ...there, groups: [group(GROUP, attached(ARN, 'arn:aws:iam::aws:policy/AdministratorAccess'))] },
    {},
    /also has arn:aws:iam::aws:policy\/AdministratorAccess, which ana would get/,
  ],
  [
    'a group without the policy, with somebody in it',
    { groups: [group(GROUP)], users: [user('ana', may('*')), boIn] },
    {},
    /would hit bo, too/,
  ],
])('refuses %s', async (_, given, { caller = '', ...options }, told) => {
  const { steps, refusals } = await planFor(given, { caller, ...options });
  expect(steps).toEqual([]);
  expect(refusals).toEqual([expect.stringMatching(told)]);
});

describe('without a device', () => {
  const own = { Action: 'iam:EnableMFADevice', Resource: iamArn('user/ana') };
  const create = { Action: 'iam:CreateVirtualMFADevice', Resource: iamArn('mfa/*') };
  const owning = (...statements: object[]) => ({
    users: [
      user('ana', {
        UserPolicyList: [
          {
            PolicyName: 'own',
            PolicyDocument: document(...statements.map((one) => ({ Effect: 'Allow', ...one }))),
          },
        ],
      }),
    ],
  });
  const byKeyOnly = { Condition: { Null: { 'aws:MultiFactorAuthPresent': 'true' } } };
  const planBy = (by: readonly ('password' | 'key')[], given: Given, allowedWithoutMfa?: string[]) =>
    fix.plan(
      { resource, compliance: 'NON_COMPLIANT', findings: [{ ...finding, by }] },
      {
        account: accountOf(given),
        parameters: { ...parameters, ...(allowedWithoutMfa && { allowedWithoutMfa }) },
        options: parseParameters({ id: 'document', parameters: fix.options }, {}),
        caller: '',
        now: NOW,
      },
    );

  test('who may create and register one is put into the group', async () => {
    expect((await planBy(['password'], owning(own, create))).refusals ?? []).toEqual([]);
    const byKey = owning({ ...own, ...byKeyOnly }, { ...create, ...byKeyOnly });
    expect((await planBy(['password', 'key'], byKey)).refusals ?? []).toEqual([]);
  });

  test.each<[what: string, given: Given, allowed: string[] | undefined]>([
    ['who may not create one', owning(own), undefined],
    ['who may create one elsewhere alone', owning(own, { ...create, Resource: iamArn('user/*') }), undefined],
    ['who may not register one', owning(create), undefined],
    ['whom the policy denies to create one', owning(own, create), ['iam:EnableMFADevice']],
    ['whom the policy denies to register one', owning(own, create), ['iam:CreateVirtualMFADevice']],
  ])('refuses %s', async (_, given, allowed) => {
    const { steps, refusals } = await planBy(['password'], given, allowed);
    expect(steps).toEqual([]);
    expect(refusals).toEqual([expect.stringMatching(/may not create and register one/)]);
  });

  test('refuses who may create one by key and register it by password', async () => {
    const split = owning(
      { ...own, Condition: { Null: { 'aws:MultiFactorAuthPresent': 'false' } } },
      { ...create, ...byKeyOnly },
    );
    expect((await planBy(['password', 'key'], split)).refusals).toEqual([
      expect.stringMatching(/may not create and register one/),
    ]);
  });
});

test('refuses a list that is too long for a policy', async () => {
  const allowedWithoutMfa = Array.from({ length: 400 }, (_, index) => `service-${index}:Describe*`);
  expect(requireMfa(allowedWithoutMfa).length).toBeGreaterThan(6144);
  const { refusals } = await fix.plan(
    { resource, compliance: 'NON_COMPLIANT', findings: [finding] },
    {
      account: accountOf({ devices: ['x'] }),
      parameters: { ...parameters, allowedWithoutMfa },
      options: parseParameters({ id: 'document', parameters: fix.options }, {}),
      caller: '',
      now: NOW,
    },
  );
  expect(refusals).toEqual([expect.stringMatching(/^allowedWithoutMfa is too long/)]);
});

test('without a list it denies all actions', () => {
  expect(JSON.parse(requireMfa([])).Statement).toEqual([
    expect.objectContaining({ Effect: 'Deny', Action: '*', Resource: '*' }),
  ]);
});

test.each<[what: string, text: string, same: boolean]>([
  ['itself', DOCUMENT, true],
  [
    'another letter case and order',
    requireMfa([...parameters.allowedWithoutMfa].reverse()).replace('iam:GetUser', 'IAM:getuser'),
    true,
  ],
  ['one action more', requireMfa([...parameters.allowedWithoutMfa, 's3:*']), false],
  ['a Bool without IfExists', DOCUMENT.replace('BoolIfExists', 'Bool'), false],
  ['no JSON', '{', false],
])('a document is the same as %s: %s', (_, text, same) => {
  expect(saysTheSame({ name: POLICY, text }, DOCUMENT)).toBe(same);
});

describe('in a run that is under way', () => {
  const before = { policy: true, group: true, attached: true, added: true, document: DOCUMENT };
  const second = { before, isUnderWay: true };

  test('more than was agreed is not done', async () => {
    const agreed = { before: { ...NOTHING, added: true } };
    const { steps, refusals } = await planFor({}, { agreed });
    expect(steps).toEqual([]);
    expect(refusals).toEqual([expect.stringMatching(/has taken away a part/)]);
  });

  test('nobody is put into a group that is not ready, and what is lacking is said', async () => {
    const plan = await planFor({ policies: there.policies }, { agreed: second });
    expect(plan.inputs).toMatchObject({ Adds: false });
    expect(apis(plan)).toEqual(['iam:CreateGroup', 'iam:AttachGroupPolicy', 'iam:AddUserToGroup']);
    expect(plan.before).toMatchObject({ policy: true, group: false, attached: false, added: false });
  });

  test('the user is put into the group once it is', async () => {
    const plan = await planFor(there, { agreed: second });
    expect(apis(plan)).toEqual(['iam:AddUserToGroup']);
    expect(plan.made).toHaveLength(3);
    expect(plan.inputs).toMatchObject({ Adds: true, UserName: 'ana' });
    expect(plan.before).toMatchObject({
      policyId: expect.any(String),
      groupId: expect.any(String),
      added: true,
    });
  });

  test('what the run has made stays its own where somebody else does the rest, or it is refused', async () => {
    const account = accountOf({ ...there, users: [anaIn] });
    const context = { account, parameters, options: {} as never, caller: '', now: NOW };
    const verdict = { resource, compliance: 'COMPLIANT', findings: [] } as const;
    expect(await fix.passed?.(verdict, context)).toEqual({ steps: [] });
    const agreed = { account, ...second };
    expect(await fix.passed?.(verdict, { ...context, agreed })).toMatchObject({
      steps: [],
      before: { policy: true, group: true, attached: true, added: false },
    });
    const refused = await planFor(there, { agreed: second, BreakGlassUsers: 'ana' });
    expect(refused.before).toMatchObject({ policy: true, group: true, attached: true, added: false });
  });
});

describe('Undo', () => {
  const ids = { policyId: `ANPA${POLICY.toUpperCase()}`, groupId: `AGPA${GROUP.toUpperCase()}` };
  const all = { policy: true, group: true, attached: true, added: true, document: DOCUMENT, ...ids };
  const back = ['RemoveUserFromGroup', 'DetachGroupPolicy', 'DeleteGroup', 'DeletePolicy'].map(
    (api) => `iam:${api}`,
  );

  test.each<[what: string, before: object, given: Given, steps: string[], told: RegExp]>([
    ['takes all back that the run made', all, { ...there, users: [anaIn] }, back, /^$/],
    ['finds a user who was renamed', all, { ...there, users: [{ ...anaIn, UserName: 'anna' }] }, back, /^$/],
    [
      'leaves what others use',
      all,
      { ...there, users: [anaIn, boIn] },
      back.slice(0, 1),
      /Group .* stays: bo in the group.*Policy/s,
    ],
    [
      'leaves what it did not make',
      { ...NOTHING, added: true, ...ids },
      { ...there, users: [anaIn] },
      back.slice(0, 1),
      /^$/,
    ],
    [
      'leaves a group that somebody made anew',
      { ...all, groupId: 'AGPAOTHER' },
      { ...there, users: [anaIn] },
      [],
      /Policy .* stays: ana in the group/,
    ],
    [
      'leaves a group with other policies',
      all,
      { ...there, groups: [group(GROUP, attached(ARN, iamArn('policy/more')))], users: [anaIn] },
      ['iam:RemoveUserFromGroup', 'iam:DetachGroupPolicy', 'iam:DeletePolicy'],
      /Group .* stays: there is \S+policy\/more, too/,
    ],
    [
      'leaves a policy that another group has',
      all,
      { ...there, groups: [...there.groups, group('more', attached(ARN))], users: [anaIn] },
      back.slice(0, 3),
      /Policy .* stays: there is more, too/,
    ],
    [
      'leaves a policy that somebody changed',
      all,
      { ...there, policies: [policy(POLICY, document(allow('*')))], users: [anaIn] },
      back.slice(0, 3),
      /Policy .* stays: somebody else has changed it/,
    ],
    [
      'cleans up after a user who is gone',
      all,
      { ...there, users: [] },
      back.slice(1),
      /AIDAANA has been deleted/,
    ],
    [
      'leaves group and policy where an answer makes no sense',
      all,
      { ...there, users: [anaIn, { UserName: 'who' }] },
      back.slice(0, 1),
      /elements that make no sense/,
    ],
    ['has nothing to do once all is back', all, { users: [user('ana')] }, [], /^$/],
  ])('%s', async (_, before, given, steps, told) => {
    const plan = await undoFor(before, given);
    expect(apis(plan)).toEqual(steps);
    expect(plan.warnings?.join('\n')).toMatch(told);
  });

  test('cannot tell where the answer goes on', async () => {
    const cut = memoryAccount({
      'global/iam/get-account-authorization-details.json': {
        UserDetailList: [anaIn],
        GroupDetailList: [],
        RoleDetailList: [],
        Policies: [],
        IsTruncated: true,
        Marker: 'm',
      },
    });
    await expect(
      async () => await fix.undo(all as never, { account: cut, resource, now: NOW }),
    ).rejects.toThrow(/GetAccountAuthorizationDetails/);
  });
});

test('the report takes what is in effect for made, and no more', async () => {
  const before = { policy: true, group: true, attached: true, added: true, document: DOCUMENT };
  const changes = [
    `policy ${POLICY} made`,
    `group ${GROUP} made`,
    `policy ${POLICY} attached to group ${GROUP}`,
    `ana in group ${GROUP}`,
  ];
  const verify = (given: Given) =>
    fix.verify(before as never, changes, { account: accountOf(given), resource, now: NOW });
  expect(await verify({ ...there, users: [anaIn] })).toMatchObject({ made: changes, others: [], before });
  expect(await verify(there)).toMatchObject({ made: changes.slice(0, 3), before: { added: false } });
  expect(await verify({})).toEqual({ made: [], others: [], before: null });
  const changed = { ...there, policies: [policy(POLICY, document(allow('*')))] };
  expect((await verify(changed)).others).toEqual([expect.stringMatching(/has changed policy/)]);
});
