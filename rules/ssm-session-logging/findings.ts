import type { Messages } from '../rule.ts';

interface InRegion {
  readonly region: string;
}

/** What is wrong with the preferences of a Region. */
export type Unlogged = InRegion &
  (
    | { readonly kind: 'noPreferences'; readonly document: string }
    | { readonly kind: 'noDestination' }
    | { readonly kind: 'notEncrypted'; readonly destinations: readonly ('CloudWatch Logs' | 'S3')[] }
    | { readonly kind: 'otherType'; readonly sessionType: string }
  );
export type SessionFinding = Unlogged | { readonly kind: 'notUsed' };

export const messages: Messages<SessionFinding> = {
  noPreferences: ({ region, document }) => `${region}: no ${document}, so that sessions are not logged`,
  noDestination: ({ region }) => `${region}: sessions are logged neither to CloudWatch Logs nor to S3`,
  notEncrypted: ({ region, destinations }) =>
    `${region}: logs in ${destinations.join(' and ')} need not be encrypted`,
  otherType: ({ region, sessionType }) => `${region}: the document is of ${sessionType}, not Standard_Stream`,
  notUsed: () => 'no Region in view logs sessions, and none has a managed node',
};
