/** Which cost budgets of an account count: in force, of the whole bill, and with an alert in time. */
import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES, partial } from '../../account/errors.ts';
import {
  allBudgets,
  type Budget,
  type BudgetAlert,
  budgetAlerts,
  type DimensionValues,
  type Expression,
} from '../../account/services/budgets/readings.ts';

/** What is asked of a budget. */
export interface BudgetWants {
  readonly minBudgets: number;
  readonly requireNotification: boolean;
  readonly maxThresholdPercent: number;
  readonly acceptFilteredBudgets: boolean;
}

/** Why a budget does not count. */
export type Miss =
  | { readonly kind: 'otherType'; readonly budget: string; readonly type: string }
  | { readonly kind: 'notInForce'; readonly budget: string; readonly since: 'ended' | 'notBegun' }
  | { readonly kind: 'unhealthy'; readonly budget: string; readonly reason: string | undefined }
  | { readonly kind: 'filtered'; readonly budget: string; readonly by: string }
  | { readonly kind: 'noAlert'; readonly budget: string }
  | { readonly kind: 'lateAlert'; readonly budget: string };

export interface CountedBudgets {
  /** Budgets of any kind, those that make no sense included. */
  readonly all: number;
  /** Those that count. */
  readonly count: number;
  /** Why the others do not, the nearest miss first. */
  readonly misses: readonly Miss[];
  /** Why there may be enough that count, though there are not by what could be read. */
  readonly doubt: AccountError | undefined;
}

/**
 * Counts the budgets that are as they should be.
 *
 * @throws {AccountError} when there is no list of budgets at all.
 */
export async function countBudgets(
  account: Account<typeof allBudgets | typeof budgetAlerts>,
  wants: BudgetWants,
  now: Date,
): Promise<CountedBudgets> {
  const { values, errors } = await partial(listed(account.read(allBudgets)));
  const alerts = wants.requireNotification && values.length > 0 ? await alertsOf(account) : undefined;
  const judged = values.map((one) => missesOf(one, alerts, { account, wants, now }));
  const count = judged.filter(({ misses, doubt }) => misses.length === 0 && !doubt).length;
  const doubtful = judged.flatMap(({ misses, doubt }) => (misses.length === 0 && doubt ? [doubt] : []));
  // An element that makes no sense may be one that counts; where the list was cut, there may be any number.
  const isCut = errors.some(({ about }) => about === undefined);
  const possible = isCut ? Number.POSITIVE_INFINITY : count + doubtful.length + errors.length;
  return {
    all: values.length + errors.filter(({ about }) => about !== undefined).length,
    count,
    misses: judged
      .map(({ misses }) => misses)
      .filter((misses) => misses.length > 0)
      .sort((one, other) => one.length - other.length)
      .flatMap(([first]) => first ?? []),
    doubt: possible >= wants.minBudgets ? (errors[0] ?? doubtful[0]) : undefined,
  };
}

const listed = async <T>(list: Promise<readonly T[] | null>): Promise<readonly T[]> => (await list) ?? [];

/** The alerts of a budget, or why nobody knows them. */
type Alerts = (budget: string) => readonly BudgetAlert[] | AccountError;

async function alertsOf(account: Account<typeof budgetAlerts>): Promise<Alerts> {
  const { values, errors } = await partial(listed(account.read(budgetAlerts)));
  return (budget) => {
    const known = values.filter((one) => one.budget === budget).flatMap((one) => one.alerts);
    const error = errors.find(({ about }) => about === undefined || about.id === budget);
    return known.length === 0 && error ? error : known;
  };
}

interface Asked {
  readonly account: { readonly id: string };
  readonly wants: BudgetWants;
  readonly now: Date;
}

