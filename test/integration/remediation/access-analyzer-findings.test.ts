import rule from '../../../rules/access-analyzer-findings/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { tellsPeople } from '../support/tells-people.ts';

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

/** What the account answers where moto has nothing to say. */
const answers = (found: object) => (_: object, readings: Record<string, unknown>) => {
  Object.assign(readings, found);
};

tellsPeople({
  rule,
  lacking: { services: ['access-analyzer'], acts: {} },
  situations: [
    { situation: 'a public bucket', found: answers(FOUND) },
    {
      situation: 'no analyzer, and no organization whose administrator could have one',
      found: answers(NONE),
      parameters: { delegatedAdminCovers: 'true' },
    },
  ],
});
