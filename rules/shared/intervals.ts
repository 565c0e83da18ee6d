/**
 * Sets of whole numbers as half-open intervals `[first, end)`: ports (numbers), IPv4 addresses (numbers, all below
 * 2^32) and IPv6 addresses (bigints). Exact in all three; one set never mixes numbers and bigints.
 */
export type Point = number | bigint;

export interface Interval {
  readonly first: Point;
  /** The first point that does not belong to it any more. */
  readonly end: Point;
}

/** In order and not touching each other, so that a set has exactly one form. */
export type IntervalSet = readonly Interval[];

const overlap = (a: Interval, b: Interval) => a.first < b.end && b.first < a.end;

/** How many points an interval has. */
export const size = ({ first, end }: Interval): Point =>
  typeof first === 'bigint' ? (end as bigint) - first : (end as number) - first;

/** The sum of the intervals' sizes: how many points a set has. */
export function count(intervals: readonly Interval[]): Point {
  let sum: Point | undefined;
  for (const interval of intervals) {
    const more = size(interval);
    if (sum === undefined) sum = more;
    else sum = typeof sum === 'bigint' ? sum + (more as bigint) : sum + (more as number);
  }
  // Zero of either kind: numbers and bigints compare as they should.
  return sum ?? 0;
}

/** Everything that lies in any of the intervals, joined wherever two of them touch. */
export function union(intervals: Iterable<Interval>): IntervalSet {
  const joined: Interval[] = [];
  for (const next of [...intervals].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const last = joined.at(-1);
    if (!last || last.end < next.first) joined.push(next);
    else if (last.end < next.end) joined[joined.length - 1] = { first: last.first, end: next.end };
  }
  return joined;
}

/** What lies in `set` and not in `without`. */
export function subtract(set: IntervalSet, without: IntervalSet): IntervalSet {
  const left: Interval[] = [];
  for (const { first, end } of set) {
    let from = first;
    for (const hole of without) {
      if (hole.end <= from) continue;
      if (hole.first >= end) break;
      if (hole.first > from) left.push({ first: from, end: hole.first });
      from = hole.end;
    }
    if (from < end) left.push({ first: from, end });
  }
  return left;
}

export const contains = (set: IntervalSet, { first, end }: Interval): boolean =>
  set.some((interval) => interval.first <= first && end <= interval.end);

export const intersects = (a: IntervalSet, b: IntervalSet): boolean =>
  a.some((interval) => b.some((other) => overlap(interval, other)));

export const equal = (a: IntervalSet, b: IntervalSet): boolean =>
  a.length === b.length && a.every(({ first, end }, i) => first === b[i]?.first && end === b[i]?.end);
