/** The numbers of docs/cost.md and docs/organization.md, reckoned as `groundrules cost` does. */
import { readFileSync } from 'node:fs';
import { prices } from '../catalogue/prices.ts';
import { DEFAULTS } from '../cli/cost/assumptions.ts';
import { Counts } from '../cli/cost/counts.ts';
import { type Estimate, estimate } from '../cli/cost/estimate.ts';
import { inventoriesOf, readCounts } from '../cli/cost/inventories.ts';
import { dollars } from '../cli/cost/print.ts';
import { type Item, type Usage, usageOf } from '../cli/cost/usage.ts';
import { controlsIn } from '../deploy/packs/index.ts';
import { readSettings } from '../deploy/settings/index.ts';
import { costOfSizes } from './cost-sizes.ts';
import { code } from './markdown.ts';
import { fill, type Page } from './pages.ts';

const COST = 'docs/cost.md';
const ORGANIZATION = 'docs/organization.md';
const REGION = 'us-east-1';
const ACCOUNTS = [1, 100, 5000] as const;
const HEAD = '| a month, US dollars | 1 account | 100 | 5,000 |\n|---|--:|--:|--:|';

interface Bill {
  readonly accounts: number;
  /** Types that the page's command does not count. */
  readonly unknown: readonly string[];
  readonly plain: Estimate;
  readonly withFindings: Estimate;
}

/** Both pages with their numbers as they should be. */
export async function costPages(): Promise<Page[]> {
  const cost = readFileSync(COST, 'utf8');
  const counted = countedOn(cost);
  const bills = await billsOf(counted);
  return [
    filled(COST, cost, { accounts: costTable(bills), ...(await costOfSizes(counted)) }),
    filled(ORGANIZATION, readFileSync(ORGANIZATION, 'utf8'), {
      accounts: organizationTable(bills),
      notes: organizationNotes(bills),
      rules: ruleNumbers(),
    }),
  ];
}

function filled(path: string, text: string, blocks: Readonly<Record<string, string>>): Page {
  const derived = Object.entries(blocks).reduce((page, [name, content]) => {
    const next = fill(page, name, content);
    if (next === undefined) throw new Error(`${path} lacks <!-- ${name} --> and <!-- /${name} -->`);
    return next;
  }, text);
  return { path, text, derived };
}

/** What the account has that the command on docs/cost.md names. */
function countedOn(page: string): string[] {
  const [, section = ''] = page.split('\n## 1, 100 and 5,000 accounts\n');
  return [...section.matchAll(/--count (\S+=\d+)/g)].map(([, count = '']) => count);
}

async function billsOf(counted: readonly string[]): Promise<Bill[]> {
  const nobody = { accountId: undefined, regions: [], count: async () => new Counts() };
  const inventories = await inventoriesOf([nobody], [REGION], REGION, readCounts(counted, false));
  const of = (more: object): Usage[] => {
    const settings = readSettings(more);
    return inventories.map((inventory) => usageOf(inventory, REGION, settings, DEFAULTS));
  };
  const plain = of({});
  const unknown = [
    ...new Set(plain.flatMap(({ unknown }) => unknown.map(({ resourceType }) => resourceType))),
  ];
  const withFindings = of({ securityHub: {} });
  return ACCOUNTS.map((accounts) => ({
    accounts,
    unknown: unknown.sort(),
    plain: estimate(plain, { scale: accounts, freeTier: false }),
    withFindings: estimate(withFindings, { scale: accounts, freeTier: false }),
  }));
}

const usd = ({ items }: Estimate, ...wanted: Item[]): number =>
  items.filter(({ item }) => wanted.includes(item)).reduce((sum, item) => sum + item.usd, 0);
const row = (bills: readonly Bill[], name: string, of: (bill: Bill) => string): string =>
  `| ${name} | ${bills.map(of).join(' | ')} |`;
const reading = ({ plain }: Bill, at: number): number => plain.readings[at]?.usd ?? plain.usd;
const findings = ({ plain, withFindings }: Bill): number => withFindings.usd - plain.usd;
const evaluations = ({ plain }: Bill): number =>
  plain.items.find(({ item }) => item === 'evaluations')?.quantity ?? 0;
const whole = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

