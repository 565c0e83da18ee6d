import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import rule from '../../../rules/budget-alert/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { opsItems } from '../support/ops-items.ts';
import { remediates } from '../support/remediation.ts';

const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:cost`;

const NOW = new Date('2026-11-22T09:00:00.000Z');

/** An account without a budget and without an organization, with a topic. */
const account = async (client: object, readings: Record<string, unknown>) => {
  readings['global/budgets/describe-budgets.json'] = { Budgets: [] };
  await new SNSClient(client).send(new CreateTopicCommand({ Name: 'cost' }));
  return MOTO_ACCOUNT;
};

remediates({
  rule,
  now: () => NOW,
  lacking: { services: ['budgets'], acts: {} },
  scenarios: [
    {
      situation: 'no budget, and a topic',
      found: account,
      parameters: { TopicArn, payerCovers: 'true' },
      changes: /^ops items$/,
      // An OpsItem is never deleted: it stays, resolved.
      stays: /^ops items$/,
      again: () => opsItems.reset(),
      message: /published to .*:cost; an OpsItem opened/,
    },
  ],
});
