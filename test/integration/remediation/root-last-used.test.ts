import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import rule from '../../../rules/root-last-used/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { opsItems } from '../support/ops-items.ts';
import { root } from '../support/real-iam.ts';
import { remediates } from '../support/remediation.ts';

const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:security`;
const NOW = new Date('2026-11-22T09:00:00.000Z');

/** An account with a topic, whose root signed in three days ago. */
const account = async (client: object) => {
  root.lastUsed = '2026-11-19T09:00:00+00:00';
  await new SNSClient(client).send(new CreateTopicCommand({ Name: 'security' }));
  return MOTO_ACCOUNT;
};
const changes = /^ops items$/;
// An OpsItem is never deleted: it stays, resolved.
const stays = /^ops items$/;

remediates({
  rule,
  now: () => NOW,
  scenarios: [
    {
      situation: 'a use three days ago, and a topic',
      found: account,
      parameters: { TopicArn },
      changes,
      stays,
      again: () => opsItems.reset(),
      message: /published to .*:security; an OpsItem opened/,
    },
    {
      situation: 'a use three days ago, and nobody to publish to',
      found: account,
      changes,
      stays,
      message: /TopicArn is empty, so nothing is published/,
    },
  ],
});
