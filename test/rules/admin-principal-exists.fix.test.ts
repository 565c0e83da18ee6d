import rule from '../../rules/admin-principal-exists/rule.ts';
import { toldOf } from '../support/notices.ts';

test('where there is nobody, people are told how to become administrators without root', async () => {
  const { en, ko } = await toldOf(rule, [{ kind: 'none', least: 1 } as never]);
  expect(en).toMatch(/no administrator that people can use.*IAM Identity Center/s);
  expect(en).not.toMatch(/maxHumanAdmins/);
  expect(ko).toMatch(/루트가 아닌 관리 수단을 만듭니다/);
});

test('where there are too many, people are told to take it away', async () => {
  const users = ['ana', 'bo'];
  const { en } = await toldOf(rule, [{ kind: 'tooMany', users, most: 1 } as never]);
  expect(en).toMatch(/2 IAM users are administrators \(ana, bo\), at most 1 wanted.*maxHumanAdmins/s);
  expect(en).not.toMatch(/Identity Center/);
});
