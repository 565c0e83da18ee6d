import { loadDocument } from '../../automation/document/load.ts';
import type { Execution, StepExecution } from '../../automation/run/execution.ts';
import { runAutomation } from '../../automation/run/run.ts';
import { ask, awsError, run, steps } from './support/run.ts';

const STS = 'sts:GetCallerIdentity';
const ok = {};
const down = awsError('ServiceUnavailable', 'try again later');

/** Which steps run, and what the run ends as, when calls of sts answer like this. */
interface Case {
  title: string;
  text: string;
  answers: (object | Error)[];
  ran: string[];
  status: string;
}

const cases: Case[] = [
  {
    title: 'one after the other',
    text: ask('a') + ask('b'),
    answers: [ok],
    ran: ['a', 'b'],
    status: 'Success',
  },
  {
    title: 'a failure aborts the run',
    text: ask('a') + ask('b'),
    answers: [down],
    ran: ['a'],
    status: 'Failed',
  },
  {
    title: 'onFailure: Abort says the same',
    text: ask('a', '  onFailure: Abort') + ask('b'),
    answers: [down],
    ran: ['a'],
    status: 'Failed',
  },
  {
    title: 'onFailure: Continue goes on, and the step is not critical',
    text: ask('a', '  onFailure: Continue') + ask('b'),
    answers: [down, ok],
    ran: ['a', 'b'],
    status: 'Success',
  },
  {
    title: 'onFailure: Continue of a step that is critical',
    text: ask('a', '  onFailure: Continue\n  isCritical: true') + ask('b'),
    answers: [down, ok],
    ran: ['a', 'b'],
    status: 'Failed',
  },
  {
    title: 'onFailure: Continue follows nextStep',
    text:
      ask('a', '  onFailure: Continue\n  nextStep: c') +
      ask('b', '  isEnd: true') +
      ask('c', '  nextStep: b'),
    answers: [down, ok],
    ran: ['a', 'c', 'b'],
    status: 'Success',
  },
  {
    title: 'onFailure: step, which is still critical',
    text: ask('a', '  onFailure: step:c') + ask('b', '  isEnd: true') + ask('c'),
    answers: [down, ok],
    ran: ['a', 'c'],
    status: 'Failed',
  },
  {
    title: 'onFailure: step of a step that is not critical',
    text: ask('a', '  onFailure: step:c\n  isCritical: false') + ask('b', '  isEnd: true') + ask('c'),
    answers: [down, ok],
    ran: ['a', 'c'],
    status: 'Success',
  },
  {
    title: 'onFailure: step, where the other step fails too',
    text: ask('a', '  onFailure: step:c\n  isCritical: false') + ask('b', '  isEnd: true') + ask('c'),
    answers: [down],
    ran: ['a', 'c'],
    status: 'Failed',
  },
  {
    title: 'success passes over onFailure, and isEnd ends the run',
    text: ask('a', '  onFailure: step:c') + ask('b', '  isEnd: true') + ask('c'),
    answers: [ok],
    ran: ['a', 'b'],
    status: 'Success',
  },
  {
    title: 'a step that is not critical aborts the run without failing it',
    text: ask('a', '  isCritical: false') + ask('b'),
    answers: [down],
    ran: ['a'],
    status: 'Success',
  },
  {
    title: 'isEnd ends the run when the step fails and continues',
    text: ask('a', '  onFailure: step:c') + ask('b', '  onFailure: Continue\n  isEnd: true') + ask('c'),
    answers: [ok, down],
    ran: ['a', 'b'],
    status: 'Success',
  },
  {
    title: 'maxAttempts: the second attempt succeeds',
    text: ask('a', '  maxAttempts: 3') + ask('b'),
    answers: [down, ok],
    ran: ['a', 'b'],
    status: 'Success',
  },
  {
    title: 'maxAttempts: all attempts fail',
    text: ask('a', '  maxAttempts: 3') + ask('b'),
    answers: [down],
    ran: ['a'],
    status: 'Failed',
  },
];

test.each(cases)('$title', async ({ text, answers, ran, status }) => {
  const result = await run(steps(text), { [STS]: answers });
  expect(result.ran).toEqual(ran);
  expect(result.execution.status).toBe(status);
});

test('attempts are counted, and spaced', async () => {
  const { execution, calls, clock } = await run(steps(ask('a', '  maxAttempts: 3')), { [STS]: down });
  expect(execution.steps).toMatchObject([{ attempts: 3, status: 'Failed' }]);
  expect(calls).toHaveLength(3);
  expect(clock.slept.filter((milliseconds) => milliseconds < 25_000)).toEqual([1000, 2000]);
});

