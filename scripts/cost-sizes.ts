/** The bills of docs/cost.md for accounts of three sizes, and what each switch saves there, reckoned as `groundrules cost` does. */
import { SIZES, type Size } from '../bench/peers/account/account.ts';
import { kept } from '../bench/peers/kept.ts';
import { controls } from '../catalogue/index.ts';
import { prices } from '../catalogue/prices.ts';
import { DEFAULTS } from '../cli/cost/assumptions.ts';
import { Counts } from '../cli/cost/counts.ts';
import { type Estimate, estimate } from '../cli/cost/estimate.ts';
import { inventoriesOf, readCounts } from '../cli/cost/inventories.ts';
import { dollars } from '../cli/cost/print.ts';
import { type Item, usageOf } from '../cli/cost/usage.ts';
import { readSettings } from '../deploy/settings/index.ts';
import { rules } from '../rules/index.ts';

const REGIONS = ['us-east-1', 'eu-west-1'];
const DAYS = 30.4;

/** An account of the comparison with other tools; of all else it has so many times what the page's own account has. */
const TIMES: Readonly<Record<Size, number>> = { small: 1, medium: 10, large: 50 };
const NAMES = Object.keys(SIZES) as Size[];

/** Of which an account has one, whatever its size. */
const ONE = ['AWS::CloudTrail::Trail'];

/** @param counted what the page's own account has: `AWS::IAM::Role=40`. */
export async function costOfSizes(counted: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const bills = await Promise.all(NAMES.map((size) => billOf(size, counted)));
  return {
    sizes: [HEAD, ...sizesTable(bills)].join('\n'),
    switches: await switchesTable(counted, bills),
    dearest: dearestTable(bills),
  };
}

const HEAD = `| a month, US dollars | ${NAMES.join(' | ')} |\n|---|${'--:|'.repeat(NAMES.length)}`;
const row = (name: string, values: readonly string[]) => `| ${name} | ${values.join(' | ')} |`;

async function billOf(size: Size, counted: readonly string[], settings: object = {}): Promise<Estimate> {
  const read = readSettings({ regions: REGIONS, ...settings });
  const nobody = { accountId: undefined, regions: [], count: async () => new Counts() };
  const counts = readCounts(countsOf(size, counted), false);
  const inventories = await inventoriesOf([nobody], REGIONS, 'us-east-1', counts);
  const usages = inventories.flatMap((one) =>
    read.regions.map((region) => usageOf(one, region, read, DEFAULTS)),
  );
  return estimate(usages, { scale: 1, freeTier: false });
}

