import type { Messages } from '../rule.ts';

/** The findings on the account that asks. */
export type ScpFinding =
  /** Service control policies hold nowhere: not all features are enabled, or the root of the tree has them off. */
  | { readonly kind: 'scpOff'; readonly because: 'consolidatedBilling' | 'notOn' }
  /** No SCP denies these members' root users everything. */
  | { readonly kind: 'uncovered'; readonly accounts: readonly string[] }
  | { readonly kind: 'noOrganization' }
  /** Nobody is there whom an SCP could hold for. */
  | { readonly kind: 'noMembers' }
  /** A member that may not read policies. */
  | { readonly kind: 'judgedElsewhere'; readonly management: string };

/** Ids of accounts that a sentence has. */
const MOST = 10;

export const messages: Messages<ScpFinding> = {
  scpOff: ({ because }) =>
    because === 'notOn'
      ? 'service control policies are not enabled on the root of the organization'
      : 'the organization has consolidated billing only, and so no service control policies',
  uncovered: ({ accounts }) => {
    const more = accounts.length > MOST ? ` and ${accounts.length - MOST} more` : '';
    return `no SCP denies everything to root of ${accounts.slice(0, MOST).join(', ')}${more}`;
  },
  noOrganization: () => 'the account is in no organization',
  noMembers: () => 'the organization has no member account that counts',
  judgedElsewhere: ({ management }) => `judged in the management account ${management}`,
};