test('inputs that cannot be filled in are not tried again', async () => {
  const text =
    steps(`${ask('a', '  onFailure: Continue\n  outputs: [{ Name: Arn, Selector: $.Arn, Type: String }]')}
- { name: b, action: aws:executeAwsApi, maxAttempts: 5, inputs: { Service: sts, Api: GetCallerIdentity, X: '{{ a.Arn }}' } }`);
  const { execution, calls } = await run(text, { [STS]: down });
  expect(calls).toHaveLength(1);
  expect(execution).toMatchObject({
    status: 'Failed',
    failure: {
      step: 'b',
      stage: 'InputValidation',
      message: expect.stringContaining('{{ a.Arn }} has no value'),
    },
  });
});

test.each([
  ['AccessDenied', 'Permission'],
  ['UnauthorizedOperation', 'Permission'],
  ['ThrottlingException', 'Throttling'],
  ['RequestLimitExceeded', 'Throttling'],
  ['InvalidGroup.NotFound', 'Action'],
])('%s is a failure of type %s', async (code, type) => {
  const { execution } = await run(steps(ask('a')), { [STS]: awsError(code, 'as AWS says it') });
  const failure = { stage: 'Invocation', type, code, message: 'as AWS says it' };
  expect(execution.steps[0]?.failure).toEqual(failure);
  expect(execution.failure).toEqual({ step: 'a', ...failure });
});

describe('time', () => {
  const never = () => new Promise<object>(() => {});

  test.each([
    ['25 seconds for a call', '', 25],
    ['fewer, when the step says so', '  timeoutSeconds: 10', 10],
    ['no more, whatever the step says', '  timeoutSeconds: 60', 25],
    ['for each attempt', '  maxAttempts: 2', 51],
  ])('%s', async (_title, more, seconds) => {
    const { execution, calls, clock } = await run(steps(ask('a', more)), { [STS]: never });
    expect(execution).toMatchObject({ status: 'TimedOut', steps: [{ status: 'TimedOut' }] });
    expect(clock.seconds()).toBe(seconds);
    expect(calls.every(({ signal }) => signal.aborted)).toBe(true);
  });

  test('a timeout is a failure like others: onFailure and isCritical decide', async () => {
    const text = steps(
      ask('a', '  onFailure: step:c\n  isCritical: false') + ask('b', '  isEnd: true') + ask('c'),
    );
    const { execution, ran } = await run(text, { [STS]: [never, ok] });
    expect(ran).toEqual(['a', 'c']);
    expect(execution.status).toBe('Success');
  });

  test('an answer in time costs nothing', async () => {
    const { clock } = await run(steps(ask('a')), { [STS]: ok });
    expect(clock.seconds()).toBe(0);
  });
});

describe('cancelling', () => {
  /** A run that is cancelled while its first call is under way. */
  async function cancelled(text: string, others: object | Error | (() => Promise<object>) = ok) {
    const controller = new AbortController();
    const first = () => {
      controller.abort();
      return new Promise<object>(() => {});
    };
    return run(steps(text), { [STS]: [first, others] }, { signal: controller.signal });
  }

  test('stops at once', async () => {
    const { execution, calls } = await cancelled(ask('a') + ask('b'));
    expect(execution).toMatchObject({ status: 'Cancelled', steps: [{ name: 'a', status: 'Cancelled' }] });
    expect(calls[0]?.signal.aborted).toBe(true);
  });

  test('is not tried again', async () => {
    const { calls } = await cancelled(ask('a', '  maxAttempts: 3'));
    expect(calls).toHaveLength(1);
  });

  test('onCancel says where to tidy up', async () => {
    const { execution, ran } = await cancelled(
      ask('a', '  onCancel: step:tidy\n  isEnd: true') + ask('tidy') + ask('too'),
    );
    expect(ran).toEqual(['a', 'tidy', 'too']);
    expect(execution.status).toBe('Cancelled');
    expect(execution.steps.map(({ status }) => status)).toEqual(['Cancelled', 'Success', 'Success']);
  });

  test('tidying up has two minutes', async () => {
    const text = `${ask('a', '  onCancel: step:tidy\n  isEnd: true')}${ask('tidy', '  maxAttempts: 100')}`;
    const { execution, clock } = await cancelled(text, down);
    expect(execution.status).toBe('Cancelled');
    expect(clock.seconds()).toBe(120);
  });

  test('before the first step', async () => {
    const { execution, ran } = await run(steps(ask('a')), {}, { signal: AbortSignal.abort() });
    expect(ran).toEqual([]);
    expect(execution.status).toBe('Cancelled');
  });
});

