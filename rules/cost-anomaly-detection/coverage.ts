/** How much of an account an anomaly monitor sees, and from which amount on a subscription tells of it. */
import type { Expression } from '../../account/services/budgets/readings.ts';
import type { AnomalyMonitor, AnomalySubscription } from '../../account/services/ce/readings.ts';
import { isExact } from '../shared/budgets.ts';

/** All of the account; what carries a tag or is in a cost category; another account's costs; nobody can say. */
export type Coverage = 'whole' | 'partial' | 'other' | 'unknown';

export function coverageOf({ type, dimension, specification }: AnomalyMonitor, accountId: string): Coverage {
  switch (type.toUpperCase()) {
    case 'DIMENSIONAL':
      return ofDimension(dimension?.toUpperCase());
    case 'CUSTOM':
      return specification ? ofSpecification(specification, accountId) : 'unknown';
    default:
      return 'unknown';
  }
}

/** Whether a monitor is as the rule wants one. */
export const isEnough = (coverage: Coverage, acceptPartialMonitors: boolean): boolean =>
  coverage === 'whole' || (acceptPartialMonitors && coverage === 'partial');

function ofDimension(dimension: string | undefined): Coverage {
  if (dimension === 'SERVICE' || dimension === 'LINKED_ACCOUNT') return 'whole';
  return dimension === 'TAG' || dimension === 'COST_CATEGORY' ? 'partial' : 'unknown';
}

/** AWS takes one dimension, tag or cost category; of what else a specification may be made, the narrowest counts. */
function ofSpecification(specification: Expression, accountId: string): Coverage {
  const { Dimensions, Tags, CostCategories, And, Or, Not } = specification;
  const parts: Coverage[] = [];
  if (Dimensions) {
    const isAccounts = Dimensions.Key?.toUpperCase() === 'LINKED_ACCOUNT';
    const isThis = isAccounts && isExact(Dimensions) && Dimensions.Values.includes(accountId);
    parts.push(isThis ? 'whole' : isAccounts ? 'other' : 'partial');
  }
  if (Tags != null || CostCategories != null || Not != null) parts.push('partial');
  for (const one of And ?? []) parts.push(ofSpecification(one, accountId));
  const any = (Or ?? []).map((one) => ofSpecification(one, accountId));
  if (any.length > 0) parts.push(WIDEST.find((one) => any.includes(one)) ?? 'unknown');
  return NARROWEST.find((one) => parts.includes(one)) ?? 'unknown';
}
const WIDEST = ['whole', 'unknown', 'partial', 'other'] as const;
const NARROWEST = ['other', 'partial', 'unknown', 'whole'] as const;

/** Whether a subscription tells of anomalies of this amount. */
export const isWithin = ({ threshold, expression }: AnomalySubscription, usd: number): boolean =>
  expression ? isMet(expression, usd) : threshold === undefined || threshold <= usd;

/** An amount is met by no more than it; a percentage says nothing of the amount, and is met by any. */
function isMet({ Dimensions, And, Or, Not, Tags, CostCategories }: Expression, usd: number): boolean {
  if (Not != null || Tags != null || CostCategories != null) return false;
  if (Dimensions) {
    const { Key, Values } = Dimensions;
    const isAmount = Key?.toUpperCase() === 'ANOMALY_TOTAL_IMPACT_ABSOLUTE';
    if (!isAmount && Key?.toUpperCase() !== 'ANOMALY_TOTAL_IMPACT_PERCENTAGE') return false;
    if (
      isAmount &&
      !(Values.length > 0 && Values.every((value) => value.trim() !== '' && Number(value) <= usd))
    )
      return false;
  }
  if (And && !And.every((one) => isMet(one, usd))) return false;
  return !Or || Or.length === 0 || Or.some((one) => isMet(one, usd));
}
