import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import rule from '../../../rules/unused-access-analyzer/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { opsItems } from '../support/ops-items.ts';
import { remediates } from '../support/remediation.ts';

const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:security`;
const NOW = new Date('2026-11-22T09:00:00.000Z');
const analyzer = {
  arn: `arn:aws:access-analyzer:us-east-1:${MOTO_ACCOUNT}:analyzer/unused`,
  name: 'unused',
  type: 'ACCOUNT_UNUSED_ACCESS',
  status: 'ACTIVE',
  createdAt: '2026-01-05T00:00:00Z',
  configuration: { unusedAccess: { unusedAccessAge: 90 } },
};
const findings = { totalActiveFindings: 3, totalArchivedFindings: 0, totalResolvedFindings: 0 };
const NONE = { 'us-east-1/accessanalyzer/list-analyzers.json': { analyzers: [] } };
const FOUND = {
  'us-east-1/accessanalyzer/list-analyzers.json': { analyzers: [analyzer] },
  'us-east-1/accessanalyzer/get-findings-statistics/unused.json': {
    findingsStatistics: [{ unusedAccessFindingsStatistics: findings }],
    lastUpdatedAt: '2026-11-20T00:00:00Z',
  },
};

/** An account in which an analyzer has found unused access, with a topic. */
const account = (found: object) => async (client: object, readings: Record<string, unknown>) => {
  Object.assign(readings, found);
  await new SNSClient(client).send(new CreateTopicCommand({ Name: 'security' }));
  return MOTO_ACCOUNT;
};

remediates({
  rule,
  now: () => NOW,
  lacking: { services: ['access-analyzer'], acts: {} },
  scenarios: [
    {
      situation: 'unused access that an analyzer has found, and a topic',
      found: account(FOUND),
      parameters: { TopicArn },
      changes: /^ops items$/,
      // An OpsItem is never deleted: it stays, resolved.
      stays: /^ops items$/,
      again: () => opsItems.reset(),
      message: /published to .*:security; an OpsItem opened/,
    },
    {
      situation: 'no analyzer, and no organization whose administrator could have one',
      found: account(NONE),
      parameters: { delegatedAdminCovers: 'true' },
      changes: /^ops items$/,
      stays: /^ops items$/,
      message: /TopicArn is empty, so nothing is published/,
    },
  ],
});
