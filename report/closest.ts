import leven from 'leven';
import type { Language } from './both.ts';

/** The word that somebody probably meant: the known one that takes the fewest edits, if they are few. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, edits: editsOf(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((one, other) => one.edits - other.edits);
  return best && best.edits <= Math.max(1, Math.floor(best.candidate.length / 3))
    ? best.candidate
    : undefined;
}

/** Letters in another order are one mistake, which leven counts as two: `jsno`. */
const editsOf = (word: string, candidate: string): number =>
  word !== candidate && lettersOf(word) === lettersOf(candidate) ? 1 : leven(word, candidate);
const lettersOf = (word: string): string => [...word].sort().join('');

/** ` (did you mean Scope?)`, for the middle of a message; nothing where nothing is near. */
export function didYouMean(word: string, known: readonly string[], language: Language = 'en'): string {
  const near = closest(word, known);
  if (near === undefined) return '';
  return language === 'ko' ? ` (혹시 ${near}?)` : ` (did you mean ${near}?)`;
}

/**
 * The end of a message about a name that is not there: what was probably meant, or else what there is.
 *
 * @example
 * suggestion('Scop', ['Scope', 'Force']) // ': did you mean Scope?'
 * suggestion('Size', ['Scope', 'Force']) // ' (there is: Scope, Force)'
 */
export function suggestion(name: string, names: readonly string[], language: Language = 'en'): string {
  const near = closest(name, names);
  if (language === 'ko')
    return near === undefined ? ` (있는 것: ${names.join(', ') || '없음'})` : `. 혹시 ${near}?`;
  return near === undefined ? ` (there is: ${names.join(', ') || 'none'})` : `: did you mean ${near}?`;
}
