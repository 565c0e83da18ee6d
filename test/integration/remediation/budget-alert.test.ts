import rule from '../../../rules/budget-alert/rule.ts';
import { tellsPeople } from '../support/tells-people.ts';

const FOUND = { 'global/budgets/describe-budgets.json': { Budgets: [] } };

tellsPeople({
  rule,
  lacking: { services: ['budgets'], acts: {} },
  situations: [
    {
      situation: 'no budget, in no organization',
      found: (_, readings) => {
        Object.assign(readings, FOUND);
      },
      parameters: { payerCovers: 'true' },
      faults: true,
    },
  ],
});
