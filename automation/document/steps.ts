import { checkCondition } from './condition.ts';
import type { Path, Report } from './error.ts';
import { checkFlow } from './flow.ts';
import { isReservedOutput } from './outputs.ts';
import { hasPlaceholder } from './placeholder.ts';
import type { LoopStep, OutputFields, Step, StepOf } from './schema.ts';
import { isScan, parseSelector, type Segment } from './selector.ts';
import { isObject } from './values.ts';

/** "Streaming API operations, such as Get Object, aren't supported." */
const STREAMING: Readonly<Record<string, readonly string[]>> = {
  s3: ['getobject', 'getobjecttorrent', 'selectobjectcontent'],
  lambda: ['invokewithresponsestream'],
  logs: ['startlivetail', 'getlogobject'],
};

/** Longest sleep, and longest wait for an approval ("Automation actions reference"), in seconds. */
const MAX_SLEEP_SECONDS = 604_800;
const MAX_APPROVAL_SECONDS = 2_592_000;

export const SLEEP = 'expected an ISO 8601 duration up to 7 days (PT10M)';
export const TIMESTAMP = 'expected an ISO 8601 time with its zone (2026-01-01T01:00:00Z)';

type ApiInputs = { readonly Service: string; readonly Api: string };

/** What the rest of the document has. */
interface Declared {
  /** Of the steps seen so far. */
  readonly names: Set<string>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Checks a list of steps: `mainSteps`, or those of a loop. */
export function checkSteps(steps: readonly Step[], path: Path, report: Report, declared: Declared): void {
  const { names } = declared;
  for (const [index, step] of steps.entries()) {
    const here = [...path, index];
    // Unverified whether a loop's steps may share names with those outside.
    if (names.has(step.name)) report('Duplicate', [...here, 'name'], `a second step ${step.name}`);
    names.add(step.name);
    checkInputs(step.inputs, [...here, 'inputs'], report);
    if ('outputs' in step) checkOutputs(step, step.outputs ?? [], here, report);
    checkAction(step, here, report, declared);
  }
  checkFlow(steps, path, report);
}

/** No nulls, and no placeholder where a key is: both unverified. */
function checkInputs(value: unknown, path: Path, report: Report): void {
  if (value === null) report('InvalidValue', path, 'an empty value: give one, or leave the key out');
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkInputs(item, [...path, index], report);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (hasPlaceholder(key)) report('InvalidPlaceholder', [...path, key], 'a placeholder cannot be a key');
      if (key !== 'Steps') checkInputs(item, [...path, key], report);
    }
  }
}

function checkOutputs(step: Step, outputs: readonly OutputFields[], here: Path, report: Report): void {
  const names = new Set<string>();
  for (const [index, { Name, Selector, Type }] of outputs.entries()) {
    const path = [...here, 'outputs', index];
    if (names.has(Name)) report('Duplicate', [...path, 'Name'], `a second output ${Name}`);
    names.add(Name);
    if (isReservedOutput(step, Name)) {
      report('InvalidName', [...path, 'Name'], `${Name} is an output that ${step.action} has by itself`);
    }
    const segments = checkSelector(Selector, [...path, 'Selector'], report);
    if (segments && isScan(segments) && Type !== 'StringList' && Type !== 'MapList') {
      const message = `".." always gives a list: StringList or MapList, not ${Type}`;
      report('InvalidSelector', [...path, 'Type'], message);
    }
  }
}

function checkSelector(selector: string, path: Path, report: Report): Segment[] | undefined {
  try {
    return parseSelector(selector);
  } catch (error) {
    report('InvalidSelector', path, (error as Error).message);
    return undefined;
  }
}

type Check<Action extends Step['action']> = (
  step: StepOf<Action>,
  here: Path,
  report: Report,
  declared: Declared,
) => void;

