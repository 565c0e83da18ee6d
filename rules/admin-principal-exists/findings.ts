import type { Messages } from '../rule.ts';

/** The findings on the account. */
export type AdministratorFinding =
  /** Nobody but root can administer the account. */
  | { readonly kind: 'none'; readonly least: number }
  | { readonly kind: 'tooFew'; readonly found: readonly string[]; readonly least: number }
  /** IAM users. */
  | { readonly kind: 'tooMany'; readonly users: readonly string[]; readonly most: number };

export const messages: Messages<AdministratorFinding> = {
  none: ({ least }) =>
    `no administrator that people can use, at least ${least} wanted: no IAM user with a password or an active access key, and no role that an account or a SAML provider may assume`,
  tooFew: ({ found, least }) =>
    `${found.length} administrator${found.length === 1 ? '' : 's'} that people can use (${some(found)}), at least ${least} wanted`,
  tooMany: ({ users, most }) =>
    `${users.length} IAM users are administrators (${some(users)}), at most ${most} wanted`,
};

/** An annotation has 256 characters. */
export const MOST = 5;
const some = (names: readonly string[]): string =>
  names.length <= MOST
    ? names.join(', ')
    : `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more`;
