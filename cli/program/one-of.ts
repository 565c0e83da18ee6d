import { didYouMean } from '../../report/closest.ts';
import { UsageError } from './errors.ts';

/** `table, json or csv`. */
const ALTERNATIVES = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/**
 * Reads a value of which there are only some. Letter case does not matter: `--fail-on high`, `--format JSON`.
 *
 * @throws {UsageError} that says what was probably meant.
 */
export function oneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one.toLowerCase() === value.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError({
    en: `${option} ${value}: expected ${ALTERNATIVES.format(known)}${didYouMean(value, known)}`,
    ko: `${option} ${value}: 다음 중 하나여야 합니다: ${known.join(', ')}${didYouMean(value, known, 'ko')}`,
  });
}
