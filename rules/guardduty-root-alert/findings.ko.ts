import type { MessagesOf } from '../rule.ts';
import { missMessagesKo, ofKo } from '../shared/alerts/messages.ko.ts';
import type rule from './rule.ts';

const within = ({ region }: { readonly region: string }, text: string): string => `${region}: ${text}`;

export const messages: MessagesOf<typeof rule> = {
  notEnabled: (one) => within(one, 'GuardDuty가 켜져 있지 않음'),
  suppressed: ({ filter, ...one }) =>
    within(one, `필터 ${filter}: 루트 사용 결과를 보관 처리해 아무에게도 알리지 않음`),
  partlySuppressed: ({ filter, fields, ...one }) =>
    within(one, `필터 ${filter}: 루트 사용 결과의 일부를 보관 처리함(기준 필드: ${fields.join(', ')})`),
  severityTooHigh: ({ rule, ...one }) =>
    within(one, `규칙 ${rule}: 루트 사용 결과의 심각도(2)와 다른 심각도를 요구함`),
  adminCovers: ({ administrator, ...one }) =>
    within(one, `자체 규칙이 없음: GuardDuty 관리자 계정 ${administrator}에서 대신하는 것으로 봄`),
  noRule: (one) => within(one, `일치하는 EventBridge 규칙이 없음(${ofKo(one.of)})`),
  notCovered: (one) => within(one, missMessagesKo.notCovered(one)),
  ruleOff: (one) => within(one, missMessagesKo.ruleOff(one)),
  nobody: (one) => within(one, missMessagesKo.nobody(one)),
  noTopic: (one) => within(one, missMessagesKo.noTopic(one)),
  unconfirmed: (one) => within(one, missMessagesKo.unconfirmed(one)),
  topicKey: (one) => within(one, missMessagesKo.topicKey(one)),
  topicPolicy: (one) => within(one, missMessagesKo.topicPolicy(one)),
};
