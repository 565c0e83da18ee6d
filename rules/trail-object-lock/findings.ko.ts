import type { MessagesOf } from '../rule.ts';
import { exemptMessageKo } from '../shared/exemption.ko.ts';
import { listedKo } from '../shared/listed.ko.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  noLock: ({ bucket }) => `버킷 ${bucket}: 객체 잠금이 없음`,
  noDefaultRetention: ({ bucket }) => `버킷 ${bucket}: 객체 잠금은 있으나 기본 보존이 없음`,
  weakMode: ({ bucket, retention }) => `버킷 ${bucket}: 보존 모드가 ${retention.mode}(COMPLIANCE 필요)`,
  shortRetention: ({ bucket, days, minRetentionDays }) =>
    `버킷 ${bucket}: 보존 기간 ${days}일(최소 ${minRetentionDays}일 필요)`,
  noBucket: ({ bucket }) => `버킷 ${bucket}: 존재하지 않아 추적의 로그가 사라짐`,
  foreignTrail: ({ owner }) => `계정 ${owner}의 조직 추적으로, 그 계정에서 판정함`,
  noTrail: ({ regions }) =>
    regions.length > 4
      ? `리전 ${regions.length}곳 어디에도 추적이 없음`
      : `추적이 없음: ${regions.join(', ')}`,
  elsewhere: ({ trails }) =>
    `보이는 리전을 홈으로 하는 추적이 없음. 홈 리전에서 판정함: ${listedKo(
      trails.map(({ name, homeRegion }) => `${name}(${homeRegion})`),
      3,
    )}`,
  exempt: exemptMessageKo,
};
