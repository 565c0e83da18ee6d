import { ask, run, steps } from './support/run.ts';

const STS = 'sts:GetCallerIdentity';
const PARAMETERS = `parameters:
  Name: { type: String, allowedPattern: '^[a-z]+$', maxChars: 600, default: web }
  Mode: { type: String, allowedValues: [Preview, Apply], default: Preview }
  Count: { type: Integer, default: 3 }
  Force: { type: Boolean, default: false }
  Ids: { type: StringList, default: [a, b], minItems: 1 }
  Map: { type: StringMap, default: { k: [1] } }
  Maps: { type: MapList, default: [{ k: 1 }] }`;
const use = (inputs: string) =>
  steps(
    `- { name: a, action: aws:executeAwsApi, inputs: { Service: sts, Api: GetCallerIdentity, ${inputs} } }`,
    PARAMETERS,
  );

test.each([
  ['a String', "X: '{{ Name }}'", { X: 'web' }],
  ['an Integer', "X: '{{Count}}'", { X: 3 }],
  ['a Boolean', "X: '{{ Force }}'", { X: false }],
  ['a StringList', "X: '{{ Ids }}'", { X: ['a', 'b'] }],
  ['a StringMap', "X: '{{ Map }}'", { X: { k: [1] } }],
  ['a MapList', "X: '{{ Maps }}'", { X: [{ k: 1 }] }],
  ['inside a list', "X: ['{{ Ids }}', '{{ Name }}']", { X: [['a', 'b'], 'web'] }],
  ['inside a map', "X: { Y: '{{ Count }}' }", { X: { Y: 3 } }],
  ['a String in a text', "X: 'a-{{ Name }}-{{ Name }}'", { X: 'a-web-web' }],
  ['a scalar in a text', "X: '{{ Count }} {{ Force }}'", { X: '3 false' }],
  ['a list in a text', "X: 'ids: {{ Ids }}'", { X: 'ids: ["a","b"]' }],
  ['a map in a text', "X: 'map: {{ Map }}'", { X: 'map: {"k":[1]}' }],
  [
    'what SSM knows',
    "X: '{{ global:ACCOUNT_ID }} {{ global:REGION }} {{ global:AWS_PARTITION }} {{ automation:EXECUTION_ID }}'",
    { X: '123456789012 eu-west-1 aws e-1' },
  ],
  ['the time', "X: '{{ global:DATE }} {{ global:DATE_TIME }}'", { X: '2026-01-02 2026-01-02_03.04.05' }],
  ['braces that are none of its business', 'X: "{ \'a\': { b } }"', { X: "{ 'a': { b } }" }],
])('a placeholder for %s', async (_what, inputs, expected) => {
  const { calls } = await run(use(inputs), { [STS]: {} });
  expect(calls.map(({ input }) => input)).toEqual([expected]);
});

test('a value with braces in it is not looked into again', async () => {
  const text = steps(
    `${ask('get', '  outputs: [{ Name: V, Selector: $.V, Type: String }]')}- { name: a, action: aws:executeAwsApi, inputs: { Service: sts, Api: GetCallerIdentity, X: '{{ get.V }}' } }`,
  );
  const { calls } = await run(text, { [STS]: { V: '{{ global:ACCOUNT_ID }}' } });
  expect(calls[1]?.input).toEqual({ X: '{{ global:ACCOUNT_ID }}' });
});

test('a value that the action does not take fails before the call', async () => {
  const text = steps(
    "- { name: a, action: aws:invokeLambdaFunction, inputs: { FunctionName: '{{ Ids }}' } }",
    PARAMETERS,
  );
  const { execution, invocations } = await run(text);
  expect(invocations).toEqual([]);
  expect(execution.failure).toMatchObject({
    stage: 'InputValidation',
    message: expect.stringContaining('FunctionName'),
  });
});

