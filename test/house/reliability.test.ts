/** The figures of docs/reliability.md: what several tests of a run tried on the same adds up, and nothing else does. */
import { byKey, figure, readFigures } from '../../scripts/reliability-data.ts';

const one = (on: string, counts: Record<string, number>) => ({
  ...{ kind: 'interrupted', on, counts, at: '2026-11-29', commit: 'bcf3b23' },
});

test('what was tried on the same adds up, in order', () => {
  const all = [one('b', { tried: 1, denied: 2 }), one('a', { tried: 5 }), one('b', { tried: 3 })];
  expect(byKey(all)).toEqual([one('a', { tried: 5 }), one('b', { tried: 4, denied: 2 })]);
});

test('an exit status of two runs is not their sum', () => {
  const runs = [one('evaluate', { tried: 1, status: 130 }), one('evaluate', { tried: 1, status: 130 })];
  expect(() => byKey(runs)).toThrow('interrupted evaluate was noted twice, and status is of one run');
});

test('what is no number is not written down', () => {
  expect(() => figure.parse({ ...one('evaluate', {}), counts: { status: null } })).toThrow('expected number');
  expect(readFigures().length).toBeGreaterThan(50);
});
