/** AWS Cost Explorer's cost anomaly detection. Cost Explorer takes money for each request. */
import * as z from 'zod/mini';
import { list, text } from '../../parts.ts';
import type { Reading } from '../../reading.ts';
import { BILLING_ACCESS, type Expression, expression } from '../budgets/readings.ts';

const ce = { name: 'ce' } as const;
const askedIn = { aws: 'us-east-1', 'aws-cn': 'cn-northwest-1' } as const;

/** What a denial may mean: AWS says the first where no permission is missing. */
const denied = {
  'user not enabled for cost explorer':
    'No permission is missing: open Cost Explorer in the console once, which no API does, or let the management account allow its members to use it',
  '': BILLING_ACCESS,
} as const;

/** As AWS spells it. */
export interface AnomalyMonitor {
  readonly arn: string;
  readonly name: string | undefined;
  /** `DIMENSIONAL`, `CUSTOM` */
  readonly type: string;
  /** Of a dimensional one: `SERVICE`, `LINKED_ACCOUNT`, `TAG`, `COST_CATEGORY` */
  readonly dimension: string | undefined;
  /** Of a custom one. */
  readonly specification: Expression | undefined;
}

/** What is watched for anomalies. */
export const anomalyMonitors = {
  service: ce,
  api: 'GetAnomalyMonitors',
  askedIn,
  scope: ['arn:{partition}:ce::{account}:anomalymonitor/*'],
  denied,
  price: 'cost-explorer-request',
  member: 'AnomalyMonitors',
  resource: { type: 'AWS::CE::AnomalyMonitor', id: 'MonitorArn', name: 'MonitorName' },
  key: 'arn',
  shape: () =>
    z.pipe(
      z.object({
        MonitorArn: text,
        MonitorName: z.nullish(z.string()),
        MonitorType: text,
        MonitorDimension: z.nullish(z.string()),
        MonitorSpecification: z.nullish(expression()),
      }),
      z.transform(
        (one): AnomalyMonitor => ({
          arn: one.MonitorArn,
          name: one.MonitorName ?? undefined,
          type: one.MonitorType,
          dimension: one.MonitorDimension ?? undefined,
          specification: one.MonitorSpecification ?? undefined,
        }),
      ),
    ),
} as const satisfies Reading;

export interface AnomalySubscription {
  readonly arn: string;
  readonly name: string | undefined;
  /** `DAILY`, `IMMEDIATE`, `WEEKLY` */
  readonly frequency: string | undefined;
  readonly monitors: readonly string[];
  /** How many of the subscribers have not declined. */
  readonly subscribers: number;
  /** Who they are, those who have declined included. */
  readonly told: readonly {
    /** `EMAIL`, `SNS` */
    readonly type: string | undefined;
    readonly address: string | undefined;
  }[];
  /** The older threshold: an amount in US dollars. */
  readonly threshold: number | undefined;
  readonly expression: Expression | undefined;
}

/** Who is told of anomalies. Addresses are personal data: no verdict says them, and only a fix looks whether they are its own. */
export const anomalySubscriptions = {
  service: ce,
  api: 'GetAnomalySubscriptions',
  askedIn,
  scope: ['arn:{partition}:ce::{account}:anomalysubscription/*'],
  denied,
  price: 'cost-explorer-request',
  member: 'AnomalySubscriptions',
  resource: { type: 'AWS::CE::AnomalySubscription', id: 'SubscriptionArn', name: 'SubscriptionName' },
  shape: () =>
    z.pipe(
      z.object({
        SubscriptionArn: text,
        SubscriptionName: z.nullish(z.string()),
        Frequency: z.nullish(z.string()),
        MonitorArnList: list(text),
        Subscribers: list(
          z.object({
            Type: z.nullish(z.string()),
            Address: z.nullish(z.string()),
            Status: z.nullish(z.string()),
          }),
        ),
        Threshold: z.nullish(z.number()),
        ThresholdExpression: z.nullish(expression()),
      }),
      z.transform(
        (one): AnomalySubscription => ({
          arn: one.SubscriptionArn,
          name: one.SubscriptionName ?? undefined,
          frequency: one.Frequency ?? undefined,
          monitors: one.MonitorArnList,
          subscribers: one.Subscribers.filter(({ Status }) => Status?.toUpperCase() !== 'DECLINED').length,
          told: one.Subscribers.map(({ Type, Address }) => ({
            type: Type ?? undefined,
            address: Address ?? undefined,
          })),
          threshold: one.Threshold ?? undefined,
          expression: one.ThresholdExpression ?? undefined,
        }),
      ),
    ),
} as const satisfies Reading;
