import rule from '../../rules/access-analyzer-findings/rule.ts';
import { toldOf } from '../support/notices.ts';

const shared = {
  kind: 'shared',
  resource: 'press-kit',
  isPublic: true,
  principals: ['*'],
  region: 'us-east-1',
};
const none = { kind: 'none', region: 'us-east-1' };
const inactive = {
  kind: 'inactive',
  analyzer: 'outside',
  status: 'DISABLED',
  reason: undefined,
  region: 'us-east-1',
};

test.each([
  [
    'what is shared',
    [shared],
    /press-kit \(us-east-1\) is public.*archive the finding/s,
    /create an analyzer/,
  ],
  ['an analyzer that is not there', [none], /create an analyzer of external access/, /archive the finding/],
  [
    'one that is not active',
    [inactive],
    /outside \(us-east-1\) is DISABLED.*made again/s,
    /create an analyzer/,
  ],
  ['several of them', [shared, none], /archive the finding.*create an analyzer/s, /made again/],
])('people are told what to do about %s, and no more', async (_, findings, says, saysNot) => {
  const { en, ko, title } = await toldOf(rule, findings);
  expect(en).toMatch(says);
  expect(en).not.toMatch(saysNot);
  expect(ko).toMatch(/[가-힣]/);
  expect(title).toMatch(/^access-analyzer-findings: 111122223333: /);
});
