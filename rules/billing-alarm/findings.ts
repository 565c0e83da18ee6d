import type { Messages } from '../rule.ts';
import { type PayerCovers, payerCoversMessage } from '../shared/payer.ts';

/** Why an alarm on the estimated charges does not count. */
export type AlarmMiss =
  | { readonly kind: 'wrongCurrency'; readonly alarm: string; readonly currency: string }
  | { readonly kind: 'oneService'; readonly alarm: string }
  | { readonly kind: 'otherAccount'; readonly alarm: string }
  | { readonly kind: 'belowOnly'; readonly alarm: string }
  | { readonly kind: 'notAmount'; readonly alarm: string }
  | { readonly kind: 'highThreshold'; readonly alarm: string; readonly maxThreshold: number }
  | { readonly kind: 'notCompared'; readonly alarm: string; readonly maxThreshold: number }
  | { readonly kind: 'actionsOff'; readonly alarm: string }
  | { readonly kind: 'noAction'; readonly alarm: string }
  | { readonly kind: 'noData'; readonly alarm: string }
  | { readonly kind: 'notEvaluated'; readonly alarm: string };

export type AlarmFinding =
  | { readonly kind: 'noAlarm' }
  | AlarmMiss
  /** A note on an account that passes. */
  | { readonly kind: 'budgetInstead' }
  | PayerCovers;

export const messages: Messages<AlarmFinding> = {
  noAlarm: () => 'no CloudWatch alarm on the estimated charges (AWS/Billing EstimatedCharges in us-east-1)',
  wrongCurrency: ({ alarm, currency }) => `"${alarm}" is not of charges in ${currency}`,
  oneService: ({ alarm }) => `"${alarm}" is of a part of the charges only`,
  otherAccount: ({ alarm }) => `"${alarm}" is of another account's charges`,
  belowOnly: ({ alarm }) => `"${alarm}" does not go off above its threshold`,
  notAmount: ({ alarm }) => `"${alarm}" counts samples, not charges`,
  highThreshold: ({ alarm, maxThreshold }) => `"${alarm}" goes off above ${maxThreshold} only`,
  notCompared: ({ alarm, maxThreshold }) =>
    `"${alarm}" does not compare the charges themselves with at most ${maxThreshold}`,
  actionsOff: ({ alarm }) => `"${alarm}" has its actions turned off`,
  noAction: ({ alarm }) => `"${alarm}" has no alarm action`,
  noData: ({ alarm }) => `"${alarm}" has had no data for more than 2 days: billing alerts are not turned on`,
  notEvaluated: ({ alarm }) => `"${alarm}" cannot be evaluated`,
  budgetInstead: () => 'a cost budget with an alert takes the place of the alarm',
  payerCovers: payerCoversMessage,
};
