import type { ResourceRef } from '../../account/account.ts';
import type { AccessKeyAgeFinding } from '../../rules/access-key-age/age.ts';
import { fix } from '../../rules/access-key-age/fix.ts';
import { parseParameters } from '../../rules/parameters.ts';
import { ago, type Key, key, NOW, readingsOf, run } from '../support/access-keys.ts';
import { ACCOUNT, denied, type fails, memoryAccount } from '../support/memory.ts';

const resource: ResourceRef = { type: 'AWS::IAM::User', id: 'AIDAALICE', name: 'alice', region: 'global' };
const ROOT: ResourceRef = { type: 'AWS::::Account', id: ACCOUNT, region: 'global' };

/** What `aws iam get-access-key-last-used` prints for each key; `null`: never used. */
type Uses = Record<string, string | null | ReturnType<typeof fails>>;
const usesOf = (uses: Uses) =>
  Object.fromEntries(
    Object.entries(uses).map(([id, use]) => [
      `global/iam/get-access-key-last-used/${id}.json`,
      use !== null && typeof use === 'object'
        ? use
        : {
            UserName: 'alice',
            AccessKeyLastUsed: use
              ? { LastUsedDate: use, ServiceName: 's3', Region: 'eu-west-1' }
              : { ServiceName: 'N/A', Region: 'N/A' },
          },
    ]),
  );

const oldKey = (keyId: string, ageDays = 200): AccessKeyAgeFinding => ({
  kind: 'oldKey',
  keyId,
  ageDays,
  maxAgeDays: 90,
  createdAt: ago(ageDays),
});
const numbered: AccessKeyAgeFinding = {
  kind: 'oldKey',
  number: 2,
  ageDays: 200,
  maxAgeDays: 90,
  createdAt: ago(200),
};
const expiring: AccessKeyAgeFinding = {
  kind: 'expiring',
  keyId: 'AKIA3',
  ageDays: 85,
  failsAt: ago(-5),
};

async function planFor(
  findings: readonly AccessKeyAgeFinding[],
  uses: Uses,
  options: Record<string, string> = {},
  { caller = 'AROAREMEDIATION:run', about = resource } = {},
) {
  return fix.plan(
    { resource: about, compliance: 'NON_COMPLIANT', findings },
    {
      account: memoryAccount(usesOf(uses)),
      parameters: {},
      options: parseParameters({ id: 'document', parameters: fix.options }, options),
      caller,
      now: NOW,
    },
  );
}
const off = (...ids: string[]) =>
  ids.map((AccessKeyId) => ['iam:UpdateAccessKey', { UserName: 'alice', AccessKeyId, Status: 'Inactive' }]);

test.each([
  [{ maxAgeDays: '-1' }, /maxAgeDays is "-1": expected a whole number/],
  [{ maxAgeDays: '90.5' }, /maxAgeDays/],
  [{ warnAgeDays: '' }, /warnAgeDays/],
])('the parameters %j are refused', async (parameters, message) => {
  await expect(run({}, parameters)).rejects.toThrow(message);
});

test.each([
  [{ recentUseDays: '-1' }, /recentUseDays is "-1": expected a whole number/],
  [{ recentUseDays: 'a week' }, /recentUseDays/],
  [{ Force: 'yes' }, /Force is "yes": expected true or false/],
])('the options %j are refused', async (options, message) => {
  await expect(planFor([], {}, options)).rejects.toThrow(message);
});

const inUse = (id: string) => new RegExp(`^access key ${id} was last used at .* \\(s3\\), within`);

