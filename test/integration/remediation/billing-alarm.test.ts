import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import rule from '../../../rules/billing-alarm/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { opsItems } from '../support/ops-items.ts';
import { remediates } from '../support/remediation.ts';

const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:cost`;
const NOW = new Date('2026-11-22T09:00:00.000Z');
const FOUND = {
  'global/cloudwatch/describe-alarms.json': { MetricAlarms: [], CompositeAlarms: [] },
  'global/budgets/describe-budgets.json': {
    Budgets: [{ BudgetName: 'usage', BudgetType: 'USAGE', TimeUnit: 'MONTHLY' }],
  },
  'global/budgets/describe-budget-notifications-for-account.json': { BudgetNotificationsForAccount: [] },
};

remediates({
  rule,
  now: () => NOW,
  lacking: { services: ['monitoring', 'budgets'], acts: {} },
  scenarios: [
    {
      situation: 'no alarm, and no cost budget, in no organization',
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
