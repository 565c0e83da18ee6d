import type { Account } from '../../account/account.ts';
import { allBudgets, budgetAlerts } from '../../account/services/budgets/readings.ts';
import { organization } from '../../account/services/organizations/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, couldNotTell, nonCompliant } from '../judgement.ts';
import { boolean, integer, type ParameterValues, parameter } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { countBudgets } from '../shared/budgets.ts';
import { judgeUnlessPayerCovers, payerCoversParameter } from '../shared/payer.ts';
import { type BudgetFinding, messages } from './findings.ts';
import { fix } from './fix.ts';

const parameters = {
  minBudgets: parameter(integer(1, 100), '1', {
    en: 'How many budgets have to be as they should be.',
    ko: '기준에 맞아야 하는 예산 수.',
  }),
  requireNotification: parameter(boolean(), 'true', {
    en: 'Whether a budget needs an alert that comes in time.',
    ko: '예산에 제때 오는 알림이 있어야 하는지 여부.',
  }),
  maxThresholdPercent: parameter(integer(1, 1000), '100', {
    en: 'The highest threshold, in percent of the limit, at which an alert still comes in time.',
    ko: '제때 오는 알림으로 볼 가장 높은 임계값(한도의 백분율).',
  }),
  acceptFilteredBudgets: parameter(boolean(), 'false', {
    en: 'Whether a budget counts that watches a part of the costs only: a service, a Region, a tag.',
    ko: '서비스, 리전, 태그 등 비용의 일부만 보는 예산도 인정할지 여부.',
  }),
  payerCovers: payerCoversParameter('false'),
};
type Values = ParameterValues<typeof parameters>;

const reads = [allBudgets, budgetAlerts, organization] as const;
type View = Account<(typeof reads)[number]>;

/** A cost budget of the whole account is in force, and tells somebody in time. */
export default defineRule<typeof parameters, BudgetFinding>()({
  id: 'budget-alert',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  judge: (account, values, context) =>
    judgeUnlessPayerCovers(account, context, {
      payerCovers: values.payerCovers,
      judge: () => judgeBudgets(account, values, context.now),
    }),

  fix,
  calls: { fixed: 2, each: 0 },
});

async function judgeBudgets(account: View, values: Values, now: Date): Promise<Judgement<BudgetFinding>> {
  const resource = accountResource(account);
  const { minBudgets, requireNotification, maxThresholdPercent } = values;
  const { all, count, misses, doubt } = await countBudgets(account, values, now);
  if (count >= minBudgets) return compliant(resource);
  if (doubt) return couldNotTell(resource, doubt);
  if (all === 0) return nonCompliant(resource, [{ kind: 'noBudget' }]);
  const asked = { requireNotification, maxThresholdPercent };
  const [first, ...others] = misses;
  if (count > 0 || !first) {
    return nonCompliant(resource, [{ kind: 'tooFew', count, minBudgets, asked }, ...misses]);
  }
  return nonCompliant(resource, [{ ...first, asked }, ...others]);
}