describe('the plan', () => {
  test.each<
    [
      situation: string,
      findings: AccessKeyAgeFinding[],
      uses: Uses,
      deactivated: string[],
      refused?: RegExp[],
      options?: Record<string, string>,
    ]
  >([
    ['each old key', [oldKey('A'), oldKey('B')], { A: null, B: null }, ['A', 'B']],
    ['old keys alone', [oldKey('A'), expiring], { A: null }, ['A']],
    ['nothing that only soon will be too old', [expiring], {}, []],
    ['a key that was never used', [oldKey('A')], { A: null }, ['A']],
    ['not one that was used yesterday', [oldKey('A')], { A: ago(1) }, [], [inUse('A')]],
    ['not one that was used exactly seven days ago', [oldKey('A')], { A: ago(7) }, [], [inUse('A')]],
    ['one that was used a millisecond longer ago', [oldKey('A')], { A: ago(7, 1) }, ['A']],
    ['not one whose use is still to come, by IAM’s clock', [oldKey('A')], { A: ago(-1) }, [], [inUse('A')]],
    [
      'one, though another of the same user is in use',
      [oldKey('A'), oldKey('B')],
      { A: ago(2), B: ago(100) },
      ['B'],
      [inUse('A')],
    ],
    ['by force, also what is in use', [oldKey('A')], { A: ago(0) }, ['A'], [], { Force: 'true' }],
    ['by force, though last use is secret', [oldKey('A')], { A: denied }, ['A'], [], { Force: 'true' }],
    ['within days of your own', [oldKey('A')], { A: ago(20) }, [], [inUse('A')], { recentUseDays: '20' }],
    [
      'with no days at all, only a use at this moment',
      [oldKey('A')],
      { A: ago(0, 1) },
      ['A'],
      [],
      { recentUseDays: '0' },
    ],
  ])('deactivates %s', async (_situation, findings, uses, deactivated, refused = [], options = {}) => {
    const plan = await planFor(findings, uses, options);
    expect(plan.steps.map(({ api, input }) => [api, input])).toEqual(off(...deactivated));
    expect(plan.inputs).toEqual(
      deactivated.length > 0 ? { UserName: 'alice', KeyIds: deactivated } : undefined,
    );
    expect(plan.before).toEqual({ keys: deactivated });
    expect(plan.refusals).toEqual(refused.map((one) => expect.stringMatching(one)));
  });

  test('whether a key is in use could not be told: nothing is planned', async () => {
    await expect(planFor([oldKey('A'), oldKey('B')], { A: null, B: denied })).rejects.toMatchObject({
      code: 'AccessDenied',
      api: 'iam:GetAccessKeyLastUsed',
      resource: 'B',
    });
  });

  test.each([{}, { Force: 'true' }])(
    'the automation’s own user stays as it is, options %j',
    async (options) => {
      const plan = await planFor([oldKey('A'), oldKey('B')], { A: null, B: null }, options, {
        caller: resource.id,
      });
      expect(plan.steps).toEqual([]);
      expect(plan.refusals).toEqual([expect.stringMatching(/runs with a key of alice itself/)]);
    },
  );

  test('a key without an id cannot be named to IAM', async () => {
    const { steps, manual } = await planFor([numbered], {});
    expect(steps).toEqual([]);
    expect(manual).toEqual([expect.stringMatching(/id of access key 2/)]);
  });

  test.each(['AROAREMEDIATION:run', ACCOUNT])('root keys are for root alone, run by %s', async (caller) => {
    const findings: AccessKeyAgeFinding[] = [
      { kind: 'rootKey', number: 1 },
      { kind: 'rootKey', number: 2 },
    ];
    const { steps, manual } = await planFor(findings, {}, {}, { caller, about: ROOT });
    expect(steps).toEqual([]);
    expect(manual).toEqual([expect.stringMatching(/sign in as the root user/)]);
  });

  test('the reason says how old the key is, and when it was used', async () => {
    const { steps } = await planFor([oldKey('A'), oldKey('B', 91)], { A: ago(30), B: null });
    expect(steps.map(({ why }) => why)).toEqual([
      `access key A inactive (200 days old, last used at ${ago(30)} (s3))`,
      'access key B inactive (91 days old, never used)',
    ]);
  });

  test('who uses each key is told by itself, of those that are refused, too', async () => {
    const told = async (uses: Uses, options = {}) =>
      (await planFor([oldKey('A'), oldKey('B', 91)], uses, options)).uses;
    expect(await told({ A: ago(1), B: null })).toEqual([
      `Access key A: last used at ${ago(1)} (s3).`,
      'Access key B: never used.',
    ]);
    expect(await told({ A: denied, B: null }, { Force: 'true' })).toEqual([
      'Access key A: nobody knows when last used.',
      'Access key B: never used.',
    ]);
  });
});

describe('undo', () => {
  const undoOf = (keys: string[], readings: Record<string, unknown>) =>
    fix.undo({ keys } as never, { account: memoryAccount(readings), resource, now: NOW });
  const world = (list: readonly Key[], users = ['alice', 'bob'], name = 'alice') =>
    readingsOf({ users, keys: { [name]: list, bob: [key(ago(200), 'Inactive', 'BOB')] } });
  const inactive = (id: string) => key(ago(200), 'Inactive', id);
  const active = (id: string) => key(ago(200), 'Active', id);

  test.each<[situation: string, list: Key[], back: string[], told?: RegExp[]]>([
    ['what the run deactivated', [inactive('A'), inactive('B')], ['A', 'B']],
    ['but not what was inactive before', [inactive('A'), inactive('B'), inactive('C')], ['A', 'B']],
    ['but not what is active already', [inactive('A'), active('B')], ['A']],
    ['nothing where all is as it was', [active('A'), active('B')], []],
    ['but not what has been deleted since', [inactive('B')], ['B'], [/^Access key A has been deleted since/]],
  ])('activates %s', async (_situation, list, back, told = []) => {
    const plan = await undoOf(['A', 'B'], world(list));
    expect(plan.steps.map(({ api, input }) => [api, input])).toEqual(
      back.map((AccessKeyId) => [
        'iam:UpdateAccessKey',
        { UserName: 'alice', AccessKeyId, Status: 'Active' },
      ]),
    );
    expect(plan.inputs).toEqual(back.length > 0 ? { UserName: 'alice', KeyIds: back } : undefined);
    expect(plan.manual).toEqual(told.map((one) => expect.stringMatching(one)));
  });

  test('finds a user who has another name by now', async () => {
    const readings = world([inactive('A')], ['alice'], 'alicia') as Record<
      string,
      { Users: { UserName: string }[] }
    >;
    for (const one of readings['global/iam/list-users.json']?.Users ?? []) one.UserName = 'alicia';
    const { steps, inputs } = await undoOf(['A'], readings);
    expect(steps).toHaveLength(1);
    expect(inputs).toEqual({ UserName: 'alicia', KeyIds: ['A'] });
  });

  test('leaves the namesake of a user who is gone alone', async () => {
    const { steps, manual } = await undoOf(['BOB'], world([], ['bob']));
    expect(steps).toEqual([]);
    expect(manual).toEqual([expect.stringMatching(/AIDAALICE has been deleted/)]);
  });

  test('a list of users that cannot be read is not a user who is gone', async () => {
    await expect(undoOf(['A'], readingsOf({ users: denied }))).rejects.toMatchObject({
      code: 'AccessDenied',
    });
  });

  test('a run that changed nothing asks for nothing', async () => {
    expect((await undoOf([], {})).steps).toEqual([]);
  });
});