/** All that keeps a budget from counting, and what nobody could tell. */
function missesOf(
  one: Budget,
  alerts: Alerts | undefined,
  { account, wants, now }: Asked,
): { readonly misses: readonly Miss[]; readonly doubt?: AccountError } {
  const budget = one.name;
  const misses: Miss[] = [];
  if (one.type.toUpperCase() !== 'COST') misses.push({ kind: 'otherType', budget, type: one.type });
  if (one.end && now >= one.end) misses.push({ kind: 'notInForce', budget, since: 'ended' });
  else if (one.start && now < one.start) misses.push({ kind: 'notInForce', budget, since: 'notBegun' });
  const health = one.health?.toUpperCase() ?? 'HEALTHY';
  if (health === 'UNHEALTHY') misses.push({ kind: 'unhealthy', budget, reason: one.healthReason });
  const by = wants.acceptFilteredBudgets ? undefined : narrowedBy(one, account.id);
  if (by !== undefined) misses.push({ kind: 'filtered', budget, by });

  const own = alerts?.(budget);
  if (own && !(own instanceof AccountError) && !own.some((alert) => isInTime(alert, one, wants))) {
    misses.push({ kind: own.length > 0 ? 'lateAlert' : 'noAlert', budget });
  }
  const unsaid = ['HEALTHY', 'UNHEALTHY'].includes(health) ? undefined : unknownHealth();
  const doubt = own instanceof AccountError ? own : unsaid;
  return { misses, ...(doubt && { doubt }) };
}

const unknownHealth = () =>
  new AccountError(
    OWN_CODES.malformed,
    'budgets:DescribeBudgets',
    'budgets:DescribeBudgets gives a budget a health status that is not known',
  );

/** Sums of money in binary: `0.7 × 70 %` is a little less than `0.49`. */
const atMost = (one: number, other: number) => one <= other + 1e-9 * Math.abs(other);

function isInTime(alert: BudgetAlert, { limit }: Budget, { maxThresholdPercent }: BudgetWants): boolean {
  const { type, comparison, threshold, thresholdType } = alert;
  if (comparison.toUpperCase() !== 'GREATER_THAN') return false;
  if (!['ACTUAL', 'FORECASTED'].includes(type.toUpperCase())) return false;
  switch (thresholdType.toUpperCase()) {
    case 'PERCENTAGE':
      return threshold <= maxThresholdPercent;
    case 'ABSOLUTE_VALUE':
      return limit !== undefined && atMost(threshold, (limit * maxThresholdPercent) / 100);
    default:
      return false;
  }
}

/** `LINKED_ACCOUNT` of an expression is `LinkedAccount` of the older filters. */
const bare = (key: string) => key.replaceAll('_', '').toLowerCase();

/** What a budget is narrowed down by, so that it does not watch all of the account; `undefined` for one that does. */
function narrowedBy({ filters, expression, customView }: Budget, accountId: string): string | undefined {
  if (customView !== undefined) return 'a billing view';
  for (const [key, values] of Object.entries(filters)) {
    if (!isWhole(key, values, accountId)) return key;
  }
  return expression && narrowing(expression, accountId);
}

/** Whether a filter leaves the account's costs in: by this account, or by what kind of charge they are. */
const isWhole = (key: string, values: readonly string[], accountId: string): boolean =>
  bare(key) === 'recordtype' || (bare(key) === 'linkedaccount' && values.includes(accountId));

/** Every part of an expression has to hold of what is watched; of an `Or`, one part is enough. */
function narrowing(
  { Or, And, Not, Dimensions, Tags, CostCategories }: Expression,
  accountId: string,
): string | undefined {
  if (Not != null) return 'Not';
  if (Tags != null) return 'Tags';
  if (CostCategories != null) return 'CostCategories';
  const own = Dimensions ? narrowingDimension(Dimensions, accountId) : undefined;
  if (own !== undefined) return own;
  const ofAll = (And ?? []).map((one) => narrowing(one, accountId)).find((one) => one !== undefined);
  if (ofAll !== undefined) return ofAll;
  const ofAny = (Or ?? []).map((one) => narrowing(one, accountId));
  return ofAny.includes(undefined) ? undefined : ofAny[0];
}

/** Whether a dimension has just the values that it names: `STARTS_WITH`, `ABSENT`, … may leave anything out. */
export const isExact = ({ MatchOptions }: DimensionValues): boolean =>
  MatchOptions.every((option) => EXACT.includes(option.toUpperCase()));
const EXACT = ['EQUALS', 'CASE_SENSITIVE', 'CASE_INSENSITIVE'];

function narrowingDimension(dimension: DimensionValues, accountId: string): string | undefined {
  const { Key, Values } = dimension;
  return isExact(dimension) && isWhole(Key ?? '', Values, accountId) ? undefined : Key || 'Dimensions';
}
