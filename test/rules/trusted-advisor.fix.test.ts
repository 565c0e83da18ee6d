import rule from '../../rules/trusted-advisor/rule.ts';
import { toldOf } from '../support/notices.ts';

test('people are told which check is red, and where to look', async () => {
  const { en, ko } = await toldOf(rule, [
    {
      kind: 'flagged',
      id: '7DAFEmoDos',
      name: 'MFA on Root Account',
      status: 'error',
      resources: 1,
    } as never,
  ]);
  expect(en).toMatch(/MFA on Root Account \(7DAFEmoDos\) is error: 1 flagged.*Open Trusted Advisor/s);
  expect(ko).toMatch(/점검을 새로 고칩니다/);
});
