import type { MessagesOf } from '../rule.ts';
import { trailMessagesKo } from '../shared/trails.ko.ts';
import type rule from './rule.ts';

const ruleKo = (rule: string | undefined) => (rule === undefined ? 'ID 없는 규칙' : `규칙 "${rule}"`);

export const messages: MessagesOf<typeof rule> = {
  shortRetention: ({ bucket, days, rule, minRetentionDays }) =>
    `버킷 ${bucket}: CloudTrail 로그를 ${days}일 뒤에 삭제함(${ruleKo(rule)}, 최소 ${minRetentionDays}일 필요)`,
  fixedDate: ({ bucket, rule, minRetentionDays }) =>
    `버킷 ${bucket}: CloudTrail 로그를 고정 날짜에 삭제함(${ruleKo(rule)}, 최소 ${minRetentionDays}일 필요)`,
  ...trailMessagesKo,
};
