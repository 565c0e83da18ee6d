import rule from '../../rules/unused-access-analyzer/rule.ts';
import { toldOf } from '../support/notices.ts';

const which = { analyzer: 'unused', region: 'us-east-1' };

test.each([
  [
    'findings',
    [{ kind: 'findings', ...which, active: 3, limit: 0 }],
    /has 3 active findings.*archive the finding/s,
    /Create an analyzer/,
  ],
  [
    'no analyzer',
    [{ kind: 'none', regions: ['us-east-1'] }],
    /Create an analyzer of unused access/,
    /archive the finding/,
  ],
  [
    'too long a period',
    [{ kind: 'tooLong', ...which, days: 180, limit: 90 }],
    /180 days.*shorter period/s,
    /Create an analyzer/,
  ],
  [
    'an exclusion',
    [{ kind: 'excluded', ...which }],
    /leaves this account out.*exclusions/s,
    /Create an analyzer/,
  ],
])('people are told what to do about %s, and no more', async (_, findings, says, saysNot) => {
  const { en, ko } = await toldOf(rule, findings);
  expect(en).toMatch(says);
  expect(en).not.toMatch(saysNot);
  expect(ko).toMatch(/[가-힣]/);
});