/** What belongs to a Region lies in both, in halves. */
function countsOf(size: Size, counted: readonly string[]): string[] {
  const { buckets, groups, users } = SIZES[size];
  const own: Record<string, number> = {
    'AWS::S3::Bucket': buckets,
    'AWS::EC2::SecurityGroup': groups,
    'AWS::IAM::User': users,
  };
  return counted.flatMap((one) => {
    const [type = '', number = '0'] = one.split('=');
    const count = own[type] ?? Number(number) * (ONE.includes(type) ? 1 : TIMES[size]);
    if (/^AWS::(IAM|CloudFront)::/.test(type)) return [`${type}=${count}`];
    const elsewhere = Math.floor(count / 2);
    return [`${type}@us-east-1=${count - elsewhere}`, `${type}@eu-west-1=${elsewhere}`];
  });
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const ofKind = ({ controls: costs }: Estimate, kind: string) => costs.filter((one) => one.kind === kind);
const usdOf = ({ items }: Estimate, ...wanted: Item[]) =>
  sum(items.filter(({ item }) => wanted.includes(item)).map(({ usd }) => usd));
/** Functions, and what they log and ask for money, are of our rules alone. */
const FUNCTIONS: readonly Item[] = ['requests', 'computing', 'logs', 'logStorage', 'paidRequests'];

function sizesTable(bills: readonly Estimate[]): string[] {
  const of = (name: string, usd: (bill: Estimate, size: Size) => number) =>
    row(
      name,
      bills.map((bill, at) => dollars(usd(bill, NAMES[at] as Size))),
    );
  const number = (name: string, value: (bill: Estimate) => number) =>
    row(
      name,
      bills.map((bill) => Math.round(value(bill)).toLocaleString('en-US')),
    );
  const ours = (bill: Estimate) => sum(ofKind(bill, 'custom').map(({ usd }) => usd));
  const managed = (bill: Estimate) => sum(ofKind(bill, 'managed').map(({ usd }) => usd));
  const evaluations = (bill: Estimate, kind: string) => sum(ofKind(bill, kind).map((one) => one.evaluations));
  const managedCount = controls.filter(({ kind }) => kind === 'managed').length;
  return [
    number(`evaluations by the ${rules.length} rules`, (bill) => evaluations(bill, 'custom')),
    of(`**the ${rules.length} rules of Groundrules**`, ours),
    of('of that, their functions', (bill) => usdOf(bill, ...FUNCTIONS)),
    number(`evaluations by AWS's managed rules, up to ${managedCount}`, (bill) =>
      evaluations(bill, 'managed'),
    ),
    of("**AWS's managed rules in the packs**", managed),
    of('alarms and dashboard', (bill) => usdOf(bill, 'alarms', 'dashboard')),
    of('**together**', ({ usd }) => usd),
    of('Prowler, once a day as a task of Fargate (five of the rules)', (_, size) => fargate('prowler', size)),
    of('`groundrules evaluate --live`, once a day as such a task (the same five)', (_, size) =>
      fargate('groundrules', size),
    ),
  ];
}

/** As long as `bench:peers` measured. */
function secondsOf(tool: 'groundrules' | 'prowler', size: Size): number {
  const figures = kept()?.sizes[size]?.figures.find((one) => one.tool === tool);
  if (!figures) throw new Error(`nobody measured ${tool} on the ${size} account`);
  return figures.seconds;
}

/** A task of one vCPU and 2 GB for as long as a run takes, and no less than AWS bills. */
function fargate(tool: 'groundrules' | 'prowler', size: Size): number {
  const hours = (DAYS * Math.max(60, secondsOf(tool, size))) / 3600;
  return hours * ((prices['fargate-vcpu-hour'].usd ?? 0) + 2 * (prices['fargate-gb-hour'].usd ?? 0));
}

/** What can be left out, and what is then no longer known. */
const SWITCHES: readonly (readonly [name: string, settings: object, without: string])[] = [
  ['`notifications.dashboard: false`', { notifications: { dashboard: false } }, 'the picture in CloudWatch'],
  ['`notifications.alarms: false`', { notifications: { alarms: false } }, 'word of functions that fail'],
  ...(['root', 'identity', 'logging', 'cost', 'workloads', 'attestations'] as const).map(
    (left) =>
      [
        `\`packs\` without ${left}`,
        {
          packs: ['root', 'identity', 'logging', 'cost', 'workloads', 'attestations'].filter(
            (one) => one !== left,
          ),
        },
        `the domain ${left}`,
      ] as const,
  ),
  ['`regions`: the home Region alone', { regions: ['us-east-1'] }, 'what is in the other Region'],
];

async function switchesTable(counted: readonly string[], bills: readonly Estimate[]): Promise<string> {
  const rows = await Promise.all(
    SWITCHES.map(async ([name, settings, without]) => {
      const saved = await Promise.all(
        NAMES.map(async (size, at) => (bills[at]?.usd ?? 0) - (await billOf(size, counted, settings)).usd),
      );
      return row(name, [...saved.map(dollars), without]);
    }),
  );
  return [
    `| a month, US dollars saved | ${NAMES.join(' | ')} | what is no longer known |\n|---|${'--:|'.repeat(NAMES.length)}---|`,
    ...rows,
  ].join('\n');
}

/** The controls that cost most in an account of middle size: each can be left out by its id. */
function dearestTable(bills: readonly Estimate[]): string {
  const [, medium] = bills as readonly [Estimate, Estimate, Estimate];
  const usd = (bill: Estimate, id: string) => bill.controls.find(({ control }) => control === id)?.usd ?? 0;
  return [
    `| control | whose rule | ${NAMES.join(' | ')} |\n|---|---|${'--:|'.repeat(NAMES.length)}`,
    ...medium.controls
      .slice(0, 10)
      .map(({ control, kind }) =>
        row(`\`${control}\``, [
          kind === 'custom' ? 'ours' : "AWS's",
          ...bills.map((bill) => dollars(usd(bill, control))),
        ]),
      ),
  ].join('\n');
}
