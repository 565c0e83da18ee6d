import type { MessagesOf } from '../rule.ts';
import type { Use } from './findings.ts';
import type rule from './rule.ts';

const minute = (at: Date) => `${at.toISOString().slice(0, 16)}Z`;
const ago = (days: number) => {
  if (days < 0) return '현재 시계 기준 미래';
  return days === 0 ? '하루가 지나지 않음' : `${days}일 전`;
};
const used = ({ how }: Use) =>
  how === 'password' ? '루트가 암호로 로그인함' : `루트의 액세스 키 ${how.slice(-1)}번을 사용함`;

export const messages: MessagesOf<typeof rule> = {
  used: (finding) =>
    `${used(finding)}: ${ago(finding.daysAgo)}(${minute(finding.at)}). ${finding.maxDaysSinceUse}일 이상 지나야 함`,
  setUp: (finding) => `계정 초기 설정 중 ${used(finding)}(${minute(finding.at)})`,
  approved: (finding) => `${used(finding)}(${minute(finding.at)}). ${minute(finding.until)}까지 승인됨`,
  never: () => 'IAM 기록상 루트를 사용한 적이 없음',
  noRoot: () => '중국 계정에는 루트 사용자가 없음',
};
