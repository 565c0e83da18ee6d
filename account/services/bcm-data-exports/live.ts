import {
  BCMDataExportsClient,
  GetExportCommand,
  paginateListExports,
} from '@aws-sdk/client-bcm-data-exports';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import { partitionOf } from '../../reading.ts';
import * as exports from './readings.ts';

type ExportsAsk = Ask<BCMDataExportsClient>;
export const service: LiveService<BCMDataExportsClient> = {
  connect: (config) => new BCMDataExportsClient(config as never),
};

export const dataExportList = {
  service,
  reading: exports.dataExportList,
  ask: ({ client, pageSize }: ExportsAsk) =>
    allPages(paginateListExports({ client, pageSize: pageSize(100) }, {}), 'Exports'),
};
export const dataExportQuery = {
  service,
  reading: exports.dataExportQuery,
  ask: async ({ client, accountId, id }: ExportsAsk) => {
    const region = await client.config.region();
    return client.send(
      new GetExportCommand({
        ExportArn: `arn:${partitionOf(region)}:bcm-data-exports:${region}:${accountId}:export/${id}`,
      }),
    );
  },
};
