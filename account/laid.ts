/** Answers laid over an account: what a configuration item says wins, and everything else is asked of the account. */
import type { AnyAccount, Read } from './account.ts';
import { checkComplete, partial } from './errors.ts';
import { finder } from './open.ts';
import { type AnyTarget, type Element, pathOf, type Reading, type Target, type Value } from './reading.ts';

/** What is known without asking: a reading's value, or why nobody can read it. */
export interface Answer {
  readonly reading: Reading;
  readonly target: AnyTarget;
  /** Of a list: the one element that it is about. */
  readonly key?: string;
  readonly said: unknown;
}

type Told<R extends Reading> = keyof Target<R> extends never ? AnyTarget : Target<R>;

/** That a reading says this; nothing, where it is not known. */
export const says = <R extends Reading>(
  reading: R,
  target: Told<R>,
  said: Value<R> | Error | undefined,
): Answer[] => (said === undefined ? [] : [{ reading, target: target as AnyTarget, said }]);

/** That a list has this element, or none of that key. */
export const has = <R extends Reading>(
  reading: R,
  target: Told<R>,
  key: string,
  said: Element<R> | null | undefined,
): Answer[] => (said === undefined ? [] : [{ reading, target: target as AnyTarget, key, said }]);

/** The account with these answers laid over it. */
export function laid(account: AnyAccount, answers: readonly Answer[]): AnyAccount {
  const placeOf = (reading: Reading, target: AnyTarget, key = '') => `${pathOf(reading, target)} ${key}`;
  const known = new Map(
    answers.map(({ reading, target, key, said }) => [placeOf(reading, target, key), said]),
  );
  const { read: ask, each: askEach, one: askOne } = account as unknown as Asks;
  const read: Read = async (reading, target = {}) => {
    const place = placeOf(reading, target);
    return known.has(place) ? given(known.get(place)) : ask(reading, target);
  };
  async function* listed(list: Reading, target: AnyTarget) {
    const { values, errors } = await partial(read(list, target) as Promise<readonly unknown[]>);
    yield* values;
    checkComplete(errors);
  }
  const isListed = (list: Reading, target: AnyTarget) => known.has(placeOf(list, target));
  const each = (list: Reading, target: AnyTarget = {}) =>
    isListed(list, target) ? listed(list, target) : askEach(list, target);
  const one = async (list: Reading, key: string, target: AnyTarget = {}) => {
    const place = placeOf(list, target, key);
    if (known.has(place)) return given(known.get(place));
    return isListed(list, target) ? finder(each)(list, key, target) : askOne(list, key, target);
  };
  return { ...account, read, each, one } as unknown as AnyAccount;
}

interface Asks {
  read: Read;
  each(list: Reading, target?: AnyTarget): AsyncIterable<unknown>;
  one(list: Reading, key: string, target?: AnyTarget): Promise<unknown>;
}

function given(said: unknown): unknown {
  if (said instanceof Error) throw said;
  return said;
}
