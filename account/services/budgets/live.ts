import {
  BudgetsClient,
  paginateDescribeBudgetNotificationsForAccount,
  paginateDescribeBudgets,
} from '@aws-sdk/client-budgets';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as budgets from './readings.ts';

type BudgetsAsk = Ask<BudgetsClient>;
export const service: LiveService<BudgetsClient> = { connect: (config) => new BudgetsClient(config) };

export const allBudgets = {
  service,
  reading: budgets.allBudgets,
  ask: ({ client, accountId, pageSize }: BudgetsAsk) =>
    allPages(
      paginateDescribeBudgets(
        { client, pageSize: pageSize(1000) },
        { AccountId: accountId, ShowFilterExpression: true },
      ),
      'Budgets',
    ),
};
export const budgetAlerts = {
  service,
  reading: budgets.budgetAlerts,
  ask: ({ client, accountId, pageSize }: BudgetsAsk) =>
    allPages(
      paginateDescribeBudgetNotificationsForAccount(
        { client, pageSize: pageSize(1000) },
        { AccountId: accountId },
      ),
      'BudgetNotificationsForAccount',
    ),
};
