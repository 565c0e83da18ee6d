/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'GuardDuty is not on in {region}: it is paid for, so that a person turns it on.':
    '{region}: GuardDuty가 꺼져 있음. 유료이므로 사람이 켜야 함.',
  'filter {name} archives the finding in {region}: whose filter it is, a person has to find out.':
    '{region}: 필터 {name} 때문에 결과가 보관 처리됨. 누구의 필터인지 사람이 확인해야 함.',
};
