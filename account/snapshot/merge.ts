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
  /** Why what the direct list says of a resource may be outdated; the item is the newest there is of it. */
  readonly outdated?: (value: T, at: Date, item: Newest | undefined) => Promise<AccountError | undefined>;
}

/** A list and the items of its type as one list; the newer one counts where both know of a resource. */
export async function merged<T>(lists: Lists<T>): Promise<PartialList<T>> {
  const { name, direct, at, items, keyOf, ofItem, itemKey, outdated } = lists;
  const { values, errors } = knownOf(direct, keyOf, items);
  const itemOf = new Map<string, Newest>();
  for (const item of items.items) {
    const value = isRecorded(item) ? ofItem(item) : undefined;
    const key = value === undefined ? itemKey(item) : keyOf(value);
    itemOf.set(key, item);
    if (values.has(key) && at && at >= item.at) continue;
    const said = unreadable(name, item) ?? value;
    if (said !== undefined) values.set(key, said);
    else if (isDeleted(item)) values.delete(key);
  }
  for (const value of at && outdated ? direct.values : []) {
    const key = keyOf(value);
    if (values.get(key) !== value) continue;
    const error = await outdated?.(value, at as Date, itemOf.get(key));
    if (error) values.set(key, error);
  }
  for (const [id, error] of items.unread) if (!values.has(id) && !itemOf.has(id)) values.set(id, error);
  const all = [...values.values()];
  return {
    values: all.filter((value) => !(value instanceof AccountError)) as T[],
    errors: [...all.filter((value) => value instanceof AccountError), ...errors],
  };
}
