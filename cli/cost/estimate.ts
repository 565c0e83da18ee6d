/** Prices quantities: by item, by control, and the sum, under each reading of what AWS does not say. */
import { costOf, type Price, type PriceId, prices } from '../../catalogue/prices.ts';
import type { Both } from '../../report/both.ts';
import { ITEMS, type Item, type Usage, type Use } from './usage.ts';

export interface EstimateOptions {
  /** How many accounts there are for each that was counted: 50 for an estimate of 100 accounts from 2. */
  readonly scale: number;
  /** What AWS gives away each month is taken off, as if nothing else used it. */
  readonly freeTier: boolean;
}

export interface Amount {
  /** A month; of all accounts together. */
  readonly quantity: number;
  readonly usd: number;
  /** What the deployment adds to the first month. */
  readonly onceUsd: number;
}

export interface ItemCost extends Amount {
  readonly item: Item;
  readonly name: string;
  readonly unit: string;
}

export interface ControlCost {
  readonly control: string;
  readonly domain: string;
  readonly kind: string;
  /** Results: resources that its rule reports on, in all Regions; only those that somebody counted. */
  readonly resources: number;
  readonly evaluations: number;
  readonly complianceItems: number;
  readonly invocations: number;
  readonly findings: number;
  readonly usd: number;
  /** Some of its resources were not counted: it is more than that. */
  readonly atLeast: boolean;
}

export interface Estimate {
  readonly usd: number;
  readonly onceUsd: number;
  /** Something was not counted: it is more than that. */
  readonly atLeast: boolean;
  readonly items: readonly ItemCost[];
  readonly controls: readonly ControlCost[];
  /** What belongs to no control: alarms, the dashboard, queues. */
  readonly sharedUsd: number;
  /** Totals under each other reading of AWS's price page. */
  readonly readings: readonly { readonly reading: Both; readonly usd: number }[];
  readonly used: readonly PriceId[];
}

type Quantities = (use: Use) => number;
const monthly: Quantities = (use) => use.monthly;
const firstMonth: Quantities = (use) => use.monthly + use.once;

/**
 * What it comes to.
 *
 * @param usages of each account and Region.
 */
export function estimate(usages: readonly Usage[], options: EstimateOptions): Estimate {
  const month = bill(usages, monthly, options);
  const first = bill(usages, firstMonth, options);
  const items = (Object.keys(ITEMS) as Item[]).flatMap((item) => itemCost(item, month, first, options));
  const usd = total(month);
  return {
    usd,
    onceUsd: total(first) - usd,
    atLeast: usages.some(({ unknown }) => unknown.length > 0),
    items,
    controls: controlCosts(usages, month, options),
    sharedUsd: total(month.filter(({ use }) => use.control === undefined)),
    readings: readings(usages, month, options),
    used: [...new Set(month.map(({ use }) => use.price))],
  };
}

interface Billed {
  readonly use: Use;
  readonly usd: number;
}

const total = (billed: readonly Billed[]): number => billed.reduce((sum, { usd }) => sum + usd, 0);

/** Tiers are an account's and a Region's: each use has its share of what its price comes to there. */
function bill(
  usages: readonly Usage[],
  quantityOf: Quantities,
  { scale, freeTier }: EstimateOptions,
): Billed[] {
  const billed = usages.flatMap(({ uses }) =>
    [...groupBy(uses, ({ price }) => price)].flatMap(([id, group]) => {
      const quantity = sum(group, quantityOf);
      const each = quantity === 0 ? 0 : costOf(prices[id], quantity) / quantity;
      return group.map((use) => ({ use, usd: quantityOf(use) * each * scale }));
    }),
  );
  return freeTier ? lessFree(billed, quantityOf, scale) : billed;
}

/** The free tier counts once for all accounts and Regions. */
function lessFree(billed: readonly Billed[], quantityOf: Quantities, scale: number): Billed[] {
  return [...groupBy(billed, ({ use }) => use.price)].flatMap(([id, group]) => {
    const { free = 0 }: Price = prices[id];
    const quantity = sum(group, ({ use }) => quantityOf(use)) * scale;
    const left = quantity === 0 ? 0 : Math.max(0, quantity - free) / quantity;
    return group.map(({ use, usd }) => ({ use, usd: usd * left }));
  });
}

