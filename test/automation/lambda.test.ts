import { awsError, run, steps } from './support/run.ts';

const STS = 'sts:GetCallerIdentity';
/** One step of an action. */
const one = (action: string, inputs: string, more = '', rest = '') =>
  steps(`- { name: a, action: 'aws:${action}', inputs: ${inputs}${more && `, ${more}`} }`, rest);

describe('invokeLambdaFunction', () => {
  const payload = (value: unknown, more = {}) => ({
    StatusCode: 200,
    Payload: JSON.stringify(value),
    ...more,
  });
  const outputs =
    'outputs: [{ Name: Count, Selector: $.Payload.count, Type: Integer }, { Name: Steps, Selector: $.Payload.steps, Type: MapList }, { Name: Apis, Selector: $.Payload..api, Type: StringList }]';

  test('hands over InputPayload with its types, and sees into the answer', async () => {
    const text = one(
      'invokeLambdaFunction',
      "{ FunctionName: Groundrules-S3Public, Qualifier: live, InputPayload: { task: plan, days: '{{ Days }}', tags: ['{{ Tag }}'] } }",
      outputs,
      'parameters: { Days: { type: Integer, default: 90 }, Tag: { type: String, default: t } }',
    );
    const { execution, invocations } = await run(text, {
      'lambda:Groundrules-S3Public': payload({ count: 1, steps: [{ api: 's3:X' }] }),
    });
    expect(invocations).toEqual([
      {
        functionName: 'Groundrules-S3Public',
        qualifier: 'live',
        invocationType: 'RequestResponse',
        payload: '{"task":"plan","days":90,"tags":["t"]}',
        step: 'a',
        signal: expect.any(AbortSignal),
      },
    ]);
    expect(execution.steps[0]?.outputs).toEqual({
      Count: 1,
      Steps: [{ api: 's3:X' }],
      Apis: ['s3:X'],
      StatusCode: 200,
      Payload: '{"count":1,"steps":[{"api":"s3:X"}]}',
    });
  });

  test.each([
    [
      'InputPayload wins over Payload',
      '{ FunctionName: f, InputPayload: { a: 1 }, Payload: \'{"a": 2}\' }',
      '{"a":1}',
    ],
    [
      'Payload is JSON text',
      '{ FunctionName: f, Payload: \'{"a": "{{ global:REGION }}"}\' }',
      '{"a": "eu-west-1"}',
    ],
    ['neither is an empty object', '{ FunctionName: f }', '{}'],
  ])('%s', async (_title, inputs, sent) => {
    const { invocations } = await run(one('invokeLambdaFunction', inputs), { 'lambda:f': payload({}) });
    expect(invocations[0]?.payload).toBe(sent);
  });

  test('the output Payload is text for others', async () => {
    const text = steps(
      `- { name: f, action: aws:invokeLambdaFunction, inputs: { FunctionName: f } }\n- { name: tell, action: aws:executeAwsApi, inputs: { Service: sts, Api: GetCallerIdentity, X: '{{ f.Payload }}', Y: '{{ f.StatusCode }}' } }`,
    );
    const { calls } = await run(text, { 'lambda:f': payload({ a: 1 }), [STS]: {} });
    expect(calls[0]?.input).toEqual({ X: '{"a":1}', Y: 200 });
  });

  test.each([
    [
      'a function that fails',
      payload(
        { errorType: 'AccountError', errorMessage: 's3:GetBucketPolicy: denied' },
        { FunctionError: 'Unhandled' },
      ),
      { code: 'AccountError', message: 'f failed (Unhandled): AccountError: s3:GetBucketPolicy: denied' },
    ],
    [
      'an answer over 200 KB',
      payload('x'.repeat(204_800)),
      { message: expect.stringContaining('204802 bytes') },
    ],
    [
      'an answer without what is selected',
      payload({}),
      { message: 'the output Count: nothing at $.Payload.count' },
    ],
    [
      'an answer of another type',
      payload({ count: '1' }),
      { message: 'the output Count: $.Payload.count is String, not Integer' },
    ],
    [
      'an answer that is no JSON',
      { StatusCode: 200, Payload: 'oops' },
      { message: expect.stringContaining('nothing at') },
    ],
    [
      'a function that is not there',
      awsError('ResourceNotFoundException'),
      { code: 'ResourceNotFoundException' },
    ],
  ])('%s fails the step', async (_what, answer, failure) => {
    const { execution } = await run(one('invokeLambdaFunction', '{ FunctionName: f }', outputs), {
      'lambda:f': answer,
    });
    expect(execution).toMatchObject({ status: 'Failed', failure: { step: 'a', ...failure } });
  });

  test('what was selected before the mistake is kept', async () => {
    const { execution } = await run(one('invokeLambdaFunction', '{ FunctionName: f }', outputs), {
      'lambda:f': payload({ count: 2, steps: 'none' }),
    });
    expect(execution.steps[0]).toMatchObject({ status: 'Failed', outputs: { Count: 2 } });
  });

  test('takes 300 seconds', async () => {
    const never = () => new Promise<object>(() => {});
    const { execution, clock } = await run(
      one('invokeLambdaFunction', '{ FunctionName: f }', 'timeoutSeconds: 500'),
      { 'lambda:f': never },
    );
    expect(execution.status).toBe('TimedOut');
    expect(clock.seconds()).toBe(300);
  });

  test('a Payload that is no JSON text is not sent', async () => {
    const { execution, invocations } = await run(
      one('invokeLambdaFunction', '{ FunctionName: f, Payload: hello }'),
    );
    expect(invocations).toEqual([]);
    expect(execution.failure).toMatchObject({ stage: 'InputValidation' });
  });
});
