import { openPacing, Pace } from '../../cli/fleet/pace.ts';

/**
 * Windows of an AWS whose answers a second hang on how many accounts are under way.
 *
 * @param rate answers a second, of so many accounts at a time.
 * @returns how many accounts there were, window by window.
 */
function run(windows: number, rate: (limit: number, window: number) => number): number[] {
  let limit = 8;
  let now = 0;
  const pace = new Pace((next) => {
    limit = next;
  }, now);
  return Array.from({ length: windows }, (_, window) => {
    const answers = Math.round(rate(limit, window) * 2);
    const was = limit;
    for (let one = 1; one <= answers; one++) pace.answered(now + 1 + (one * 2_000) / answers);
    now += 2_001;
    return was;
  });
}
const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;

test('as long as more accounts bring more answers, there are more, up to a limit', () => {
  const limits = run(30, (limit) => limit * 20);
  expect(limits.slice(0, 4)).toEqual([8, 12, 18, 27]);
  expect(Math.max(...limits)).toBe(64);
  expect(limits.at(-1)).toBeGreaterThan(50);
});

test('where more accounts bring no more answers, there are not many more than are of use', () => {
  const limits = run(200, (limit) => Math.min(limit, 20) * 20);
  expect(mean(limits.slice(20))).toBeGreaterThan(15);
  expect(mean(limits.slice(20))).toBeLessThan(30);
});

test('an AWS that throttles, and answers less the more it is asked, is asked less', () => {
  const limits = run(200, (limit) => (limit <= 10 ? limit * 20 : Math.max(20, 200 - (limit - 10) * 15)));
  expect(mean(limits.slice(20))).toBeLessThan(14);
});

test('an AWS that becomes slow, and quick again, is followed', () => {
  const capacity = (window: number) => (window < 40 || window > 120 ? 40 : 6);
  const limits = run(300, (limit, window) => Math.min(limit, capacity(window)) * 20);
  expect(mean(limits.slice(80, 120))).toBeLessThan(mean(limits.slice(10, 40)));
  expect(mean(limits.slice(200))).toBeGreaterThan(25);
  expect(Math.min(...limits)).toBeGreaterThanOrEqual(4);
});

test('few answers say nothing yet', () => {
  expect(new Set(run(9, () => 1))).toEqual(new Set([8]));
});

test('what somebody said stays', () => {
  const pacing = openPacing(3);
  for (let one = 0; one < 1_000; one++) pacing.answered();
  expect(pacing).toMatchObject({ limit: 3 });
  expect(pacing.onChange).toBeUndefined();
});
