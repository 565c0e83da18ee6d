/** The shape of a document, key by key. The other files of this folder check what spans several keys. */
import * as z from 'zod';
import { hasPlaceholder, isPlaceholder } from './placeholder.ts';
import { DATA_TYPES } from './values.ts';

/** Names of steps and outputs ("Automation actions reference"). */
const name = z
  .string()
  .regex(/^[a-zA-Z0-9_]+$/, 'a name has letters, digits and underscores only')
  .max(128, 'a name has at most 128 characters');
/** CreateDocument: "Parameter name … is not alpha-numeric", underscores included; 50 is the API's limit at the start. */
const parameterName = z
  .string()
  .regex(/^[a-zA-Z0-9]{1,50}$/, "a parameter's name has 1 to 50 letters and digits, no underscore");

const text = z.string();
/** A value that a placeholder may stand for. */
const orPlaceholder = <T>(check: (value: unknown) => boolean, expected: string) =>
  z.custom<T | string>(
    (value) => isPlaceholder(value) || check(value),
    `expected ${expected}, or a placeholder for it`,
  );
const number = (least: number, most: number) =>
  orPlaceholder<number>(
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
    `a whole number from ${least} to ${most}`,
  );
const word = (...words: string[]) =>
  orPlaceholder<string>(
    (value) => words.includes(String(value)),
    words.map((one) => `"${one}"`).join(' or '),
  );
const list = orPlaceholder<unknown[]>(
  (value) => Array.isArray(value) && value.length > 0,
  'a list with an item',
);
const iterators = orPlaceholder<unknown[]>(Array.isArray, 'a list');
const texts = orPlaceholder<string[]>(
  (value) => Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'),
  'a list of texts (quote numbers; "True" and "False" for Booleans)',
);
const map = orPlaceholder<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'a map',
);
const anything = z.unknown().refine((value) => value !== undefined && value !== null, 'expected a value');

const parameterFields = z.strictObject({
  // Resource types (`AWS::S3::Bucket::Name`) are in AWS's own documents; whether CreateDocument takes them from others is unverified.
  type: z.enum(DATA_TYPES),
  description: text.optional(),
  default: z.unknown().optional(),
  allowedValues: z.array(z.unknown()).min(1).optional(),
  allowedPattern: text.optional(),
  displayType: z.enum(['textfield', 'textarea']).optional(),
  minItems: z.int().min(0).optional(),
  maxItems: z.int().min(0).optional(),
  minChars: z.int().min(0).optional(),
  maxChars: z.int().min(0).optional(),
});
export type ParameterFields = z.infer<typeof parameterFields>;

const variableFields = z.strictObject({
  type: z.enum(DATA_TYPES),
  description: text.optional(),
  default: z.unknown().optional(),
});
export type VariableFields = z.infer<typeof variableFields>;

const output = z.strictObject({ Name: name, Selector: text, Type: z.enum(DATA_TYPES) });
export type OutputFields = z.infer<typeof output>;

const shared = {
  name,
  description: text.optional(),
  maxAttempts: z.int().min(1).optional(),
  timeoutSeconds: z.int().min(1).optional(),
  onFailure: text.regex(/^(?:Abort|Continue|step:\w+)$/, 'expected Abort, Continue or step:NAME').optional(),
  isCritical: z.boolean().optional(),
  isEnd: z.boolean().optional(),
};
const nextStep = { nextStep: text.optional() };
const onCancel = { onCancel: text.regex(/^(?:Abort|step:\w+)$/, 'expected Abort or step:NAME').optional() };
const outputs = { outputs: z.array(output).optional() };
/** Keys that most steps may have. `outputs` belongs to each action. */
const common = { ...shared, ...nextStep, ...onCancel };

const literal = z
  .string()
  .min(1)
  .refine(
    (value) => !hasPlaceholder(value),
    'a placeholder here: permissions are derived from it, so write it out',
  );
const api = { Service: literal, Api: literal };
const watched = z.looseObject({ ...api, PropertySelector: text, DesiredValues: texts });

/** Conditions are checked by {@link ./condition.ts}. */
const condition = z.record(text, z.unknown());
const choices = z.strictObject({ Choices: z.array(condition).min(1), Default: text.optional() });

