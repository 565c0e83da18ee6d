import type { Messages } from '../rule.ts';
import { type AlertMiss, missMessages } from '../shared/alerts/messages.ts';

/** The findings on the account, the nearest miss first. */
export type RootAlertFinding =
  /** An alert covers some of root's use, and none the rest. */
  | {
      readonly kind: 'partly';
      readonly alert: string;
      readonly covered: readonly string[];
      readonly lacking: readonly string[];
    }
  | AlertMiss;

const and = (words: readonly string[]) => words.join(' and ');

export const messages: Messages<RootAlertFinding> = {
  ...missMessages,
  partly: ({ alert, covered, lacking }) =>
    `${alert} covers ${and(covered)} only: root's ${and(lacking)} raise no alert`,
};