const PARTS: readonly (readonly [name: string, ...items: Item[]])[] = [
  ['AWS Config evaluations', 'evaluations'],
  ['AWS Config items of compliance', 'complianceItems'],
  ['Lambda, and its logs', 'requests', 'computing', 'logs', 'logStorage'],
  ['Cost Explorer requests', 'paidRequests'],
];
const partRows = (bills: readonly Bill[]): string[] =>
  PARTS.map(([name, ...items]) => row(bills, name, ({ plain }) => dollars(usd(plain, ...items))));

function costTable(bills: readonly Bill[]): string {
  return [
    HEAD,
    row(bills, 'evaluations', (bill) => whole(evaluations(bill))),
    ...partRows(bills),
    row(bills, 'CloudWatch alarms', ({ plain }) => dollars(usd(plain, 'alarms'))),
    row(bills, 'CloudWatch dashboard', ({ plain }) => dollars(usd(plain, 'dashboard'))),
    row(bills, '**together**', ({ plain }) => `**${dollars(plain.usd)}**`),
    row(bills, 'with Security Hub, in addition', (bill) => dollars(findings(bill))),
    row(bills, 'the first month, in addition', ({ plain }) => dollars(plain.onceUsd)),
    row(bills, 'together, if evaluations in packs are billed twice', (bill) => dollars(reading(bill, 0))),
    row(bills, 'together, if the accounts share their tiers', (bill) => dollars(reading(bill, 1))),
    ...notCounted(bills),
  ].join('\n');
}

const notCounted = ([bill]: readonly Bill[]): string[] =>
  bill !== undefined && bill.unknown.length > 0
    ? ['', `The command does not count ${code(bill.unknown)}: what is judged of them comes on top.`]
    : [];

/** Without alarms and dashboards, which an organization has in its management account and its audit account alone. */
const inMembers = ({ plain }: Bill, all = plain.usd): number => all - usd(plain, 'alarms', 'dashboard');
const inManagement = ({ plain, accounts }: Bill): number => usd(plain, 'alarms', 'dashboard') / accounts;
const inAudit = ({ accounts }: Bill): number => (accounts > 1 ? 3 * (prices.alarm.usd ?? 0) : 0);
const around = (bill: Bill): number => inManagement(bill) + inAudit(bill);

function organizationTable(bills: readonly Bill[]): string {
  return [
    HEAD,
    ...partRows(bills),
    row(bills, '**members together**', (bill) => `**${dollars(inMembers(bill))}**`),
    row(bills, 'dashboard and alarms of the management account', (bill) => dollars(inManagement(bill))),
    row(bills, 'three alarms of the audit account', (bill) =>
      inAudit(bill) > 0 ? dollars(inAudit(bill)) : '–',
    ),
    row(bills, '**all together**', (bill) => `**${dollars(inMembers(bill) + around(bill))}**`),
    row(bills, 'if accounts share the price tiers', (bill) =>
      dollars(inMembers(bill, reading(bill, 1)) + around(bill)),
    ),
  ].join('\n');
}

function organizationNotes(bills: readonly Bill[]): string {
  const [one, hundred, many] = bills as readonly [Bill, Bill, Bill];
  const above = evaluations(many) - 500_000;
  const shared = 100_000 * 0.001 + 400_000 * 0.0008 + above * 0.0005;
  return [
    `- One account: ${whole(evaluations(one))} evaluations at $0.001 are ${dollars(usd(one.plain, 'evaluations'))}. It needs none of this page.`,
    `- 5,000: ${whole(evaluations(many))} evaluations, each account below its first 100,000. Shared, they would be 100,000 × $0.001 + 400,000 × $0.0008 + ${whole(above)} × $0.0005 = ${dollars(shared)} in place of ${dollars(usd(many.plain, 'evaluations'))}. Which of the two AWS bills is not known (cost.md).`,
    `- Security Hub adds ${dollars(findings(hundred))} for 100 and ${dollars(findings(many))} for 5,000 accounts, almost all of it for the queues being asked.`,
  ].join('\n');
}

function ruleNumbers(): string {
  const settings = readSettings({ regions: [REGION, 'eu-west-1'] });
  const [home, elsewhere] = settings.regions.map((region) => controlsIn(settings, region).length);
  return `Rules of an account, with everything that is on unless told otherwise: ${home} in the home Region, process checks included; ${elsewhere} in each other.`;
}
