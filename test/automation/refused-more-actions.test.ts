import { api, document, inner, loop, refuses, step } from './support/refused.ts';

refuses([
  // Loops
  ['a loop over nothing', loop(`{ Steps: [${inner}] }`), 'Contradiction', 'mainSteps[0].inputs'],
  [
    'a loop with both kinds',
    loop(
      `{ Iterators: [a], LoopCondition: { Variable: '{{ l.CurrentIteration }}', NumericLesser: 2 }, Steps: [${inner}] }`,
    ),
    'Contradiction',
    'mainSteps[0].inputs',
  ],
  ['a loop without steps', loop('{ Iterators: [a] }'), 'Missing', 'mainSteps[0].inputs.Steps'],
  [
    'a loop in a loop',
    loop("{ Iterators: [a], Steps: [{ name: k, action: 'aws:loop', inputs: {} }] }"),
    'UnknownAction',
    'mainSteps[0].inputs.Steps[0].action',
  ],
  [
    '101 iterations',
    loop(`{ Iterators: [a], MaxIterations: 101, Steps: [${inner}] }`),
    'InvalidValue',
    'mainSteps[0].inputs.MaxIterations',
  ],
  [
    '101 iterators',
    loop(`{ Iterators: [${Array(101).fill('a')}], Steps: [${inner}] }`),
    'TooLarge',
    'mainSteps[0].inputs.Iterators',
  ],
  [
    'iterators of lists',
    loop(`{ Iterators: [a], IteratorDataType: StringList, Steps: [${inner}] }`),
    'InvalidValue',
    'mainSteps[0].inputs.IteratorDataType',
  ],
  [
    'onCancel on a loop',
    loop(`{ Iterators: [a], Steps: [${inner}] }`, 'onCancel: Abort'),
    'UnknownKey',
    'mainSteps[0].onCancel',
  ],
  [
    'isEnd inside a loop (unverified)',
    loop(`{ Iterators: [a], Steps: [${api('i', 'isEnd: true').trim().slice(2)}] }`),
    'Contradiction',
    'mainSteps[0].inputs.Steps[0].isEnd',
  ],
  [
    'a way out of a loop',
    document(
      `- { name: l, action: 'aws:loop', inputs: { Iterators: [a], Steps: [${api('i', 'nextStep: o').trim().slice(2)}] } }\n${api('o')}`,
    ),
    'UnknownStep',
    'mainSteps[0].inputs.Steps[0].nextStep',
  ],
  // The other actions
  [
    'a function without a name',
    step('invokeLambdaFunction', '{ InputPayload: {} }'),
    'Missing',
    'mainSteps[0].inputs.FunctionName',
  ],
  [
    'an input that invokeLambdaFunction does not have',
    step('invokeLambdaFunction', '{ FunctionName: f, Timeout: 3 }'),
    'UnknownKey',
    'mainSteps[0].inputs.Timeout',
  ],
  [
    'an InvocationType that Lambda does not have',
    step('invokeLambdaFunction', '{ FunctionName: f, InvocationType: Sync }'),
    'InvalidValue',
    'mainSteps[0].inputs.InvocationType',
  ],
  [
    'LogType Tail of an event',
    step('invokeLambdaFunction', '{ FunctionName: f, InvocationType: Event, LogType: Tail }'),
    'Contradiction',
    'mainSteps[0].inputs.LogType',
  ],
  ['a sleep of no length', step('sleep', '{}'), 'Contradiction', 'mainSteps[0].inputs'],
  ['a sleep of 8 days', step('sleep', '{ Duration: P8D }'), 'InvalidValue', 'mainSteps[0].inputs.Duration'],
  [
    'a sleep of a negative time',
    step('sleep', '{ Duration: -PT1S }'),
    'InvalidValue',
    'mainSteps[0].inputs.Duration',
  ],
  [
    'a sleep until a time without a zone',
    step('sleep', "{ Timestamp: '2026-01-01T01:00:00' }"),
    'InvalidValue',
    'mainSteps[0].inputs.Timestamp',
  ],
  ['a pause with inputs', step('pause', '{ Duration: PT1S }'), 'UnknownKey', 'mainSteps[0].inputs.Duration'],
  [
    'an approval without approvers',
    step('approve', '{ Message: m }'),
    'Missing',
    'mainSteps[0].inputs.Approvers',
  ],
  [
    'more approvals than approvers',
    step('approve', '{ Approvers: [a], MinRequiredApprovals: 2 }'),
    'InvalidValue',
    'mainSteps[0].inputs.MinRequiredApprovals',
  ],
  [
    '11 approvers',
    step('approve', `{ Approvers: [${Array(11).fill('a')}] }`),
    'InvalidValue',
    'mainSteps[0].inputs.Approvers',
  ],
  [
    'an approval of 31 days',
    step('approve', '{ Approvers: [a] }', 'timeoutSeconds: 2678400'),
    'InvalidValue',
    'mainSteps[0].timeoutSeconds',
  ],
  [
    'updateVariable of a parameter',
    step('updateVariable', '{ Name: P, Value: x }'),
    'InvalidValue',
    'mainSteps[0].inputs.Name',
  ],
  [
    'updateVariable of an unknown variable',
    step('updateVariable', "{ Name: 'variable:v', Value: x }"),
    'UnknownReference',
    'mainSteps[0].inputs.Name',
  ],
  [
    'updateVariable without a value',
    step('updateVariable', "{ Name: 'variable:v' }"),
    'Missing',
    'mainSteps[0].inputs.Value',
  ],
  [
    'onCancel on updateVariable',
    step('updateVariable', "{ Name: 'variable:v', Value: x }", 'onCancel: Abort'),
    'UnknownKey',
    'mainSteps[0].onCancel',
  ],
  [
    'executeAutomation without a document',
    step('executeAutomation', '{ RuntimeParameters: {} }'),
    'Missing',
    'mainSteps[0].inputs.DocumentName',
  ],
  [
    'a script without a runtime',
    step('executeScript', '{ Handler: h, Script: s }'),
    'Missing',
    'mainSteps[0].inputs.Runtime',
  ],
  [
    'a command without a document',
    step('runCommand', '{ InstanceIds: [i] }'),
    'Missing',
    'mainSteps[0].inputs.DocumentName',
  ],
]);
