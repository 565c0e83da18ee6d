/** The estimate as people read it, and as programs do. */
import { createColors } from 'picocolors';
import wrap from 'wrap-ansi';
import { type PriceId, prices } from '../../catalogue/prices.ts';
import { type Column, type ListingOptions, listing } from '../../report/listing.ts';
import { jsonText, printable } from '../../report/printable.ts';
import type { ControlCost, Estimate } from './estimate.ts';

/** What there is to say beside the numbers. */
export interface CostReport {
  /** The accounts that were counted; none for one that is on the command line only. */
  readonly accountIds: readonly string[];
  /** Whether they are the sample accounts, and nobody's. */
  readonly sample: boolean;
  /** How many the estimate is for. */
  readonly accounts: number;
  readonly regions: readonly string[];
  readonly homeRegion: string;
  readonly packs: readonly string[];
  readonly freeTier: boolean;
  readonly estimate: Estimate;
  readonly unknown: readonly UnknownType[];
  readonly assumptions: readonly string[];
  readonly notCounted: readonly string[];
}

/** A resource type that nobody counted, and what depends on it. */
export interface UnknownType {
  readonly resourceType: string;
  readonly regions: readonly string[];
  readonly controls: readonly string[];
  /** Why, as far as anybody said. */
  readonly why: string | null;
}

/** The `json` format: amounts in US dollars, quantities a month; fields are only ever added. */
export function costJson({ estimate, ...report }: CostReport): string {
  const { used, usd, onceUsd, atLeast, ...rest } = estimate;
  const text = JSON.stringify(
    {
      schemaVersion: '1.0',
      currency: 'USD',
      ...report,
      monthly: { usd, atLeast },
      firstMonth: { additionalUsd: onceUsd, atLeast },
      ...rest,
    },
    // A millionth of a dollar is more than the assumptions bear.
    (_, value) => (typeof value === 'number' ? Number(value.toFixed(6)) : value),
  );
  const priced = { ...JSON.parse(text), prices: used.map((id) => ({ id, ...prices[id] })) };
  return `${jsonText(priced, 2)}\n`;
}

