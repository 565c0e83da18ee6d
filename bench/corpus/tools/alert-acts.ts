/** What CloudWatch and CloudWatch Logs would answer other tools of the metric filters and alarms that a situation has. */
import type { Acts } from '../../../test/support/aws/stand-in.ts';
import { Failure } from '../../../test/support/memory.ts';

interface Filter {
  readonly logGroupName: string;
}
interface Trail {
  readonly CloudWatchLogsLogGroupArn?: string;
}
interface Alarm {
  readonly MetricName?: string;
  readonly Namespace?: string;
  readonly Dimensions?: readonly object[];
}

const isAnswer = <Of>(answer: unknown): answer is Of => answer !== undefined && !(answer instanceof Failure);

export const ALERT_ACTS: Acts = {
  /** Those that filters or trails name: where they may not be read, nobody has said which groups there are. */
  'logs:DescribeLogGroups': (_, readings, { region }) => {
    const filters = readings[`${region}/logs/describe-metric-filters.json`];
    if (!isAnswer<{ metricFilters: readonly Filter[] }>(filters)) return filters;
    const trails = readings[`${region}/cloudtrail/describe-trails.json`];
    const ofTrails = isAnswer<{ trailList: readonly Trail[] }>(trails) ? trails.trailList : [];
    const names = [
      ...filters.metricFilters.map(({ logGroupName }) => logGroupName),
      ...ofTrails.flatMap(({ CloudWatchLogsLogGroupArn: arn }) => arn?.split(':')[6] ?? []),
    ];
    const arnOf = (name: string) => `arn:aws:logs:${region}:111122223333:log-group:${name}:*`;
    return {
      logGroups: [...new Set(names)].map((logGroupName) => ({ logGroupName, arn: arnOf(logGroupName) })),
    };
  },
  'logs:DescribeMetricFilters': ({ logGroupName }, readings, { region }) => {
    const filters = readings[`${region}/logs/describe-metric-filters.json`];
    if (logGroupName === undefined || !isAnswer<{ metricFilters: readonly Filter[] }>(filters))
      return filters;
    return { metricFilters: filters.metricFilters.filter((one) => one.logGroupName === logGroupName) };
  },
  /** Of a metric without dimensions, as the call has none. */
  'cloudwatch:DescribeAlarmsForMetric': ({ MetricName, Namespace }, readings, { region }) => {
    const alarms = readings[`${region}/cloudwatch/describe-alarms.json`];
    if (!isAnswer<{ MetricAlarms: readonly Alarm[] }>(alarms)) return alarms;
    const isOf = ({ Dimensions = [], ...alarm }: Alarm) =>
      alarm.MetricName === MetricName && alarm.Namespace === Namespace && Dimensions.length === 0;
    return { MetricAlarms: alarms.MetricAlarms.filter(isOf) };
  },
};
