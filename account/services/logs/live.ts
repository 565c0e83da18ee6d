import { CloudWatchLogsClient, paginateDescribeMetricFilters } from '@aws-sdk/client-cloudwatch-logs';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as logs from './readings.ts';

export const service: LiveService<CloudWatchLogsClient> = {
  connect: (config) => new CloudWatchLogsClient(config),
};

export const metricFilters = {
  service,
  reading: logs.metricFilters,
  ask: ({ client, pageSize }: Ask<CloudWatchLogsClient>) =>
    allPages(paginateDescribeMetricFilters({ client, pageSize: pageSize(50) }, {}), 'metricFilters'),
};
