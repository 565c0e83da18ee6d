import * as fc from 'fast-check';
import { isAccountError } from '../../../account/errors.ts';
import { users } from '../../../account/services/iam/readings.ts';
import type { Plan } from '../../../rules/fix.ts';
import { parseParameters } from '../../../rules/parameters.ts';
import { defineRule, every, type Finding } from '../../../rules/rule.ts';
import { notifyFix } from '../../../rules/shared/notify/fix.ts';
import { ACCOUNT, denied, memoryAccount } from '../../support/memory.ts';

interface Weak extends Finding {
  readonly kind: 'weak' | 'old';
  readonly what: string;
}
const OPS_ITEMS = 'us-east-1/ssm/describe-ops-items.json';
const NOW = new Date('2026-11-22T09:00:00.000Z');
const TopicArn = `arn:aws:sns:us-east-1:${ACCOUNT}:security`;

const tells = notifyFix<Weak, { readonly days: number }>()({
  category: 'Cost',
  steps: [
    {
      en: 'Open {resource} in {region} of {account}.',
      ko: '{account}의 {region}에서 {resource}을(를) 엽니다.',
    },
    {
      when: {
        en: 'Where it is old',
        ko: '오래된 경우',
        is: ({ findings }) => findings.some(({ kind }) => kind === 'old'),
      },
      en: 'Renew it: {days} days are enough.',
      ko: '갱신합니다. {days}일이면 됩니다.',
    },
  ],
  names: {
    days: (one) => ({
      en: String(one?.parameters.days ?? '`<days>`'),
      ko: String(one?.parameters.days ?? '`<days>`'),
    }),
  },
});
const rule = defineRule<Record<never, never>, Weak>()({
  id: 'weak-user',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::IAM::User'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters: {},
  reads: [users],
  messages: { weak: ({ what }) => `weak: ${what}`, old: ({ what }) => `old: ${what}` },
  async *judge() {},
  fix: tells as never,
});
const { fix } = rule;

const user = (id = 'AIDA1', name = 'kim') => ({ type: 'AWS::IAM::User', id, name, region: 'global' });
const weak: Weak = { kind: 'weak', what: 'a password' };
const old: Weak = { kind: 'old', what: 'a key' };

interface Item {
  readonly dedup?: string;
  readonly Status?: string;
  readonly told?: string;
}
const dedupOf = (id: string) =>
  JSON.stringify({ dedupString: `groundrules weak-user ${ACCOUNT} AWS::IAM::User ${id}` });
const items = (...list: Item[]) => ({
  [OPS_ITEMS]: {
    OpsItemSummaries: list.map(({ dedup = dedupOf('AIDA1'), Status = 'Open', told }, index) => ({
      OpsItemId: `oi-00000000000${index}`,
      Status,
      OperationalData: {
        '/aws/dedup': { Type: 'SearchableString', Value: dedup },
        'groundrules-weak-user': { Type: 'SearchableString', Value: NOW.toISOString() },
        ...(told && { 'groundrules-told': { Type: 'SearchableString', Value: told } }),
      },
    })),
  },
});

interface Asked {
  readonly resource?: ReturnType<typeof user>;
  readonly findings?: readonly Weak[];
  readonly readings?: object;
  readonly options?: Readonly<Record<string, string>>;
  readonly before?: unknown;
  readonly korean?: typeof rule.messages;
}
const asked = ({
  resource = user(),
  findings = [weak],
  readings = items(),
  options = {},
  before,
  korean,
}: Asked = {}) => {
  const account = memoryAccount(readings as Record<string, unknown>);
  return [
    { resource, findings },
    {
      account,
      parameters: { days: 90 },
      options: parseParameters({ id: 'document', parameters: fix.options }, options),
      caller: '',
      now: NOW,
      ...(korean && { korean }),
      ...(before !== undefined && { agreed: { before, account, isUnderWay: false } }),
    },
  ] as const;
};
const planFor = async (one?: Asked) => {
  const [verdict, context] = asked(one);
  const plan = await fix.plan({ ...verdict, compliance: 'NON_COMPLIANT' }, context);
  return { ...plan, inputs: plan.inputs as Required<NonNullable<typeof plan.inputs>> };
};
const passedFor = async (one?: Asked) => {
  const [verdict, context] = asked(one);
  return fix.passed?.({ ...verdict, compliance: 'COMPLIANT' }, context);
};
const apisOf = (plan: Plan | undefined) => plan?.steps.map(({ api }) => api);