/** The steps that the interpreter runs, but for the loop. */
const runnable = [
  z.strictObject({
    ...common,
    ...outputs,
    action: z.literal('aws:executeAwsApi'),
    inputs: z.looseObject(api),
  }),
  z.strictObject({ ...common, action: z.literal('aws:assertAwsResourceProperty'), inputs: watched }),
  z.strictObject({ ...common, action: z.literal('aws:waitForAwsResourceProperty'), inputs: watched }),
  z.strictObject({ ...shared, ...onCancel, action: z.literal('aws:branch'), inputs: choices }),
  z.strictObject({
    ...common,
    ...outputs,
    action: z.literal('aws:invokeLambdaFunction'),
    inputs: z.strictObject({
      FunctionName: text,
      Qualifier: text.optional(),
      InvocationType: word('RequestResponse', 'Event', 'DryRun').optional(),
      LogType: word('None', 'Tail').optional(),
      ClientContext: text.optional(),
      InputPayload: map.optional(),
      Payload: text.optional(),
    }),
  }),
  z.strictObject({
    ...common,
    action: z.literal('aws:sleep'),
    inputs: z.strictObject({ Duration: text.optional(), Timestamp: text.optional() }),
  }),
  z.strictObject({ ...common, action: z.literal('aws:pause'), inputs: z.strictObject({}) }),
  z.strictObject({
    ...common,
    action: z.literal('aws:approve'),
    inputs: z.strictObject({
      NotificationArn: text.optional(),
      Message: text.max(4096).optional(),
      MinRequiredApprovals: number(1, 10).optional(),
      Approvers: texts,
    }),
  }),
  z.strictObject({
    ...shared,
    ...nextStep,
    action: z.literal('aws:updateVariable'),
    inputs: z.strictObject({
      Name: text.regex(/^variable:\w+$/, 'expected variable:NAME'),
      Value: anything,
    }),
  }),
  z.strictObject({
    ...common,
    action: z.literal('aws:executeAutomation'),
    inputs: z.strictObject({
      DocumentName: text,
      DocumentVersion: text.optional(),
      RuntimeParameters: map.optional(),
      Targets: list.optional(),
      TargetParameterName: text.optional(),
      TargetMaps: list.optional(),
      TargetLocations: list.optional(),
      MaxConcurrency: text.optional(),
      MaxErrors: text.optional(),
    }),
  }),
] as const;

/** An action that SSM has and the interpreter does not run. Only its required keys are checked. */
const foreign = <Action extends string, Required extends string>(action: Action, ...required: Required[]) =>
  z.strictObject({
    ...common,
    ...outputs,
    action: z.literal(action),
    inputs: z.looseObject(
      Object.fromEntries(required.map((key) => [key, anything])) as Record<Required, typeof anything>,
    ),
  });

const notRun = [
  foreign('aws:changeInstanceState', 'InstanceIds', 'DesiredState'),
  foreign('aws:copyImage', 'SourceImageId', 'SourceRegion', 'ImageName'),
  foreign('aws:createImage', 'InstanceId', 'ImageName'),
  foreign('aws:createStack', 'StackName'),
  foreign('aws:createTags', 'ResourceIds', 'Tags'),
  foreign('aws:deleteImage', 'ImageId'),
  foreign('aws:deleteStack', 'StackName'),
  foreign('aws:executeScript', 'Runtime', 'Handler'),
  foreign('aws:executeStateMachine', 'stateMachineArn'),
  foreign('aws:invokeWebhook', 'IntegrationName'),
  foreign('aws:runCommand', 'DocumentName'),
  foreign('aws:runInstances', 'ImageId'),
] as const;

/** Loops don't nest: the console refuses it, and no page says otherwise. */
const insideLoop = z.discriminatedUnion('action', [...runnable, ...notRun]);
export type InnerStep = z.infer<typeof insideLoop>;

// Whether maxAttempts would run the iterations again that went well is unverified, so a loop has none.
const { maxAttempts: _maxAttempts, ...sharedByLoops } = shared;
const loop = z.strictObject({
  ...sharedByLoops,
  ...nextStep,
  action: z.literal('aws:loop'),
  inputs: z.strictObject({
    Iterators: iterators.optional(),
    IteratorDataType: z.enum(['Boolean', 'Integer', 'String', 'StringMap']).optional(),
    LoopCondition: condition.optional(),
    MaxIterations: number(1, 100).optional(),
    Steps: z.array(insideLoop).min(1),
  }),
});
export type LoopStep = z.infer<typeof loop>;

const step = z.discriminatedUnion('action', [loop, ...runnable, ...notRun]);
export type Step = InnerStep | LoopStep;
/** The step of one action. */
export type StepOf<Action extends Step['action']> = Extract<Step, { action: Action }>;

export const documentSchema = z.strictObject({
  schemaVersion: z.literal('0.3'),
  description: text.optional(),
  assumeRole: text.optional(),
  parameters: z.record(parameterName, parameterFields).optional(),
  variables: z.record(name, variableFields).optional(),
  files: z.record(text, z.unknown()).optional(),
  mainSteps: z.array(step).min(1),
  outputs: z.array(text.regex(/^\w+\.[\w-]+$/, 'expected step.Output')).optional(),
});
export type DocumentFields = z.infer<typeof documentSchema>;

/** What an action takes; inputs are held against it again when their placeholders are filled in. */
export const inputsOf = (action: Step['action']): z.ZodType =>
  [loop, ...runnable, ...notRun].find(({ shape }) => shape.action.value === action)?.shape.inputs ??
  z.never();

/** The actions of SSM that the interpreter leaves to SSM. */
export const NOT_RUN: ReadonlySet<string> = new Set(notRun.map(({ shape }) => shape.action.value));
