/**
 * The end of a message about a name that is not there: what was probably meant, and what there is.
 *
 * @example
 * closest('Scop', ['Scope', 'Force']) // ': did you mean Scope? (there is: Scope, Force)'
 */
export function closest(name: string, names: readonly string[]): string {
  const near = names
    .map((one) => ({ one, far: distance(one.toLowerCase(), name.toLowerCase()) }))
    .filter(({ one, far }) => far <= Math.max(1, Math.floor(one.length / 3)))
    .sort((a, b) => a.far - b.far)[0];
  return `${near ? `: did you mean ${near.one}?` : ''} (there is: ${names.join(', ') || 'none'})`;
}

/** Levenshtein's: how many letters to add, leave out or change. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= other.length; at++) {
      const change = (row[at - 1] as number) + Number(letter !== other[at - 1]);
      next.push(Math.min(change, (row[at] as number) + 1, (next[at - 1] as number) + 1));
    }
    row = next;
  }
  return row[other.length] as number;
}
