import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import rule from '../../../rules/access-analyzer-findings/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { opsItems } from '../support/ops-items.ts';
import { remediates } from '../support/remediation.ts';

const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:security`;
const NOW = new Date('2026-11-22T09:00:00.000Z');
const analyzer = {
  arn: `arn:aws:access-analyzer:us-east-1:${MOTO_ACCOUNT}:analyzer/outside`,
  name: 'outside',
  type: 'ACCOUNT',
  status: 'ACTIVE',
  createdAt: '2026-01-05T00:00:00Z',
};
const finding = {
  id: '1a2b3c4d-0000-4000-8000-000000000001',
  resource: 'arn:aws:s3:::my-bucket',
  resourceType: 'AWS::S3::Bucket',
  isPublic: true,
  principal: { AWS: '*' },
  action: ['s3:GetObject'],
  condition: {},
  status: 'ACTIVE',
  resourceOwnerAccount: MOTO_ACCOUNT,
  createdAt: '2026-06-01T00:00:00Z',
  analyzedAt: '2026-11-20T00:00:00Z',
  updatedAt: '2026-11-20T00:00:00Z',
};
const NONE = { 'us-east-1/accessanalyzer/list-analyzers.json': { analyzers: [] } };
const FOUND = {
  'us-east-1/accessanalyzer/list-analyzers.json': { analyzers: [analyzer] },
  'us-east-1/accessanalyzer/list-findings/outside.json': { findings: [finding] },
};

/** An account in which an analyzer has found a public bucket, with a topic. */
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
      situation: 'a public bucket, and a topic',
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
