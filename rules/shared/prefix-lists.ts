/**
 * Managed prefix lists as a group's sources: their addresses, the names of AWS's own lists, and which of these are
 * allowed.
 */
import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES, partial } from '../../account/errors.ts';
import { prefixListEntries, prefixLists } from '../../account/services/ec2/readings.ts';
import { covers } from './policy/globs.ts';
import { settle } from './settle.ts';

/** The addresses of a prefix list that could be read, and why there may be more. */
export interface ListEntries<T> {
  readonly addresses: T;
  readonly error?: AccountError;
}

/** A Region's prefix lists, each read once, however many groups use it. */
export interface Lists<T> {
  entries(id: string): Promise<ListEntries<T>>;
  /** The name of a list that is AWS's own; `undefined` for a customer's list. */
  awsName(id: string): Promise<string | undefined | AccountError>;
}

/** @param readList what a rule makes of a list's entries, which may throw for one that makes no sense. */
export function openLists<T>(
  account: Account<typeof prefixListEntries>,
  region: string,
  readList: (entries: readonly string[]) => T,
): Pick<Lists<T>, 'entries'> {
  const entries = async (id: string): Promise<ListEntries<T>> => {
    const { values, errors } = await partial(account.read(prefixListEntries, { region, id }));
    const [error] = errors;
    try {
      return { addresses: readList(values), ...(error && { error }) };
    } catch (problem) {
      const unreadable = malformed('ec2:GetManagedPrefixListEntries', id, problem as Error);
      return { addresses: readList([]), error: unreadable };
    }
  };
  return { entries: each(entries) };
}

/** Which of a Region's lists are AWS's own. */
export function openNames(
  account: Account<typeof prefixLists>,
  region: string,
): Pick<Lists<never>, 'awsName'> {
  const awsName = async (id: string) => {
    const list = await settle(account.one(prefixLists, id, { region }));
    if (list instanceof AccountError) return list;
    if (list) return list.ownerId.toUpperCase() === 'AWS' ? list.name : undefined;
    const api = 'ec2:DescribeManagedPrefixLists';
    return new AccountError(OWN_CODES.incomplete, api, `${api} does not have ${id}`, id);
  };
  return { awsName: each(awsName) };
}

function each<T>(read: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (id) => {
    const one = known.get(id) ?? read(id);
    known.set(id, one);
    return one;
  };
}

/** Whether a name is one of these, which may hold `*` and `?`: `com.amazonaws.*.s3`. */
export const isNamed = (name: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => covers(pattern, name));

export const malformed = (api: string, id: string, { message }: Error) =>
  new AccountError(OWN_CODES.malformed, api, `${api} of ${id}: ${message}`, id);
