import { api, document, loop, parameter, refer, refuses } from './support/refused.ts';

refuses([
  // Parameters and variables
  [
    'a parameter with an underscore',
    document(api('a'), 'parameters:\n  my_p: { type: String }\n'),
    'InvalidName',
    'parameters.my_p',
    3,
  ],
  [
    'a parameter of 51 characters',
    document(api('a'), `parameters:\n  ${'p'.repeat(51)}: { type: String }\n`),
    'InvalidName',
    `parameters.${'p'.repeat(51)}`,
  ],
  [
    '201 parameters',
    document(
      api('a'),
      `parameters:\n${Array.from({ length: 201 }, (_, i) => `  P${i}: { type: String }\n`).join('')}`,
    ),
    'TooLarge',
    'parameters',
  ],
  ['a parameter without a type', parameter('{ default: x }'), 'Missing', 'parameters.P.type', 3],
  ['a type in small letters', parameter('{ type: string }'), 'InvalidValue', 'parameters.P.type'],
  [
    'a resource type (unverified)',
    parameter("{ type: 'AWS::S3::Bucket::Name' }"),
    'InvalidValue',
    'parameters.P.type',
  ],
  [
    'a key that a parameter does not have',
    parameter('{ type: String, required: true }'),
    'UnknownKey',
    'parameters.P.required',
  ],
  [
    'an Integer default in quotes',
    parameter("{ type: Integer, default: '3' }"),
    'InvalidValue',
    'parameters.P.default',
    3,
  ],
  [
    'a Boolean default in quotes',
    parameter("{ type: Boolean, default: 'true' }"),
    'InvalidValue',
    'parameters.P.default',
  ],
  [
    'a StringList default that is one String',
    parameter('{ type: StringList, default: a }'),
    'InvalidValue',
    'parameters.P.default',
  ],
  [
    'a default outside allowedValues (unverified)',
    parameter('{ type: String, default: c, allowedValues: [a, b] }'),
    'InvalidValue',
    'parameters.P.default',
  ],
  [
    'a default that allowedPattern refuses (unverified)',
    parameter("{ type: String, default: '', allowedPattern: '^a+$' }"),
    'InvalidValue',
    'parameters.P.default',
  ],
  [
    'a default longer than maxChars',
    parameter('{ type: String, default: abc, maxChars: 2 }'),
    'InvalidValue',
    'parameters.P.default',
  ],
  [
    'allowedValues of another type',
    parameter('{ type: Integer, allowedValues: [a] }'),
    'InvalidValue',
    'parameters.P.allowedValues[0]',
  ],
  [
    'minItems over maxItems',
    parameter('{ type: StringList, minItems: 3, maxItems: 2 }'),
    'Contradiction',
    'parameters.P.minItems',
  ],
  [
    'an allowedPattern that does not compile',
    parameter("{ type: String, allowedPattern: '^(a$' }"),
    'InvalidPattern',
    'parameters.P.allowedPattern',
  ],
  [
    'an allowedPattern that only JavaScript compiles',
    parameter("{ type: String, allowedPattern: '^[^]$' }"),
    'InvalidPattern',
    'parameters.P.allowedPattern',
  ],
  [
    'a variable of the wrong default',
    document(api('a'), 'variables:\n  v: { type: Integer, default: x }\n'),
    'InvalidValue',
    'variables.v.default',
  ],
  [
    'a variable with allowedValues (unverified)',
    document(api('a'), 'variables:\n  v: { type: String, allowedValues: [x] }\n'),
    'UnknownKey',
    'variables.v.allowedValues',
  ],
  // Placeholders
  ['an unknown parameter', refer('{{ Nobody }}'), 'UnknownReference', 'mainSteps[0].inputs.X', 3],
  [
    'assumeRole of a parameter that is not there',
    document(api('a'), "assumeRole: '{{ AutomationAssumeRole }}'\n"),
    'UnknownReference',
    'assumeRole',
    2,
  ],
  [
    'assumeRole of a step',
    document(api('a', 'outputs: [{ Name: X, Selector: $.A, Type: String }]'), "assumeRole: '{{ a.X }}'\n"),
    'LaterReference',
    'assumeRole',
  ],
  ['an unknown variable', refer('{{ variable:v }}'), 'UnknownReference', 'mainSteps[0].inputs.X'],
  ['an unknown step', refer('{{ nobody.X }}'), 'UnknownReference', 'mainSteps[0].inputs.X'],
  ['a step that runs later', refer('{{ later.Arn }}'), 'LaterReference', 'mainSteps[0].inputs.X'],
  ['a step of itself', refer('{{ a.X }}'), 'LaterReference', 'mainSteps[0].inputs.X'],
  [
    'an output that the step does not have',
    document(
      `${api('a')}- { name: b, action: 'aws:executeAwsApi', inputs: { Service: sts, Api: X, Y: '{{ a.Z }}' } }\n`,
    ),
    'UnknownReference',
    'mainSteps[1].inputs.Y',
    4,
  ],
  ['an output that is looked into', refer('{{ a.X.y }}'), 'InvalidPlaceholder', 'mainSteps[0].inputs.X'],
  [
    'a system variable that SSM does not have',
    refer('{{ global:REGIONS }}'),
    'InvalidPlaceholder',
    'mainSteps[0].inputs.X',
  ],
  [
    'a Parameter Store name in inputs',
    refer('{{ ssm:/a/b }}'),
    'InvalidPlaceholder',
    'mainSteps[0].inputs.X',
  ],
  ['an empty placeholder', refer('{{ }}'), 'InvalidPlaceholder', 'mainSteps[0].inputs.X'],
  ['braces that do not close', refer('a {{ P'), 'InvalidPlaceholder', 'mainSteps[0].inputs.X'],
  [
    '`loop.` in place of the name of the loop',
    loop(
      `{ Iterators: [a], Steps: [{ name: i, action: 'aws:executeAwsApi', inputs: { Service: sts, Api: X, Y: '{{ loop.CurrentIteratorValue }}' } }] }`,
    ),
    'UnknownReference',
    'mainSteps[0].inputs.Steps[0].inputs.Y',
  ],
  [
    'a step in a loop, from outside (unverified)',
    document(
      `- { name: l, action: 'aws:loop', inputs: { Iterators: [a], Steps: [${api('i', 'outputs: [{ Name: X, Selector: $.A, Type: String }]').trim().slice(2)}] } }\n- { name: o, action: 'aws:executeAwsApi', inputs: { Service: sts, Api: X, Y: '{{ i.X }}' } }\n`,
    ),
    'LaterReference',
    'mainSteps[1].inputs.Y',
  ],
  // Outputs of the document
  [
    'a document output of an unknown step',
    document(api('a'), 'outputs: [z.X]\n'),
    'UnknownReference',
    'outputs[0]',
    2,
  ],
  [
    'a document output that the step does not have',
    document(api('a'), 'outputs: [a.X]\n'),
    'UnknownReference',
    'outputs[0]',
  ],
  [
    'a document output in braces',
    document(api('a'), "outputs: ['{{ a.X }}']\n"),
    'InvalidValue',
    'outputs[0]',
  ],
]);
