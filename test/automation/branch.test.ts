import { ask, run, steps } from './support/run.ts';

/** A parameter of each type, and one more String to compare with. */
const PARAMETERS = `parameters:
  S: { type: String, default: Windows-2022 }
  Other: { type: String, default: Windows-2022 }
  N: { type: Integer, default: 5 }
  B: { type: Boolean, default: true }
  L: { type: StringList, default: [Windows-2022] }`;

/** Whether the branch is taken; `fails` when it cannot be told. */
const conditions: [condition: string, verdict: 'taken' | 'passed' | 'fails'][] = [
  ["{ Variable: '{{ S }}', StringEquals: Windows-2022 }", 'taken'],
  ["{ Variable: '{{ S }}', StringEquals: windows-2022 }", 'passed'],
  ["{ Variable: '{{ S }}', StringEquals: '{{ Other }}' }", 'taken'],
  ["{ Variable: '{{ S }}', EqualsIgnoreCase: wINDOWS-2022 }", 'taken'],
  ["{ Variable: '{{ S }}', EqualsIgnoreCase: Linux }", 'passed'],
  ["{ Variable: '{{ S }}', StartsWith: Win }", 'taken'],
  ["{ Variable: '{{ S }}', StartsWith: win }", 'passed'],
  ["{ Variable: '{{ S }}', EndsWith: '2022' }", 'taken'],
  ["{ Variable: '{{ S }}', EndsWith: '2' }", 'taken'],
  ["{ Variable: '{{ S }}', EndsWith: '0' }", 'passed'],
  ["{ Variable: '{{ S }}', Contains: dows }", 'taken'],
  ["{ Variable: '{{ S }}', Contains: Linux }", 'passed'],
  ["{ Variable: '{{ S }}', Contains: '' }", 'taken'],
  ["{ Variable: '{{ N }}', NumericEquals: 5 }", 'taken'],
  ["{ Variable: '{{ N }}', NumericEquals: 6 }", 'passed'],
  ["{ Variable: '{{ N }}', NumericEquals: '{{ N }}' }", 'taken'],
  ["{ Variable: '{{ N }}', NumericGreater: 4 }", 'taken'],
  ["{ Variable: '{{ N }}', NumericGreater: 5 }", 'passed'],
  ["{ Variable: '{{ N }}', NumericLesser: 6 }", 'taken'],
  ["{ Variable: '{{ N }}', NumericLesser: 5 }", 'passed'],
  ["{ Variable: '{{ N }}', NumericGreaterOrEquals: 5 }", 'taken'],
  ["{ Variable: '{{ N }}', NumericGreaterOrEquals: 6 }", 'passed'],
  ["{ Variable: '{{ N }}', NumericLesserOrEquals: 5 }", 'taken'],
  ["{ Variable: '{{ N }}', NumericLesserOrEquals: 4 }", 'passed'],
  ["{ Variable: '{{ B }}', BooleanEquals: true }", 'taken'],
  ["{ Variable: '{{ B }}', BooleanEquals: false }", 'passed'],
  // Nothing is converted.
  ["{ Variable: '{{ N }}', StringEquals: '5' }", 'fails'],
  ["{ Variable: '{{ B }}', StringEquals: 'true' }", 'fails'],
  ["{ Variable: '{{ S }}', NumericEquals: 5 }", 'fails'],
  ["{ Variable: '{{ S }}', BooleanEquals: true }", 'fails'],
  ["{ Variable: '{{ N }}', NumericEquals: '{{ S }}' }", 'fails'],
  ["{ Variable: '{{ L }}', Contains: Windows-2022 }", 'fails'],
  // Nested
  ["{ Not: { Variable: '{{ B }}', BooleanEquals: true } }", 'passed'],
  ["{ Not: { Not: { Variable: '{{ B }}', BooleanEquals: true } } }", 'taken'],
  [
    "{ And: [{ Variable: '{{ N }}', NumericGreater: 1 }, { Variable: '{{ N }}', NumericLesser: 9 }] }",
    'taken',
  ],
  [
    "{ And: [{ Variable: '{{ N }}', NumericGreater: 1 }, { Variable: '{{ N }}', NumericLesser: 2 }] }",
    'passed',
  ],
  [
    "{ Or: [{ Variable: '{{ N }}', NumericGreater: 9 }, { Variable: '{{ N }}', NumericLesser: 9 }] }",
    'taken',
  ],
  [
    "{ Or: [{ Variable: '{{ N }}', NumericGreater: 9 }, { Variable: '{{ N }}', NumericLesser: 2 }] }",
    'passed',
  ],
  [
    "{ Or: [{ Not: { Variable: '{{ B }}', BooleanEquals: true } }, { And: [{ Variable: '{{ S }}', StartsWith: Win }, { Not: { Variable: '{{ N }}', NumericEquals: 6 } }] }] }",
    'taken',
  ],
];

test.each(conditions)('%s is %s', async (condition, verdict) => {
  const text = steps(
    `- name: choose
  action: aws:branch
  inputs:
    Choices: [{ NextStep: taken, ${condition.slice(1)}]
    Default: passed
- { name: taken, action: aws:sleep, isEnd: true, inputs: { Duration: PT0S } }
- { name: passed, action: aws:sleep, inputs: { Duration: PT0S } }`,
    PARAMETERS,
  );
  const { ran, execution } = await run(text);
  if (verdict !== 'fails') return expect(ran).toEqual(['choose', verdict]);
  expect(ran).toEqual(['choose']);
  expect(execution).toMatchObject({ status: 'Failed', failure: { stage: 'InputValidation' } });
});

const choice = (value: string, to: string) =>
  `{ NextStep: ${to}, Variable: '{{ S }}', StringEquals: ${value} }`;
const sleep = (name: string, more = '') =>
  `- { name: ${name}, action: aws:sleep, ${more} inputs: { Duration: PT0S } }\n`;
const branch = (choices: string, more = '', inputs = '') =>
  `- { name: b, action: aws:branch, ${more} inputs: { Choices: [${choices}] ${inputs} } }\n`;

test.each([
  [
    'the first true choice counts',
    branch(`${choice('x', 'q')}, ${choice('Windows-2022', 'p')}, ${choice('Windows-2022', 'q')}`),
    ['b', 'p'],
  ],
  ['without a true choice, the Default counts', branch(choice('x', 'p'), '', ', Default: q'), ['b', 'q']],
  ['without a Default, the next step runs', branch(choice('x', 'q')), ['b', 'p']],
])('%s', async (_title, first, ran) => {
  const result = await run(steps(first + sleep('p', 'isEnd: true,') + sleep('q'), PARAMETERS));
  expect(result.ran).toEqual(ran);
});

test('without a Default, isEnd ends the run', async () => {
  const result = await run(steps(branch(choice('x', 'p'), 'isEnd: true,') + sleep('p'), PARAMETERS));
  expect(result.ran).toEqual(['b']);
  expect(result.execution.status).toBe('Success');
});

test('a skipped step has no outputs: who asks for them fails', async () => {
  const text = steps(
    `${branch(choice('Windows-2022', 'last'), '', ', Default: a')}${ask('a', '  outputs: [{ Name: Arn, Selector: $.Arn, Type: String }]')}- { name: last, action: aws:executeAwsApi, inputs: { Service: sts, Api: X, Y: 'of {{ a.Arn }}' } }`,
    PARAMETERS,
  );
  const { execution, calls } = await run(text);
  expect(calls).toEqual([]);
  expect(execution.failure).toMatchObject({ step: 'last', stage: 'InputValidation' });
});
