import { isRecorded } from '../../config/item.ts';
import { AccountError, isNotCollected, type PartialList } from '../errors.ts';
import { type ItemList, isDeleted, unreadable } from './config-items.ts';
import type { Newest } from './survey.ts';

/** What there is of a list by key: the resource, or why nobody can tell. */
export interface Known<T> {
  readonly values: Map<string, T | AccountError>;
  /** Why there may be more. */
  readonly errors: readonly AccountError[];
}

/** A direct list by key. That nobody collected it is no error where AWS Config's items stand in for it. */
export function knownOf<T>(
  direct: PartialList<T>,
  keyOf: (value: T) => string,
  { recorded, problems }: ItemList,
): Known<T> {
  const values = new Map<string, T | AccountError>(direct.values.map((value) => [keyOf(value), value]));
  const errors: AccountError[] = [];
  for (const error of direct.errors) {
    if (error.about) values.set(error.about.id, error);
    else if (!isNotCollected(error) || !(recorded || problems.length > 0)) errors.push(error);
  }
  return { values, errors: [...errors, ...problems] };
}

export interface Lists<T> {
  /** Of the reading. */
  readonly name: string;
  readonly direct: PartialList<T>;
  /** When AWS gave the direct list. */
  readonly at: Date | undefined;
  readonly items: ItemList;
  readonly keyOf: (value: T) => string;
  readonly ofItem: (item: Newest) => T | undefined;
  /** The key of an item that has no value: its resource is gone, or it cannot be read. */
  readonly itemKey: (item: Newest) => string;
}

/** A list and the items of its type as one list; the newer one counts where both know of a resource. */
export function merged<T>({ name, direct, at, items, keyOf, ofItem, itemKey }: Lists<T>): PartialList<T> {
  const { values, errors } = knownOf(direct, keyOf, items);
  for (const item of items.items) {
    const value = isRecorded(item) ? ofItem(item) : undefined;
    const key = value === undefined ? itemKey(item) : keyOf(value);
    if (values.has(key) && at && at >= item.at) continue;
    const said = unreadable(name, item) ?? value;
    if (said !== undefined) values.set(key, said);
    else if (isDeleted(item)) values.delete(key);
  }
  const all = [...values.values()];
  return {
    values: all.filter((value) => !(value instanceof AccountError)) as T[],
    errors: [...all.filter((value) => value instanceof AccountError), ...errors],
  };
}
