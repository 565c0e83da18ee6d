import { accountResource } from '../../rules/evaluate.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { RootMfaFinding } from '../../rules/root-mfa/findings.ts';
import { default as rule } from '../../rules/root-mfa/rule.ts';
import type { notifyFix } from '../../rules/shared/notify/fix.ts';
import { ACCOUNT, denied, fails, memoryAccount } from '../support/memory.ts';
import { named, wellKnown } from '../support/root.ts';

const fix = rule.fix as ReturnType<
  ReturnType<ReturnType<typeof notifyFix<RootMfaFinding, { requireHardware: boolean }>>>
>;
const NOW = new Date('2026-11-22T09:00:00.000Z');
const TopicArn = `arn:aws:sns:us-east-1:${ACCOUNT}:security`;
const ORGANIZATION = 'global/organizations/describe-organization.json';
const OPS_ITEMS = 'us-east-1/ssm/describe-ops-items.json';

type Readings = Record<string, unknown>;
const member = (MasterAccountId = '999988887777'): Readings => ({
  [ORGANIZATION]: { Organization: { Id: 'o-abc', MasterAccountId } },
});
const alone: Readings = { [ORGANIZATION]: fails('AWSOrganizationsNotInUseException') };

interface Item {
  Status?: string;
  foundAt?: string;
  told?: string;
  id?: string;
}
/** OpsItems as `aws ssm describe-ops-items` prints them. */
const items = (...list: Item[]): Readings => ({
  [OPS_ITEMS]: {
    OpsItemSummaries: list.map(({ Status = 'Open', foundAt = '2026-11-20T00:00:00.000Z', told, id }) => ({
      OpsItemId: id ?? 'oi-000000000001',
      Status,
      OperationalData: {
        ...(foundAt && {
          '/aws/dedup': {
            Type: 'SearchableString',
            Value: `{"dedupString": "groundrules root-mfa ${ACCOUNT}"}`,
          },
        }),
        ...(foundAt && { 'groundrules-root-mfa': { Type: 'SearchableString', Value: foundAt } }),
        ...(told && { 'groundrules-told': { Type: 'SearchableString', Value: told } }),
      },
    })),
  },
});

const noMfa: RootMfaFinding = { kind: 'noMfa', credentials: ['password'] };
const virtualMfa: RootMfaFinding = { kind: 'virtualMfa', serialNumber: wellKnown };
const noCredentials: RootMfaFinding = { kind: 'noCredentials' };

const planFor = (
  findings: readonly RootMfaFinding[],
  readings: readonly Readings[] = [],
  options: Record<string, string> = {},
  requireHardware = false,
) =>
  Promise.resolve(
    fix.plan(
      { resource: accountResource({ id: ACCOUNT }), compliance: 'NON_COMPLIANT', findings },
      {
        account: memoryAccount(Object.assign({}, alone, items(), ...readings)),
        parameters: { requireHardware },
        options: parseParameters({ id: 'document', parameters: fix.options }, options),
        caller: '',
        now: NOW,
      },
    ),
  );

