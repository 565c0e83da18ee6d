import { notifyFix } from '../shared/notify/fix.ts';
import type { BudgetFinding } from './findings.ts';

/** Tells people: only they know how much the account may cost, and who is to be told. */
export const fix = notifyFix<BudgetFinding, unknown>()({
  category: 'Cost',
  steps: [
    {
      en: 'Open AWS Budgets in the console of {account}, and create a cost budget for a month, without filters, with the amount that the account may cost.',
      ko: '{account}의 콘솔에서 AWS Budgets를 열고, 계정이 써도 되는 금액을 한도로 필터 없는 월간 비용 예산을 만듭니다.',
    },
    {
      en: 'Add an alert at 80 % of the actual costs and one at 100 % of the forecasted costs, to a mailbox that a team reads, or to an SNS topic whose policy lets budgets.amazonaws.com publish.',
      ko: '실제 비용 80 % 알림과 예상 비용 100 % 알림을 추가합니다. 받는 곳은 팀이 함께 보는 메일함이나, 정책이 budgets.amazonaws.com의 게시를 허용하는 SNS 주제로 합니다.',
    },
    {
      en: 'Where a budget is there that the verdict names, changing what it says is wrong is enough.',
      ko: '판정에 나온 예산이 있으면 거기 적힌 부분만 고쳐도 됩니다.',
    },
  ],
});
