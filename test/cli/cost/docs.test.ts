import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prices } from '../../../catalogue/prices.ts';
import { dollars } from '../../../cli/cost/print.ts';
import { folderOf, removeFolders } from '../../account/snapshot/support.ts';
import { call, worldOf } from '../support.ts';

afterAll(removeFolders);

const page = readFileSync(join(__dirname, '../../../docs/cost.md'), 'utf8');

interface Report {
  readonly monthly: { readonly usd: number; readonly atLeast: boolean };
  readonly firstMonth: { readonly additionalUsd: number };
  readonly items: readonly { readonly item: string; readonly usd: number; readonly quantity: number }[];
  readonly readings: readonly { readonly usd: number }[];
}

const ACCOUNTS = ['1', '100', '5000'];
/** The account of the page's command. */
const count = [...page.matchAll(/--count (\S+)/g)]
  .map(([, value = '']) => value)
  .filter((value) => /=\d+$/.test(value));

async function reports(settings: object): Promise<Report[]> {
  const config = join(await folderOf({ 'c.json': settings }), 'c.json');
  const of = async (options: object): Promise<Report> => {
    const { world, text } = worldOf();
    await call('cost', [], { ...options, config, format: 'json' }, world);
    return JSON.parse(text());
  };
  return Promise.all(ACCOUNTS.map((accounts) => of({ accounts, count })));
}

test('the table of 1, 100 and 5,000 accounts is what the command says', async () => {
  const plain = await reports({});
  const withFindings = await reports({ securityHub: {} });
  expect(plain.map(({ monthly }) => monthly.atLeast)).toEqual([false, false, false]);

  const usd = ({ items }: Report, ...names: string[]) =>
    items.filter(({ item }) => names.includes(item)).reduce((sum, item) => sum + item.usd, 0);
  const row = (name: string, of: (report: Report, index: number) => string) =>
    `| ${name} | ${plain.map(of).join(' | ')} |`;
  const rows = [
    row('evaluations', ({ items }) =>
      (items.find(({ item }) => item === 'evaluations')?.quantity ?? Number.NaN).toLocaleString('en-US', {
        maximumFractionDigits: 0,
      }),
    ),
    row('AWS Config evaluations', (one) => dollars(usd(one, 'evaluations'))),
    row('AWS Config items of compliance', (one) => dollars(usd(one, 'complianceItems'))),
    row('Lambda, and its logs', (one) => dollars(usd(one, 'requests', 'computing', 'logs', 'logStorage'))),
    row('CloudWatch alarms', (one) => dollars(usd(one, 'alarms'))),
    row('CloudWatch dashboard', (one) => dollars(usd(one, 'dashboard'))),
    row('**together**', (one) => `**${dollars(one.monthly.usd)}**`),
    row('with Security Hub, in addition', (one, index) =>
      dollars((withFindings[index]?.monthly.usd ?? Number.NaN) - one.monthly.usd),
    ),
    row('the first month, in addition', (one) => dollars(one.firstMonth.additionalUsd)),
    row('together, if evaluations in packs are billed twice', (one) =>
      dollars(one.readings[0]?.usd ?? Number.NaN),
    ),
    row('together, if the accounts share their tiers', (one) =>
      dollars(one.readings[1]?.usd ?? one.monthly.usd),
    ),
  ];
  const missing = rows.filter((line) => !page.includes(`\n${line}\n`));
  expect(missing.join('\n')).toBe('');
});

test('every price of the table is on the page, as it is', () => {
  const missing = Object.entries(prices).filter(([id, { usd, tiers, verified }]) => {
    const all = (tiers ?? [{ usd }]).map((one) => `$${(one.usd ?? 0).toFixed(10).replace(/\.?0+$/, '')}`);
    return !page.includes(`| \`${id}\` | ${all.join(', ')} | ${verified ? 'yes' : 'no'} |`);
  });
  expect(missing.map(([id]) => id)).toEqual([]);
});
