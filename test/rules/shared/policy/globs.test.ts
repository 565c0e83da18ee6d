import fc from 'fast-check';
import { beginningWith, covers, overlap, widened } from '../../../../rules/shared/policy/globs.ts';

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
