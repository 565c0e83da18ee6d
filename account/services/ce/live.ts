import {
  CostExplorerClient,
  GetAnomalyMonitorsCommand,
  GetAnomalySubscriptionsCommand,
} from '@aws-sdk/client-cost-explorer';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import { pagesBy } from '../../pages.ts';
import * as ce from './readings.ts';

type CostAsk = Ask<CostExplorerClient>;
export const service: LiveService<CostExplorerClient> = {
  connect: (config) => new CostExplorerClient(config),
};

export const anomalyMonitors = {
  service,
  reading: ce.anomalyMonitors,
  ask: ({ client, pageSize }: CostAsk) =>
    allPages(
      pagesBy('NextPageToken', (NextPageToken) =>
        client.send(new GetAnomalyMonitorsCommand({ NextPageToken, MaxResults: pageSize(100) })),
      ),
      'AnomalyMonitors',
    ),
};
export const anomalySubscriptions = {
  service,
  reading: ce.anomalySubscriptions,
  ask: ({ client, pageSize }: CostAsk) =>
    allPages(
      pagesBy('NextPageToken', (NextPageToken) =>
        client.send(new GetAnomalySubscriptionsCommand({ NextPageToken, MaxResults: pageSize(100) })),
      ),
      'AnomalySubscriptions',
    ),
};
