import rule from '../../../rules/unused-access-analyzer/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { tellsPeople } from '../support/tells-people.ts';

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

/** What the account answers where moto has nothing to say. */
const answers = (found: object) => (_: object, readings: Record<string, unknown>) => {
  Object.assign(readings, found);
};

tellsPeople({
  rule,
  lacking: { services: ['access-analyzer'], acts: {} },
  situations: [
    { situation: 'unused access that an analyzer has found', found: answers(FOUND) },
    {
      situation: 'no analyzer, and no organization whose administrator could have one',
      found: answers(NONE),
      parameters: { delegatedAdminCovers: 'true' },
    },
  ],
});
