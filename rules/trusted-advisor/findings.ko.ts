import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  flagged: ({ name, id, status, resources }) =>
    `${name}(${id}): 상태 ${status}${resources === undefined ? '' : `, 지적된 리소스 ${resources}개`}`,
  nothingAvailable: () => '확인할 점검 가운데 계정에서 쓸 수 있는 것이 없음',
  noPlan: () => '계정의 지원 플랜에 Trusted Advisor API가 없음',
};
