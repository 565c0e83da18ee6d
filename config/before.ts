import type { ResourceRef } from '../account/account.ts';
import { documentName } from '../rules/names.ts';
import type { AnyRule } from '../rules/rule.ts';
import { InvalidEventError, isObject } from './event.ts';

/**
 * The output `Before` of a document: what Undo needs, and of what. JSON text, since SSM's outputs are texts.
 *
 * @param isPreview marks what only looked: what it lists may be so by now, but it was somebody else who did it.
 */
export const writeBefore = (
  { id }: AnyRule,
  { type, id: resourceId }: ResourceRef,
  state: unknown,
  isPreview = false,
): string =>
  JSON.stringify({
    rule: id,
    resource: { type, id: resourceId },
    ...(isPreview && { mode: 'Preview' }),
    state: state ?? null,
  });

/** What SSM says of the execution that is to be taken back (GetAutomationExecution). */
export interface EarlierExecution {
  /** `DocumentName`: a name for a document of the account, an ARN for one that another account shares. */
  readonly document: string;
  /** `AutomationExecutionStatus`. */
  readonly status: string;
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
 * Undo believes an execution of the rule's own document alone: anybody who may write some document could have it put out
 * whatever they like under the name `Before`. SSM tells of the account's own executions only, and gives documents of other
 * accounts as ARNs.
 *
 * @param env `GROUNDRULES_NAME_PREFIX`: what the document's name begins with, where the deployment has another prefix.
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

/**
 * Finds `Before` among the outputs of an earlier run. SSM gives a document's outputs as `step.Output` and a step's own as
 * `Output`, a text as itself or as a list of one (unverified which, and whether a failed run has the former at all).
 *
 * @returns the plan's `before`; `null` when that run had nothing to change.
 * @throws {InvalidEventError} when there is none, or when it is a preview's, another rule's or another resource's.
 */
export function readBefore(
  rule: AnyRule,
  resource: ResourceRef,
  earlier: readonly Readonly<Record<string, unknown>>[],
): unknown {
  const texts = earlier.flatMap((outputs) =>
    Object.entries(outputs).flatMap(([name, value]) => (/(?:^|\.)Before$/.test(name) ? [value].flat() : [])),
  );
  const [found] = texts.map(parse).filter(isObject);
  if (!found) {
    throw new InvalidEventError(
      'NothingToUndo',
      'the execution has no output Before: it never got as far as changing anything, or it is of another document',
    );
  }
  if (found.mode === 'Preview') {
    throw new InvalidEventError(
      'NothingToUndo',
      'the execution was a preview, which changed nothing: give the one with Mode Apply',
    );
  }
  const { type, id } = isObject(found.resource) ? found.resource : {};
  if (found.rule !== rule.id || type !== resource.type || id !== resource.id) {
    throw new InvalidEventError(
      'OtherExecution',
      `the execution was of ${found.rule} for ${type} ${id}, not of ${rule.id} for ${resource.type} ${resource.id}`,
    );
  }
  return found.state ?? null;
}

/** Whether SSM hands JSON text on as it is, or as what it says, is unverified. */
function parse(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