describe('the text', () => {
  test('says what was found and what to do, in both languages', async () => {
    const { inputs } = await planFor();
    expect(inputs).toMatchObject({ Title: 'weak-user: kim (AIDA1): weak: a password' });
    expect(inputs.Description).toBe(
      `AWS::IAM::User kim (AIDA1) of the AWS account ${ACCOUNT} (us-east-1) is NON_COMPLIANT: weak: a password (rule weak-user, 2026-11-22T09:00:00.000Z).

Open kim (AIDA1) in us-east-1 of ${ACCOUNT}.

Once the rule passes, the OpsItem is resolved: within a day where Groundrules is deployed, else by the next run of the document.

---

AWS 계정 ${ACCOUNT}의 AWS::IAM::User kim (AIDA1)(us-east-1)에 대한 판정은 NON_COMPLIANT입니다: weak: a password (규칙 weak-user, 2026-11-22T09:00:00.000Z).

${ACCOUNT}의 us-east-1에서 kim (AIDA1)을(를) 엽니다.

규칙을 통과하면 OpsItem은 해결됨으로 바뀝니다. Groundrules를 배포했다면 하루 안에, 아니면 문서를 다시 실행할 때 바뀝니다.`,
    );
  });

  test('says in Korean what was found, where there is a Korean sentence', async () => {
    const korean = { weak: () => '약한 암호', old: ({ what }: Weak) => `오래된 ${what}` };
    const { inputs } = await planFor({ findings: [weak, old], korean });
    for (const text of [inputs.Description, inputs.Message]) {
      expect(text).toMatch(/is NON_COMPLIANT: weak: a password; old: a key \(/);
      expect(text).toMatch(/NON_COMPLIANT입니다: 약한 암호; 오래된 a key \(규칙/);
    }
    expect(inputs.Title).toMatch(/: weak: a password/);
  });

  test('numbers the steps that apply, and names what only the rule knows', async () => {
    const { inputs } = await planFor({ findings: [weak, old] });
    expect(inputs.Description).toMatch(/is NON_COMPLIANT: weak: a password; old: a key \(/);
    expect(inputs.Description).toMatch(/^1\. Open kim .*\n2\. Renew it: 90 days are enough\.$/m);
    expect(inputs.Description).toMatch(/^2\. 갱신합니다\. 90일이면 됩니다\.$/m);
  });

  test('has no room for both: the OpsItem has the English one and says where the other is, the message has both', async () => {
    const findings = Array.from({ length: 9 }, () => old);
    const { inputs } = await planFor({ findings, resource: user('AIDA1', 'k'.repeat(500)) });
    expect(inputs.Description.length).toBeLessThanOrEqual(2048);
    expect(inputs.Description).toMatch(/Renew it/);
    expect(inputs.Description).toMatch(/한국어 절차: rules\/weak-user\/README\.ko\.md$/);
    expect(inputs.Message).toMatch(/갱신합니다/);
  });

  test('is within what OpsCenter and SNS take, whatever a resource is called', async () => {
    const name = fc.string({ unit: 'binary', maxLength: 3000 });
    await fc.assert(
      fc.asyncProperty(name, name, async (called, what) => {
        const { inputs } = await planFor({
          resource: user('AIDA1', called),
          findings: [{ kind: 'weak', what }],
        });
        expect(inputs.Title).toMatch(/^[ -~]{1,99}$/);
        expect(inputs.Subject).toBe(inputs.Title);
        expect(inputs.Description.length).toBeLessThanOrEqual(2048);
        expect(inputs.Description).not.toMatch(/[\p{Cf}\u2028\p{Cs}]|\]\(|\{\{/u);
      }),
      { numRuns: 50 },
    );
  });

  test('a name that stands for nothing is a mistake', async () => {
    const wrong = notifyFix<Weak, unknown>()({ steps: [{ en: 'Open {bucket}.', ko: '{bucket}을 엽니다.' }] })(
      rule,
    );
    const [verdict, context] = asked();
    await expect(wrong.plan({ ...verdict, compliance: 'NON_COMPLIANT' }, context as never)).rejects.toThrow(
      '{bucket} in a step stands for nothing: Open {bucket}.',
    );
  });
});

describe('what is opened', () => {
  test('has the severity of the rule, the category of the fix, and a mark of its own for each resource', async () => {
    const first = await planFor();
    const second = await planFor({ resource: user('AIDA2', 'lee') });
    expect(first.steps[0]).toMatchObject({
      api: 'ssm:CreateOpsItem',
      input: {
        Severity: '3',
        Category: 'Cost',
        OperationalData: { '/aws/dedup': { Value: dedupOf('AIDA1') } },
      },
    });
    expect(second.inputs.Dedup).toBe(dedupOf('AIDA2'));
  });

  test.each<[situation: string, item: Item, apis: string[]]>([
    ['of this resource', {}, []],
    ['of this resource, in progress', { Status: 'InProgress' }, []],
    ['of this resource, resolved', { Status: 'Resolved' }, ['ssm:CreateOpsItem']],
    ['of another resource', { dedup: dedupOf('AIDA2') }, ['ssm:CreateOpsItem']],
    ['of somebody who writes no JSON', { dedup: 'weak' }, ['ssm:CreateOpsItem']],
    ['of somebody who writes null', { dedup: 'null' }, ['ssm:CreateOpsItem']],
  ])('where there is one %s', async (_, item, apis) => {
    expect(apisOf(await planFor({ readings: items(item) }))).toEqual(apis);
  });
});

describe('a resource that passes', () => {
  test.each<[situation: string, items: Item[], resolves: string[]]>([
    ['has its OpsItem resolved', [{ dedup: dedupOf('AIDA2') }, {}], ['oi-000000000001']],
    ['has one resolved that somebody works on', [{ Status: 'InProgress' }], ['oi-000000000000']],
    ['leaves one that is resolved', [{ Status: 'Resolved' }], []],
    ['leaves the OpsItems of others', [{ dedup: dedupOf('AIDA2') }], []],
    ['has nothing to do without one', [], []],
  ])('%s', async (_, list, resolves) => {
    const plan = await passedFor({ readings: items(...list), options: { TopicArn } });
    expect(plan?.steps.map(({ api, input }) => [api, input])).toEqual(
      resolves.map((OpsItemId) => ['ssm:UpdateOpsItem', { OpsItemId, Status: 'Resolved' }]),
    );
  });

  test('may not be known to have none where the list cannot be read', async () => {
    const failure = await passedFor({ readings: { [OPS_ITEMS]: denied } }).catch((error: unknown) => error);
    expect(isAccountError(failure, 'AccessDenied')).toBe(true);
    expect(failure).toMatchObject({ api: 'ssm:DescribeOpsItems' });
  });

  test('and fails again before the change: nobody is told what was not agreed', async () => {
    const { before } = (await passedFor({ readings: items({}) })) ?? {};
    expect(apisOf(await planFor({ before }))).toEqual([]);
  });

  test('and failed when the plan was made: it is not resolved either', async () => {
    const { before } = await planFor();
    expect(apisOf(await passedFor({ readings: items({}), before }))).toEqual([]);
  });

  test('has nothing for Undo to take back', async () => {
    const { before } = (await passedFor({ readings: items({}) })) ?? {};
    const context = { account: memoryAccount(items({})), resource: user(), now: NOW };
    expect((await fix.undo(before as never, context)).steps).toEqual([]);
    expect(await fix.verify(before as never, ['resolved'], context)).toEqual({
      before,
      made: ['resolved'],
      others: [],
    });
  });
});

test('OnlyResolve tells nobody', async () => {
  const plan = await planFor({ options: { TopicArn, OnlyResolve: 'true' } });
  expect(plan).toMatchObject({ steps: [], manual: ['OnlyResolve is true, so nobody is told.'] });
});
