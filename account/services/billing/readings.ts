/** CloudWatch in the one Region that has the metrics of billing, whichever Regions are in view. */
import * as z from 'zod/mini';
import { list, text, time } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const billing = { name: 'billing', cli: 'cloudwatch', iam: 'cloudwatch' } as const;

export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}
export interface Metric {
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly dimensions: readonly Dimension[];
}

/** One query of an alarm: a metric of an account, or an expression over others. */
export interface MetricQuery {
  readonly id: string;
  readonly metric: Metric | undefined;
  readonly statistic: string | undefined;
  readonly expression: string | undefined;
  readonly account: string | undefined;
  /** Whether the alarm compares this one. */
  readonly isCompared: boolean;
}

export interface MetricAlarm {
  readonly kind: 'metric';
  readonly name: string;
  readonly arn: string | undefined;
  /** Whether it does something when it goes off. */
  readonly acts: 'yes' | 'actionsOff' | 'noAction';
  /** What it does then: ARNs. */
  readonly actions: readonly string[];
  readonly state: string;
  readonly stateSince: Date | undefined;
  readonly evaluation: string | undefined;
  /** Of an alarm on one metric. */
  readonly metric: Metric;
  readonly statistic: string | undefined;
  /** Of an alarm on queries. */
  readonly queries: readonly MetricQuery[];
  readonly threshold: number | undefined;
  readonly comparison: string;
  readonly description: string | undefined;
  /** Seconds. */
  readonly period: number | undefined;
  readonly evaluationPeriods: number | undefined;
  readonly datapointsToAlarm: number | undefined;
  /** `missing`, `breaching`, …; `missing` where nobody says. */
  readonly missingData: string;
  /** What it does when it is well again, or has no data: ARNs. */
  readonly otherActions: readonly string[];
}

export interface CompositeAlarm {
  readonly kind: 'composite';
  readonly name: string;
  readonly acts: MetricAlarm['acts'];
  /** `ALARM("bill") OR ALARM(other)` */
  readonly rule: string;
}

/** All metric alarms and composite alarms there. */
export const billingAlarms = {
  service: billing,
  api: 'DescribeAlarms',
  askedIn: { aws: 'us-east-1', 'aws-cn': 'cn-northwest-1' },
  options: '--alarm-types MetricAlarm CompositeAlarm',
  // "You can't return information about composite alarms if your permission has a narrower scope": API_DescribeAlarms.
  scope: '*',
  shape: () => alarms(),
} as const satisfies Reading;

/** Alarms of any metric are among them: one that makes no sense costs nothing but itself. */
const alarms = () =>
  z.pipe(
    z.object({ MetricAlarms: z.array(z.unknown()), CompositeAlarms: list(z.unknown()) }),
    z.transform(({ MetricAlarms, CompositeAlarms }) => {
      const metric = MetricAlarms.map((one) => z.safeParse(metricAlarm(), one));
      const composite = CompositeAlarms.map((one) => z.safeParse(compositeAlarm(), one));
      return {
        metric: metric.flatMap(({ success, data }) => (success ? [data] : [])),
        composite: composite.flatMap(({ success, data }) => (success ? [data] : [])),
        /** Whether some make no sense. */
        isBroken: [...metric, ...composite].some(({ success }) => !success),
      };
    }),
  );

const dimension = () => z.object({ Name: z.string(), Value: z.string() });
const actions = () => ({ ActionsEnabled: z.nullish(z.boolean()), AlarmActions: list(z.string()) });
/** AWS turns actions on where nobody says otherwise. */
const actsOf = (one: { ActionsEnabled?: boolean | null | undefined; AlarmActions: string[] }) =>
  one.ActionsEnabled === false ? 'actionsOff' : one.AlarmActions.length > 0 ? 'yes' : 'noAction';

