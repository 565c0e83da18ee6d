import rule from '../../rules/org-root-credentials/rule.ts';
import { toldOf } from '../support/notices.ts';

test.each([
  ['not all features', [{ kind: 'notAllFeatures' }], /begin to enable all features/, /register MFA/],
  [
    'a feature that is off',
    [{ kind: 'featureOff', features: ['RootCredentialsManagement'] }],
    /"Root access management".*Groundrules-MemberRootCredentials/s,
    /register MFA/,
  ],
  [
    'root without MFA',
    [{ kind: 'noMfa', credentials: ['a password'] }],
    /a password and no MFA.*Groundrules-MemberRootCredentials for 111122223333/s,
    /enable all features/,
  ],
])('people are told what to do about %s, and no more', async (_, findings, says, saysNot) => {
  const { en, ko } = await toldOf(rule, findings as never);
  expect(en).toMatch(says);
  expect(en).not.toMatch(saysNot);
  expect(ko).toMatch(/[가-힣]/);
});
