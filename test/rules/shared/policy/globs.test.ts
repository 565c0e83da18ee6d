import fc from 'fast-check';
import {
  beginningWith,
  covers,
  isAllOf,
  meet,
  overlap,
  widened,
} from '../../../../rules/shared/policy/globs.ts';

/** All texts of up to six letters, one of which no pattern names. */
const TEXTS = [''];
for (let from = 0, length = 0; length < 6; length++) {
  const end = TEXTS.length;
  for (; from < end; from++) TEXTS.push(...['a', 'b', 'x'].map((letter) => TEXTS[from] + letter));
}
const matched = (pattern: string): Set<string> => {
  const exact = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  return new Set(TEXTS.filter((text) => exact.test(text)));
};
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });

test('a pattern that covers another matches every text that the other does', () => {
  fc.assert(
    fc.property(pattern, pattern, (outer, inner) => {
      const texts = matched(outer);
      if (covers(outer, inner)) expect([...matched(inner)].filter((text) => !texts.has(text))).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

test('a pattern covers itself, and exactly the plain texts that it matches', () => {
  fc.assert(
    fc.property(pattern, fc.constantFrom(...TEXTS), (outer, text) => {
      expect(covers(outer, outer)).toBe(true);
      expect(covers(outer, text)).toBe(matched(outer).has(text));
    }),
    { numRuns: 1000 },
  );
});

test('two patterns overlap exactly when some text matches both', () => {
  // Of up to three characters each, so that the shortest common text has no more than six.
  const short = pattern.map((text) => text.slice(0, 3));
  fc.assert(
    fc.property(short, short, (one, other) => {
      const texts = matched(other);
      expect(overlap(one, other)).toBe([...matched(one)].some((text) => texts.has(text)));
    }),
    { numRuns: 2000 },
  );
});

test('what two patterns have in common is exactly what both match', () => {
  fc.assert(
    fc.property(pattern, pattern, (one, other) => {
      const texts = matched(other);
      const common = (meet(one, other) ?? []).flatMap((part) => [...matched(part)]);
      expect(new Set(common)).toEqual(new Set([...matched(one)].filter((text) => texts.has(text))));
    }),
    { numRuns: 3000 },
  );
});

test('two patterns of a dozen wildcards each are given up on, and not after a minute', () => {
  expect(meet('*a*b*c*d*e*f*g*h*i*j*k*l*', '*1*2*3*4*5*6*7*8*9*0*x*y*')).toBeUndefined();
});

test('patterns together match all that another matches exactly when no text escapes them', () => {
  // Of up to three characters each, so that a text that escapes has no more than six.
  const short = pattern.map((text) => text.slice(0, 3));
  let together = 0;
  fc.assert(
    fc.property(fc.array(short, { maxLength: 5 }), short, (others, one) => {
      const texts = new Set(others.flatMap((other) => [...matched(other)]));
      const all = isAllOf(others, one);
      expect(all).toBe([...matched(one)].every((text) => texts.has(text)));
      if (all && !others.some((other) => covers(other, one))) together++;
    }),
    { numRuns: 2000 },
  );
  expect(together).toBeGreaterThan(0);
});

test('a pattern of many wildcards is not said to be covered by others together', () => {
  expect(isAllOf(['a*', '?*', ''], '*')).toBe(true);
  expect(isAllOf(['*a*b*c*d*e?*', '*a*b*c*d*e'], '*a*b*c*d*e*')).toBe(false);
});

test('what of a pattern begins with a text is exactly that', () => {
  const start = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 });
  fc.assert(
    fc.property(pattern, start, (given, text) => {
      const parts = beginningWith(text, given).flatMap((part) => [...matched(part)]);
      expect(new Set(parts)).toEqual(new Set([...matched(given)].filter((one) => one.startsWith(text))));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['b/$' + '{aws:username}/*', 'b/*/*'],
  ['b/$' + '{aws:username', 'b/*'],
  ['b/$' + '{*}', 'b/*'],
  ['b/$HOME', 'b/$HOME'],
])('%s may stand for whatever %s matches', (given, expected) => {
  expect(widened(given)).toBe(expected);
});
