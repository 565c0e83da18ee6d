import rule from '../../../rules/billing-alarm/rule.ts';
import { tellsPeople } from '../support/tells-people.ts';

const FOUND = {
  'global/cloudwatch/describe-alarms.json': { MetricAlarms: [], CompositeAlarms: [] },
  'global/budgets/describe-budgets.json': {
    Budgets: [{ BudgetName: 'usage', BudgetType: 'USAGE', TimeUnit: 'MONTHLY' }],
  },
  'global/budgets/describe-budget-notifications-for-account.json': { BudgetNotificationsForAccount: [] },
};

tellsPeople({
  rule,
  lacking: { services: ['monitoring', 'budgets'], acts: {} },
  situations: [
    {
      situation: 'no alarm, and no cost budget, in no organization',
      found: (_, readings) => {
        Object.assign(readings, FOUND);
      },
      parameters: { payerCovers: 'true' },
      faults: true,
    },
  ],
});
