import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import rule from '../../../rules/cost-usage-report/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { opsItems } from '../support/ops-items.ts';
import { remediates } from '../support/remediation.ts';

const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:cost`;
const NOW = new Date('2026-11-22T09:00:00.000Z');
const FOUND = {
  'global/cur/describe-report-definitions.json': { ReportDefinitions: [] },
  'global/bcm-data-exports/list-exports.json': {
    Exports: [
      {
        ExportArn: `arn:aws:bcm-data-exports:us-east-1:${MOTO_ACCOUNT}:export/carbon-0a1b`,
        ExportName: 'carbon',
        ExportStatus: { StatusCode: 'HEALTHY' },
      },
    ],
  },
  'global/bcm-data-exports/get-export/carbon-0a1b.json': {
    Export: {
      Name: 'carbon',
      DataQuery: { QueryStatement: 'SELECT * FROM CARBON_EMISSIONS' },
    },
    ExportStatus: { StatusCode: 'HEALTHY' },
  },
};

remediates({
  rule,
  now: () => NOW,
  lacking: { services: ['cur', 'bcm-data-exports'], acts: {} },
  scenarios: [
    {
      situation: 'an export of something else, in no organization',
      found: async (client, readings) => {
        Object.assign(readings, FOUND);
        await new SNSClient(client).send(new CreateTopicCommand({ Name: 'cost' }));
        return MOTO_ACCOUNT;
      },
      parameters: { TopicArn, payerCovers: 'true' },
      changes: /^ops items$/,
      // An OpsItem is never deleted: it stays, resolved.
      stays: /^ops items$/,
      again: () => opsItems.reset(),
      message: /published to .*:cost; an OpsItem opened/,
    },
  ],
});
