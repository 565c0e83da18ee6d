import { nameOf, type Reading } from '../reading.ts';

/** AWS's error instead of an answer: a line of `errors.json`, or what `aws … > file 2>&1` left in the answer's place. */
export interface CliError {
  readonly code: string;
  readonly message?: string | null | undefined;
  /** Where it stands. */
  readonly file: string;
  /** In `errors.json`, by that file. */
  readonly listed?: true;
}

/** What the `aws` command puts before AWS's own words: the code and the operation, which the error has already. */
const PREFIX = /An error occurred \(([\w.]+)\) when calling the (\w+) operation(?: \([^)]*\))?: /;

export const withoutPrefix = (message: string): string =>
  message.replace(new RegExp(`^(aws: \\[ERROR\\]: )?${PREFIX.source}`), '');

/**
 * The error that the `aws` command printed where a reading's answer should be. Windows PowerShell puts lines of its own
 * around it.
 *
 * @throws {Error} when it is the error of another reading: the file is in the wrong place, and says nothing of this one.
 */
export function cliErrorIn(text: string, reading: Reading): Omit<CliError, 'file'> | undefined {
  if (/^\s*[{["]/.test(text)) return undefined;
  const found = PREFIX.exec(text.slice(0, 64 * 1024));
  if (!found) return undefined;
  const [prefix, code = '', operation = ''] = found;
  if (operation !== reading.api) {
    const expected = nameOf(reading);
    throw new Error(`the error of another command (${code} of ${operation}), where ${expected} is expected`);
  }
  const [said = ''] = text.slice(found.index + prefix.length).split(/\r?\n/, 1);
  return { code, message: said.trim() };
}
