/** A thousand accounts from one command; what that takes in time is for bench/organization.ts. */
import { judgeOrganization } from '../../bench/organization.ts';
import { BIN, built } from '../support/command.ts';

jest.setTimeout(300_000);
beforeAll(() => built(BIN, 'cli'), 120_000);

test('a thousand accounts take ten times the calls of a hundred, hardly more memory, and are told in order', async () => {
  const few = await judgeOrganization(100);
  const many = await judgeOrganization(1_000);
  expect(few.failing).toBe(100);
  expect(many.failing).toBe(1_000);
  expect(many.accountIds).toEqual(Array.from({ length: 1_000 }, (_, at) => String(100_000_000_000 + at)));
  // Five of each account, beside those that list them.
  expect(many.calls - few.calls).toBeGreaterThanOrEqual(5 * 900);
  expect(many.calls).toBeLessThanOrEqual(10 * few.calls);
  expect(many.megabytes).toBeLessThan(450);
  expect(many.megabytes - few.megabytes).toBeLessThan(200);
});
