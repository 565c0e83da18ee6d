/** Amazon CloudWatch's alarms and metrics, in one Region. */
import * as z from 'zod/mini';
import { list, text, time } from '../../parts.ts';
import type { Reading } from '../../reading.ts';
import { instances, natGateways, type Reserved } from '../ec2/readings.ts';

const cloudwatch = { name: 'cloudwatch' } as const;

export interface AlarmMetric {
  readonly namespace: string;
  readonly name: string;
  /** `Sum`, or `p99`; absent where the answer does not say. */
  readonly statistic?: string;
  readonly dimensions: Readonly<Record<string, string>>;
}
export interface AlarmQuery {
  readonly id: string;
  readonly metric?: AlarmMetric;
  readonly expression?: string;
  readonly returnsData: boolean;
}
export interface MetricAlarm {
  readonly name: string;
  readonly arn: string;
  readonly actionsEnabled: boolean;
  /** What is done on the state ALARM. */
  readonly actions: readonly string[];
  /** What is done on any other state, if anything. */
  readonly otherActions?: readonly string[];
  /** Of an alarm on one metric; what metric math there is is in `queries`. */
  readonly metric?: AlarmMetric;
  readonly queries: readonly AlarmQuery[];
  readonly comparison?: string;
  readonly threshold?: number;
  readonly evaluationPeriods?: number;
  readonly datapointsToAlarm?: number;
}
export interface CompositeAlarm {
  readonly name: string;
  readonly rule: string;
  readonly actionsEnabled: boolean;
  readonly actions: readonly string[];
  readonly otherActions?: readonly string[];
}
export interface Alarms {
  readonly metric: readonly MetricAlarm[];
  readonly composite: readonly CompositeAlarm[];
}

/** The fields that the lists of others read. */
export interface ListedAlarms {
  readonly MetricAlarms?: readonly { readonly AlarmActions?: readonly string[] }[];
  readonly CompositeAlarms?: readonly { readonly AlarmActions?: readonly string[] }[];
}

/** Both kinds of alarms: without `--alarm-types` AWS gives those on metrics alone. */
export const alarms = {
  service: cloudwatch,
  api: 'DescribeAlarms',
  regional: true,
  options: '--alarm-types MetricAlarm CompositeAlarm',
  // "You can't return information about composite alarms if your permission has a narrower scope": API_DescribeAlarms.
  scope: '*',
  shape: () => bothKinds(),
} as const satisfies Reading;

/** What a day's worth of a metric is; days without data are left out, and the days come in no order. */
export interface Day {
  /** When the day begins. */
  readonly at: Date;
  readonly sum?: number;
  readonly maximum?: number;
}

const day = () =>
  z.pipe(
    z.object({ Timestamp: time, Sum: z.nullish(z.number()), Maximum: z.nullish(z.number()) }),
    z.transform(
      ({ Timestamp, Sum, Maximum }): Day => ({
        at: Timestamp,
        ...number('sum', Sum),
        ...number('maximum', Maximum),
      }),
    ),
  );

/**
 * What a NAT gateway sent out, by its id: in the whole time that a rule may ask for, because a reading knows no parameters
 * (60 points of a day).
 */
export const natTraffic = {
  service: cloudwatch,
  api: 'GetMetricStatistics',
  regional: true,
  variant: 'BytesOutToDestination',
  about: {
    options: ['--dimensions Name=NatGatewayId,Value='],
    from: [{ reading: natGateways, id: 'NatGatewayId' }],
  },
  options:
    '--namespace AWS/NATGateway --metric-name BytesOutToDestination --start-time "$(date -u -d -60days +%FT%TZ)" --end-time "$(date -u +%FT%TZ)" --period 86400 --statistics Sum Average Maximum',
  scope: '*',
  member: 'Datapoints',
  shape: () => day(),
} as const satisfies Reading;

/** How busy an instance was, in percent, by its id. */
export const processorUse = {
  service: cloudwatch,
  api: 'GetMetricStatistics',
  regional: true,
  variant: 'CPUUtilization',
  about: {
    options: ['--dimensions Name=InstanceId,Value='],
    from: [{ reading: instances, id: (answer: Reserved) => idsOfRunning(answer) }],
  },
  options:
    '--namespace AWS/EC2 --metric-name CPUUtilization --start-time "$(date -u -d -60days +%FT%TZ)" --end-time "$(date -u +%FT%TZ)" --period 86400 --statistics Sum Average Maximum',
  scope: '*',
  member: 'Datapoints',
  shape: () => day(),
} as const satisfies Reading;

