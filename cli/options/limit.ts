import { readLimits, setLimits } from '../../account/snapshot/limits.ts';
import { UsageError } from '../program/errors.ts';

/** Puts `--limit file-size=16GB` in force. */
export function applyLimits(given: readonly string[] = []): void {
  try {
    setLimits(readLimits(given));
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError({ en: `--limit ${message}`, ko: `--limit ${message}` }, { quotes: message });
  }
}