/** The `table` format. */
export function costTable(report: CostReport, screen: ListingOptions): string {
  const { estimate, unknown } = report;
  const { width } = screen;
  const paint = createColors(screen.colour);
  const section = (title: string, text: string) => (text ? [`${paint.bold(title)}\n${text}`] : []);
  const list = (texts: readonly string[]) =>
    texts.map((text) => wrap(`- ${printable(text)}`, width - 2).replaceAll('\n', '\n  ')).join('\n');
  const least = estimate.atLeast ? 'at least ' : '';
  return `${[
    wrap(headline(report, paint), width),
    ...section('WHAT IS BILLED, A MONTH', itemTable(estimate, screen)),
    ...section('BY CONTROL, A MONTH', controlTable(estimate, screen)),
    ...section(
      'ONCE',
      wrap(
        `The first month costs ${least}${dollars(estimate.onceUsd)} more: every resource has its first verdict by every rule. So does the month after a change of a rule's parameters, in part.`,
        width,
      ),
    ),
    ...section('NOT KNOWN, NOT IN THE SUM', list(unknownLines(unknown))),
    ...section(
      'IF IT IS OTHERWISE',
      list(estimate.readings.map((one) => `${dollars(one.usd)}: ${one.reading}`)),
    ),
    ...section('ASSUMED', list(report.assumptions)),
    ...section('NOT COUNTED', list(report.notCounted)),
    ...section('PRICES', list(priceLines(report))),
  ].join('\n\n')}\n`;
}

const SAMPLE = 'SAMPLE ACCOUNTS, which come along with Groundrules: nothing of yours was counted';

type Paint = ReturnType<typeof createColors>;

function headline(
  { accountIds, sample, accounts, estimate, regions, homeRegion, packs }: CostReport,
  paint: Paint,
): string {
  const sum = `${estimate.atLeast ? 'at least ' : ''}${dollars(estimate.usd)} a month`;
  const counted = accountIds.length > 3 ? `${accountIds.length} accounts` : accountIds.join(', ');
  const like = counted === '' ? 'the given counts' : counted;
  const whose =
    accounts === accountIds.length
      ? `account${accounts === 1 ? '' : 's'} ${counted}`
      : `${plural(accounts, 'account')} like ${like}`;
  const where = regions.map((region) => (region === homeRegion ? `${region} (home)` : region)).join(', ');
  const first = sample ? `${SAMPLE}\n\n` : '';
  return `${first}${paint.bold(sum)}\n${paint.dim(`${whose}; ${where}; packs ${packs.join(', ')}`)}`;
}

function itemTable({ items, usd }: Estimate, screen: ListingOptions): string {
  const rows = items.map((item) => [item.name, number(item.quantity), item.unit, dollars(item.usd)]);
  return listing(
    ['ITEM', right('QUANTITY'), 'UNIT', right('USD')],
    [...rows, ['together', '', '', dollars(usd)]],
    screen,
  );
}

/** Those that cost something, or may; the rest is counted. */
function controlTable({ controls, sharedUsd }: Estimate, screen: ListingOptions): string {
  const shown = controls.filter(({ usd, atLeast }) => usd > 0 || atLeast);
  const hasFindings = controls.some(({ findings }) => findings > 0);
  const columns: [name: string, of: (one: ControlCost) => string][] = [
    ['CONTROL', ({ control }) => control],
    ['PACK', ({ domain }) => domain],
    ['RESULTS', ({ resources, atLeast }) => `${number(resources)}${atLeast ? ' + ?' : ''}`],
    ['EVALUATIONS', ({ evaluations }) => number(evaluations)],
    ['ITEMS', ({ complianceItems }) => number(complianceItems)],
    ['RUNS', ({ kind, invocations }) => (kind === 'custom' ? number(invocations) : '')],
    ...(hasFindings ? [['FINDINGS', ({ findings }) => number(findings)] as (typeof columns)[number]] : []),
    ['USD', ({ usd, atLeast }) => `${dollars(usd)}${atLeast ? ' + ?' : ''}`],
  ];
  const line = (first: string, last: string) => [first, ...columns.slice(2).map(() => ''), last];
  const rest = controls.length - shown.length;
  return listing(
    columns.map(([name], index) => (index < 2 ? name : right(name))),
    [
      ...shown.map((one) => columns.map(([, of]) => of(one))),
      ...(rest > 0 ? [line(`${rest} more`, dollars(0))] : []),
      line('not of one control', dollars(sharedUsd)),
    ],
    screen,
  );
}

/** The types, why they were not counted if that is known, and what to do. */
function unknownLines(unknown: readonly UnknownType[]): string[] {
  const reasons = [...new Set(unknown.flatMap(({ why }) => why ?? []))];
  const typesOf = (reason: string) =>
    unknown.flatMap(({ why, resourceType }) => (why === reason ? resourceType : []));
  return [
    ...unknown.map(
      ({ resourceType, regions, controls }) =>
        `${resourceType} in ${regions.join(', ')}, for ${controls.join(', ')}`,
    ),
    ...reasons.map((reason) => `${shorten(reason)}: ${typesOf(reason).join(', ')}`),
    ...(unknown.length > 0
      ? [`Give --count ${unknown[0]?.resourceType}=N, and so on, for those that you know`]
      : []),
  ];
}

/** In one short line. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
const LONGEST = 240;

function priceLines({ estimate: { used }, regions, freeTier }: CostReport): string[] {
  const recalled = used.filter((id) => !prices[id].verified);
  const others = regions.filter((region) => used.some((id) => prices[id].region !== region));
  const dates = used.map((id) => prices[id].asOf).sort();
  return [
    `US dollars without tax, of ${dates[0]} to ${dates.at(-1)}. Each with its source: catalogue/prices.json, and --format json.`,
    ...(recalled.length > 0 ? [`Not verified: ${recalled.map(priceText).join('; ')}.`] : []),
    ...(others.length > 0
      ? [`The prices are those of us-east-1. AWS may charge otherwise in ${others.join(', ')}.`]
      : []),
    freeTier
      ? "AWS's free tier is taken off, as if nothing else used it."
      : "AWS's free tier (--free-tier) is not taken off.",
  ];
}

/** `$0.002 per step`. */
export function priceText(id: PriceId): string {
  const { usd, tiers, unit } = prices[id];
  const each = tiers ? tiers.map((tier) => `$${plain(tier.usd)}`).join(', ') : `$${plain(usd ?? 0)}`;
  return `${each} per ${unit}`;
}

const plain = (usd: number): string => usd.toFixed(10).replace(/\.?0+$/, '');

/** To the cent; what is less than one says so. */
export function dollars(usd: number): string {
  if (usd > 0 && usd < 0.005) return '< $0.01';
  return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

function number(value: number): string {
  if (value > 0 && value < 0.05) return '< 0.1';
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 });
}

const plural = (count: number, what: string) =>
  `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;

const right = (name: string): Column => ({ name, right: true });
