import type { Language } from '../both.ts';
import type { Age } from './history.ts';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `3.5 days`, rounded down; nothing is less than a minute. */
export function durationIn(language: Language, { milliseconds, isAtLeast }: Age): string {
  const [unit, size] = UNITS.find(([, least]) => milliseconds >= least) ?? UNITS[2];
  const value = milliseconds / size;
  const maximumFractionDigits = unit === 'day' && value < 10 ? 1 : 0;
  const style = { style: 'unit', unit, unitDisplay: 'long', roundingMode: 'floor' } as const;
  const text = new Intl.NumberFormat(language, { ...style, maximumFractionDigits }).format(value);
  return isAtLeast ? `≥ ${text}` : text;
}
