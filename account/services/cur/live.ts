import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import { pagesBy } from '../../pages.ts';
import { CostReportClient } from './client.ts';
import * as cur from './readings.ts';

export const service: LiveService<CostReportClient> = { connect: (config) => new CostReportClient(config) };

export const costReports = {
  service,
  reading: cur.costReports,
  ask: ({ client }: Ask<CostReportClient>) =>
    allPages(
      pagesBy('NextToken', (NextToken) => client.reports(NextToken)),
      'ReportDefinitions',
    ),
};
