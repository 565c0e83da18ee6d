import type { MessagesOf } from '../rule.ts';
import { trailMessagesKo } from '../shared/trails.ko.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  noLock: ({ bucket }) => `버킷 ${bucket}: 객체 잠금이 없음`,
  noDefaultRetention: ({ bucket }) => `버킷 ${bucket}: 객체 잠금은 있으나 기본 보존이 없음`,
  weakMode: ({ bucket, retention }) => `버킷 ${bucket}: 보존 모드가 ${retention.mode}(COMPLIANCE 필요)`,
  shortRetention: ({ bucket, days, minRetentionDays }) =>
    `버킷 ${bucket}: 보존 기간 ${days}일(최소 ${minRetentionDays}일 필요)`,
  ...trailMessagesKo,
};
