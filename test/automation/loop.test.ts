import { ask, awsError, run, steps } from './support/run.ts';

const STS = 'sts:GetCallerIdentity';
/** A call whose answers tell iterations apart. */
const call = (name: string, input: string, more = '') =>
  `    - { name: ${name}, action: aws:executeAwsApi, inputs: { Service: sts, Api: GetCallerIdentity, ${input} }${more && `, ${more}`} }\n`;
const each = (inputs: string, inner: string, more = '') =>
  `- name: each\n  action: aws:loop\n${more}  inputs:\n${inputs
    .trim()
    .split('\n')
    .map((line) => `    ${line.trim()}\n`)
    .join('')}    Steps:\n${inner}`;
const X = "X: '{{ each.CurrentIteratorValue }}'";
const LIST = 'parameters: { Ids: { type: StringList, default: [a, b, c] } }';

test('for each: the value and the number of the iteration', async () => {
  const text = steps(
    each(
      "Iterators: '{{ Ids }}'",
      call('one', `${X}, N: '{{ each.CurrentIteration }}', T: '{{ each.CurrentIteration }} of it'`),
    ),
    LIST,
  );
  const { calls, execution } = await run(text, { [STS]: {} });
  expect(calls.map(({ input }) => input)).toEqual([
    { X: 'a', N: 1, T: '1 of it' },
    { X: 'b', N: 2, T: '2 of it' },
    { X: 'c', N: 3, T: '3 of it' },
  ]);
  expect(execution.steps.map(({ name, parent }) => [name, parent])).toEqual([
    ['each', undefined],
    ['one', { name: 'each', iteration: 1, iteratorValue: 'a' }],
    ['one', { name: 'each', iteration: 2, iteratorValue: 'b' }],
    ['one', { name: 'each', iteration: 3, iteratorValue: 'c' }],
  ]);
  expect(execution.steps[0]).toMatchObject({ status: 'Success', outputs: { CurrentIteration: 3 } });
});

test.each([
  [
    'maps',
    'IteratorDataType: StringMap\nIterators: [{ k: 1 }, { k: 2 }]',
    [{ X: { k: 1 } }, { X: { k: 2 } }],
  ],
  ['numbers', 'IteratorDataType: Integer\nIterators: [7]', [{ X: 7 }]],
  ['Booleans', 'IteratorDataType: Boolean\nIterators: [true, false]', [{ X: true }, { X: false }]],
  ['no more than MaxIterations', "MaxIterations: 2\nIterators: '{{ Ids }}'", [{ X: 'a' }, { X: 'b' }]],
])('for each: %s', async (_what, inputs, expected) => {
  const { calls, execution } = await run(steps(each(inputs, call('one', X)), LIST), { [STS]: {} });
  expect(calls.map(({ input }) => input)).toEqual(expected);
  expect(execution.status).toBe('Success');
});

test('for each of nothing fails (unverified what SSM does): the document has to branch around it', async () => {
  const text = steps(each("Iterators: '{{ Ids }}'", call('one', X)) + ask('after'), LIST);
  const { ran, execution } = await run(text, { [STS]: {} }, { parameters: { Ids: [] } });
  expect(ran).toEqual(['each']);
  expect(execution).toMatchObject({ status: 'Failed', failure: { stage: 'InputValidation' } });
});

test.each([
  ['items of another type', '[a, b]', 'IteratorDataType: Integer\n', 'expected Integer items'],
  ['101 items', `[${Array(101).fill('a')}]`, '', '101 iterators'],
])('for each: %s fail the loop before its first iteration', async (_what, items, type, message) => {
  const text = steps(
    `- { name: list, action: aws:updateVariable, inputs: { Name: 'variable:list', Value: [] } }\n${ask('get', '  outputs: [{ Name: Items, Selector: $.Items, Type: StringList }]')}${each(`${type}Iterators: '{{ get.Items }}'`, call('one', X))}`,
    'variables: { list: { type: StringList } }',
  );
  const answer = { Items: items.slice(1, -1).split(/, ?/) };
  const { calls, execution } = await run(text, { [STS]: answer });
  expect(calls).toHaveLength(1);
  expect(execution.failure).toMatchObject({ step: 'each', message: expect.stringContaining(message) });
});

