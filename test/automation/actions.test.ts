import { loadDocument } from '../../automation/document/load.ts';
import type { ApprovalRequest } from '../../automation/run/execution.ts';
import { ask, awsError, run, steps } from './support/run.ts';

const STS = 'sts:GetCallerIdentity';
/** One step of an action. */
const one = (action: string, inputs: string, more = '', rest = '') =>
  steps(`- { name: a, action: 'aws:${action}', inputs: ${inputs}${more && `, ${more}`} }`, rest);

describe('executeAwsApi', () => {
  test('sends what is beside Service and Api, and selects from the answer', async () => {
    const text = one(
      'executeAwsApi',
      "{ Service: ec2, Api: describe_security_groups, GroupIds: ['{{ Id }}'], Filters: [{ Name: n, Values: [v] }] }",
      'outputs: [{ Name: Name, Selector: "$.SecurityGroups[0].GroupName", Type: String }]',
      'parameters: { Id: { type: String, default: sg-1 } }',
    );
    const { calls, execution } = await run(text, {
      'ec2:describe_security_groups': { SecurityGroups: [{ GroupName: 'web' }] },
    });
    expect(calls).toEqual([
      {
        service: 'ec2',
        api: 'describe_security_groups',
        input: { GroupIds: ['sg-1'], Filters: [{ Name: 'n', Values: ['v'] }] },
        step: 'a',
        signal: expect.any(AbortSignal),
      },
    ]);
    expect(execution.steps[0]?.outputs).toEqual({ Name: 'web' });
  });
});

describe('assertAwsResourceProperty', () => {
  const text = (desired: string) =>
    one(
      'assertAwsResourceProperty',
      `{ Service: sts, Api: GetCallerIdentity, PropertySelector: $.A.B, DesiredValues: [${desired}] }`,
    );

  test.each([
    ['a String', 'up', 'down, up', 'Success'],
    ['another String', 'up', 'Up', 'Failed'],
    ['a Boolean', true, "'True'", 'Success'],
    ['a Boolean spelled as JSON has it', true, "'true'", 'Failed'],
    ['a number', 3, "'3'", 'Success'],
    ['nothing', undefined, 'up', 'Failed'],
  ])('%s', async (_what, value, desired, status) => {
    const { execution, calls } = await run(text(desired), { [STS]: { A: { B: value } } });
    expect(execution.status).toBe(status);
    expect(calls[0]?.input).toEqual({});
    if (status === 'Failed')
      expect(execution.failure).toMatchObject({ stage: 'PostVerification', type: 'Verification' });
  });
});

describe('waitForAwsResourceProperty', () => {
  const text = (more = '') =>
    one(
      'waitForAwsResourceProperty',
      '{ Service: sts, Api: GetCallerIdentity, PropertySelector: "$.L[0].S", DesiredValues: [ready] }',
      more,
    );

  test('asks until the value is there and right', async () => {
    const { execution, calls, clock } = await run(text(), {
      [STS]: [{ L: [] }, { L: [{ S: 'pending' }] }, { L: [{ S: 'ready' }] }],
    });
    expect(execution.status).toBe('Success');
    expect(calls).toHaveLength(3);
    expect(clock.seconds()).toBe(10);
  });

  test.each([
    ['an hour', '', 3600],
    ['as long as the step says', 'timeoutSeconds: 60', 60],
  ])('waits for %s', async (_what, more, seconds) => {
    const { execution, clock } = await run(text(more), { [STS]: { L: [] } });
    expect(execution.status).toBe('TimedOut');
    expect(clock.seconds()).toBe(seconds);
  });

  test('fails when a call fails', async () => {
    const { execution } = await run(text(), { [STS]: [{ L: [] }, awsError('AccessDenied')] });
    expect(execution).toMatchObject({ status: 'Failed', failure: { code: 'AccessDenied' } });
  });
});

