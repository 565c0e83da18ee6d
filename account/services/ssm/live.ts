import {
  GetDocumentCommand,
  paginateDescribeInstanceInformation,
  paginateDescribeOpsItems,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as ssm from './readings.ts';

export const service: LiveService<SSMClient> = { connect: (config) => new SSMClient(config) };

export const opsItems = {
  service,
  reading: ssm.opsItems,
  ask: ({ client, pageSize }: Ask<SSMClient>) =>
    allPages(
      paginateDescribeOpsItems(
        { client, pageSize: pageSize(50) },
        {
          OpsItemFilters: [
            { Key: 'Source', Operator: 'Equal', Values: ['Groundrules'] },
            // Resolved OpsItems stay for ever, and nobody asks about them.
            { Key: 'Status', Operator: 'Equal', Values: ['Open', 'InProgress'] },
          ],
        },
      ),
      'OpsItemSummaries',
    ),
};

export const sessionDocument = {
  service,
  reading: ssm.sessionDocument,
  ask: ({ client, id }: Ask<SSMClient>) =>
    client.send(new GetDocumentCommand({ Name: id, DocumentFormat: 'JSON' })),
};
export const managedNodes = {
  service,
  reading: ssm.managedNodes,
  ask: ({ client, pageSize }: Ask<SSMClient>) =>
    allPages(
      paginateDescribeInstanceInformation({ client, pageSize: pageSize(50) }, {}),
      'InstanceInformationList',
    ),
};
