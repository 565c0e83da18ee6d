/** The estimate as people read it, and as programs do. */
import { createColors } from 'picocolors';
import wrap from 'wrap-ansi';
import { type PriceId, prices } from '../../catalogue/prices.ts';
import type { Both, Language } from '../../report/both.ts';
import { type Column, type ListingOptions, listing } from '../../report/listing.ts';
import { jsonText, printable } from '../../report/printable.ts';
import type { ControlCost, Estimate } from './estimate.ts';
import { type CostWords, costWords } from './words.ts';

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
  readonly assumptions: readonly Both[];
  readonly notCounted: readonly Both[];
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
export function costJson({ estimate, assumptions, notCounted, ...report }: CostReport): string {
  const { used, usd, onceUsd, atLeast, readings, ...others } = estimate;
  const rest = { ...others, readings: readings.map((one) => ({ ...one, reading: one.reading.en })) };
  const said = [assumptions, notCounted].map((texts) => texts.map(({ en }) => en));
  const text = JSON.stringify(
    {
      schemaVersion: '1.0',
      currency: 'USD',
      ...report,
      assumptions: said[0],
      notCounted: said[1],
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
export function costTable(report: CostReport, screen: ListingOptions, language: Language): string {
  const words = costWords[language];
  const { estimate, unknown } = report;
  const { width } = screen;
  const paint = createColors(screen.colour);
  const section = (title: string, text: string) => (text ? [`${paint.bold(title)}\n${text}`] : []);
  const list = (texts: readonly string[]) =>
    texts.map((text) => wrap(`- ${printable(text)}`, width - 2).replaceAll('\n', '\n  ')).join('\n');
  const once = dollars(estimate.onceUsd);
  return `${[
    wrap(headline(report, paint, words), width),
    ...section(words.billed, itemTable(estimate, screen, words)),
    ...section(words.byControl, controlTable(estimate, screen, words)),
    ...section(words.once, wrap(words.onceText(estimate.atLeast ? words.atLeast(once) : once), width)),
    ...section(words.unknown, list(unknownLines(unknown, words))),
    ...section(
      words.otherwise,
      list(estimate.readings.map((one) => `${dollars(one.usd)}: ${one.reading[language]}`)),
    ),
    ...section(words.assumed, list(report.assumptions.map((one) => one[language]))),
    ...section(words.notCounted, list(report.notCounted.map((one) => one[language]))),
    ...section(words.prices, list(priceLines(report, words))),
  ].join('\n\n')}\n`;
}

type Paint = ReturnType<typeof createColors>;

function headline(
  { accountIds, sample, accounts, estimate, regions, homeRegion, packs }: CostReport,
  paint: Paint,
  words: CostWords,
): string {
  const usd = dollars(estimate.usd);
  const sum = words.aMonth(estimate.atLeast ? words.atLeast(usd) : usd);
  const counted = accountIds.length > 3 ? words.accounts(accountIds.length) : accountIds.join(', ');
  const like = counted === '' ? words.givenCounts : counted;
  const whose =
    accounts === accountIds.length ? words.theAccounts(counted, accounts) : words.like(accounts, like);
  const where = regions
    .map((region) => (region === homeRegion ? `${region} (${words.home})` : region))
    .join(', ');
  const first = sample ? `${words.sample}\n\n` : '';
  return `${first}${paint.bold(sum)}\n${paint.dim(`${whose}; ${where}; ${words.packs(packs.join(', '))}`)}`;
}

function itemTable({ items, usd }: Estimate, screen: ListingOptions, words: CostWords): string {
  const [item = '', quantity = '', unit = '', sum = ''] = words.itemHead;
  const rows = items.map((one) => [
    words.items[one.item] ?? one.name,
    number(one.quantity),
    words.units[one.unit] ?? one.unit,
    dollars(one.usd),
  ]);
  return listing(
    [item, right(quantity), unit, right(sum)],
    [...rows, [words.together, '', '', dollars(usd)]],
    screen,
  );
}

/** Those that cost something, or may; the rest is counted. */
function controlTable({ controls, sharedUsd }: Estimate, screen: ListingOptions, words: CostWords): string {
  const shown = controls.filter(({ usd, atLeast }) => usd > 0 || atLeast);
  const hasFindings = controls.some(({ findings }) => findings > 0);
  const columns: [name: string, of: (one: ControlCost) => string][] = [
    [words.control, ({ control }) => control],
    [words.pack, ({ domain }) => domain],
    [words.results, ({ resources, atLeast }) => `${number(resources)}${atLeast ? ' + ?' : ''}`],
    [words.evaluations, ({ evaluations }) => number(evaluations)],
    [words.complianceItems, ({ complianceItems }) => number(complianceItems)],
    [words.runs, ({ kind, invocations }) => (kind === 'custom' ? number(invocations) : '')],
    ...(hasFindings
      ? [[words.findings, ({ findings }) => number(findings)] as (typeof columns)[number]]
      : []),
    ['USD', ({ usd, atLeast }) => `${dollars(usd)}${atLeast ? ' + ?' : ''}`],
  ];
  const line = (first: string, last: string) => [first, ...columns.slice(2).map(() => ''), last];
  const rest = controls.length - shown.length;
  return listing(
    columns.map(([name], index) => (index < 2 ? name : right(name))),
    [
      ...shown.map((one) => columns.map(([, of]) => of(one))),
      ...(rest > 0 ? [line(words.more(rest), dollars(0))] : []),
      line(words.shared, dollars(sharedUsd)),
    ],
    screen,
  );
}

/** The types, why they were not counted if that is known, and what to do. */
function unknownLines(unknown: readonly UnknownType[], words: CostWords): string[] {
  const reasons = [...new Set(unknown.flatMap(({ why }) => why ?? []))];
  const typesOf = (reason: string) =>
    unknown.flatMap(({ why, resourceType }) => (why === reason ? resourceType : []));
  return [
    ...unknown.map(({ resourceType, regions, controls }) =>
      words.unknownType(resourceType, regions.join(', '), controls.join(', ')),
    ),
    ...reasons.map((reason) => `${shorten(reason)}: ${typesOf(reason).join(', ')}`),
    ...(unknown.length > 0 ? [words.giveCount(unknown[0]?.resourceType ?? '')] : []),
  ];
}

/** In one short line. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
const LONGEST = 240;

function priceLines({ estimate: { used }, regions, freeTier }: CostReport, words: CostWords): string[] {
  const recalled = used.filter((id) => !prices[id].verified);
  const others = regions.filter((region) => used.some((id) => prices[id].region !== region));
  const dates = used.map((id) => prices[id].asOf).sort();
  return [
    words.dollars(dates[0] ?? '', dates.at(-1) ?? ''),
    ...(recalled.length > 0 ? [words.notVerified(recalled.map(priceText).join('; '))] : []),
    ...(others.length > 0 ? [words.elsewhere(others.join(', '))] : []),
    freeTier ? words.freeTaken : words.freeLeft,
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

const right = (name: string): Column => ({ name, right: true });
