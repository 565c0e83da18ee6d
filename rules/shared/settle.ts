import { AccountError } from '../../account/errors.ts';

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
