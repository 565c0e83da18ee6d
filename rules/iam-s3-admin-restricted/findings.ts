import type { Messages } from '../rule.ts';

/** The findings on a user, group or role. */
export type S3AdminFinding =
  | {
      readonly kind: 'allowed';
      /** The policy that allows them: `policy arn:aws:iam::aws:policy/AmazonS3FullAccess`. */
      readonly policy: string;
      /** The group through which a user has it. */
      readonly group?: string;
      /** As the rule's parameter spells them. */
      readonly actions: readonly string[];
    }
  | { readonly kind: 'approved'; readonly by: string }
  | { readonly kind: 'serviceRole' }
  | { readonly kind: 'serviceLinked' };

export const NAMED = 3;

export const messages: Messages<S3AdminFinding> = {
  allowed: ({ policy, group, actions }) => {
    const more = actions.length > NAMED ? ` and ${actions.length - NAMED} more` : '';
    const through = group === undefined ? '' : ` of group ${group}`;
    return `${policy}${through} allows ${actions.slice(0, NAMED).join(', ')}${more}`;
  },
  approved: ({ by }) => `approved by ${by}`,
  serviceRole: () => 'only AWS services can assume the role',
  serviceLinked: () => 'a service-linked role, whose permissions AWS decides',
};
