/** The event with which a document asks its rule's function. */
import * as z from 'zod/mini';
import { check, InvalidEventError, isObject, parseJson } from '../config/event.ts';
import type { AnyRule } from '../rules/rule.ts';

const named = z.nullish(z.union([z.string(), z.record(z.string(), z.unknown())]));

// Documents hand on parameters that nobody set as empty texts.
export const taskShape = z.object({
  task: z.string(),
  resourceId: z.string().check(z.minLength(1, 'is empty')),
  resourceType: z.nullish(z.string()),
  region: z.nullish(z.string()),
  accountId: z.nullish(z.string()),
  /** The rule's parameters: an object, or its JSON text. */
  parameters: named,
  /** The document's own parameters. */
  options: named,
  caller: z.nullish(z.string()),
  mode: z.nullish(z.enum(['Preview', 'Apply', 'Undo'])),
  /** For `confirm`, `report` and `undone`: what the answer to `plan`, `confirm` or `undo` gave. */
  planned: z.nullish(z.union([z.string(), z.record(z.string(), z.unknown())])),
  changes: z.nullish(z.array(z.string())),
  warnings: z.nullish(z.array(z.string())),
  decision: z.nullish(z.enum(['Change', 'Refuse', 'Nothing'])),
  /** For `confirm` and `report`: the output Before of the same answer. */
  before: named,
  /** Outputs of an earlier run, for `undo` and `undone`: all maps of them that SSM gives. */
  earlier: z.nullish(z.array(z.record(z.string(), z.unknown()))),
  /** Which execution that was: outputs of another document's execution are refused. */
  execution: z.nullish(
    z.object({ document: z.string(), status: z.string(), version: z.nullish(z.string()) }),
  ),
  part: z.nullish(z.union([z.number(), z.string()])),
});
export type Task = z.output<typeof taskShape>;

/** Whether an event is a task rather than AWS Config's. */
export const isTask = (event: unknown): event is Record<string, unknown> =>
  isObject(event) && 'task' in event;

/**
 * A report reads what the plan was asked for, so that a document has to say it once. Whether SSM hands on the JSON
 * text of an output or the parsed value is unverified; this reads both.
 */
export function askedBy(event: unknown): Task {
  const { planned } = isObject(event) ? event : {};
  if (planned === undefined || planned === null) return check(taskShape, event);
  const again = typeof planned === 'string' ? parseJson(planned, 'planned') : planned;
  if (!isObject(again)) throw new InvalidEventError('InvalidField', 'planned is no JSON object');
  return check(taskShape, { ...again, ...(event as object) });
}

export function given(asked: Task, field: 'parameters' | 'options'): unknown {
  const value = asked[field];
  if (typeof value !== 'string') return value ?? {};
  return value === '' ? {} : parseJson(value, field);
}

/**
 * The types that the resource may have, the likeliest first. AWS Config gives a document the resource's id, and nothing
 * else; what comes after the plan knows the type from it.
 *
 * @param known the type that an earlier task found, for a task that does not say it.
 * @throws {InvalidEventError} for a type that the rule does not report on.
 */
export function resourceTypesOf(
  { id, resourceTypes }: Pick<AnyRule, 'id' | 'resourceTypes'>,
  given: string | null | undefined,
  known: string | undefined,
  isAccount: boolean,
): readonly string[] {
  if (given) {
    if (resourceTypes.includes(given)) return [given];
    throw new InvalidEventError(
      'InvalidField',
      `resourceType is ${JSON.stringify(given)}; ${id} reports on ${resourceTypes.join(', ')}`,
    );
  }
  if (known !== undefined && resourceTypes.includes(known)) return [known];
  const others = resourceTypes.filter((type) => type !== ACCOUNT);
  return (isAccount && resourceTypes.includes(ACCOUNT)) || others.length === 0 ? [ACCOUNT] : others;
}

const ACCOUNT = 'AWS::::Account';
