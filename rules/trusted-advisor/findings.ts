import type { Messages } from '../rule.ts';

/** The findings on the account. */
export type AdvisorFinding =
  | {
      readonly kind: 'flagged';
      readonly id: string;
      readonly name: string;
      readonly status: string;
      readonly resources: number | undefined;
    }
  /** No check that is asked for is available to the account. */
  | { readonly kind: 'nothingAvailable' }
  /** The account has no support plan with Trusted Advisor's API, or its partition has no such API. */
  | { readonly kind: 'noPlan' };

export const messages: Messages<AdvisorFinding> = {
  flagged: ({ name, id, status, resources }) =>
    `${name} (${id}) is ${status}${resources === undefined ? '' : `: ${resources} flagged`}`,
  nothingAvailable: () => 'no check that is asked for is available to the account',
  noPlan: () => "the account's support plan does not include Trusted Advisor's API",
};
