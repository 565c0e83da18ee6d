import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prices } from '../../../catalogue/prices.ts';
import { dollars } from '../../../cli/cost/print.ts';
import { call, worldOf } from '../support.ts';

const page = readFileSync(join(__dirname, '../../../docs/cost.md'), 'utf8');

/** The account of the page's own command. */
const count = [
  ...(page.split('\n## 1, 100 and 5,000 accounts\n')[1] ?? '').matchAll(/--count (\S+=\d+)/g),
].map(([, value = '']) => value);

test.each([
  ['1', 0],
  ['100', 1],
  ['5000', 2],
] as const)('what the command says of %s accounts is in the table', async (accounts, column) => {
  const { world, text } = worldOf();
  await call('cost', [], { accounts, count, config: false, format: 'json' }, world);
  const { monthly } = JSON.parse(text());
  const together = page.split('\n').find((line) => line.startsWith('| **together**')) ?? '';
  expect(together.split('|')[column + 2]).toBe(` **${dollars(monthly.usd)}** `);
});

test('every price of the table is on the page, as it is', () => {
  const missing = Object.entries(prices).filter(([id, { usd, tiers, verified }]) => {
    const all = (tiers ?? [{ usd }]).map((one) => `$${(one.usd ?? 0).toFixed(10).replace(/\.?0+$/, '')}`);
    return !page.includes(`| \`${id}\` | ${all.join(', ')} | ${verified ? 'yes' : 'no'} |`);
  });
  expect(missing.map(([id]) => id)).toEqual([]);
});