describe('the plan', () => {
  const note = [
    'ssm:UpdateOpsItem',
    {
      OpsItemId: 'oi-000000000001',
      OperationalData: { 'groundrules-told': { Type: 'SearchableString', Value: TopicArn } },
    },
  ];
  const resolved = items({ Status: 'Resolved', told: TopicArn });
  test.each<[situation: string, readings: Readings, options: Record<string, string>, apis: unknown[]]>([
    ['nothing is open, no topic', items(), {}, ['ssm:CreateOpsItem']],
    ['nothing is open', items(), { TopicArn }, ['sns:Publish', 'ssm:CreateOpsItem']],
    ['one is resolved', resolved, { TopicArn }, ['sns:Publish', 'ssm:CreateOpsItem']],
    ['another’s is open', items({ foundAt: '' }), {}, ['ssm:CreateOpsItem']],
    ['one is open, no topic', items({}), {}, []],
    ['one is in progress, no topic', items({ Status: 'InProgress' }), {}, []],
    ['one is open, and the topic was told', items({ told: TopicArn }), { TopicArn }, []],
    ['one is open, and the topic was not told', items({}), { TopicArn }, ['sns:Publish', note]],
    [
      'one is open, and another topic was told',
      items({ told: `${TopicArn}2` }),
      { TopicArn },
      ['sns:Publish', note],
    ],
    ['one is open, and the topic was told, no topic now', items({ told: TopicArn }), {}, []],
  ])('%s', async (_situation, readings, options, expected) => {
    const { steps, inputs, before } = await planFor([noMfa], [readings], options);
    expect(steps.map(({ api, input }) => (api === 'ssm:UpdateOpsItem' ? [api, input] : api))).toEqual(
      expected,
    );
    expect(inputs).toMatchObject({
      Publish: expected.includes('sns:Publish'),
      Open: expected.includes('ssm:CreateOpsItem'),
    });
    if (steps.length > 0) {
      const opens = expected.includes('ssm:CreateOpsItem');
      expect(before).toEqual({ foundAt: opens ? NOW.toISOString() : null });
    }
  });

  test('what is opened and what is published says the same', async () => {
    const { steps, inputs } = await planFor([noMfa], [], { TopicArn });
    const [published, opened] = steps.map(({ input }) => input);
    const Title = `Root of AWS account ${ACCOUNT} is not protected by MFA`;
    expect(published).toEqual({ TopicArn, Subject: Title, Message: inputs?.Message });
    expect(inputs?.Message).toBe(inputs?.Description);
    expect(opened).toEqual({
      Title,
      Description: inputs?.Description,
      Source: 'Groundrules',
      Category: 'Security',
      Severity: '1',
      OperationalData: {
        '/aws/dedup': {
          Type: 'SearchableString',
          Value: `{"dedupString":"groundrules root-mfa ${ACCOUNT}"}`,
        },
        'groundrules-root-mfa': { Type: 'SearchableString', Value: NOW.toISOString() },
        'groundrules-told': { Type: 'SearchableString', Value: TopicArn },
      },
    });
  });

  test('without a topic, Message says that nobody is told', async () => {
    expect((await planFor([noMfa])).manual?.join(' ')).toMatch(/TopicArn is empty, so nothing is published/);
    expect((await planFor([noMfa], [], { TopicArn })).manual?.join(' ')).not.toMatch(/TopicArn/);
  });

  test('whether an OpsItem is open could not be told: nothing is planned', async () => {
    await expect(planFor([noMfa], [{ [OPS_ITEMS]: denied }])).rejects.toMatchObject({
      api: 'ssm:DescribeOpsItems',
      code: 'AccessDenied',
    });
  });
});

