import type { ResourceRef } from '../account/account.ts';
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
