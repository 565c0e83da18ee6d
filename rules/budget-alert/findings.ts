import type { Messages } from '../rule.ts';
import type { Miss } from '../shared/budgets.ts';
import { type PayerCovers, payerCoversMessage } from '../shared/payer.ts';

/** What is asked of the budgets, where the finding has to say it: in the first one of a verdict. */
export interface Asked {
  readonly asked?: { readonly requireNotification: boolean; readonly maxThresholdPercent: number };
}

export type BudgetFinding =
  | { readonly kind: 'noBudget' }
  | ({ readonly kind: 'tooFew'; readonly count: number; readonly minBudgets: number } & Asked)
  | (Miss & Asked)
  | PayerCovers;

const withAlert = ({ asked }: Asked) =>
  asked?.requireNotification ? ` with an alert at or below ${asked.maxThresholdPercent} %` : '';
const first = (finding: Asked) => (finding.asked ? `no cost budget${withAlert(finding)}: ` : '');

const missWords: Messages<Miss> = {
  otherType: ({ budget, type }) => `"${budget}" is a ${type} budget`,
  notInForce: ({ budget, since }) => `"${budget}" ${since === 'ended' ? 'has ended' : 'has not begun'}`,
  unhealthy: ({ budget, reason }) =>
    `"${budget}" is UNHEALTHY${reason ? ` (${reason})` : ''}, so AWS does not evaluate it`,
  filtered: ({ budget, by }) => `"${budget}" watches only ${by}`,
  noAlert: ({ budget }) => `"${budget}" has no alert`,
  lateAlert: ({ budget }) => `"${budget}" has no alert that comes in time`,
};

export const messages: Messages<BudgetFinding> = {
  noBudget: () => 'the account has no budget',
  tooFew: ({ count, minBudgets, ...finding }) =>
    `${count} cost ${count === 1 ? 'budget' : 'budgets'}${withAlert(finding)}, where ${minBudgets} are wanted`,
  otherType: (finding) => first(finding) + missWords.otherType(finding),
  notInForce: (finding) => first(finding) + missWords.notInForce(finding),
  unhealthy: (finding) => first(finding) + missWords.unhealthy(finding),
  filtered: (finding) => first(finding) + missWords.filtered(finding),
  noAlert: (finding) => first(finding) + missWords.noAlert(finding),
  lateAlert: (finding) => first(finding) + missWords.lateAlert(finding),
  payerCovers: payerCoversMessage,
};