describe('the record', () => {
  const text = steps(
    `${ask('Plan', '  outputs: [{ Name: Before, Selector: $.Before, Type: StringMap }]')}${ask('Apply', '  outputs: [{ Name: Applied, Selector: $.Applied, Type: Boolean }]')}`,
    'outputs: [Plan.Before, Apply.Applied]',
  );

  test('tells the whole run', async () => {
    const { execution } = await run(text, { [STS]: [{ Before: { a: 1 } }, { Applied: true }] });
    expect(execution).toEqual({
      executionId: 'e-1',
      document: { name: 'test', sha256: loadDocument(text, 'test').sha256 },
      region: 'eu-west-1',
      accountId: '123456789012',
      parameters: {},
      status: 'Success',
      startTime: '2026-01-02T03:04:05.000Z',
      endTime: '2026-01-02T03:04:05.000Z',
      outputs: { 'Plan.Before': { a: 1 }, 'Apply.Applied': true },
      steps: [
        expect.objectContaining({
          name: 'Plan',
          action: 'aws:executeAwsApi',
          status: 'Success',
          attempts: 1,
        }),
        expect.objectContaining({
          name: 'Apply',
          inputs: { Service: 'sts', Api: 'GetCallerIdentity' },
          outputs: { Applied: true },
        }),
      ],
    });
    expect(JSON.parse(JSON.stringify(execution))).toEqual(execution);
  });

  test('keeps what was there before, when the run fails half-way', async () => {
    const { execution } = await run(text, { [STS]: [{ Before: { a: 1 } }, down] });
    expect(execution).toMatchObject({
      status: 'Failed',
      outputs: {
        'Plan.Before': { a: 1 },
        'Apply.Applied': 'No output available yet because the step is not successfully executed',
      },
      failure: { step: 'Apply', code: 'ServiceUnavailable' },
    });
  });

  test('is handed out as it grows', async () => {
    const seen: string[] = [];
    const onStep = (step: StepExecution, execution: Execution) => {
      seen.push(
        `${step.name} ${step.status}: ${JSON.stringify(execution.outputs['Plan.Before']).slice(0, 7)}`,
      );
    };
    await run(text, { [STS]: [{ Before: { a: 1 } }, { Applied: true }] }, { onStep });
    expect(seen).toEqual([
      'Plan InProgress: "No out',
      'Plan Success: {"a":1}',
      'Apply InProgress: {"a":1}',
      'Apply Success: {"a":1}',
    ]);
  });

  test('that cannot be saved stops the run before the next change', async () => {
    const onStep = async (step: StepExecution) => {
      if (step.status === 'Success') throw new Error('disk full');
    };
    const { execution, calls } = await run(text, { [STS]: { Before: {} } }, { onStep });
    expect(calls).toHaveLength(1);
    expect(execution).toMatchObject({
      status: 'Failed',
      failure: { step: 'Plan', type: 'Internal', message: 'the record could not be saved: disk full' },
    });
  });

  test('never shows a parameter that is named like a secret, but uses it', async () => {
    const secret = steps(
      "- { name: a, action: aws:executeAwsApi, inputs: { Service: sts, Api: GetCallerIdentity, Note: 'is {{ ApiToken }}' } }",
      'parameters: { ApiToken: { type: String } }',
    );
    const { execution, calls } = await run(secret, { [STS]: ok }, { parameters: { ApiToken: 'hunter2' } });
    expect(calls[0]?.input).toEqual({ Note: 'is hunter2' });
    expect(execution.parameters).toEqual({ ApiToken: '***' });
    expect(JSON.stringify(execution)).not.toContain('hunter2');
  });
});

test('runs on the real clock', async () => {
  const document = loadDocument(
    steps('- { name: s, action: aws:sleep, inputs: { Duration: PT0.01S } }'),
    'd',
  );
  const execution = await runAutomation(document, {
    region: 'eu-west-1',
    accountId: '123456789012',
    call: async () => ({}),
    invokeLambda: async () => ({ StatusCode: 200 }),
  });
  expect(execution.status).toBe('Success');
  expect(execution.executionId).toMatch(/^[0-9a-f-]{36}$/);
  expect(Date.parse(execution.endTime ?? '') - Date.parse(execution.startTime)).toBeGreaterThanOrEqual(9);
});
