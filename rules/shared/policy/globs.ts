/**
 * Sets of texts written with IAM's wildcards: `*` is any number of characters, `?` is one. Both questions are
 * answered soundly: `covers` says yes only when it is so, `overlap` says no only when it is so.
 */

/** Whether every text that `inner` matches is matched by `outer`, too. */
export function covers(outer: string, inner: string): boolean {
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

/** Characters and wildcards; a run of wildcards in one order (`?` first), so that equal sets are spelt alike. */
const tokens = (pattern: string): string[] =>
  Array.from(pattern.replace(/[*?]{2,}/g, (run) => run.replaceAll('*', '') + (run.includes('*') ? '*' : '')));

const VARIABLE = /\$\{[^}]*(?:\}|$)/g;

export const hasVariable = (pattern: string): boolean => pattern.includes('${');

/** The pattern with every policy variable replaced by `*`: it matches at least what the original does. */
export const widened = (pattern: string): string => pattern.replace(VARIABLE, '*');
