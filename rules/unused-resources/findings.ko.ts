import type { MessagesOf } from '../rule.ts';
import { exemptMessageKo } from '../shared/exemption.ko.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  emptyDefaultVpc: () => '네트워크 인터페이스가 없는 기본 VPC',
  idleNat: ({ days }) => `${days}일 동안 내보낸 트래픽이 없는 NAT 게이트웨이`,
  noTargets: ({ groups }) =>
    groups === 0
      ? '등록된 인스턴스가 없는 로드 밸런서'
      : `등록된 대상이 없는 로드 밸런서(대상 그룹 ${groups}개)`,
  noListeners: () => '대상 그룹이 없고 스스로 응답하지도 않는 로드 밸런서',
  idleInstance: ({ days, highest }) =>
    `${days}일 동안 CPU가 ${Math.round(highest * 10) / 10}%를 넘은 적이 없는 실행 중인 인스턴스`,
  orphanSnapshot: ({ instance }) => `더는 없는 DB 인스턴스 ${instance}의 수동 스냅샷`,
  exempt: exemptMessageKo,
};
