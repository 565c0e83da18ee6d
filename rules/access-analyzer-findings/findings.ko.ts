import type { MessagesOf } from '../rule.ts';
import { coveredKo } from '../shared/covered.ko.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  shared: ({ resource, isPublic, principals, region }) =>
    isPublic
      ? `${resource}(${region}): 퍼블릭 상태`
      : `${resource}(${region}): 외부 공유 대상: ${principals.join(', ') || '다른 계정'}`,
  none: ({ region }) => `${region}: 외부 액세스 분석기가 없음`,
  inactive: ({ analyzer, status, reason, region }) =>
    `외부 액세스 분석기 ${analyzer}(${region}): 상태 ${status}${reason ? `(${reason})` : ''}`,
  covered: coveredKo,
};
