import fc from 'fast-check';
import {
  contains,
  count,
  equal,
  type IntervalSet,
  intersects,
  subtract,
  union,
} from '../../../rules/shared/intervals.ts';

/** Sets over 0…63, as intervals and as the points themselves. */
const intervals = fc.array(
  fc.tuple(fc.nat(63), fc.nat(63)).map(([a, b]) => ({ first: Math.min(a, b), end: Math.max(a, b) + 1 })),
  { maxLength: 6 },
);
const points = (set: IntervalSet) =>
  new Set(
    set.flatMap(({ first, end }) =>
      Array.from({ length: Number(end) - Number(first) }, (_, i) => Number(first) + i),
    ),
  );
const canonical = (set: IntervalSet) =>
  set.every(({ first, end }, i) => first < end && (i === 0 || (set[i - 1] as { end: number }).end < first));

describe('sets of intervals', () => {
  test('union, subtract, contains, intersects and count agree with sets of points', () => {
    fc.assert(
      fc.property(intervals, intervals, (some, others) => {
        const [a, b] = [union(some), union(others)];
        const [inA, inB] = [points(some), points(others)];
        expect(canonical(a)).toBe(true);
        expect(points(a)).toEqual(inA);
        expect(points(union([...a, ...b]))).toEqual(new Set([...inA, ...inB]));
        const left = subtract(a, b);
        expect(canonical(left)).toBe(true);
        expect(points(left)).toEqual(new Set([...inA].filter((point) => !inB.has(point))));
        expect(count(a)).toBe(inA.size);
        expect(intersects(a, b)).toBe([...inA].some((point) => inB.has(point)));
        for (const one of others) {
          expect(contains(a, one)).toBe([...points([one])].every((point) => inA.has(point)));
        }
      }),
    );
  });

  test('bigints and numbers go the same way', () => {
    const big = (set: IntervalSet) =>
      set.map(({ first, end }) => ({ first: BigInt(first), end: BigInt(end) }));
    fc.assert(
      fc.property(intervals, intervals, (some, others) => {
        expect(union(big(some))).toEqual(big(union(some)));
        const left = subtract(union(some), union(others));
        expect(subtract(union(big(some)), union(big(others)))).toEqual(big(left));
        expect(BigInt(count(big(left)))).toBe(BigInt(count(left)));
      }),
    );
  });

  test('union takes no notice of order or repetition, and what is taken away is away', () => {
    fc.assert(
      fc.property(intervals, intervals, (some, others) => {
        const a = union(some);
        expect(equal(union([...some].reverse().concat(some)), a)).toBe(true);
        expect(intersects(subtract(a, union(others)), union(others))).toBe(false);
        expect(equal(union([...subtract(a, union(others)), ...others]), union([...a, ...others]))).toBe(true);
      }),
    );
  });
});
