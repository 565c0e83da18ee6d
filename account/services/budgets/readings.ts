/** AWS Budgets: the account's own budgets. A member of an organization sees none of the management account's. */
import * as z from 'zod/mini';
import { list, text, time } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const budgets = { name: 'budgets' } as const;

/** What a denial of the readings of billing may mean. */
export const BILLING_ACCESS =
  'Until root has turned on "IAM user and role access to Billing information" in the account, billing is denied to IAM whatever its policies allow';

/** A filter as Cost Explorer and Budgets write it; only the parts that have a meaning here. */
export interface Expression {
  readonly Or?: readonly Expression[] | null | undefined;
  readonly And?: readonly Expression[] | null | undefined;
  readonly Not?: unknown;
  readonly Dimensions?: DimensionValues | null | undefined;
  readonly Tags?: unknown;
  readonly CostCategories?: unknown;
}

export interface DimensionValues {
  readonly Key?: string | null | undefined;
  readonly Values: readonly string[];
  readonly MatchOptions: readonly string[];
}

export interface Budget {
  readonly name: string;
  /** `COST`, `USAGE`, `RI_UTILIZATION`, … */
  readonly type: string;
  /** The amount of the limit; `undefined` where the budget has none. */
  readonly limit: number | undefined;
  readonly unit: string | undefined;
  /** `MONTHLY`, `DAILY`, … */
  readonly every: string | undefined;
  readonly start: Date | undefined;
  readonly end: Date | undefined;
  /** `HEALTHY`, `UNHEALTHY`; `undefined` where AWS does not say. */
  readonly health: string | undefined;
  readonly healthReason: string | undefined;
  /** The older filters, by what they filter on: `Service`. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly expression: Expression | undefined;
  /** The billing view that it is of, where that is not what the account's own bill has. */
  readonly customView: string | undefined;
}

/** All budgets, whatever they are of. */
export const allBudgets = {
  service: budgets,
  api: 'DescribeBudgets',
  options: '--account-id {account} --show-filter-expression',
  action: 'budgets:ViewBudget',
  scope: ['arn:{partition}:budgets::{account}:budget/*'],
  denied: { '': BILLING_ACCESS },
  none: ['NotFoundException'],
  member: 'Budgets',
  sparse: true,
  resource: { type: 'AWS::Budgets::Budget', id: 'BudgetName', name: 'BudgetName' },
  key: 'name',
  shape: () => budget(),
} as const satisfies Reading;

/** AWS writes amounts as texts. */
export const amount = () =>
  z.pipe(
    z.union([z.number(), z.string()], 'expected a number'),
    z.transform((value, context) => {
      const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
      if (Number.isFinite(number)) return number;
      context.issues.push({ code: 'custom', message: 'is not a number', input: value });
      return z.NEVER;
    }),
  );

const texts = () => z.union([z.array(z.string()), z.string()]);
const asList = (value: string | readonly string[] | null | undefined) =>
  typeof value === 'string' ? [value] : (value ?? []);

/** The shape of a filter, which holds filters. */
export const expression = (): z.ZodMiniType<Expression> =>
  z.object({
    Or: z.nullish(z.lazy(() => z.array(expression()))),
    And: z.nullish(z.lazy(() => z.array(expression()))),
    Not: z.nullish(z.unknown()),
    Dimensions: z.nullish(
      z.pipe(
        z.object({
          Key: z.nullish(z.string()),
          Values: z.nullish(texts()),
          MatchOptions: z.nullish(texts()),
        }),
        z.transform((one) => ({
          Key: one.Key,
          Values: asList(one.Values),
          MatchOptions: asList(one.MatchOptions),
        })),
      ),
    ),
    Tags: z.nullish(z.unknown()),
    CostCategories: z.nullish(z.unknown()),
  });

/** `arn:aws:billing::111122223333:billingview/primary`: the account's own bill. */
const PRIMARY_VIEW = /:billingview\/primary$/i;

const budget = () =>
  z.pipe(
    z.object({
      BudgetName: text,
      BudgetType: text,
      BudgetLimit: z.nullish(z.object({ Amount: amount(), Unit: z.nullish(z.string()) })),
      TimeUnit: z.nullish(z.string()),
      TimePeriod: z.nullish(z.object({ Start: z.nullish(time), End: z.nullish(time) })),
      HealthStatus: z.nullish(
        z.object({ Status: z.nullish(z.string()), StatusReason: z.nullish(z.string()) }),
      ),
      CostFilters: z.nullish(z.record(z.string(), texts())),
      FilterExpression: z.nullish(expression()),
      BillingViewArn: z.nullish(z.string()),
    }),
    z.transform((one): Budget => {
      const { BudgetLimit: limit, TimePeriod: period, HealthStatus: health, BillingViewArn: view } = one;
      return {
        name: one.BudgetName,
        type: one.BudgetType,
        limit: limit?.Amount,
        unit: limit?.Unit ?? undefined,
        every: one.TimeUnit ?? undefined,
        start: period?.Start ?? undefined,
        end: period?.End ?? undefined,
        health: health?.Status ?? undefined,
        healthReason: health?.StatusReason ?? undefined,
        filters: Object.fromEntries(
          Object.entries(one.CostFilters ?? {}).map(([key, values]) => [key, asList(values)]),
        ),
        expression: one.FilterExpression ?? undefined,
        customView: view && !PRIMARY_VIEW.test(view) ? view : undefined,
      };
    }),
  );

/** An alert of a budget. */
export interface BudgetAlert {
  /** `ACTUAL`, `FORECASTED` */
  readonly type: string;
  /** `GREATER_THAN`, `LESS_THAN`, `EQUAL_TO` */
  readonly comparison: string;
  readonly threshold: number;
  /** `PERCENTAGE`, `ABSOLUTE_VALUE` */
  readonly thresholdType: string;
}

/** The alerts of every budget that has some. Their subscribers are nobody's business here: each alert has at least one. */
export const budgetAlerts = {
  service: budgets,
  api: 'DescribeBudgetNotificationsForAccount',
  options: '--account-id {account}',
  action: 'budgets:ViewBudget',
  scope: ['arn:{partition}:budgets::{account}:budget/*'],
  denied: { '': BILLING_ACCESS },
  none: ['NotFoundException'],
  member: 'BudgetNotificationsForAccount',
  sparse: true,
  resource: { type: 'AWS::Budgets::Budget', id: 'BudgetName', name: 'BudgetName' },
  shape: () =>
    z.pipe(
      z.object({ BudgetName: text, Notifications: list(alert()) }),
      z.transform(({ BudgetName, Notifications }) => ({ budget: BudgetName, alerts: Notifications })),
    ),
} as const satisfies Reading;

const alert = () =>
  z.pipe(
    z.object({
      NotificationType: text,
      ComparisonOperator: text,
      Threshold: amount(),
      ThresholdType: z.nullish(z.string()),
    }),
    z.transform(
      (one): BudgetAlert => ({
        type: one.NotificationType,
        comparison: one.ComparisonOperator,
        threshold: one.Threshold,
        thresholdType: one.ThresholdType ?? 'PERCENTAGE',
      }),
    ),
  );
