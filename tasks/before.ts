import type { ResourceRef } from '../account/account.ts';
import { InvalidEventError, isObject } from '../config/event.ts';
import { documentName } from '../rules/names.ts';
import type { AnyRule } from '../rules/rule.ts';

/**
 * How far a run was when it wrote `Before`.
 * - `Preview`: it changed nothing. If its changes show by now, somebody else made them.
 * - `Plan`: it had planned, and changed nothing yet.
 * - `Confirm`: it had planned again, immediately before its first change, which may have been made since.
 * - `UnderWay`: the same, immediately before a later change.
 * - `Report`: it was finished: `Before` holds the changes that were in effect then.
 */
const STAGES = ['Preview', 'Plan', 'Confirm', 'UnderWay', 'Report'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * The output `Before` of a document: the state that Undo brings back, and its resource. JSON text, since SSM's
 * outputs are texts.
 *
 * @param stage absent where the task did not say whether it is a preview's.
 * @param part the element of a list that the run was about to change, if `state` is of that element alone.
 */
export const writeBefore = (
  { id }: AnyRule,
  { type, id: resourceId }: ResourceRef,
  state: unknown,
  stage?: Stage,
  part?: string,
): string =>
  JSON.stringify({
    rule: id,
    resource: { type, id: resourceId },
    ...(stage === 'Preview' ? { mode: stage } : stage && { stage }),
    ...(part !== undefined && { part }),
    state: state ?? null,
  });

/** What SSM says of the execution that is to be taken back (GetAutomationExecution). */
export interface EarlierExecution {
  /** `DocumentName`: a name for a document of the account, an ARN for one that another account shares. */
  readonly document: string;
  /** `AutomationExecutionStatus`. */
  readonly status: string;
  /** `DocumentVersion`. */
  readonly version?: string | null | undefined;
}

/** Statuses of an execution that changes nothing any more, and may have changed something. */
const ENDED = [
  'Success',
  'Failed',
  'TimedOut',
  'Cancelled',
  'CompletedWithSuccess',
  'CompletedWithFailure',
  'Exited',
];

/**
 * Undo takes the outputs of executions of the rule's own document only, because anybody who may write a document
 * could have it output anything as `Before`. SSM shows the executions of its own account only, and names documents of
 * other accounts by ARN.
 *
 * @param env `GROUNDRULES_NAME_PREFIX`: what the document's name begins with, where the deployment has another
 * prefix.
 * @throws {InvalidEventError} naming the field, when it is of another document, or has not ended.
 */
export function checkEarlier(
  rule: AnyRule,
  accountId: string | undefined,
  { document, status }: EarlierExecution,
  env: Readonly<Record<string, string | undefined>> = process.env,
): void {
  const name = documentName(rule.id, env.GROUNDRULES_NAME_PREFIX || undefined);
  const own = /^arn:[a-z-]+:ssm:[a-z0-9-]*:(\d{12}):document\/(.+)$/.exec(document);
  const isOwn = own ? own[1] === accountId && own[2] === name : document === name;
  if (!isOwn) {
    throw new InvalidEventError(
      'OtherExecution',
      `the execution's DocumentName is ${JSON.stringify(document)}, not ${name} of this account: give the ExecutionId of a run of ${name}`,
    );
  }
  if (ENDED.includes(status)) return;
  throw new InvalidEventError(
    'NothingToUndo',
    status === 'Rejected'
      ? "the execution's AutomationExecutionStatus is Rejected: nobody approved it, so it changed nothing"
      : `the execution's AutomationExecutionStatus is ${JSON.stringify(status)}: it can be taken back once it has ended`,
  );
}

/** What an output `Before` says. */
export interface Before {
  readonly stage: Stage | undefined;
  /** The plan's `before`; `null` when there was nothing to change. */
  readonly state: unknown;
}

/**
 * Reads one output `Before`.
 *
 * @throws {InvalidEventError} when it is none, or another rule's or another resource's.
 */
export function parseBefore(rule: AnyRule, resource: ResourceRef, value: unknown): Before {
  const found = parse(value);
  if (!isObject(found)) throw new InvalidEventError('InvalidField', 'before is no output Before of a plan');
  return { stage: stageOf(checked(rule, resource, found)), state: found.state ?? null };
}

/**
 * Finds `Before` among the outputs of an earlier run. SSM gives a document's outputs as `step.Output` and a step's own as
 * `Output`, a text as itself or as a list of one (unverified which, and whether a failed run has the former at all). Of
 * several it is the one of the step that came furthest.
 *
 * @returns the plan's `before`; `null` when that run had nothing to change, or never got to changing it.
 * @throws {InvalidEventError} when there is none, or when it is a preview's, another rule's or another resource's.
 */
export function readBefore(rule: AnyRule, resource: ResourceRef, earlier: readonly Outputs[]): unknown {
  const all = foundIn(earlier);
  if (all.length === 0) {
    throw new InvalidEventError(
      'NothingToUndo',
      'the execution has no output Before: it never got as far as changing anything, or it is of another document',
    );
  }
  for (const one of all) checked(rule, resource, one);
  const at = (stage: Stage) => all.filter((one) => stageOf(one) === stage);
  if (at('Preview').length > 0) {
    throw new InvalidEventError(
      'NothingToUndo',
      'the execution was a preview, which changed nothing: give the one with Mode Apply',
    );
  }
  const [confirmed, parts] = [false, true].map((isPart) =>
    at('Confirm').filter(({ part }) => (part !== undefined) === isPart),
  ) as [typeof all, typeof all];
  const found = at('Report').at(-1) ?? at('UnderWay').at(-1) ?? confirmed.at(-1);
  // Earlier builds wrote no stage.
  const state = (found ?? all.find((one) => stageOf(one) === undefined))?.state ?? null;
  const carriedOut = carriedOutIn(earlier);
  // Without that output the run's own call was lost or failed midway, and what shows counts as its own.
  if (state !== null && rule.fix.carried && carriedOut)
    return rule.fix.carried(state as never, carriedOut) ?? null;
  if (state === null || !rule.fix.begun || confirmed.length === 0) return state;
  // A change that shows on an element which the run never reached is somebody else's.
  return rule.fix.begun(state as never, parts.map((one) => one.state) as never[]);
}

type Outputs = Readonly<Record<string, unknown>>;

/** The type of the resource that an output `Before` names, be it of the right rule or not. */
export function typeBefore(before: unknown, earlier: readonly Outputs[]): string | undefined {
  const [found] = [...[parse(before)].filter(isObject), ...foundIn(earlier)];
  const { type } = isObject(found?.resource) ? found.resource : {};
  return typeof type === 'string' ? type : undefined;
}

const foundIn = (earlier: readonly Outputs[]): Record<string, unknown>[] =>
  valuesOf(earlier, /(?:^|\.)Before$/)
    .map(parse)
    .filter(isObject);

/** The sentences of the changes that the function made for the run, where its step came to its end. */
function carriedOutIn(earlier: readonly Outputs[]): readonly string[] | undefined {
  const all = valuesOf(earlier, /(?:^|\.)CarriedOut$/);
  const list = all.length === 1 ? parse(all[0]) : all.length > 1 ? all : undefined;
  return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : undefined;
}

const valuesOf = (earlier: readonly Outputs[], wanted: RegExp): unknown[] =>
  earlier.flatMap((outputs) =>
    Object.entries(outputs).flatMap(([name, value]) => (wanted.test(name) ? [value].flat() : [])),
  );

function checked<Found extends Record<string, unknown>>(
  rule: AnyRule,
  resource: ResourceRef,
  found: Found,
): Found {
  const { type, id } = isObject(found.resource) ? found.resource : {};
  if (found.rule === rule.id && type === resource.type && id === resource.id) return found;
  throw new InvalidEventError(
    'OtherExecution',
    `the execution was of ${found.rule} for ${type} ${id}, not of ${rule.id} for ${resource.type} ${resource.id}`,
  );
}

const stageOf = ({ mode, stage }: Record<string, unknown>): Stage | undefined =>
  STAGES.find((one) => one === (mode === 'Preview' ? mode : stage));

/** Whether SSM hands on JSON text or the parsed value is unverified. */
function parse(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
