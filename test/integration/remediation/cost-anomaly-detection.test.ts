import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import rule from '../../../rules/cost-anomaly-detection/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { opsItems } from '../support/ops-items.ts';
import { remediates } from '../support/remediation.ts';

const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:cost`;
const NOW = new Date('2026-11-22T09:00:00.000Z');
const FOUND = {
  'global/ce/get-anomaly-monitors.json': {
    AnomalyMonitors: [
      {
        MonitorArn: `arn:aws:ce::${MOTO_ACCOUNT}:anomalymonitor/0a1b`,
        MonitorName: 'services',
        MonitorType: 'DIMENSIONAL',
        MonitorDimension: 'SERVICE',
      },
    ],
  },
  'global/ce/get-anomaly-subscriptions.json': { AnomalySubscriptions: [] },
};

remediates({
  rule,
  now: () => NOW,
  lacking: { services: ['ce'], acts: {} },
  scenarios: [
    {
      situation: 'a monitor without a subscription, in no organization',
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
