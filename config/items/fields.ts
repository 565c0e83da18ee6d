/**
 * Reading the fields of a configuration item. It is written by hand, not as a schema, because a Config snapshot may
 * have a million items and most fields are never read. Each reader takes the path of its object, so that an error can
 * name the field.
 */
import type { ItemSubject } from '../item.ts';

/** A configuration item lacks a field, or has it in an unknown form. The message names the field. */
export class InvalidItemError extends Error {
  override readonly name = 'InvalidItemError';
  readonly code = 'InvalidItem';
  /** Path of the field: `configurationItem.resourceId`. */
  readonly field: string;
  /** The resource that the item is about, where the item says so. */
  subject: ItemSubject | undefined;

  constructor(field: string, problem: string, options?: ErrorOptions) {
    super(`${field} ${problem}`, options);
    this.field = field;
  }
}

export type Fields = Readonly<Record<string, unknown>>;

/** An object whose fields are still being assigned. */
export type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** Names the kind of a value, without the value itself, which may be a secret. */
function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

export const wrong = (field: string, value: unknown, expected: string): InvalidItemError =>
  new InvalidItemError(field, `is ${kindOf(value)}; expected ${expected}`);

export function fieldsOf(value: unknown, at: string): Fields {
  if (isFields(value)) return value;
  throw wrong(at, value, 'an object');
}

export function optionalFields(fields: Fields, name: string, at: string): Fields | undefined {
  const value = fields[name];
  return value === undefined || value === null ? undefined : fieldsOf(value, `${at}.${name}`);
}

export function text(fields: Fields, name: string, at: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(`${at}.${name}`, value, 'a text');
}

/** `undefined` when absent, null or empty: AWS uses all three. */
export function optionalText(fields: Fields, name: string, at: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  return text(fields, name, at);
}

export function list(fields: Fields, name: string, at: string): readonly unknown[] {
  const value = fields[name];
  if (Array.isArray(value)) return value;
  throw wrong(`${at}.${name}`, value, 'a list');
}

const NOTHING: readonly unknown[] = [];

/** Empty when absent or null. */
export function optionalList(fields: Fields, name: string, at: string): readonly unknown[] {
  const value = fields[name];
  return value === undefined || value === null ? NOTHING : list(fields, name, at);
}

/** False when absent. CloudFormation may write booleans as texts. */
export function flag(fields: Fields, name: string, at: string): boolean {
  const value = fields[name];
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null || value === 'false') return false;
  if (value === 'true') return true;
  throw wrong(`${at}.${name}`, value, 'true or false');
}

/** CloudFormation may write numbers as texts. */
export function optionalInteger(fields: Fields, name: string, at: string): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (Number.isSafeInteger(number)) return number as number;
  throw wrong(`${at}.${name}`, value, 'a whole number');
}

/** One of a few words. The error shows any other word, because such a field holds no secret. */
export function word<Word extends string>(
  fields: Fields,
  name: string,
  at: string,
  words: readonly Word[],
): Word {
  const value = text(fields, name, at);
  const known = words.find((candidate) => candidate === value);
  if (known) return known;
  throw new InvalidItemError(
    `${at}.${name}`,
    `is ${JSON.stringify(value.slice(0, 40))}; expected ${words.join(', ')}`,
  );
}

/**
 * Parses JSON within JSON, as deep as it goes: most items have one level, some have two (AWS Config's resource schema).
 */
export function decode(value: unknown): unknown {
  let decoded = value;
  while (typeof decoded === 'string') {
    try {
      decoded = JSON.parse(decoded);
    } catch {
      break;
    }
  }
  return decoded;
}
