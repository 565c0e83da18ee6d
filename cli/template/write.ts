import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../program/errors.ts';

/**
 * Writes files into a folder.
 *
 * @param output as it was given, from the current folder.
 * @throws {UsageError} where it cannot be written.
 */
export function writeFiles(
  output: string,
  files: readonly { readonly path: string; readonly content: string | Uint8Array }[],
  current: string,
): void {
  try {
    for (const { path, content } of files) {
      const file = join(resolve(current, output), path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(
      { en: `${output} cannot be written: ${message}`, ko: `${output}에 쓸 수 없습니다: ${message}` },
      { quotes: message },
    );
  }
}
