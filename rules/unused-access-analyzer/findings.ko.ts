import type { MessagesOf } from '../rule.ts';
import { coveredKo } from '../shared/covered.ko.ts';
import type rule from './rule.ts';

const of = ({ analyzer, region }: { readonly analyzer: string; readonly region: string }): string =>
  `미사용 액세스 분석기 ${analyzer}(${region})`;

export const messages: MessagesOf<typeof rule> = {
  none: ({ regions }) => `미사용 액세스 분석기가 없음: ${regions.join(', ')}`,
  inactive: ({ status, reason, ...one }) => `${of(one)}: 상태 ${status}${reason ? `(${reason})` : ''}`,
  tooLong: ({ days, limit, ...one }) => `${of(one)}: 추적 기간 ${days}일(최대 ${limit}일)`,
  excluded: (one) => `${of(one)}: 이 계정을 제외함`,
  findings: ({ active, limit, ...one }) => `${of(one)}: 활성 결과 ${active}개(최대 ${limit}개)`,
  covered: coveredKo,
};
