import { notifyFix } from '../shared/notify/fix.ts';
import type { AnomalyFinding } from './findings.ts';

/** Tells people: only they know who is to be told, and from which amount on. */
export const fix = notifyFix<AnomalyFinding, unknown>()({
  category: 'Cost',
  steps: [
    {
      en: 'Open Cost Anomaly Detection in the Billing and Cost Management console of {account}. Where Cost Explorer was never opened, open that first.',
      ko: '{account}의 Billing and Cost Management 콘솔에서 비용 이상 탐지(Cost Anomaly Detection)를 엽니다. Cost Explorer를 연 적이 없으면 먼저 엽니다.',
    },
    {
      en: 'Create a monitor of AWS services, which sees all of the account: there can be one of these.',
      ko: '계정 전체를 보는 AWS 서비스 모니터를 만듭니다. 이 유형은 하나만 만들 수 있습니다.',
    },
    {
      en: 'Subscribe a mailbox that a team reads (daily or weekly), or an SNS topic (at once), from an amount on that matters to you.',
      ko: '팀이 함께 보는 메일함(매일 또는 매주)이나 SNS 주제(즉시)를 구독시키고, 의미 있는 금액을 임계값으로 정합니다.',
    },
  ],
});
