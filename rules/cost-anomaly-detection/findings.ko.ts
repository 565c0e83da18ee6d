import type { MessagesOf } from '../rule.ts';
import { quotedKo } from '../shared/listed.ko.ts';
import { payerCoversMessageKo } from '../shared/payer.ko.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  noMonitor: () => 'Cost Anomaly Detection에 모니터가 없음',
  partialMonitor: ({ monitors }) =>
    `계정 전체를 보는 이상 탐지 모니터가 없음. 일부만 보는 모니터: ${quotedKo(monitors)}`,
  noSubscription: () => '이상 탐지 모니터를 구독하는 사람이 없음',
  noSubscriber: () => '이상 탐지 구독에 알림을 받는 구독자가 없음',
  highThreshold: ({ maxThresholdUsd }) => `${maxThresholdUsd} USD의 이상을 알리는 이상 탐지 구독이 없음`,
  payerCovers: payerCoversMessageKo,
};