describe('while', () => {
  const text = (max = '') =>
    steps(
      each(
        `LoopCondition: { Variable: '{{ one.Again }}', BooleanEquals: true }\n${max}`,
        call(
          'one',
          'N: "{{ each.CurrentIteration }}"',
          'outputs: [{ Name: Again, Selector: $.Again, Type: Boolean }]',
        ),
      ),
    );

  test('the steps run once before the condition is looked at', async () => {
    const { calls } = await run(text(), { [STS]: { Again: false } });
    expect(calls).toHaveLength(1);
  });

  test('and again while it is true', async () => {
    const { calls } = await run(text(), { [STS]: [{ Again: true }, { Again: true }, { Again: false }] });
    expect(calls.map(({ input }) => input)).toEqual([{ N: 1 }, { N: 2 }, { N: 3 }]);
  });

  test.each([
    ['MaxIterations', 'MaxIterations: 4', 4],
    ['100 iterations', '', 100],
  ])('%s end the loop, not the run', async (_what, max, count) => {
    const { calls, execution } = await run(text(max), { [STS]: { Again: true } });
    expect(calls).toHaveLength(count);
    expect(execution.status).toBe('Success');
  });
});

describe('a failure inside', () => {
  const down = awsError('ServiceUnavailable');
  const twice = (first: string, second = '') => call('one', X, first) + call('two', X, second);
  const loop = (inner: string, more = '') =>
    steps(each("Iterators: '{{ Ids }}'", inner, more) + ask('after'), LIST);

  test('fails the loop, and with it the run', async () => {
    const { ran, execution } = await run(loop(twice('')), { [STS]: [{}, {}, down] });
    expect(ran).toEqual(['each', 'one', 'two', 'one']);
    expect(execution.steps[0]).toMatchObject({
      status: 'Failed',
      failure: { message: 'one in iteration 2: ServiceUnavailable' },
    });
    expect(execution).toMatchObject({ status: 'Failed', failure: { step: 'one' } });
  });

  test('that continues goes on with the next step inside', async () => {
    const { ran, execution } = await run(loop(twice('onFailure: Continue')), { [STS]: [down, {}] });
    expect(ran).toEqual(['each', 'one', 'two', 'one', 'two', 'one', 'two', 'after']);
    expect(execution.status).toBe('Success');
  });

  test('may jump inside', async () => {
    const inner = call('one', X, "onFailure: 'step:three'") + call('two', X) + call('three', X);
    const { ran } = await run(loop(inner, ''), { [STS]: [down, {}] }, { parameters: { Ids: ['a'] } });
    expect(ran).toEqual(['each', 'one', 'three', 'after']);
  });

  test("without a word of its own: the loop's onFailure counts", async () => {
    const { ran } = await run(loop(twice(''), '  onFailure: Continue\n'), { [STS]: [down, {}] });
    expect(ran).toEqual(['each', 'one', 'after']);
  });

  test('with a word of its own: the loop inherits it', async () => {
    const { ran } = await run(loop(twice('onFailure: Abort'), '  onFailure: Continue\n'), {
      [STS]: [down, {}],
    });
    expect(ran).toEqual(['each', 'one']);
  });

  test("of time: the loop's own timeout stops the step inside", async () => {
    const never = () => new Promise<object>(() => {});
    const { execution, clock } = await run(loop(twice(''), '  timeoutSeconds: 5\n'), { [STS]: never });
    expect(execution.steps.map(({ status }) => status)).toEqual(['TimedOut', 'TimedOut']);
    expect(execution.status).toBe('TimedOut');
    expect(clock.seconds()).toBe(5);
  });
});

test('a cancelled step inside tidies up inside, then the run ends', async () => {
  const controller = new AbortController();
  const cancel = () => {
    controller.abort();
    return new Promise<object>(() => {});
  };
  const text = steps(
    each("Iterators: '{{ Ids }}'", call('one', X, "onCancel: 'step:tidy'") + call('tidy', X)) + ask('after'),
    LIST,
  );
  const { ran, execution } = await run(text, { [STS]: [cancel, {}] }, { signal: controller.signal });
  expect(ran).toEqual(['each', 'one', 'tidy']);
  expect(execution.steps.map(({ status }) => status)).toEqual(['Cancelled', 'Cancelled', 'Success']);
  expect(execution.status).toBe('Cancelled');
});

test('a variable carries something out of a loop', async () => {
  const text = steps(
    `${each("Iterators: '{{ Ids }}'", "    - { name: set, action: aws:updateVariable, inputs: { Name: 'variable:last', Value: '{{ variable:last }}{{ each.CurrentIteratorValue }}' } }\n")}- { name: tell, action: aws:executeAwsApi, inputs: { Service: sts, Api: GetCallerIdentity, Y: '{{ variable:last }}' } }`,
    `${LIST}\nvariables: { last: { type: String, default: '>' } }`,
  );
  const { calls } = await run(text, { [STS]: {} });
  expect(calls[0]?.input).toEqual({ Y: '>abc' });
});
