import { notifyFix } from '../shared/notify/fix.ts';
import type { AlarmFinding } from './findings.ts';

/** Tells people: the switch that brings the metric is for the console alone, and only they know the amount. */
export const fix = notifyFix<AlarmFinding, unknown>()({
  category: 'Cost',
  steps: [
    {
      en: 'Turn on "Receive CloudWatch billing alerts" in the billing preferences, in an organization those of the management account. It cannot be turned off again, and the first data takes some hours.',
      ko: '결제 기본 설정에서 "CloudWatch 결제 알림 받기"를 켭니다. 조직에서는 관리 계정에서 켭니다. 다시 끌 수 없으며 첫 데이터까지 몇 시간 걸립니다.',
    },
    {
      en: 'In CloudWatch in us-east-1, create an alarm on AWS/Billing EstimatedCharges with the dimension Currency alone, statistic Maximum, period 6 hours, greater than the amount that the account may cost.',
      ko: 'us-east-1의 CloudWatch에서 AWS/Billing EstimatedCharges(차원은 Currency만, 통계 최댓값, 기간 6시간)가 계정이 써도 되는 금액을 넘으면 울리는 경보를 만듭니다.',
    },
    {
      en: 'Let it notify an SNS topic of us-east-1 that has a confirmed subscription.',
      ko: '확인된 구독이 있는 us-east-1의 SNS 주제로 알리게 합니다.',
    },
    {
      en: 'Or do without: a cost budget with an alert (rule budget-alert) does as well while acceptBudgetInstead is true.',
      ko: '또는 acceptBudgetInstead가 true인 동안에는 알림이 있는 비용 예산(규칙 budget-alert)으로 대신할 수 있습니다.',
    },
  ],
});
