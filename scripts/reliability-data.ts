/** docs/reliability.json: what tests tried, how often, when, and of which commit. */
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';

export const DATA = 'docs/reliability.json';

export const figure = z.strictObject({
  /** `faults`, `rivals`, `events`, `forged`, `answers`, `hostile`, `interrupted`. */
  kind: z.string(),
  on: z.string(),
  counts: z.record(z.string(), z.number()),
  at: z.iso.date(),
  commit: z.string(),
});
export type Figure = z.infer<typeof figure>;

export const readFigures = (): Figure[] =>
  existsSync(DATA) ? z.array(figure).parse(JSON.parse(readFileSync(DATA, 'utf8'))) : [];

/** In order; what several tests of a run try on the same adds up. */
export function byKey(figures: readonly Figure[]): Figure[] {
  const all = new Map<string, Figure>();
  for (const one of figures) {
    const key = `${one.kind} ${one.on}`;
    const before = all.get(key);
    all.set(key, before ? added(before, one) : one);
  }
  return [...all.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, figure]) => figure);
}

/** Of one run: of two there is no sum. */
const SINGLE = ['status', 'took'];

/** @throws where what is counted does not add up. */
function added(one: Figure, other: Figure): Figure {
  const single = SINGLE.filter((name) => name in one.counts || name in other.counts);
  if (single.length > 0)
    throw new Error(`${one.kind} ${one.on} was noted twice, and ${single.join(', ')} is of one run`);
  const names = new Set([...Object.keys(one.counts), ...Object.keys(other.counts)]);
  const sum = (name: string) => (one.counts[name] ?? 0) + (other.counts[name] ?? 0);
  return { ...other, counts: Object.fromEntries([...names].map((name) => [name, sum(name)])) };
}
