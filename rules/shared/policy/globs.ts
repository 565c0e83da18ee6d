/**
 * Sets of texts written with IAM's wildcards: `*` is any number of characters, `?` is one. Both questions are
 * answered soundly: `covers` says yes only when it is so, `overlap` says no only when it is so.
 */

/** Whether every text that `inner` matches is matched by `outer`, too. */
export function covers(outer: string, inner: string): boolean {
  // Most are one of these, which are quickly seen.
  if (outer === '*' || outer === inner) return true;
  if (differAtAnEnd(outer, inner) || !isPattern(outer)) return false;
  const [pattern, text] = [tokens(outer), tokens(inner)];
  // The usual wildcard match with one step back, where the text may hold wildcards of its own: a `*` of the text can
  // only be met by a `*` of the pattern.
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < text.length; ) {
    const token = pattern[at];
    if (token === '*') {
      star = at++;
      resume = i;
    } else if (token !== undefined && (token === text[i] || (token === '?' && text[i] !== '*'))) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((token) => token === '*');
}

/** Whether there may be a text that both match. */
export function overlap(one: string, other: string): boolean {
  // Most patterns differ in what they begin or end with, which is quickly seen.
  if (one === '*' || other === '*' || one === other) return true;
  if (differAtAnEnd(one, other)) return false;
  const [a, b] = [tokens(one), tokens(other)];
  // reach[j]: the rest of `a` from i and the rest of `b` from j have a text in common. Filled from the ends.
  let below: boolean[] = [];
  for (let i = a.length; i >= 0; i--) {
    const reach: boolean[] = new Array(b.length + 1);
    for (let j = b.length; j >= 0; j--) {
      const [left, right] = [a[i], b[j]];
      if (left === undefined && right === undefined) reach[j] = true;
      else if (left === '*') reach[j] = below[j] === true || (right !== undefined && reach[j + 1] === true);
      else if (right === '*') reach[j] = reach[j + 1] === true || (left !== undefined && below[j] === true);
      else {
        const same =
          left === right || (left !== undefined && right !== undefined && [left, right].includes('?'));
        reach[j] = same && below[j + 1] === true;
      }
    }
    below = reach;
  }
  return below[0] === true;
}

const isPattern = (text: string): boolean => text.includes('*') || text.includes('?');

/** Whether the texts before the first wildcard differ, or those after the last one. */
const differAtAnEnd = (one: string, other: string): boolean =>
  differ(one, other, (text, index) => text.charCodeAt(index)) ||
  differ(one, other, (text, index) => text.charCodeAt(text.length - 1 - index));

/** The same of one of the ends. @param at the character there. */
function differ(one: string, other: string, at: (text: string, index: number) => number): boolean {
  const shorter = Math.min(one.length, other.length);
  for (let index = 0; index < shorter; index++) {
    const [a, b] = [at(one, index), at(other, index)];
    if (a === STAR || b === STAR || a === ANY_ONE || b === ANY_ONE) return false;
    if (a !== b) return true;
  }
  return false;
}
const STAR = 0x2a;
const ANY_ONE = 0x3f;

/** Two patterns with many wildcards each may have thousands of patterns in common; only an attacker writes such. */
const MOST_IN_COMMON = 64;

/** Patterns that together match exactly what both match; undefined when it takes too many of them. */
export function meet(one: string, other: string): readonly string[] | undefined {
  if (covers(one, other)) return [other];
  if (covers(other, one)) return [one];
  if (!overlap(one, other)) return [];
  const [a, b] = [tokens(one), tokens(other)];
  const known = new Map<number, readonly string[]>();
  // What the rest of `a` from i and the rest of `b` from j have in common.
  const rest = (i: number, j: number): readonly string[] => {
    const at = i * (b.length + 1) + j;
    const found = known.get(at) ?? widest(common(i, j));
    known.set(at, found);
    if (found.length > MOST_IN_COMMON) throw new TooManyError('too many patterns in common');
    return found;
  };
  const common = (i: number, j: number): readonly string[] => {
    const [left, right] = [a[i], b[j]];
    const after = (character: string, from: readonly string[]) => from.map((text) => character + text);
    if (left === undefined && right === undefined) return [''];
    if (left === '*' && right === '*') return after('*', [...rest(i + 1, j), ...rest(i, j + 1)]);
    if (left === '*') return [...rest(i + 1, j), ...(right ? after(right, rest(i, j + 1)) : [])];
    if (right === '*') return [...rest(i, j + 1), ...(left ? after(left, rest(i + 1, j)) : [])];
    if (left === undefined || right === undefined) return [];
    if (left !== right && left !== '?' && right !== '?') return [];
    return after(left === '?' ? right : left, rest(i + 1, j + 1));
  };
  try {
    return rest(0, 0);
  } catch (error) {
    if (error instanceof TooManyError) return undefined;
    throw error;
  }
}

