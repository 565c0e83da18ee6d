/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'the rule would fail {prefix}EmailAddress: {why}.': '{prefix}EmailAddress: 규칙을 통과하지 못할 값. {why}.',
  '{why}: change {which} by hand (account:PutAlternateContact), once it is known who should read that mail.':
    '{why}. 메일을 읽을 사람을 정한 뒤 직접 바꿀 것(account:PutAlternateContact, 대상: {which}).',
  'all but one of them': '하나를 뺀 나머지',
  it: '이 연락처',
};