describe('parameters at the start', () => {
  const text = use("X: '{{ Name }}'");

  test.each([
    ['a value for a default', { Name: 'db' }],
    ['a value of allowedValues', { Mode: 'Apply' }],
    ['50 values', { Ids: Array(50).fill('a') }],
    ['512 characters', { Name: 'a'.repeat(512) }],
  ])('%s is taken', async (_what, parameters) => {
    const { execution } = await run(text, { [STS]: {} }, { parameters });
    expect(execution).toMatchObject({ status: 'Success', parameters: { Count: 3, ...parameters } });
  });

  test.each([
    ['an unknown one', { Nmae: 'db' }, 'there is no parameter Nmae'],
    ['another type', { Count: '3' }, 'the parameter Count: expected Integer, not String'],
    ['a fraction', { Count: 1.5 }, 'the parameter Count: expected Integer'],
    ['text for a Boolean', { Force: 'true' }, 'the parameter Force: expected Boolean'],
    ['one String for a list', { Ids: 'a' }, 'the parameter Ids: expected StringList'],
    ['a value outside allowedValues', { Mode: 'apply' }, '"apply" is none of "Preview", "Apply"'],
    ['a value that does not match', { Name: 'Web1' }, 'does not match ^[a-z]+$'],
    ['too few items', { Ids: [] }, 'fewer than minItems (1)'],
    ['51 values', { Ids: Array(51).fill('a') }, '51 values, SSM takes 50'],
    ['513 characters', { Name: 'a'.repeat(513) }, '513 characters, SSM takes 512'],
    ['a map of 513 characters', { Map: { k: 'x'.repeat(505) } }, 'SSM takes 512'],
    ['null', { Name: null }, 'expected String, not nothing'],
  ])('%s is refused', async (_what, parameters, message) => {
    const refused = run(text, {}, { parameters });
    await expect(refused).rejects.toMatchObject({
      name: 'AutomationError',
      code: 'InvalidAutomationExecutionParameters',
    });
    await expect(refused).rejects.toThrow(message);
  });

  test('all that is wrong is said at once', async () => {
    const required = steps(ask('a'), 'parameters: { P: { type: String }, Q: { type: Integer } }');
    await expect(run(required, {}, { parameters: { Q: 'x' } })).rejects.toThrow(
      'test: the parameter P (String) is required; the parameter Q: expected Integer, not String',
    );
  });

  test('the document and the values have 64 KB together', async () => {
    const big = `${steps(ask('a'), `parameters: { Ids: { type: StringList } }\ndescription: ${'x'.repeat(60_000)}`)}`;
    const ids = (count: number) => ({ parameters: { Ids: Array(count).fill('y'.repeat(512)) } });
    await expect(run(big, { [STS]: {} }, ids(10))).resolves.toBeDefined();
    await expect(run(big, { [STS]: {} }, ids(11))).rejects.toThrow('SSM takes 65536 together');
  });

  test('a default from Parameter Store is looked up, or refused', async () => {
    const stored = steps(
      "- { name: a, action: aws:executeAwsApi, inputs: { Service: sts, Api: GetCallerIdentity, X: '{{ P }}' } }",
      "parameters: { P: { type: String, default: '{{ ssm:/a/b }}' } }",
    );
    const { calls } = await run(stored, { [STS]: {} }, { findParameter: async (name) => `value of ${name}` });
    expect(calls[0]?.input).toEqual({ X: 'value of /a/b' });
    await expect(run(stored, {})).rejects.toThrow('ssm:/a/b');
    const given = await run(stored, { [STS]: {} }, { parameters: { P: 'x' } });
    expect(given.calls[0]?.input).toEqual({ X: 'x' });
  });
});

describe('outputs', () => {
  const select = (selector: string, type: string) =>
    steps(ask('a', `  outputs: [{ Name: X, Selector: '${selector}', Type: ${type} }]`), 'outputs: [a.X]');
  const answer = { s: 's', n: 1, f: 1.5, b: true, l: ['x'], m: { k: 1 }, ms: [{ k: 1 }], e: [], nil: null };

  test.each([
    ['$.s', 'String', 's'],
    ['$.n', 'Integer', 1],
    ['$.b', 'Boolean', true],
    ['$.l', 'StringList', ['x']],
    ['$.m', 'StringMap', { k: 1 }],
    ['$.ms', 'MapList', [{ k: 1 }]],
    ['$.ms[0]', 'StringMap', { k: 1 }],
    ['$.e', 'StringList', []],
    ['$.e', 'MapList', []],
    ['$..s', 'StringList', ['s']],
    ['$..m', 'MapList', [{ k: 1 }]],
    ['$..nothing', 'StringList', []],
  ])('%s is a %s', async (selector, type, value) => {
    const { execution } = await run(select(selector, type), { [STS]: answer });
    expect(execution).toMatchObject({ status: 'Success', outputs: { 'a.X': value } });
  });

  test.each([
    ['$.n', 'String'],
    ['$.s', 'Integer'],
    ['$.f', 'Integer'],
    ['$.b', 'String'],
    ['$.s', 'StringList'],
    ['$.ms', 'StringList'],
    ['$.l', 'MapList'],
    ['$.m', 'MapList'],
    ['$.l', 'StringMap'],
    ['$..n', 'StringList'],
    ['$.nil', 'String'],
    ['$.nothing', 'String'],
  ])('%s is no %s: the step fails', async (selector, type) => {
    const { execution } = await run(select(selector, type), { [STS]: answer });
    expect(execution).toMatchObject({
      status: 'Failed',
      failure: { step: 'a', stage: 'PostVerification', type: 'Verification' },
      outputs: { 'a.X': 'No output available yet because the step is not successfully executed' },
    });
  });
});
