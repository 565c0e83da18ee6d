import type { MessagesOf } from '../rule.ts';
import { payerCoversMessageKo } from '../shared/payer.ko.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  noAlarm: () => '예상 요금(us-east-1의 AWS/Billing EstimatedCharges)에 대한 CloudWatch 경보가 없음',
  wrongCurrency: ({ alarm, currency }) => `"${alarm}": 통화가 다른 요금의 경보(${currency} 필요)`,
  oneService: ({ alarm }) => `"${alarm}": 요금의 일부만 봄`,
  otherAccount: ({ alarm }) => `"${alarm}": 다른 계정의 요금을 봄`,
  belowOnly: ({ alarm }) => `"${alarm}": 임계값을 넘어도 울리지 않음`,
  notAmount: ({ alarm }) => `"${alarm}": 요금이 아니라 샘플 수를 셈`,
  highThreshold: ({ alarm, maxThreshold }) => `"${alarm}": 임계값이 ${maxThreshold}보다 높음`,
  notCompared: ({ alarm, maxThreshold }) =>
    `"${alarm}": 요금 자체를 ${maxThreshold} 이하의 임계값과 비교하지 않음`,
  actionsOff: ({ alarm }) => `"${alarm}": 작업이 꺼져 있음`,
  noAction: ({ alarm }) => `"${alarm}": 경보 작업이 없음`,
  noData: ({ alarm }) => `"${alarm}": 2일 넘게 데이터가 없음(결제 알림이 켜져 있지 않음)`,
  notEvaluated: ({ alarm }) => `"${alarm}": 평가할 수 없는 경보`,
  budgetInstead: () => '알림이 있는 비용 예산이 경보를 대신함',
  payerCovers: payerCoversMessageKo,
};
