import { api, branch, document, output, refuses, step } from './support/refused.ts';

refuses([
  // executeAwsApi and its relatives
  [
    'no Service',
    step('executeAwsApi', '{ Api: GetCallerIdentity }'),
    'Missing',
    'mainSteps[0].inputs.Service',
  ],
  ['no Api', step('executeAwsApi', '{ Service: sts }'), 'Missing', 'mainSteps[0].inputs.Api'],
  [
    'a Service that is a placeholder (unverified)',
    step('executeAwsApi', "{ Service: '{{ global:REGION }}', Api: X }"),
    'InvalidValue',
    'mainSteps[0].inputs.Service',
  ],
  [
    'an API that streams',
    step('executeAwsApi', '{ Service: s3, Api: get_object, Bucket: b, Key: k }'),
    'Streaming',
    'mainSteps[0].inputs.Api',
  ],
  [
    'no PropertySelector',
    step('assertAwsResourceProperty', '{ Service: sts, Api: X, DesiredValues: [a] }'),
    'Missing',
    'mainSteps[0].inputs.PropertySelector',
  ],
  [
    'no DesiredValues',
    step('waitForAwsResourceProperty', '{ Service: sts, Api: X, PropertySelector: $.A }'),
    'Missing',
    'mainSteps[0].inputs.DesiredValues',
  ],
  [
    'DesiredValues with a Boolean without quotes',
    step(
      'waitForAwsResourceProperty',
      '{ Service: sts, Api: X, PropertySelector: $.A, DesiredValues: [true] }',
    ),
    'InvalidValue',
    'mainSteps[0].inputs.DesiredValues',
  ],
  [
    'a scan for one property (unverified)',
    step('assertAwsResourceProperty', '{ Service: sts, Api: X, PropertySelector: $..A, DesiredValues: [a] }'),
    'InvalidSelector',
    'mainSteps[0].inputs.PropertySelector',
  ],
  [
    'outputs of an assertion (unverified)',
    step(
      'assertAwsResourceProperty',
      '{ Service: sts, Api: X, PropertySelector: $.A, DesiredValues: [a] }',
      'outputs: []',
    ),
    'UnknownKey',
    'mainSteps[0].outputs',
  ],
  // Outputs of steps
  [
    'an output without Selector',
    output('{ Name: X, Type: String }'),
    'Missing',
    'mainSteps[0].outputs[0].Selector',
    3,
  ],
  ['an output without Type', output('{ Name: X, Selector: $.A }'), 'Missing', 'mainSteps[0].outputs[0].Type'],
  [
    'an output of a type that SSM does not have',
    output('{ Name: X, Selector: $.A, Type: Number }'),
    'InvalidValue',
    'mainSteps[0].outputs[0].Type',
  ],
  [
    'two outputs of one name',
    output('{ Name: X, Selector: $.A, Type: String }, { Name: X, Selector: $.B, Type: String }'),
    'Duplicate',
    'mainSteps[0].outputs[1].Name',
  ],
  [
    'a selector with a filter',
    output("{ Name: X, Selector: '$.A[?(@.b==1)]', Type: MapList }"),
    'InvalidSelector',
    'mainSteps[0].outputs[0].Selector',
  ],
  [
    'a selector with a wildcard',
    output("{ Name: X, Selector: '$.A[*].B', Type: StringList }"),
    'InvalidSelector',
    'mainSteps[0].outputs[0].Selector',
  ],
  [
    'a selector with a slice',
    output("{ Name: X, Selector: '$.A[0:2]', Type: StringList }"),
    'InvalidSelector',
    'mainSteps[0].outputs[0].Selector',
  ],
  [
    'a selector with a function',
    output("{ Name: X, Selector: '$.A.length()', Type: Integer }"),
    'InvalidSelector',
    'mainSteps[0].outputs[0].Selector',
  ],
  [
    'a selector with a quoted name',
    output(`{ Name: X, Selector: "$['A']", Type: String }`),
    'InvalidSelector',
    'mainSteps[0].outputs[0].Selector',
  ],
  [
    'a selector from the end of a list',
    output("{ Name: X, Selector: '$.A[-1]', Type: String }"),
    'InvalidSelector',
    'mainSteps[0].outputs[0].Selector',
  ],
  [
    'a selector without "$."',
    output('{ Name: X, Selector: A, Type: String }'),
    'InvalidSelector',
    'mainSteps[0].outputs[0].Selector',
  ],
  [
    'a scan that is to give one String',
    output('{ Name: X, Selector: $..A, Type: String }'),
    'InvalidSelector',
    'mainSteps[0].outputs[0].Type',
  ],
  [
    'an output named like one that invokeLambdaFunction has',
    step(
      'invokeLambdaFunction',
      '{ FunctionName: f }',
      'outputs: [{ Name: Payload, Selector: $.Payload, Type: StringMap }]',
    ),
    'InvalidName',
    'mainSteps[0].outputs[0].Name',
  ],
  // Branches
  [
    'a branch without choices',
    step('branch', '{ Choices: [] }'),
    'InvalidValue',
    'mainSteps[0].inputs.Choices',
  ],
  [
    'a choice without NextStep',
    branch("{ Variable: '{{ P }}', StringEquals: a }"),
    'Missing',
    'mainSteps[0].inputs.Choices[0].NextStep',
  ],
  [
    'a choice that leads nowhere',
    branch("{ NextStep: z, Variable: '{{ P }}', StringEquals: a }"),
    'UnknownStep',
    'mainSteps[0].inputs.Choices[0].NextStep',
  ],
  [
    'a Default that leads nowhere',
    branch("{ NextStep: end, Variable: '{{ P }}', StringEquals: a }", ', Default: z'),
    'UnknownStep',
    'mainSteps[0].inputs.Default',
  ],
  [
    'nextStep on a branch (unverified)',
    document(
      `- { name: b, action: 'aws:branch', nextStep: b, inputs: { Choices: [{ NextStep: e }] } }\n${api('e')}`,
    ),
    'UnknownKey',
    'mainSteps[0].nextStep',
  ],
  [
    'an operator that SSM does not have',
    branch("{ NextStep: end, Variable: '{{ P }}', Matches: a }"),
    'InvalidCondition',
    'mainSteps[0].inputs.Choices[0].Matches',
  ],
  [
    'two operators',
    branch("{ NextStep: end, Variable: '{{ P }}', StringEquals: a, Contains: b }"),
    'InvalidCondition',
    'mainSteps[0].inputs.Choices[0]',
  ],
  [
    'no operator',
    branch("{ NextStep: end, Variable: '{{ P }}' }"),
    'InvalidCondition',
    'mainSteps[0].inputs.Choices[0]',
  ],
  [
    'a Variable that is no placeholder',
    branch('{ NextStep: end, Variable: P, StringEquals: a }'),
    'InvalidCondition',
    'mainSteps[0].inputs.Choices[0].Variable',
  ],
  [
    'Or with one condition',
    branch("{ NextStep: end, Or: [{ Variable: '{{ P }}', StringEquals: a }] }"),
    'InvalidCondition',
    'mainSteps[0].inputs.Choices[0].Or',
  ],
  [
    'And beside an operator',
    branch("{ NextStep: end, And: [], Variable: '{{ P }}', StringEquals: a }"),
    'InvalidCondition',
    'mainSteps[0].inputs.Choices[0]',
  ],
  [
    'a mistake deep inside',
    branch(
      "{ NextStep: end, Not: { And: [{ Variable: '{{ P }}', StringEquals: a }, { Variable: x, Contains: b }] } }",
    ),
    'InvalidCondition',
    'mainSteps[0].inputs.Choices[0].Not.And[1].Variable',
  ],
  [
    'a Boolean operand in quotes',
    branch("{ NextStep: end, Variable: '{{ P }}', BooleanEquals: 'true' }"),
    'InvalidCondition',
    'mainSteps[0].inputs.Choices[0].BooleanEquals',
  ],
  [
    'a numeric operand in quotes',
    branch("{ NextStep: end, Variable: '{{ P }}', NumericGreater: '1' }"),
    'InvalidCondition',
    'mainSteps[0].inputs.Choices[0].NumericGreater',
  ],
]);
