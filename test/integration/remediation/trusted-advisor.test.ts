import rule from '../../../rules/trusted-advisor/rule.ts';
import { tellsPeople } from '../support/tells-people.ts';

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

/** What the account answers where moto has nothing to say. */
const answers = (found: object) => (_: object, readings: Record<string, unknown>) => {
  Object.assign(readings, found);
};

tellsPeople({
  rule,
  lacking: { services: ['support'], acts: {} },
  situations: [{ situation: 'a red check', found: answers(FOUND) }],
});
