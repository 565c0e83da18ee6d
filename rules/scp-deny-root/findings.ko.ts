import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';

const MOST = 10;

export const messages: MessagesOf<typeof rule> = {
  scpOff: ({ because }) =>
    because === 'notOn'
      ? '조직의 루트에서 서비스 제어 정책(SCP)을 활성화하지 않음'
      : '조직이 통합 결제만 사용해 서비스 제어 정책(SCP)이 없음',
  uncovered: ({ accounts }) => {
    const more = accounts.length > MOST ? ` 외 ${accounts.length - MOST}개` : '';
    return `루트 사용자의 모든 작업을 거부하는 SCP가 없는 계정: ${accounts.slice(0, MOST).join(', ')}${more}`;
  },
  noOrganization: () => '조직에 속하지 않은 계정',
  noMembers: () => '조직에 대상 멤버 계정이 없음',
  judgedElsewhere: ({ management }) => `관리 계정 ${management}에서 판정`,
};
