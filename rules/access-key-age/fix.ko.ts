/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  '{days} days old': '생성 후 {days}일',
  'Nobody but root can touch its keys: sign in as the root user, open "Security credentials", deactivate the access key, and delete it once nothing has failed without it.':
    '루트의 키는 루트만 다룰 수 있음: 루트 사용자로 로그인해 "보안 자격 증명"에서 액세스 키를 비활성화하고, 문제가 없으면 삭제할 것.',
};