describe('sleep', () => {
  test.each([
    ['a duration', "{ Duration: 'P1DT2H3M4.5S' }", 93_784.5],
    ['a duration from a parameter', "{ Duration: 'PT{{ Seconds }}S' }", 30],
    ['weeks', '{ Duration: P1W }', 604_800],
    ['until a time', "{ Timestamp: '2026-01-02T03:05:05Z' }", 60],
    ['until a time that has passed', "{ Timestamp: '2020-01-01T01:00:00Z' }", 0],
  ])('%s', async (_what, inputs, seconds) => {
    const parameters = 'parameters: { Seconds: { type: Integer, default: 30 } }';
    const { execution, clock } = await run(one('sleep', inputs, '', parameters));
    expect(execution.status).toBe('Success');
    expect(clock.seconds()).toBe(seconds);
  });

  test.each([
    ['a duration that turns out wrong', "{ Duration: '{{ P }}' }"],
    ['a time that turns out wrong', "{ Timestamp: '{{ P }}' }"],
    ['a time more than 7 days ahead', "{ Timestamp: '2026-01-10T00:00:00Z' }"],
  ])('%s', async (_what, inputs) => {
    const { execution } = await run(
      one('sleep', inputs, '', 'parameters: { P: { type: String, default: soon } }'),
    );
    expect(execution.failure).toMatchObject({ stage: 'InputValidation' });
  });
});

describe('approve and pause', () => {
  const approval = one(
    'approve',
    "{ Approvers: ['arn:aws:iam::1:user/a', b], Message: 'go on?', MinRequiredApprovals: 2 }",
  );

  test('asks the caller', async () => {
    const asked: Partial<ApprovalRequest>[] = [];
    const approve = async ({ signal: _signal, ...request }: ApprovalRequest) => {
      asked.push(request);
      return true;
    };
    const { execution } = await run(approval, {}, { approve });
    expect(asked).toEqual([
      { action: 'aws:approve', step: 'a', message: 'go on?', approvers: ['arn:aws:iam::1:user/a', 'b'] },
    ]);
    expect(execution).toMatchObject({
      status: 'Success',
      steps: [{ outputs: { ApprovalStatus: 'Approved' } }],
    });
    expect((await run(one('pause', '{}'), {}, { approve })).execution.status).toBe('Success');
  });

  test.each([
    ['an approval', approval],
    ['a pause', one('pause', '{}')],
  ])('%s is refused when nobody is there, and when somebody says no', async (_what, text) => {
    expect((await run(text)).execution).toMatchObject({
      status: 'Rejected',
      steps: [{ status: 'Rejected' }],
    });
    const no = await run(text, {}, { approve: async () => false });
    expect(no.execution).toMatchObject({ status: 'Rejected' });
  });

  test('no is no: it is not asked again', async () => {
    let asked = 0;
    const approve = async () => {
      asked++;
      return false;
    };
    await run(one('pause', '{}', 'maxAttempts: 3'), {}, { approve });
    expect(asked).toBe(1);
  });

  test('an approval waits for 7 days', async () => {
    const { execution, clock } = await run(approval, {}, { approve: () => new Promise<boolean>(() => {}) });
    expect(execution.status).toBe('TimedOut');
    expect(clock.seconds()).toBe(604_800);
  });
});

describe('updateVariable', () => {
  const set = (type: string, value: string) =>
    steps(
      `- { name: set, action: aws:updateVariable, inputs: { Name: 'variable:v', Value: ${value} } }\n- { name: tell, action: aws:executeAwsApi, inputs: { Service: sts, Api: GetCallerIdentity, X: '{{ variable:v }}' } }`,
      `variables: { v: { type: ${type} } }`,
    );

  test.each([
    ['String', "'x'", 'x'],
    ['Integer', '3', 3],
    ['Boolean', 'false', false],
    ['StringList', '[a]', ['a']],
    ['StringMap', '{ k: 1 }', { k: 1 }],
    ['MapList', '[{ k: 1 }]', [{ k: 1 }]],
  ])('%s', async (type, value, expected) => {
    const { calls } = await run(set(type, value), { [STS]: {} });
    expect(calls[0]?.input).toEqual({ X: expected });
  });

  test.each([
    ['another type', 'Integer', "'3'"],
    ['an empty String', 'String', "''"],
    ['a String of 513 characters', 'String', 'x'.repeat(513)],
    ['a StringList of 51', 'StringList', `[${Array(51).fill('a')}]`],
    ['a MapList of 201', 'MapList', `[${Array(201).fill('{}')}]`],
    ['a key of 51 characters', 'StringMap', `{ ${'k'.repeat(51)}: 1 }`],
  ])('%s fails the step', async (_what, type, value) => {
    const { execution } = await run(set(type, value));
    expect(execution).toMatchObject({ status: 'Failed', failure: { step: 'set', stage: 'InputValidation' } });
  });

  test('a variable without a value fails who asks for it', async () => {
    const text = one(
      'executeAwsApi',
      "{ Service: sts, Api: X, Y: '{{ variable:v }}' }",
      '',
      'variables: { v: { type: String } }',
    );
    const { execution } = await run(text);
    expect(execution.failure?.message).toContain('{{ v }} has no value');
  });
});

