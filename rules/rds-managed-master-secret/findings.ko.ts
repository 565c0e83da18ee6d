import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';

/** `글로벌 데이터베이스 orders의 멤버`; the names of AWS's products stay. */
const whatKo = (what: string): string =>
  what.replace(/^a member of global database (.+)$/, '글로벌 데이터베이스 $1의 멤버');

export const messages: MessagesOf<typeof rule> = {
  selfManaged: ({ engine }) => `${engine}: RDS가 마스터 암호를 Secrets Manager에서 관리하지 않음`,
  impaired: () => '마스터 사용자의 보안 암호가 impaired 상태: RDS가 더는 암호를 교체하지 못함',
  deleting: () => '삭제 중',
  ofCluster: ({ cluster }) => `DB 클러스터 ${cluster}의 멤버(마스터 암호는 클러스터에 있음)`,
  replica: ({ of }) => `${of}의 읽기 전용 복제본(마스터 암호는 원본에 있음)`,
  noPassword: ({ engine }) => `RDS가 관리할 마스터 암호가 없는 엔진: ${engine}`,
  unsupported: ({ what }) => `RDS가 마스터 암호를 관리하지 않는 대상: ${whatKo(what)}`,
  tenants: () => '멀티 테넌트(마스터 암호는 테넌트 데이터베이스마다 있음)',
};
