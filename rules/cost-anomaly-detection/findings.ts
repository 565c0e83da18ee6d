import type { Messages } from '../rule.ts';
import { type PayerCovers, payerCoversMessage } from '../shared/payer.ts';

export type AnomalyFinding =
  | { readonly kind: 'noMonitor' }
  /** There are monitors, none of all of the account. */
  | { readonly kind: 'partialMonitor'; readonly monitors: readonly string[] }
  | { readonly kind: 'noSubscription' }
  | { readonly kind: 'noSubscriber' }
  | { readonly kind: 'highThreshold'; readonly maxThresholdUsd: number }
  | PayerCovers;

export const messages: Messages<AnomalyFinding> = {
  noMonitor: () => 'Cost Anomaly Detection has no monitor',
  partialMonitor: ({ monitors }) =>
    `no anomaly monitor watches all of the account: ${monitors.map((name) => `"${name}"`).join(', ')} ${monitors.length === 1 ? 'sees' : 'see'} a part`,
  noSubscription: () => 'nobody is subscribed to the anomaly monitor',
  noSubscriber: () => 'the anomaly subscription has no subscriber who takes it',
  highThreshold: ({ maxThresholdUsd }) =>
    `no anomaly subscription tells of anomalies of ${maxThresholdUsd} US dollars`,
  payerCovers: payerCoversMessage,
};