describe('executeAutomation', () => {
  const child = loadDocument(
    steps(
      "- { name: look, action: aws:executeAwsApi, inputs: { Service: sts, Api: GetCallerIdentity, X: '{{ Id }}' }, outputs: [{ Name: Arn, Selector: $.Arn, Type: String }, { Name: L, Selector: $..L, Type: StringList }] }",
      'parameters: { Id: { type: String }, Ids: { type: StringList, default: [] } }\noutputs: [look.Arn, look.L]',
    ),
    'Child',
  );
  const parent = (parameters: string) =>
    steps(
      `- { name: run, action: aws:executeAutomation, inputs: { DocumentName: Child, RuntimeParameters: ${parameters} } }\n- { name: tell, action: aws:executeAwsApi, inputs: { Service: sts, Api: GetCallerIdentity, Y: '{{ run.Output }}', Z: '{{ run.Status }}' } }`,
    );
  const findDocument = async (name: string) => {
    if (name === 'Child') return child;
    throw new Error(`no ${name}`);
  };

  test.each([
    ['as a value', '{ Id: i-1 }'],
    ["as the API's list", '{ Id: [i-1] }'],
  ])('gives parameters %s, and outputs as text', async (_what, parameters) => {
    const { calls, execution } = await run(
      parent(parameters),
      { [STS]: { Arn: 'arn', L: 'l' } },
      { findDocument },
    );
    expect(calls.map(({ input }) => input)).toEqual([{ X: 'i-1' }, { Y: ['arn', '["l"]'], Z: 'Success' }]);
    expect(execution.status).toBe('Success');
  });

  test('fails with its document', async () => {
    const { execution } = await run(
      parent('{ Id: i-1 }'),
      { [STS]: awsError('AccessDenied', 'denied') },
      { findDocument },
    );
    expect(execution).toMatchObject({
      status: 'Failed',
      failure: { step: 'run', type: 'Permission', message: 'Child ended as Failed: look: denied' },
    });
  });

  test('fails with parameters that its document refuses', async () => {
    const { execution, calls } = await run(parent('{ Idd: i-1 }'), {}, { findDocument });
    expect(calls).toEqual([]);
    expect(execution.failure).toMatchObject({ step: 'run', code: 'InvalidAutomationExecutionParameters' });
  });

  test('is cancelled with the run', async () => {
    const controller = new AbortController();
    const cancel = () => {
      controller.abort();
      return new Promise<object>(() => {});
    };
    const { execution } = await run(
      parent('{ Id: i-1 }'),
      { [STS]: cancel },
      { findDocument, signal: controller.signal },
    );
    expect(execution).toMatchObject({ status: 'Cancelled', steps: [{ name: 'run', status: 'Cancelled' }] });
  });
});

describe('what only SSM runs', () => {
  test.each([
    [
      'a script',
      one('executeScript', '{ Runtime: python3.11, Handler: h, Script: s }'),
      'a (aws:executeScript)',
    ],
    ['a command', one('runCommand', '{ DocumentName: d }'), 'a (aws:runCommand)'],
    [
      'a document, when none can be found',
      one('executeAutomation', '{ DocumentName: d }'),
      'a (aws:executeAutomation',
    ],
    [
      'a step inside a loop',
      one(
        'loop',
        "{ Iterators: [x], Steps: [{ name: s, action: 'aws:createTags', inputs: { ResourceIds: [i], Tags: [] } }] }",
      ),
      's (aws:createTags)',
    ],
  ])('%s is refused before the first step', async (_what, text, named) => {
    const calls = run(text.replace('mainSteps:\n', `mainSteps:\n${ask('first')}`), { [STS]: {} });
    await expect(calls).rejects.toMatchObject({ name: 'AutomationError', code: 'UnsupportedAction' });
    await expect(calls).rejects.toThrow(named);
  });
});