const idsOfRunning = ({ Reservations = [] }: Reserved) =>
  Reservations.flatMap(({ Instances = [] }) => Instances)
    .filter(({ State }) => State?.Name?.toLowerCase() === 'running')
    .map(({ InstanceId }) => InstanceId);

const dimensions = () =>
  z.pipe(
    list(z.object({ Name: text, Value: z.string() })),
    z.transform((all) => Object.fromEntries(all.map(({ Name, Value }) => [Name, Value]))),
  );

const acts = () => ({
  AlarmName: text,
  AlarmArn: z.nullish(z.string()),
  ActionsEnabled: z.nullish(z.boolean()),
  AlarmActions: list(z.string()),
  OKActions: list(z.string()),
  InsufficientDataActions: list(z.string()),
});
interface Acts {
  readonly OKActions: readonly string[];
  readonly InsufficientDataActions: readonly string[];
}
function othersOf({ OKActions, InsufficientDataActions }: Acts): { otherActions?: readonly string[] } {
  const otherActions = [...OKActions, ...InsufficientDataActions];
  return otherActions.length > 0 ? { otherActions } : {};
}

const metricAlarm = () =>
  z.pipe(
    z.object({
      ...acts(),
      Namespace: z.nullish(z.string()),
      MetricName: z.nullish(z.string()),
      Statistic: z.nullish(z.string()),
      ExtendedStatistic: z.nullish(z.string()),
      Dimensions: dimensions(),
      Metrics: list(
        z.object({
          Id: z.string(),
          MetricStat: z.nullish(
            z.object({
              Metric: z.object({
                Namespace: z.nullish(z.string()),
                MetricName: z.nullish(z.string()),
                Dimensions: dimensions(),
              }),
              Stat: z.nullish(z.string()),
            }),
          ),
          Expression: z.nullish(z.string()),
          ReturnData: z.nullish(z.boolean()),
        }),
      ),
      ComparisonOperator: z.nullish(z.string()),
      Threshold: z.nullish(z.number()),
      EvaluationPeriods: z.nullish(z.number()),
      DatapointsToAlarm: z.nullish(z.number()),
    }),
    z.transform(
      (one): MetricAlarm => ({
        name: one.AlarmName,
        arn: one.AlarmArn ?? '',
        // The default, like ReturnData's (API_PutMetricAlarm, API_MetricDataQuery).
        actionsEnabled: one.ActionsEnabled ?? true,
        actions: one.AlarmActions,
        ...othersOf(one),
        ...(one.Namespace &&
          one.MetricName && {
            metric: metricOf(
              { Namespace: one.Namespace, MetricName: one.MetricName, Dimensions: one.Dimensions },
              one.Statistic ?? one.ExtendedStatistic,
            ),
          }),
        queries: one.Metrics.map(({ Id, MetricStat, Expression, ReturnData }) => ({
          id: Id,
          ...(MetricStat && { metric: metricOf(MetricStat.Metric, MetricStat.Stat) }),
          ...(Expression && { expression: Expression }),
          returnsData: ReturnData ?? true,
        })),
        ...(one.ComparisonOperator && { comparison: one.ComparisonOperator }),
        ...number('threshold', one.Threshold),
        ...number('evaluationPeriods', one.EvaluationPeriods),
        ...number('datapointsToAlarm', one.DatapointsToAlarm),
      }),
    ),
  );

const number = <Name extends string>(name: Name, value: number | null | undefined) =>
  (value === undefined || value === null ? {} : { [name]: value }) as { readonly [N in Name]?: number };

const metricOf = (
  {
    Namespace,
    MetricName,
    Dimensions,
  }: {
    readonly Namespace?: string | null | undefined;
    readonly MetricName?: string | null | undefined;
    readonly Dimensions: Readonly<Record<string, string>>;
  },
  statistic: string | null | undefined,
): AlarmMetric => ({
  namespace: Namespace ?? '',
  name: MetricName ?? '',
  ...(statistic && { statistic }),
  dimensions: Dimensions,
});

const bothKinds = () =>
  z.pipe(
    z.object({
      MetricAlarms: z.array(metricAlarm()),
      CompositeAlarms: list(z.object({ ...acts(), AlarmRule: z.nullish(z.string()) })),
    }),
    z.transform(
      ({ MetricAlarms, CompositeAlarms }): Alarms => ({
        metric: MetricAlarms,
        composite: CompositeAlarms.map(({ AlarmName, AlarmRule, ActionsEnabled, AlarmActions, ...more }) => ({
          name: AlarmName,
          rule: AlarmRule ?? '',
          actionsEnabled: ActionsEnabled ?? true,
          actions: AlarmActions,
          ...othersOf(more),
        })),
      }),
    ),
  );
