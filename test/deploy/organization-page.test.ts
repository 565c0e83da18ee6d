import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { queriesOf } from '../../deploy/organization/queries.ts';
import { controlsIn } from '../../deploy/packs/index.ts';
import { readSettings, settingsSchema } from '../../deploy/settings/index.ts';

const read = (page: string) => readFileSync(join(__dirname, '../../docs', page), 'utf8');
/** The dollars of a table's row, in cents: for 1, 100 and 5,000 accounts. */
function cents(page: string, row: string): number[] {
  const line = page.split('\n').find((one) => one.replaceAll('*', '').startsWith(`| ${row} |`));
  if (!line) throw new Error(`there is no row "${row}"`);
  return line
    .split('|')
    .slice(2, 5)
    .map((cell) => Math.round(Number(/(?<!< )\$([\d,.]+)/.exec(cell)?.[1]?.replaceAll(',', '') ?? 0) * 100));
}
const sum = (...rows: number[][]) =>
  [0, 1, 2].map((column) => rows.reduce((all, row) => all + (row[column] ?? 0), 0));
const minus = (one: number[], other: number[]) => one.map((value, column) => value - (other[column] ?? 0));

const page = read('organization.md');
const cost = read('cost.md');
const PARTS = ['AWS Config evaluations', 'AWS Config items of compliance', 'Lambda, and its logs'];

test.each(PARTS)('%s cost what cost.md says', (row) => {
  expect(cents(page, row)).toEqual(cents(cost, row));
});

test('the sums are sums, to the cent that rounding costs', () => {
  const near = (one: number[], other: number[]) => {
    for (const [column, value] of one.entries())
      expect(Math.abs(value - (other[column] ?? 0))).toBeLessThanOrEqual(1);
  };
  const members = cents(page, 'members together');
  near(members, sum(...PARTS.map((row) => cents(page, row))));
  const management = cents(page, 'dashboard and alarms of the management account');
  const audit = cents(page, 'three alarms of the audit account');
  const together = cents(page, 'all together');
  near(together, sum(members, management, audit));
  // What cost.md has of alarms and dashboards is left out in the members.
  const own = sum(cents(cost, 'CloudWatch alarms'), cents(cost, 'CloudWatch dashboard'));
  near(members, minus(cents(cost, 'together'), own));
  expect(management[0]).toBe(own[0]);
  const shared = minus(cents(cost, 'together, if the accounts share their tiers'), own);
  near(cents(page, 'if accounts share the price tiers'), sum(shared, management, audit));
});

test("Security Hub's part is cost.md's", () => {
  const [, hundred = 0, fiveThousand = 0] = cents(cost, 'with Security Hub, in addition');
  const dollars = (amount: number) =>
    `$${(amount / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`;
  expect(page).toContain(
    `Security Hub adds ${dollars(hundred)} for 100 and ${dollars(fiveThousand)} for 5,000 accounts`,
  );
});

test('the numbers of rules and queries are those that there are', () => {
  const settings = readSettings({ regions: ['us-east-1', 'eu-west-1'] });
  const [home, elsewhere] = settings.regions.map((region) => controlsIn(settings, region).length);
  expect(page).toContain(`Home: ${home} with process checks, elsewhere ${elsewhere}`);
  expect(queriesOf('groundrules')).toHaveLength(10);
  expect(page).toContain('ten stored queries');
});

test("the page's settings can be meant, and it has every setting of an organization", () => {
  const blocks = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  expect(blocks.length).toBeGreaterThan(1);
  for (const block of blocks) {
    const text = block.startsWith('{') ? block : `{${block}}`;
    expect(() => readSettings(JSON.parse(text))).not.toThrow();
  }
  type Node = { properties?: Record<string, Node>; anyOf?: Node[] };
  const { properties = {} } = settingsSchema() as Node;
  const names = properties.organization?.anyOf?.flatMap((one) => Object.keys(one.properties ?? {})) ?? [];
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !page.includes(name))).toEqual([]);
});
