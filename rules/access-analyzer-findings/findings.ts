import type { Messages } from '../rule.ts';

/** The findings on the account. */
export type AnalyzerFinding =
  /** A resource that somebody outside may use. */
  | {
      readonly kind: 'shared';
      /** A bucket's name; any other resource's ARN. */
      readonly resource: string;
      readonly isPublic: boolean;
      /** Accounts, ARNs, `*`. */
      readonly principals: readonly string[];
      readonly region: string;
    }
  /** No analyzer of external access is in the Region. */
  | { readonly kind: 'none'; readonly region: string }
  /** There is one, and it finds nothing, whatever there is. */
  | {
      readonly kind: 'inactive';
      readonly analyzer: string;
      readonly status: string;
      readonly reason: string | undefined;
      readonly region: string;
    }
  /** The organization's delegated administrator has the analyzer. */
  | { readonly kind: 'covered'; readonly management: string };

export const messages: Messages<AnalyzerFinding> = {
  shared: ({ resource, isPublic, principals, region }) =>
    isPublic
      ? `${resource} (${region}) is public`
      : `${resource} (${region}) is shared with ${principals.join(', ') || 'another account'}`,
  none: ({ region }) => `no external access analyzer in ${region}`,
  inactive: ({ analyzer, status, reason, region }) =>
    `the external access analyzer ${analyzer} (${region}) is ${status}${reason ? `: ${reason}` : ''}`,
  covered: ({ management }) =>
    `no analyzer of its own: its organization's is taken to cover it (management account ${management})`,
};
