import rule from '../../rules/iam-mfa-enforced/rule.ts';
import { toldOf } from '../support/notices.ts';

test('people are told what can be done without MFA, and what to attach', async () => {
  const { en, ko } = await toldOf(rule, [
    { kind: 'withoutMfa', by: ['password'], actions: ['everything'] } as never,
  ]);
  expect(en).toMatch(/can do everything without MFA, with a password.*BoolIfExists/s);
  expect(ko).toMatch(/MFA 디바이스가 있는지/);
});