/** What no verdict hangs on, only whether an alarm is as a fix put it: what makes no sense is not. */
const put = () => ({
  AlarmDescription: z.catch(z.nullish(z.string()), undefined),
  Period: z.catch(z.nullish(z.number()), undefined),
  EvaluationPeriods: z.catch(z.nullish(z.number()), undefined),
  DatapointsToAlarm: z.catch(z.nullish(z.number()), 0),
  TreatMissingData: z.catch(z.nullish(z.string()), ''),
  OKActions: z.catch(list(z.string()), ['']),
  InsufficientDataActions: z.catch(list(z.string()), ['']),
});

const metricAlarm = () =>
  z.pipe(
    z.object({
      AlarmName: text,
      AlarmArn: z.nullish(z.string()),
      ...actions(),
      StateValue: text,
      StateUpdatedTimestamp: z.nullish(time),
      EvaluationState: z.nullish(z.string()),
      Namespace: z.nullish(z.string()),
      MetricName: z.nullish(z.string()),
      Dimensions: list(dimension()),
      Statistic: z.nullish(z.string()),
      ExtendedStatistic: z.nullish(z.string()),
      Threshold: z.nullish(z.number()),
      ThresholdMetricId: z.nullish(z.string()),
      ComparisonOperator: text,
      Metrics: list(query()),
      ...put(),
    }),
    z.transform(
      (one): MetricAlarm => ({
        kind: 'metric',
        name: one.AlarmName,
        arn: one.AlarmArn ?? undefined,
        acts: actsOf(one),
        actions: one.AlarmActions,
        state: one.StateValue,
        stateSince: one.StateUpdatedTimestamp ?? undefined,
        evaluation: one.EvaluationState ?? undefined,
        metric: metricOf(one),
        statistic: one.Statistic ?? one.ExtendedStatistic ?? undefined,
        // An anomaly band is data, too, and nothing that is compared.
        queries: one.Metrics.map((each) => ({
          ...each,
          isCompared: each.isCompared && each.id !== one.ThresholdMetricId,
        })),
        threshold: one.Threshold ?? undefined,
        comparison: one.ComparisonOperator,
        description: one.AlarmDescription ?? undefined,
        period: one.Period ?? undefined,
        evaluationPeriods: one.EvaluationPeriods ?? undefined,
        datapointsToAlarm: one.DatapointsToAlarm ?? undefined,
        missingData: one.TreatMissingData ?? 'missing',
        otherActions: [...one.OKActions, ...one.InsufficientDataActions],
      }),
    ),
  );

const metricOf = (one: {
  Namespace?: string | null | undefined;
  MetricName?: string | null | undefined;
  Dimensions: Dimension[];
}): Metric => ({
  namespace: one.Namespace ?? undefined,
  name: one.MetricName ?? undefined,
  dimensions: one.Dimensions,
});

const query = () =>
  z.pipe(
    z.object({
      Id: text,
      MetricStat: z.nullish(
        z.object({
          Metric: z.object({
            Namespace: z.nullish(z.string()),
            MetricName: z.nullish(z.string()),
            Dimensions: list(dimension()),
          }),
          Stat: z.nullish(z.string()),
        }),
      ),
      Expression: z.nullish(z.string()),
      AccountId: z.nullish(z.string()),
      // AWS: data is returned unless that is turned off.
      ReturnData: z.nullish(z.boolean()),
    }),
    z.transform(
      (one): MetricQuery => ({
        id: one.Id,
        metric: one.MetricStat ? metricOf(one.MetricStat.Metric) : undefined,
        statistic: one.MetricStat?.Stat ?? undefined,
        expression: one.Expression ?? undefined,
        account: one.AccountId ?? undefined,
        isCompared: one.ReturnData !== false,
      }),
    ),
  );

const compositeAlarm = () =>
  z.pipe(
    z.object({ AlarmName: text, ...actions(), AlarmRule: z.nullish(z.string()) }),
    z.transform(
      (one): CompositeAlarm => ({
        kind: 'composite',
        name: one.AlarmName,
        acts: actsOf(one),
        rule: one.AlarmRule ?? '',
      }),
    ),
  );