describe('the steps to take', () => {
  const CENTRAL = /Groundrules-MemberRootCredentials for 111122223333/;
  const REGISTER = /choose "Assign MFA device": a passkey, a security key or an authenticator app\./;
  const denial = { [ORGANIZATION]: denied };
  test.each<[situation: string, finding: RootMfaFinding, readings: Readings, says: RegExp[], not?: RegExp[]]>(
    [
      [
        'no MFA, no organization',
        noMfa,
        alone,
        [/has a password but no MFA/, REGISTER],
        [CENTRAL, /management/],
      ],
      ['no MFA, a member', noMfa, member(), [/management account 999988887777/, CENTRAL, REGISTER]],
      ['no MFA, the management account itself', noMfa, member(ACCOUNT), [REGISTER], [CENTRAL]],
      ['no MFA, unknown', noMfa, denial, [/If the account is a member/, CENTRAL, /Otherwise:/, REGISTER]],
      [
        'a virtual device',
        virtualMfa,
        alone,
        [/root-account-mfa-device/, /a security key or a hardware TOTP token/, /Only then remove/],
        [CENTRAL, REGISTER],
      ],
      ['a virtual device, a member', virtualMfa, member(), [CENTRAL, /Only then remove/]],
      ['no credentials', noCredentials, member(), [/noCredentialsVerdict/], [CENTRAL, REGISTER]],
      [
        'keys',
        { kind: 'noMfa', credentials: ['password', 'access key'] },
        alone,
        [/has a password and an access key but/, /Delete root's access keys/],
      ],
      [
        'keys alone',
        { kind: 'noMfa', credentials: ['access key'] },
        alone,
        [/"Forgot password\?" sets a password/],
      ],
    ],
  )('%s', async (_situation, finding, readings, says, not = []) => {
    const { inputs } = await planFor([finding], [readings]);
    for (const pattern of says) expect(inputs?.Description).toMatch(pattern);
    for (const pattern of not) expect(inputs?.Description).not.toMatch(pattern);
  });

  test('hardware, where the rule requires it', async () => {
    const { inputs } = await planFor([noMfa], [], {}, true);
    expect(inputs?.Description).toMatch(/a security key or a hardware TOTP token/);
  });

  test('an unknown organization is said, not passed over', async () => {
    const { steps, manual } = await planFor([noMfa], [denial]);
    expect(steps).toHaveLength(1);
    expect(manual?.join(' ')).toMatch(/could not be read .*organizations:DescribeOrganization/);
  });

  const worst: RootMfaFinding = {
    kind: 'noMfa',
    credentials: ['password', 'access key', 'signing certificate'],
  };
  const devices = Array.from(
    { length: 300 },
    (_, number): RootMfaFinding => ({
      kind: 'virtualMfa',
      serialNumber: `${named}-${number}${'x'.repeat(100)}`,
    }),
  );
  test.each([[[worst]], [devices], [[noCredentials]]])(
    'keep within what OpsCenter and SNS take',
    async (findings) => {
      const { inputs } = await planFor(findings, [denial], { TopicArn });
      expect(inputs?.Description?.length).toBeLessThanOrEqual(2048);
      expect(inputs?.Description).toMatch(/\S/);
      // "UTF-8 text with no line breaks or control characters, and less than 100 characters long".
      expect(inputs?.Subject).toMatch(/^[ -~]{1,99}$/);
    },
  );
});

describe('undo', () => {
  const foundAt = '2026-11-22T08:00:00.000Z';
  const undoOf = (before: { foundAt: string | null }, readings: Readings) =>
    fix.undo(before as never, {
      account: memoryAccount(readings),
      resource: accountResource({ id: ACCOUNT }),
      now: NOW,
    });
  test.each<[situation: string, foundAt: string | null, readings: Readings, resolves: boolean]>([
    ['the OpsItem that the run opened', foundAt, items({ foundAt }), true],
    ['one that somebody works on', foundAt, items({ foundAt, Status: 'InProgress' }), true],
    ['not one that is resolved', foundAt, items({ foundAt, Status: 'Resolved' }), false],
    ['not one that a later run opened', foundAt, items({ foundAt: '2026-11-22T08:30:00.000Z' }), false],
    ['nothing where the run opened none', null, items({ foundAt }), false],
    ['nothing where there is none', foundAt, items(), false],
  ])('resolves %s', async (_situation, when, readings, resolves) => {
    const { steps } = await undoOf({ foundAt: when }, readings);
    expect(steps.map(({ api, input }) => [api, input])).toEqual(
      resolves ? [['ssm:UpdateOpsItem', { OpsItemId: 'oi-000000000001', Status: 'Resolved' }]] : [],
    );
  });

  test('says that a message can’t be taken back', async () => {
    const { manual } = await undoOf({ foundAt }, items({ foundAt, told: TopicArn }));
    expect(manual).toEqual([expect.stringMatching(/cannot be taken back/)]);
  });

  test('a list that cannot be read is not an OpsItem that is gone', async () => {
    await expect(undoOf({ foundAt }, { [OPS_ITEMS]: denied })).rejects.toMatchObject({
      code: 'AccessDenied',
    });
  });
});
