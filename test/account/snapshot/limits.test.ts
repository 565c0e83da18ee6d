import { inWords, limits, readLimits, setLimits } from '../../../account/snapshot/limits.ts';

afterEach(() => setLimits());

test.each([
  ['file-size=16GB', { 'file-size': 16 * 1024 ** 3 }],
  ['file-size=1.5gb', { 'file-size': 1.5 * 1024 ** 3 }],
  ['value-size=300MB', { 'value-size': 300 * 1024 ** 2 }],
  ['value-size=2048', { 'value-size': 2048 }],
  ['depth=500', { depth: 500 }],
  ['files=2000000', { files: 2_000_000 }],
])('--limit %s', (given, chosen) => {
  expect(readLimits([given])).toEqual(chosen);
});

test.each([
  [
    'size=1GB',
    /"size=1GB" is no limit: expected name=number with one of file-size, value-size, depth, files/,
  ],
  ['16GB', /is no limit/],
  ['file-size=', /is no limit/],
  ['file-size=much', /is no limit/],
  ['file-size=0', /expected a size such as 512MB/],
  ['files=1GB', /expected a number/],
  ['depth=1.5', /expected a number/],
  ['value-size=1GB', /500 MB is the most that can be read/],
])('--limit %s is refused', (given, message) => {
  expect(() => readLimits([given])).toThrow(message);
});

test('what is not set is as it was', () => {
  setLimits({ depth: 7 });
  expect(limits()).toMatchObject({ depth: 7, files: 1_000_000 });
  expect(inWords('value-size')).toBe('256 MB');
});
