import {
  AccessAnalyzerClient,
  GetFindingsStatisticsCommand,
  paginateListAnalyzers,
  paginateListFindings,
} from '@aws-sdk/client-accessanalyzer';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import { partitionOf } from '../../reading.ts';
import * as accessanalyzer from './readings.ts';

type AnalyzerAsk = Ask<AccessAnalyzerClient>;
export const service: LiveService<AccessAnalyzerClient> = {
  connect: (config) => new AccessAnalyzerClient(config),
};

export const analyzers = {
  service,
  reading: accessanalyzer.analyzers,
  ask: ({ client, pageSize }: AnalyzerAsk) =>
    allPages(paginateListAnalyzers({ client, pageSize: pageSize(100) }, {}), 'analyzers'),
};
export const externalFindings = {
  service,
  reading: accessanalyzer.externalFindings,
  ask: async (asked: AnalyzerAsk) =>
    allPages(
      paginateListFindings(
        { client: asked.client, pageSize: asked.pageSize(100) },
        // Archived and resolved findings stay for up to 90 days, and nobody asks about them.
        { analyzerArn: await arnOf(asked), filter: { status: { eq: ['ACTIVE'] } } },
      ),
      'findings',
    ),
};
export const unusedStatistics = {
  service,
  reading: accessanalyzer.unusedStatistics,
  ask: async (asked: AnalyzerAsk) =>
    asked.client.send(new GetFindingsStatisticsCommand({ analyzerArn: await arnOf(asked) })),
};

/** Of one of the account's own: ListAnalyzers shows no other. */
async function arnOf({ client, accountId, id }: AnalyzerAsk): Promise<string> {
  const region = await client.config.region();
  return `arn:${partitionOf(region)}:access-analyzer:${region}:${accountId}:analyzer/${id}`;
}
