import { loadDocument } from '../../automation/document/load.ts';
import { api, document, parameter, refuses, step } from './support/refused.ts';

refuses([
  // The text
  ['over 64 KB', document(api('a'), `description: ${'x'.repeat(65_536)}\n`), 'TooLarge', '', 1],
  ['broken YAML', "schemaVersion: '0.3'\nmainSteps: [", 'Syntax', '', 2],
  ['broken JSON', '{"schemaVersion": "0.3", "mainSteps": [}', 'Syntax', '', 1],
  ['a key twice', document(api('a'), 'description: a\ndescription: b\n'), 'Duplicate', '', 3],
  ['two documents in one', `${document(api('a'))}---\n${document(api('a'))}`, 'Syntax', ''],
  [
    'an alias (unverified)',
    document(api('a'), 'description: &d x\nassumeRole: *d\n'),
    'Syntax',
    'description',
    2,
  ],
  ['a key that is no text', document(api('a'), '3: x\n'), 'Syntax', '', 2],
  ['a key that is a list', document(api('a'), '[a, b]: x\n'), 'Syntax', '', 2],
  ['a tag (unverified)', document(api('a'), 'description: !secret x\n'), 'Syntax', ''],
  [
    'a word that YAML 1.1 takes for a Boolean',
    parameter('{ type: String, default: no }'),
    'AmbiguousScalar',
    'parameters.P.default',
    3,
  ],
  [
    'a date without quotes',
    step('executeAwsApi', '{ Service: iam, Api: PutRolePolicy, Version: 2012-10-17 }'),
    'AmbiguousScalar',
    'mainSteps[0].inputs.Version',
  ],
  [
    'an account id that loses its zero',
    parameter('{ type: String, default: 012345678901 }'),
    'AmbiguousScalar',
    'parameters.P.default',
  ],
  // The top
  ['no schemaVersion', `mainSteps:\n${api('a')}`, 'Missing', 'schemaVersion', 1],
  [
    'a schemaVersion that is a number (unverified)',
    `schemaVersion: 0.3\nmainSteps:\n${api('a')}`,
    'SchemaVersion',
    'schemaVersion',
    1,
  ],
  [
    'the schema of a Command document',
    `schemaVersion: '2.2'\nmainSteps:\n${api('a')}`,
    'SchemaVersion',
    'schemaVersion',
    1,
  ],
  [
    'a key that a document does not have',
    document(api('a'), 'runtimeConfig: {}\n'),
    'UnknownKey',
    'runtimeConfig',
    2,
  ],
  ['no steps', "schemaVersion: '0.3'\n", 'Missing', 'mainSteps'],
  ['an empty list of steps', "schemaVersion: '0.3'\nmainSteps: []\n", 'InvalidValue', 'mainSteps', 2],
  ['a list in place of a document', '- a\n', 'InvalidValue', ''],
  // Steps
  [
    'a step without a name',
    document("- { action: 'aws:pause', inputs: {} }\n"),
    'Missing',
    'mainSteps[0].name',
    3,
  ],
  ['a step without an action', document('- { name: a, inputs: {} }\n'), 'Missing', 'mainSteps[0].action'],
  [
    'a step without inputs',
    document("- { name: a, action: 'aws:pause' }\n"),
    'Missing',
    'mainSteps[0].inputs',
  ],
  ['a name with a dash', document(api('a-b')), 'InvalidName', 'mainSteps[0].name', 3],
  ['two steps of one name', document(api('a') + api('a')), 'Duplicate', 'mainSteps[1].name', 4],
  [
    'an action that SSM does not have',
    step('runShellScript', '{}'),
    'UnknownAction',
    'mainSteps[0].action',
    3,
  ],
  ['a key that a step does not have', document(api('a', 'retries: 3')), 'UnknownKey', 'mainSteps[0].retries'],
  ['maxAttempts of zero', document(api('a', 'maxAttempts: 0')), 'InvalidValue', 'mainSteps[0].maxAttempts'],
  [
    'timeoutSeconds that is text',
    document(api('a', "timeoutSeconds: '10'")),
    'InvalidValue',
    'mainSteps[0].timeoutSeconds',
  ],
  ['isEnd that is text', document(api('a', "isEnd: 'true'")), 'InvalidValue', 'mainSteps[0].isEnd'],
  [
    'onFailure that is none of its words',
    document(api('a', 'onFailure: Retry')),
    'InvalidValue',
    'mainSteps[0].onFailure',
  ],
  ['onCancel: Continue', document(api('a', 'onCancel: Continue')), 'InvalidValue', 'mainSteps[0].onCancel'],
  [
    'an empty value in inputs',
    step('executeAwsApi', '{ Service: sts, Api: GetCallerIdentity, X: null }'),
    'InvalidValue',
    'mainSteps[0].inputs.X',
  ],
  [
    'a placeholder for a key',
    step('executeAwsApi', '{ Service: sts, Api: GetCallerIdentity, "{{ P }}": x }'),
    'InvalidPlaceholder',
    'mainSteps[0].inputs["{{ P }}"]',
  ],
  // Ways
  ['nextStep to nowhere', document(api('a', 'nextStep: z')), 'UnknownStep', 'mainSteps[0].nextStep', 3],
  [
    'onFailure to nowhere',
    document(api('a', "onFailure: 'step:z'")),
    'UnknownStep',
    'mainSteps[0].onFailure',
  ],
  ['onCancel to nowhere', document(api('a', "onCancel: 'step:z'")), 'UnknownStep', 'mainSteps[0].onCancel'],
  [
    'onCancel to a sleep',
    document(
      `${api('a', "onCancel: 'step:s'")}- { name: s, action: 'aws:sleep', inputs: { Duration: PT1S } }\n`,
    ),
    'Contradiction',
    'mainSteps[0].onCancel',
  ],
  ['a step that leads to itself', document(api('a', 'nextStep: a')), 'InfiniteLoop', 'mainSteps[0]'],
  ['a circle over nextStep', document(api('a') + api('b', 'nextStep: a')), 'InfiniteLoop', 'mainSteps[0]'],
  [
    'a circle over onFailure',
    document(api('a') + api('b', "onFailure: 'step:a'")),
    'InfiniteLoop',
    'mainSteps[0]',
  ],
  [
    'a step that no way leads to (unverified)',
    document(api('a', 'nextStep: c') + api('b') + api('c')),
    'Unreachable',
    'mainSteps[1]',
    4,
  ],
  [
    'a step after the end (unverified)',
    document(api('a', 'isEnd: true') + api('b')),
    'Unreachable',
    'mainSteps[1]',
  ],
  [
    'isEnd and nextStep in one step',
    document(api('a', 'isEnd: true, nextStep: b') + api('b')),
    'Contradiction',
    'mainSteps[0].nextStep',
  ],
  [
    'isEnd and onFailure to a step (unverified)',
    document(api('a', "isEnd: true, onFailure: 'step:b'") + api('b')),
    'Contradiction',
    'mainSteps[0].onFailure',
  ],
]);

test('all problems come at once, in the order of the text', () => {
  const text = document(api('a', 'nextStep: y') + api('b', "onFailure: 'step:z'"), "assumeRole: '{{ R }}'\n");
  expect(() => loadDocument(text, 'd')).toThrow(
    expect.objectContaining({
      code: 'UnknownReference',
      path: 'assumeRole',
      line: 2,
      column: 1,
      problems: [
        expect.objectContaining({ path: 'assumeRole', line: 2 }),
        expect.objectContaining({ path: 'mainSteps[0].nextStep', line: 4 }),
        expect.objectContaining({ path: 'mainSteps[1].onFailure', line: 5 }),
      ],
    }),
  );
});