class TooManyError extends Error {
  override readonly name = 'TooManyError';
  readonly code = 'TooMany';
}

/** Without those that another one covers. */
function widest(patterns: readonly string[]): string[] {
  const spelt = [...new Set(patterns.map((pattern) => tokens(pattern).join('')))];
  return spelt.filter((inner) => !spelt.some((outer) => outer !== inner && covers(outer, inner)));
}

/** Texts that are tried before {@link isAllOf} gives up. */
const MOST_TRIED = 4000;

/**
 * Whether every text that the pattern matches is matched by one of the others, even if none of them covers it alone:
 * `a` and `a?*` together are all of `a*`. A yes is certain; a no may be wrong for patterns with many wildcards.
 */
export function isAllOf(others: readonly string[], pattern: string): boolean {
  if (others.some((other) => covers(other, pattern))) return true;
  const some = others.filter((other) => overlap(other, pattern));
  const parts = tokens(pattern);
  const stars = parts.filter((token) => token === '*').length;
  if (some.length === 0 || (stars === 0 && !parts.includes('?'))) return false;
  // A character that no pattern names stands for every wildcard: what matches such a text matches every text that has
  // anything else in those places. A run longer than a pattern can only be met by a `*` of it, and so can any longer one.
  const longest = Math.max(...some.map((other) => tokens(other).length)) + 1;
  const isMatched = (lengths: readonly number[]) => {
    let star = 0;
    const text = parts.map((token) =>
      token === '*' ? UNNAMED.repeat(lengths[star++] ?? 0) : token === '?' ? UNNAMED : token,
    );
    return some.some((other) => covers(other, text.join('')));
  };
  if (!isMatched(new Array(stars).fill(longest))) return false;
  if ((longest + 1) ** stars > MOST_TRIED) return false;
  const lengths = new Array<number>(stars).fill(0);
  for (let at = 0; at < stars; ) {
    if (!isMatched(lengths)) return false;
    for (at = 0; at < stars && lengths[at] === longest; at++) lengths[at] = 0;
    if (at < stars) lengths[at] = (lengths[at] ?? 0) + 1;
  }
  return true;
}

/** A character that AWS allows in no name and no pattern. */
const UNNAMED = '\u{10ffff}';

/** Patterns that together match what this one does among the texts that begin with `start`, which has no wildcards. */
export function beginningWith(start: string, pattern: string): string[] {
  let rests = [tokens(pattern).join('')];
  for (const character of start) {
    rests = [...new Set(rests.flatMap((rest) => after(character, rest)))];
  }
  return rests.map((rest) => start + rest);
}

/** What may follow the character in a text that matches the pattern, as patterns. */
function after(character: string, pattern: string): string[] {
  const rest = pattern.slice(1);
  if (pattern.startsWith('*')) return [pattern, ...after(character, rest)];
  return pattern.startsWith('?') || pattern.startsWith(character) ? [rest] : [];
}

/**
 * Characters and wildcards; a run of wildcards in one order (`?` first), so that equal sets are spelt alike. Policies repeat
 * their patterns, so that they are kept; the bound is for those that do not.
 */
function tokens(pattern: string): readonly string[] {
  const known = split.get(pattern);
  if (known) return known;
  const made = Array.from(
    /[*?]{2}/.test(pattern)
      ? pattern.replace(/[*?]{2,}/g, (run) => run.replaceAll('*', '') + (run.includes('*') ? '*' : ''))
      : pattern,
  );
  if (split.size >= 20_000) split.clear();
  split.set(pattern, made);
  return made;
}
const split = new Map<string, readonly string[]>();

const VARIABLE = /\$\{[^}]*(?:\}|$)/g;

export const hasVariable = (pattern: string): boolean => pattern.includes('${');

/** The pattern with every policy variable replaced by `*`: it matches at least what the original does. */
export const widened = (pattern: string): string =>
  hasVariable(pattern) ? pattern.replace(VARIABLE, '*') : pattern;
