import {
  CloudWatchClient,
  GetMetricStatisticsCommand,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as cloudwatch from './readings.ts';

type MetricAsk = Ask<CloudWatchClient>;
export const service: LiveService<CloudWatchClient> = { connect: (config) => new CloudWatchClient(config) };

/** One kind at a time, because pages of both have two lists. */
const ofKind = ({ client, pageSize }: MetricAsk, kind: 'MetricAlarm' | 'CompositeAlarm') =>
  allPages(
    paginateDescribeAlarms({ client, pageSize: pageSize(100) }, { AlarmTypes: [kind] }),
    `${kind}s`,
  ) as Promise<Readonly<Record<string, unknown>>>;

export const alarms = {
  service,
  reading: cloudwatch.alarms,
  ask: async (asked: MetricAsk) => {
    const { MetricAlarms, ...metric } = await ofKind(asked, 'MetricAlarm');
    const { CompositeAlarms, ...composite } = await ofKind(asked, 'CompositeAlarm');
    return { ...metric, ...composite, MetricAlarms, CompositeAlarms };
  },
};

const DAY = 24 * 60 * 60;
/** Sixty days of a metric, a point a day. */
const daysOf = ({ client, id }: MetricAsk, Namespace: string, MetricName: string, Name: string) => {
  const now = Date.now();
  return client.send(
    new GetMetricStatisticsCommand({
      Namespace,
      MetricName,
      Dimensions: [{ Name, Value: id }],
      StartTime: new Date(now - 60 * DAY * 1000),
      EndTime: new Date(now),
      Period: DAY,
      Statistics: ['Sum', 'Average', 'Maximum'],
    }),
  );
};

export const natTraffic = {
  service,
  reading: cloudwatch.natTraffic,
  ask: (asked: MetricAsk) => daysOf(asked, 'AWS/NATGateway', 'BytesOutToDestination', 'NatGatewayId'),
};
export const processorUse = {
  service,
  reading: cloudwatch.processorUse,
  ask: (asked: MetricAsk) => daysOf(asked, 'AWS/EC2', 'CPUUtilization', 'InstanceId'),
};