function itemCost(
  item: Item,
  month: readonly Billed[],
  first: readonly Billed[],
  { scale }: EstimateOptions,
): ItemCost[] {
  const of = (billed: readonly Billed[]) => billed.filter(({ use }) => use.item === item);
  const here = of(month);
  const [one] = here;
  if (!one) return [];
  const usd = total(here);
  return [
    {
      item,
      name: ITEMS[item],
      unit: prices[one.use.price].unit,
      quantity: sum(here, ({ use }) => use.monthly) * scale,
      usd,
      onceUsd: total(of(first)) - usd,
    },
  ];
}

function controlCosts(
  usages: readonly Usage[],
  month: readonly Billed[],
  { scale }: EstimateOptions,
): ControlCost[] {
  const unknown = new Set(usages.flatMap((usage) => usage.unknown.map(({ control }) => control)));
  const billedOf = groupBy(month, ({ use }) => use.control);
  const rows = [
    ...groupBy(
      usages.flatMap(({ controls }) => controls),
      ({ control }) => control.id,
    ),
  ];
  return rows
    .map(([id, all]) => {
      const billed = billedOf.get(id) ?? [];
      const of = (item: Item) =>
        scale *
        sum(
          billed.filter(({ use }) => use.item === item),
          ({ use }) => use.monthly,
        );
      const [{ control }] = all as [(typeof all)[number]];
      return {
        control: id,
        domain: control.domain,
        kind: control.kind,
        resources: scale * sum(all, ({ resources }) => resources),
        evaluations: of('evaluations'),
        complianceItems: of('complianceItems'),
        invocations: of('requests'),
        findings: of('findings'),
        usd: total(billed),
        atLeast: unknown.has(id),
      };
    })
    .sort((one, other) => other.usd - one.usd || (one.control < other.control ? -1 : 1));
}

function readings(usages: readonly Usage[], month: readonly Billed[], options: EstimateOptions) {
  const usd = total(month);
  const twice = sum(usages, ({ uses }) => {
    const evaluations = uses.filter(({ item }) => item === 'evaluations');
    return costOf(prices['config-rule-evaluation'], sum(evaluations, monthly));
  });
  const difference = pooling(usages, options);
  return [
    {
      reading: {
        en: 'AWS bills an evaluation in a pack as one outside packs, too (it is taken to be billed once)',
        ko: 'AWS가 팩의 평가를 팩 밖의 평가로도 청구하는 경우 (한 번만 청구한다고 봄)',
      },
      usd: usd + options.scale * twice,
    },
    ...(Math.abs(difference) < 0.005
      ? []
      : [
          {
            reading: {
              en: 'AWS counts the accounts of an organization together for the price tiers of a Region, as consolidated billing does (each is taken alone)',
              ko: 'AWS가 통합 결제처럼 조직의 계정을 합쳐 리전의 요금 구간을 계산하는 경우 (계정마다 따로 계산한다고 봄)',
            },
            usd: usd + difference,
          },
        ]),
  ];
}

/** What changes when the accounts of a Region share the tiers of the prices that AWS gives "per Region". */
function pooling(usages: readonly Usage[], { scale }: EstimateOptions): number {
  return sum([...groupBy(usages, ({ region }) => region).values()], (group) => {
    const uses = group.flatMap((usage) => usage.uses.map((use) => ({ use, usage })));
    return sum([...groupBy(uses, ({ use }) => use.price)], ([id, those]) => {
      if (prices[id].tiersPer !== 'region') return 0;
      const quantity = (some: typeof those) => sum(some, ({ use }) => use.monthly);
      const accounts = [...groupBy(those, ({ usage }) => usage).values()];
      const alone = sum(accounts, (own) => costOf(prices[id], quantity(own)));
      return costOf(prices[id], scale * quantity(those)) - scale * alone;
    });
  });
}

function groupBy<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

const sum = <T>(values: readonly T[], of: (value: T) => number): number =>
  values.reduce((all, value) => all + of(value), 0);
