import { onlyReference, parsePlaceholders, type Reference } from '../document/placeholder.ts';
import { isObject } from '../document/values.ts';
import { invalidInput } from './failure.ts';

/** Gives the value of a reference; undefined when it has none (yet). */
export type Lookup = (reference: Reference) => unknown;

/**
 * Fills in the placeholders of a value. One that is all of a text keeps its type; inside a text, lists and maps are
 * written as JSON.
 *
 * @throws {StepError} for a placeholder without a value: the output of a step that was skipped or failed. (What SSM puts
 * there is unverified.)
 */
export function resolve(value: unknown, lookup: Lookup): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, lookup));
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, lookup)]));
  }
  if (typeof value !== 'string') return value;
  const parts = parsePlaceholders(value);
  const only = onlyReference(parts);
  if (only) return find(only, lookup);
  return parts.map((part) => (typeof part === 'string' ? part : asText(find(part, lookup)))).join('');
}

export const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function find(reference: Reference, lookup: Lookup): unknown {
  const value = lookup(reference);
  if (value !== undefined) return value;
  const name = reference.kind === 'output' ? `${reference.step}.${reference.output}` : reference.name;
  const why = reference.kind === 'output' ? 'its step has not succeeded' : 'it has not been set';
  throw invalidInput(`{{ ${name} }} has no value: ${why}`);
}
