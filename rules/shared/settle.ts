import { AccountError, type PartialList, partial } from '../../account/errors.ts';

/**
 * A reading's answer, or why there is none, for rules that may know the verdict without it. What is not an
 * AccountError is a bug, and goes on as an exception.
 *
 * @example
 * const users = await settle(account.read(users));
 * if (users instanceof AccountError) …
 */
export async function settle<T>(reading: Promise<T>): Promise<T | AccountError> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AccountError) return error;
    throw error;
  }
}

/** A list as far as it could be read, of which a part may be enough for the verdict; `null` where AWS says that there is none. */
export async function listed<T>(reading: Promise<readonly T[] | null>): Promise<PartialList<T> | null> {
  let isNone = false;
  const all = await partial(
    reading.then((values) => {
      isNone = values === null;
      return values ?? [];
    }),
  );
  return isNone ? null : all;
}
