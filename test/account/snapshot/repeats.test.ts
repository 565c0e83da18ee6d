import { Repeats } from '../../../account/snapshot/repeats.ts';

/** Ids as AWS makes them, in an order that nothing depends on. */
const keys = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `111122223333 us-east-1 sg-0${Math.imul(index, 0x9e3779b1) >>> 0}${index}`,
  );

test('a key that comes twice is always found, among many', () => {
  const repeats = new Repeats();
  const all = keys(50_000);
  const twice = all.filter((_, index) => index % 1000 === 7);
  for (const key of [...all, ...twice]) repeats.add(key);
  repeats.close();
  expect(repeats.any).toBe(true);
  expect(twice.every((key) => repeats.has(key))).toBe(true);
  // Two keys may share a hash, but in 52 bits these do not.
  expect(all.filter((key) => repeats.has(key))).toEqual(twice);
});

test('nothing repeats where nothing does', () => {
  const repeats = new Repeats();
  for (const key of keys(50_000)) repeats.add(key);
  expect(repeats.any).toBe(false);
  expect(repeats.has(keys(1)[0] as string)).toBe(false);
});
