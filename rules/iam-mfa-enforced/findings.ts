import type { Messages } from '../rule.ts';
import { type Exempt, exemptMessage } from '../shared/exemption.ts';
import type { Box } from '../shared/permissions/boxes.ts';

/** How a user comes in without MFA. */
export type Way = 'password' | 'key';

/** The findings on a user. */
export type MfaFinding =
  /** `actions` are some of those that the user may do, in words. */
  | { readonly kind: 'withoutMfa'; readonly by: readonly Way[]; readonly actions: readonly string[] }
  | { readonly kind: 'noCredentials' }
  | { readonly kind: 'keyOnly' }
  | Exempt;

const WAYS = { password: 'with a password', key: 'with an access key' };

export const messages: Messages<MfaFinding> = {
  withoutMfa: ({ by, actions }) =>
    `can do ${listed(actions)} without MFA, ${by.map((way) => WAYS[way]).join(' and ')}`,
  noCredentials: () => 'has neither a password nor an active access key',
  keyOnly: () => 'has access keys and no password, and includeAccessKeyOnly is false',
  exempt: exemptMessage,
};

/** An annotation has 256 characters. */
export const MOST = 3;
export const listed = (actions: readonly string[]) =>
  actions.length > MOST ? `${actions.slice(0, MOST).join(', ')} and more` : actions.join(', ');

/** `everything`, `everything but iam:*`, `ec2:describe*`. */
export function inWords({ pattern, except }: Box): string {
  const what = pattern === '*' ? 'everything' : pattern;
  if (except.length === 0) return what;
  const [first, ...others] = except;
  return `${what} but ${first}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}
