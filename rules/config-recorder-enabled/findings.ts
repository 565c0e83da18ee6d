import type { Messages } from '../rule.ts';

interface InRegion {
  readonly region: string;
}
interface OfRecorder extends InRegion {
  readonly recorder: string;
}

/** The findings on the account. */
export type RecorderFinding =
  /** No recorder but those that a service has for itself. */
  | ({ readonly kind: 'noRecorder' } & InRegion)
  | ({ readonly kind: 'stopped' } & OfRecorder)
  | ({ readonly kind: 'failing'; readonly code: string | undefined } & OfRecorder)
  /** There is nowhere to deliver to. */
  | ({ readonly kind: 'noChannel' } & InRegion)
  /** Types are left out, or only some are recorded. */
  | ({ readonly kind: 'someTypes'; readonly excluded: readonly string[] } & OfRecorder)
  /** It runs as another role than AWS Config's own. */
  | ({ readonly kind: 'role' } & OfRecorder)
  /** IAM's users, groups, roles and policies are in no Region recorded together. */
  | { readonly kind: 'noGlobalTypes' };

/** As many as an annotation has room for. */
export const MOST_NAMED = 3;

export const messages: Messages<RecorderFinding> = {
  noRecorder: ({ region }) => `no configuration recorder in ${region}`,
  stopped: ({ region, recorder }) => `the recorder ${recorder} in ${region} is stopped`,
  failing: ({ region, recorder, code }) =>
    `the recorder ${recorder} in ${region} fails${code === undefined ? '' : `: ${code}`}`,
  noChannel: ({ region }) => `no delivery channel in ${region}`,
  someTypes: ({ region, recorder, excluded }) => {
    if (excluded.length === 0)
      return `the recorder ${recorder} in ${region} records listed resource types only`;
    const more = excluded.length > MOST_NAMED ? ` and ${excluded.length - MOST_NAMED} more` : '';
    return `the recorder ${recorder} in ${region} leaves out ${excluded.slice(0, MOST_NAMED).join(', ')}${more}`;
  },
  role: ({ region, recorder }) =>
    `the recorder ${recorder} in ${region} does not run as the service-linked role of AWS Config`,
  noGlobalTypes: () => 'no Region records all four of AWS::IAM::User, Group, Role and Policy',
};
