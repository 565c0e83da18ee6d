import type { MessagesOf } from '../rule.ts';
import { payerCoversMessageKo } from '../shared/payer.ko.ts';
import type { Asked } from './findings.ts';
import type rule from './rule.ts';

/** `알림 임계값이 80 % 이하인 비용 예산`: what is asked for. */
const wanted = ({ asked }: Asked): string =>
  `${asked?.requireNotification ? `알림 임계값이 ${asked.maxThresholdPercent} % 이하인 ` : ''}비용 예산`;

/** A budget, and why it does not count; after what none of the budgets is, where the finding has to say that. */
const miss = ({ budget, ...finding }: Asked & { readonly budget: string }, why: string): string =>
  `${finding.asked ? `${wanted(finding)}이 없음: ` : ''}"${budget}": ${why}`;

export const messages: MessagesOf<typeof rule> = {
  noBudget: () => '계정에 예산이 없음',
  tooFew: ({ count, minBudgets, ...finding }) => `${wanted(finding)}: ${count}개, 최소 ${minBudgets}개 필요`,
  otherType: (finding) => miss(finding, `${finding.type} 유형의 예산`),
  notInForce: (finding) => miss(finding, finding.since === 'ended' ? '기간이 끝남' : '기간이 시작되지 않음'),
  unhealthy: (finding) =>
    miss(finding, `UNHEALTHY 상태${finding.reason ? `(${finding.reason})` : ''}라 AWS가 평가하지 않음`),
  filtered: (finding) =>
    miss(finding, `일부 비용만 봄(${finding.by === 'a billing view' ? '청구 보기' : finding.by})`),
  noAlert: (finding) => miss(finding, '알림이 없음'),
  lateAlert: (finding) => miss(finding, '제때 오는 알림이 없음'),
  payerCovers: payerCoversMessageKo,
};
