/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'RestrictPublicBuckets also cuts off {others} until no statement is public.':
    'RestrictPublicBuckets를 켜면 퍼블릭 문이 없어질 때까지 {others}도 차단됨.',
  'With all flags on, S3 also refuses new public ACLs and public policies on this bucket.':
    '플래그를 모두 켜면 S3가 이 버킷의 새 퍼블릭 ACL과 퍼블릭 정책도 거부함.',
  '{flags} on; ACL and policy stay as they are': '{flags} 켬. ACL과 정책은 그대로 둠',
  'RestrictPublicBuckets would take the allowed website offline: remove the other public statements from the policy by hand.':
    'RestrictPublicBuckets를 켜면 허용한 웹 사이트가 중단됨: 정책에서 다른 퍼블릭 문을 직접 제거할 것.',
  '{flags} off again': '{flags} 다시 끔',
  'Somebody else has turned {flag} {state} meanwhile.':
    '그사이 다른 사람이 {flag} 설정을 바꿈(현재 {state}).',
  on: '켜짐',
  off: '꺼짐',
};