/** Checks of each action's inputs, beside their shape. */
const CHECKS: { readonly [Action in Step['action']]?: Check<Action> } = {
  'aws:executeAwsApi': checkApi,
  'aws:assertAwsResourceProperty': checkProperty,
  'aws:waitForAwsResourceProperty': checkProperty,
  'aws:branch': ({ inputs: { Choices } }, here, report) => {
    for (const [index, choice] of Choices.entries()) {
      const path = [...here, 'inputs', 'Choices', index];
      if (typeof choice.NextStep !== 'string') {
        report('Missing', [...path, 'NextStep'], 'expected the name of a step');
      }
      checkCondition(choice, path, report, ['NextStep']);
    }
  },
  'aws:sleep': ({ inputs: { Duration, Timestamp } }, here, report) => {
    const inputs = [...here, 'inputs'];
    if ((Duration === undefined) === (Timestamp === undefined)) {
      report('Contradiction', inputs, 'expected one of Duration and Timestamp');
    } else if (Duration !== undefined && !hasPlaceholder(Duration) && !isSleep(Duration)) {
      report('InvalidValue', [...inputs, 'Duration'], SLEEP);
    } else if (Timestamp !== undefined && !hasPlaceholder(Timestamp) && !isTimestamp(Timestamp)) {
      report('InvalidValue', [...inputs, 'Timestamp'], TIMESTAMP);
    }
  },
  'aws:approve': ({ inputs: { Approvers, MinRequiredApprovals }, timeoutSeconds = 0 }, here, report) => {
    if (Array.isArray(Approvers)) {
      const path = [...here, 'inputs'];
      if (Approvers.length > 10) report('InvalidValue', [...path, 'Approvers'], 'SSM takes 10 approvers');
      if (typeof MinRequiredApprovals === 'number' && MinRequiredApprovals > Approvers.length) {
        report('InvalidValue', [...path, 'MinRequiredApprovals'], 'more approvals than approvers');
      }
    }
    if (timeoutSeconds > MAX_APPROVAL_SECONDS) {
      const message = 'SSM waits 30 days (2592000) for an approval at most';
      report('InvalidValue', [...here, 'timeoutSeconds'], message);
    }
  },
  'aws:invokeLambdaFunction': ({ inputs: { LogType, InvocationType } }, here, report) => {
    if (LogType === 'Tail' && (InvocationType ?? 'RequestResponse') !== 'RequestResponse') {
      const message = 'LogType Tail wants InvocationType RequestResponse';
      report('Contradiction', [...here, 'inputs', 'LogType'], message);
    }
  },
  'aws:updateVariable': ({ inputs: { Name } }, here, report, { variables }) => {
    if (!Object.hasOwn(variables, Name.slice('variable:'.length))) {
      report('UnknownReference', [...here, 'inputs', 'Name'], `${Name} is not declared`);
    }
  },
  'aws:loop': checkLoop,
};

function checkAction(step: Step, here: Path, report: Report, declared: Declared): void {
  const check = CHECKS[step.action] as Check<Step['action']> | undefined;
  check?.(step, here, report, declared);
}

function checkApi({ inputs: { Service, Api } }: { inputs: ApiInputs }, here: Path, report: Report): void {
  if (STREAMING[Service]?.includes(Api.replaceAll('_', '').toLowerCase())) {
    const message = `${Service} ${Api} answers with a stream, which SSM does not take`;
    report('Streaming', [...here, 'inputs', 'Api'], message);
  }
}

function checkProperty(
  step: StepOf<'aws:assertAwsResourceProperty' | 'aws:waitForAwsResourceProperty'>,
  here: Path,
  report: Report,
): void {
  checkApi(step, here, report);
  const path = [...here, 'inputs', 'PropertySelector'];
  const segments = checkSelector(step.inputs.PropertySelector, path, report);
  // Unverified how a list is held against DesiredValues.
  if (segments && isScan(segments)) {
    report('InvalidSelector', path, 'one value is wanted: ".." gives a list');
  }
}

function checkLoop(step: LoopStep, here: Path, report: Report, declared: Declared): void {
  const inputs = [...here, 'inputs'];
  const { Iterators, IteratorDataType, LoopCondition, Steps } = step.inputs;
  if ((Iterators === undefined) === (LoopCondition === undefined)) {
    report('Contradiction', inputs, 'expected one of Iterators and LoopCondition');
  }
  if (IteratorDataType !== undefined && Iterators === undefined) {
    report('Contradiction', [...inputs, 'IteratorDataType'], 'IteratorDataType goes with Iterators');
  }
  if (Array.isArray(Iterators) && Iterators.length > 100) {
    report('TooLarge', [...inputs, 'Iterators'], `${Iterators.length} iterators, SSM takes 100`);
  }
  if (LoopCondition) checkCondition(LoopCondition, [...inputs, 'LoopCondition'], report);
  const path = [...inputs, 'Steps'];
  for (const [index, inner] of Steps.entries()) {
    // Whether isEnd ends the iteration, the loop or the automation is unverified.
    if (inner.isEnd)
      report(
        'Contradiction',
        [...path, index, 'isEnd'],
        'isEnd inside a loop: let the ways meet in a last step',
      );
  }
  checkSteps(Steps, path, report, declared);
}

/** An ISO 8601 duration without years and months, which have no fixed length; in seconds. */
export function durationSeconds(text: string): number | undefined {
  const match = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
    text,
  );
  if (!match) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
}

export const isSleep = (duration: string): boolean =>
  (durationSeconds(duration) ?? Number.POSITIVE_INFINITY) <= MAX_SLEEP_SECONDS;

export const isTimestamp = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(text) &&
  !Number.isNaN(Date.parse(text));
