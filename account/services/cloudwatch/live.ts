import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as cloudwatch from './readings.ts';

type AlarmsAsk = Ask<CloudWatchClient>;
export const service: LiveService<CloudWatchClient> = { connect: (config) => new CloudWatchClient(config) };

/** One kind at a time, because pages of both have two lists. */
const ofKind = ({ client, pageSize }: AlarmsAsk, kind: 'MetricAlarm' | 'CompositeAlarm') =>
  allPages(
    paginateDescribeAlarms({ client, pageSize: pageSize(100) }, { AlarmTypes: [kind] }),
    `${kind}s`,
  ) as Promise<Readonly<Record<string, unknown>>>;

export const alarms = {
  service,
  reading: cloudwatch.alarms,
  ask: async (asked: AlarmsAsk) => {
    const { MetricAlarms, ...metric } = await ofKind(asked, 'MetricAlarm');
    const { CompositeAlarms, ...composite } = await ofKind(asked, 'CompositeAlarm');
    return { ...metric, ...composite, MetricAlarms, CompositeAlarms };
  },
};
