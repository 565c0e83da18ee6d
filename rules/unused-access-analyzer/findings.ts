import type { Messages } from '../rule.ts';

interface Named {
  readonly analyzer: string;
  readonly region: string;
}
/** The findings on the account. */
export type UnusedAccessFinding =
  /** No analyzer of unused access is in these Regions. */
  | { readonly kind: 'none'; readonly regions: readonly string[] }
  /** There is one, and it finds nothing, whatever there is. */
  | (Named & { readonly kind: 'inactive'; readonly status: string; readonly reason: string | undefined })
  /** It takes access for used that nobody has used for longer than asked for. */
  | (Named & { readonly kind: 'tooLong'; readonly days: number; readonly limit: number })
  /** It leaves this account out. */
  | (Named & { readonly kind: 'excluded' })
  /** It has found unused access that nobody has looked at. */
  | (Named & { readonly kind: 'findings'; readonly active: number; readonly limit: number })
  /** The organization's delegated administrator has the analyzer. */
  | { readonly kind: 'covered'; readonly management: string };

const of = ({ analyzer, region }: Named) => `the unused access analyzer ${analyzer} (${region})`;

export const messages: Messages<UnusedAccessFinding> = {
  none: ({ regions }) => `no unused access analyzer in ${regions.join(', ')}`,
  inactive: ({ status, reason, ...one }) => `${of(one)} is ${status}${reason ? `: ${reason}` : ''}`,
  tooLong: ({ days, limit, ...one }) =>
    `${of(one)} looks for access unused for ${days} days, at most ${limit} are asked for`,
  excluded: (one) => `${of(one)} leaves this account out`,
  findings: ({ active, limit, ...one }) =>
    `${of(one)} has ${active} active ${active === 1 ? 'finding' : 'findings'}, at most ${limit} may be`,
  covered: ({ management }) =>
    `no analyzer of its own: its organization's is taken to cover it (management account ${management})`,
};
