import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import rule from '../../../rules/trusted-advisor/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { opsItems } from '../support/ops-items.ts';
import { remediates } from '../support/remediation.ts';

const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:security`;
const NOW = new Date('2026-11-22T09:00:00.000Z');
const CHECK = '7DAFEmoDos';
const FOUND = {
  'global/support/describe-trusted-advisor-checks.json': {
    checks: [{ id: CHECK, name: 'MFA on Root Account', category: 'security', description: '', metadata: [] }],
  },
  'global/support/describe-trusted-advisor-check-summaries.json': {
    summaries: [
      {
        checkId: CHECK,
        timestamp: '2026-11-20T02:00:00Z',
        status: 'error',
        hasFlaggedResources: true,
        resourcesSummary: {
          resourcesProcessed: 1,
          resourcesFlagged: 1,
          resourcesIgnored: 0,
          resourcesSuppressed: 0,
        },
        categorySpecificSummary: {},
      },
    ],
  },
};

/** An account with a red check, with a topic. */
const account = async (client: object, readings: Record<string, unknown>) => {
  Object.assign(readings, FOUND);
  await new SNSClient(client).send(new CreateTopicCommand({ Name: 'security' }));
  return MOTO_ACCOUNT;
};

remediates({
  rule,
  now: () => NOW,
  lacking: { services: ['support'], acts: {} },
  scenarios: [
    {
      situation: 'a red check, and a topic',
      found: account,
      parameters: { TopicArn },
      changes: /^ops items$/,
      // An OpsItem is never deleted: it stays, resolved.
      stays: /^ops items$/,
      again: () => opsItems.reset(),
      message: /published to .*:security; an OpsItem opened/,
    },
  ],
});
