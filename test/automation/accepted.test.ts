import { loadDocument } from '../../automation/document/load.ts';
import { ask, steps } from './support/run.ts';

test('YAML, with everything that a document may have', () => {
  const document = loadDocument(
    steps(
      ask('Look', '  outputs: [{ Name: Arn, Selector: $.Arn, Type: String }]'),
      `description: |-
  # Title
  Text with {{ braces }} of its own
assumeRole: '{{ AutomationAssumeRole }}'
parameters:
  AutomationAssumeRole: { type: String, default: '' }
  Count: { type: Integer, default: 3, allowedValues: [3, 4] }
  Stored: { type: String, default: '{{ ssm:/a/b.c-d }}' }
  Names: { type: StringList, default: [], displayType: textarea, minItems: 0, maxItems: 3 }
variables:
  seen: { type: StringMap, default: '{}' }
outputs: [Look.Arn]`,
    ),
    'Groundrules-Test',
  );
  expect(document).toMatchObject({
    where: 'Groundrules-Test',
    assumeRole: '{{ AutomationAssumeRole }}',
    outputs: ['Look.Arn'],
    mainSteps: [{ name: 'Look', action: 'aws:executeAwsApi' }],
  });
  expect(document.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('JSON', () => {
  const text = JSON.stringify(
    { schemaVersion: '0.3', mainSteps: [{ name: 'a', action: 'aws:sleep', inputs: { Duration: 'PT1S' } }] },
    null,
    '\t',
  );
  expect(loadDocument(text, 'd').mainSteps).toHaveLength(1);
});

test.each([
  [
    'a jump backwards that makes no circle',
    steps(`${ask('a', '  nextStep: c')}${ask('b', '  isEnd: true')}${ask('c', '  nextStep: b')}`),
  ],
  [
    'a branch without a Default that is last',
    steps(
      `${ask('a')}- { name: b, action: aws:branch, inputs: { Choices: [{ NextStep: c, Variable: '{{ global:REGION }}', StringEquals: x }] } }\n${ask('c')}`,
    ),
  ],
  [
    'a script, which only SSM runs, with braces of its own',
    steps(
      `- { name: s, action: aws:executeScript, inputs: { Runtime: python3.11, Handler: h, Script: 'x = f"{{y}}"' }, outputs: [{ Name: Payload, Selector: $.Payload, Type: StringMap }] }`,
    ),
  ],
  [
    "a step that refers to what either of a branch's ways put out",
    steps(
      `- { name: b, action: aws:branch, inputs: { Choices: [{ NextStep: x, Variable: '{{ global:REGION }}', StringEquals: x }], Default: y } }
${ask('x', '  outputs: [{ Name: Arn, Selector: $.Arn, Type: String }]\n  nextStep: z')}${ask('y')}- { name: z, action: aws:executeAwsApi, inputs: { Service: sts, Api: X, A: '{{ x.Arn }}' } }`,
    ),
  ],
  [
    'a loop whose condition asks for what its steps put out',
    steps(
      `- name: l
  action: aws:loop
  inputs:
    LoopCondition: { Variable: '{{ f.Retry }}', BooleanEquals: true }
    MaxIterations: 3
    Steps:
    - { name: f, action: aws:invokeLambdaFunction, inputs: { FunctionName: F }, outputs: [{ Name: Retry, Selector: $.Payload.Retry, Type: Boolean }] }`,
    ),
  ],
  [
    'a loop over a placeholder, whose steps know where it is',
    steps(
      `- name: l
  action: aws:loop
  inputs:
    Iterators: '{{ Names }}'
    Steps:
    - { name: s, action: aws:sleep, inputs: { Duration: 'PT{{ l.CurrentIteration }}S' } }`,
      'parameters: { Names: { type: StringList } }',
    ),
  ],
  [
    'onCancel to a step of its own',
    steps(`${ask('a', '  onCancel: step:tidy\n  isEnd: true')}${ask('tidy')}`),
  ],
])('takes %s', (_situation, text) => {
  expect(() => loadDocument(text, 'd')).not.toThrow();
});
