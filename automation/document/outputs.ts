import type { Step } from './schema.ts';
import type { DataType } from './values.ts';

/**
 * The outputs that a step of an action has by itself, with their types (the action's page in the user guide). A name
 * that is only `reserved` cannot be the name of another output, and nothing may refer to it, because what it holds is
 * unverified.
 */
const OWN_OUTPUTS: Readonly<Record<string, Readonly<Record<string, DataType | 'reserved'>>>> = {
  'aws:approve': { ApprovalStatus: 'String', ApproverDecisions: 'MapList' },
  'aws:executeAutomation': { ExecutionId: 'String', Output: 'StringList', Status: 'String' },
  'aws:executeAwsApi': { OutputPayload: 'reserved' },
  'aws:executeScript': { OutputPayload: 'reserved' },
  // CreateDocument refuses these as names: "conflicting with one of the following reserved output names".
  'aws:invokeLambdaFunction': {
    FunctionError: 'String',
    LogResult: 'String',
    OutputPayload: 'reserved',
    Payload: 'String',
    StatusCode: 'Integer',
  },
  'aws:loop': { CurrentIteration: 'Integer', CurrentIteratorValue: 'String' },
};

const own = ({ action }: Step) => OWN_OUTPUTS[action] ?? {};
export const isReservedOutput = (step: Step, name: string): boolean => Object.hasOwn(own(step), name);

/** The outputs that a placeholder may name: the step's own and those it selects. */
export const outputNames = (step: Step): string[] => [
  ...Object.entries(own(step)).flatMap(([name, type]) => (type === 'reserved' ? [] : [name])),
  ...(('outputs' in step ? step.outputs : undefined) ?? []).map(({ Name }) => Name),
];
