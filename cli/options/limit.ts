import { readLimits, setLimits } from '../../account/snapshot/limits.ts';
import { UsageError } from '../program/errors.ts';

/** Puts `--limit file-size=16GB` in force. */
export function applyLimits(given: readonly string[] = []): void {
  try {
    setLimits(readLimits(given));
  } catch (error) {
    throw new UsageError({
      en: `--limit ${(error as Error).message}`,
      ko: `--limit ${(error as Error).message}`,
    });
  }
}
