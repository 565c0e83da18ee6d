import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { NO_OUTPUT } from '../../automation/run/execution.ts';
import { defineFix, type Fix } from '../../rules/fix.ts';
import type { AnyRule } from '../../rules/rule.ts';
import type { PlanAnswer } from '../../tasks/answer.ts';
import { closedGroups, described, GROUPS, lambda } from '../config/support/lambda.ts';
import { ACCOUNT } from '../support/memory.ts';
import { summary } from '../support/summary.ts';

const context = {
  invokedFunctionArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:groundrules-closed-groups`,
};
const WORLD = '0.0.0.0/0';
const groups = (...cidrs: string[]) => ({ [GROUPS]: { SecurityGroups: [described('sg-1', ...cidrs)] } });

/** A function whose account can be changed between its answers. */
function world(...cidrs: string[]) {
  const readings: Record<string, unknown> = groups(...cidrs);
  return {
    readings,
    becomes: (...then: string[]) => void Object.assign(readings, groups(...then)),
    ask: (rule: Partial<Fix> = {}) => {
      const all = { ...closedGroups, fix: { ...closedGroups.fix, ...rule } } as AnyRule;
      const { handler, slept } = lambda(readings, { rule: all });
      return { slept, task: async (event: object) => (await handler(event, context)) as never };
    },
  };
}
const notifies = { category: 'Security', severity: '1', foundAt: '-', parts: [], names: {} } as const;
const plan = { task: 'plan', resourceId: 'sg-1' };
const report = ({ planned }: PlanAnswer, mode: string) => ({ task: 'report', mode, planned });

describe('report', () => {
  test('of a preview says what would change, and waits for nothing', async () => {
    const { task, slept } = world(WORLD).ask();
    expect(await task(report(await task(plan), 'Preview'))).toEqual({
      Payload: expect.any(Object),
      outcome: 'Done',
      refused: false,
      applied: '[]',
      remaining: JSON.stringify([{ kind: 'open', to: WORLD }]),
      message: 'Would change: open to 0.0.0.0/0. sg-1: open to 0.0.0.0/0. somebody may notice.',
    });
    expect(slept).toEqual([]);
  });

  test('of a change that worked says what was done, and what to mind', async () => {
    const { ask, becomes } = world(WORLD);
    const { task } = ask();
    const planned: PlanAnswer = await task(plan);
    becomes('10.0.0.0/8');
    expect(await task(report(planned, 'Apply'))).toEqual({
      Payload: expect.any(Object),
      outcome: 'Done',
      refused: false,
      applied: '["open to 0.0.0.0/0"]',
      remaining: '[]',
      message: 'Changed: open to 0.0.0.0/0. somebody may notice. sg-1 is COMPLIANT.',
    });
  });

  test('waits for a change to be seen, and then says that it is not', async () => {
    const { task, slept } = world(WORLD).ask();
    expect(await task(report(await task(plan), 'Apply'))).toMatchObject({
      outcome: 'Left',
      applied: '[]',
      remaining: expect.stringMatching(/open/),
      message: expect.not.stringMatching(/Changed/),
    });
    expect(slept).toEqual([1000, 2000, 4000, 8000]);
  });

  test('waits while AWS gives answers that do not agree', async () => {
    let answers = 0;
    const planned = await world(WORLD).ask().task(plan);
    const { task, slept } = world(WORLD).ask({
      plan: () => {
        answers++;
        if (answers < 3)
          throw new AccountError(OWN_CODES.incomplete, 'ec2:DescribeSecurityGroups', 'sg-1 is half there');
        return { steps: [] };
      },
    });
    expect(await task(report(planned, 'Apply'))).toMatchObject({ outcome: 'Left' });
    expect([answers, slept]).toEqual([3, [1000, 2000]]);
  });

  test('does not wait for what will not be told', async () => {
    const planned = await world(WORLD).ask().task(plan);
    const { task, slept } = world(WORLD).ask({
      plan: () => {
        throw new AccountError('AccessDenied', 'ec2:DescribeSecurityGroups', 'no');
      },
    });
    await expect(task(report(planned, 'Apply'))).rejects.toMatchObject({ code: 'AccessDenied' });
    expect(slept).toEqual([]);
  });

  test('of a resource that is gone is done', async () => {
    const { ask, readings } = world(WORLD);
    const { task } = ask();
    const planned: PlanAnswer = await task(plan);
    readings[GROUPS] = { SecurityGroups: [] };
    expect(await task(report(planned, 'Apply'))).toMatchObject({ outcome: 'Done' });
  });

  test('plans with the parameters that the plan was made with', async () => {
    const { task } = world(WORLD).ask();
    const planned: PlanAnswer = await task({ ...plan, parameters: { allowed: '1' } });
    expect(planned.decision).toBe('Nothing');
    expect(await task(report(planned, 'Apply'))).toMatchObject({ outcome: 'Done' });
  });

  test.each([
    // Another attempt of AWS Config's would say the same again.
    ['refused', { refusals: ['it is ours'] }, 'Done', /Refused: it is ours/],
    ['for a person to do', { manual: ['Call somebody'] }, 'Done', /Call somebody/],
    ['not known how to fix', {}, 'Left', /open to 0.0.0.0\/0/],
  ] as const)('of what is %s ends at once, with what is left', async (_situation, said, outcome, message) => {
    const { task, slept } = world(WORLD).ask({ plan: () => ({ steps: [], ...said }) });
    const planned: PlanAnswer = await task(plan);
    expect(planned.decision).toBe('Refuse');
    const answer: { outcome: string; refused: boolean; message: string; remaining: string } = await task(
      report(planned, 'Apply'),
    );
    expect([answer.outcome, answer.refused]).toEqual([outcome, outcome === 'Done']);
    expect(answer.remaining).not.toBe('[]');
    expect(answer.message).toMatch(message);
    expect(slept).toEqual([]);
  });

  test('of a fix that only tells somebody is done once there is nobody left to tell', async () => {
    const { task } = world(WORLD).ask({ notifies, plan: () => ({ steps: [] }) });
    expect(await task(report(await task(plan), 'Apply'))).toMatchObject({ outcome: 'Done' });
  });

  test('of a resource that passes, with something of an earlier run left, is done when that is gone', async () => {
    let steps = [{ api: 'ssm:UpdateOpsItem', input: {}, why: 'the OpsItem resolved' }];
    const { task } = world('10.0.0.0/8').ask({ notifies, passed: () => ({ steps }) });
    const planned: PlanAnswer = await task(plan);
    expect(planned).toMatchObject({ decision: 'Change', message: 'sg-1 is COMPLIANT.' });
    expect(await task(report(planned, 'Preview'))).toMatchObject({
      message: 'Would change: the OpsItem resolved. sg-1 is COMPLIANT.',
    });
    expect(await task(report(planned, 'Apply'))).toMatchObject({ outcome: 'Left', applied: '[]' });
    steps = [];
    expect(await task(report(planned, 'Apply'))).toMatchObject({
      outcome: 'Done',
      message: 'Changed: the OpsItem resolved. sg-1 is COMPLIANT.',
    });
  });
});

describe('undo', () => {
  const execution = { document: 'Groundrules-ClosedGroups', status: 'Success' };
  const undo = (...earlier: object[]) => ({ task: 'undo', resourceId: 'sg-1', earlier, execution });

  test.each([
    [
      "the document's outputs, as lists",
      (before: string) => [{ 'Plan.Before': [before], 'Report.Message': ['x'] }],
    ],
    ["the document's outputs, as texts", (before: string) => [{ 'Plan.Before': before }]],
    ["a step's own outputs", (before: string) => [{}, { Payload: ['{}'] }, { Before: [before] }]],
    [
      'a failed run without document outputs',
      (before: string) => [{ 'Plan.Before': [NO_OUTPUT] }, { Before: before }],
    ],
  ])('reads Before from %s', async (_situation, printed) => {
    const { ask, becomes } = world(WORLD);
    const { task } = ask();
    const planned: PlanAnswer = await task(plan);
    becomes();
    expect(await task(undo(...printed(planned.before)))).toMatchObject({
      decision: 'Change',
      message: 'open to 0.0.0.0/0 again. sg-1 becomes NON_COMPLIANT again.',
      inputs: { Open: [WORLD] },
    });
  });

  test('is done once everything is back', async () => {
    const { ask, becomes } = world(WORLD);
    const { task, slept } = ask();
    const { before }: PlanAnswer = await task(plan);
    becomes();
    const planned: PlanAnswer = await task(undo({ Before: before }));
    const undone = { task: 'undone', planned: planned.planned };
    expect(await task(undone)).toMatchObject({
      outcome: 'Left',
      applied: '[]',
      message: expect.not.stringMatching(/Undone/),
    });
    expect(slept).toHaveLength(4);
    becomes(WORLD);
    expect(await task(undone)).toEqual({
      Payload: expect.any(Object),
      outcome: 'Done',
      refused: false,
      applied: '["open to 0.0.0.0/0 again"]',
      remaining: '[]',
      message: 'Undone: open to 0.0.0.0/0 again. sg-1 becomes NON_COMPLIANT again.',
    });
    expect(await task(undo({ Before: before }))).toMatchObject({
      decision: 'Nothing',
      message: 'sg-1: nothing is left to undo.',
    });
  });

  test('says once everything is back what stays nevertheless', async () => {
    const { ask, becomes } = world(WORLD);
    const step = { api: 'ec2:AuthorizeSecurityGroupIngress', input: {}, why: 'open again' };
    let isBack = false;
    const { task } = ask({
      undo: () =>
        isBack
          ? { steps: [] }
          : { steps: [step], warnings: ['The lock stays on.'], manual: ['Somebody was told.'] },
    });
    const { before }: PlanAnswer = await task(plan);
    becomes();
    const { planned, plan: shown }: PlanAnswer = await task(undo({ Before: before }));
    expect(shown.warnings).toEqual(['sg-1 becomes NON_COMPLIANT again.', 'The lock stays on.']);
    isBack = true;
    expect(await task({ task: 'undone', planned })).toMatchObject({
      outcome: 'Done',
      message: 'Undone: open again. sg-1 becomes NON_COMPLIANT again. The lock stays on. Somebody was told.',
    });
  });

  test('of a run that had nothing to change changes nothing', async () => {
    const { task } = world('10.0.0.0/8').ask();
    const { before }: PlanAnswer = await task(plan);
    expect(await task(undo({ Before: before }))).toMatchObject({ decision: 'Nothing' });
  });

  test("hands its report what it needs, not all that the earlier run put out: SSM takes 200 KB of a function's answer", async () => {
    const { ask, becomes } = world(WORLD);
    const { task } = ask();
    const { before }: PlanAnswer = await task(plan);
    becomes();
    const Payload = JSON.stringify({ findings: '"'.repeat(10_000) });
    const planned: PlanAnswer = await task(undo({ 'Plan.Before': before }, { Payload, Before: before }));
    expect(planned.decision).toBe('Change');
    expect(JSON.stringify(planned).length).toBeLessThan(2_000);
    becomes(WORLD);
    expect(await task({ task: 'undone', planned: planned.planned })).toMatchObject({ outcome: 'Done' });
  });

  test.each(['undo', 'report'])('takes %s what SSM may hand on as what its JSON text says', async (what) => {
    const { ask, becomes } = world(WORLD);
    const { task } = ask();
    const { before, planned }: PlanAnswer = await task({ ...plan, parameters: { allowed: '0' } });
    becomes();
    const asked =
      what === 'undo'
        ? undo({ Before: JSON.parse(before) }, { 'Plan.Before': [JSON.parse(before)] })
        : { task: 'report', mode: 'Apply', planned: JSON.parse(planned) };
    expect(await task(asked)).toMatchObject(
      what === 'undo' ? { decision: 'Change' } : { outcome: 'Done', applied: '["open to 0.0.0.0/0"]' },
    );
  });

  test('of a preview is refused: what it lists somebody else may have done since', async () => {
    const { task } = world(WORLD).ask();
    const { before }: PlanAnswer = await task({ ...plan, mode: 'Preview' });
    await expect(task(undo({ Before: before }))).rejects.toMatchObject({
      code: 'NothingToUndo',
      message: expect.stringContaining('preview'),
    });
    const applied: PlanAnswer = await task({ ...plan, mode: 'Apply' });
    expect(await task(undo({ Before: applied.before }))).toMatchObject({ decision: 'Nothing' });
  });

  const other = (more: object) =>
    JSON.stringify({
      rule: 'closed-groups',
      resource: { type: 'AWS::EC2::SecurityGroup', id: 'sg-1' },
      state: [],
      ...more,
    });
  test.each([
    ['without outputs', [], 'NothingToUndo'],
    ['that never planned', [{ 'Plan.Before': NO_OUTPUT }], 'NothingToUndo'],
    ['of another rule', [{ Before: other({ rule: 's3-public' }) }], 'OtherExecution'],
    [
      'of another resource',
      [{ Before: other({ resource: { type: 'AWS::EC2::SecurityGroup', id: 'sg-2' } }) }],
      'OtherExecution',
    ],
  ])('of a run %s is refused', async (_situation, earlier, code) => {
    await expect(
      world(WORLD)
        .ask()
        .task(undo(...earlier)),
    ).rejects.toMatchObject({ code });
  });

  const arn = (account: string, name = 'Groundrules-ClosedGroups') =>
    `arn:aws:ssm:us-east-1:${account}:document/${name}`;
  const forged: [situation: string, of: unknown, code: string, message: RegExp][] = [
    ['says nothing of what it is', undefined, 'MissingField', /^execution /],
    ['is null', null, 'MissingField', /^execution /],
    ['is of no document', { status: 'Success' }, 'MissingField', /document/],
    ['has no status', { document: execution.document }, 'MissingField', /status/],
    ...[
      ['another document', 'Groundrules-S3Public'],
      ['a document with a longer name', 'Groundrules-ClosedGroups2'],
      ['a document in other letters', 'groundrules-closedgroups'],
      ['a document that another account shares', arn('999988887777')],
      ['another document, by its ARN', arn(ACCOUNT, 'X')],
    ].map(([what, document]): (typeof forged)[number] => [
      `is of ${what}`,
      { ...execution, document },
      'OtherExecution',
      /DocumentName/,
    ]),
    ...['Pending', 'InProgress', 'Waiting', 'Cancelling', 'PendingApproval', 'Approved', 'Scheduled'].map(
      (status): (typeof forged)[number] => [
        `is ${status}`,
        { ...execution, status },
        'NothingToUndo',
        /AutomationExecutionStatus/,
      ],
    ),
    ['was rejected', { ...execution, status: 'Rejected' }, 'NothingToUndo', /changed nothing/],
  ];
  test.each(forged)('of a run that %s is refused', async (_situation, of, code, message) => {
    const { task } = world(WORLD).ask();
    const { before }: PlanAnswer = await task(plan);
    await expect(task({ ...undo({ Before: before }), execution: of })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test.each([
    ['Failed', execution.document],
    ['TimedOut', execution.document],
    ['Cancelled', execution.document],
    ['Success', arn(ACCOUNT)],
  ])('of a run that ended as %s, of %s, is taken', async (status, document) => {
    const { ask, becomes } = world(WORLD);
    const { task } = ask();
    const { before }: PlanAnswer = await task(plan);
    becomes();
    const asked = { ...undo({ Before: before }), execution: { status, document } };
    expect(await task(asked)).toMatchObject({ decision: 'Change' });
  });

  test('hands the part that is asked for to the fix, whichever form SSM gives it', async () => {
    const parts: unknown[] = [];
    const fix = defineFix<never, never>()({
      summary,
      options: {},
      reads: [],
      inputs: {},
      plan: () => ({ steps: [], before: {} }),
      undo: (_before: never, { part }) => {
        parts.push(part);
        return { steps: [] };
      },
      verify: () => ({ before: null, made: [], others: [] }),
    });
    const { task } = world(WORLD).ask(fix as never);
    for (const part of [undefined, '2', 2]) await task({ ...undo({ Before: other({}) }), part });
    expect(parts).toEqual([undefined, 2, 2]);
  });
});

test.each([
  ['planned that is cut off', { task: 'report', planned: '{' }, 'InvalidJson'],
  ['planned that is no object', { task: 'report', planned: '[]' }, 'InvalidField'],
  ['a mode that there is not', { ...plan, mode: 'Force' }, 'InvalidField'],
  ['an option that there is not', { ...plan, options: { Scope: 'All' } }, 'InvalidParameters'],
])('%s is refused', async (_situation, event, code) => {
  await expect(world(WORLD).ask().task(event)).rejects.toMatchObject({ code });
});
