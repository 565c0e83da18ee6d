import type { Messages } from '../rule.ts';

/** The findings on the account. */
export type IdentityCenterFinding =
  /** The instances of IAM Identity Center that there are give access to applications only. */
  | { readonly kind: 'accountInstance' }
  /** Nobody can sign in through these SAML providers any more. */
  | { readonly kind: 'expired'; readonly providers: readonly string[] }
  /** People may sign in through these providers, but only IAM Identity Center is asked for. */
  | { readonly kind: 'notAccepted'; readonly providers: readonly string[] }
  /** The OIDC providers are those of machines. */
  | { readonly kind: 'workloadsOnly'; readonly hosts: readonly string[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'noOrganization' };

export const messages: Messages<IdentityCenterFinding> = {
  accountInstance: () =>
    'only an account instance of IAM Identity Center, which gives access to applications but not to accounts',
  expired: ({ providers }) => `expired: SAML provider ${providers.join(', ')}`,
  notAccepted: ({ providers }) =>
    `people sign in through ${providers.join(', ')}, where IAM Identity Center is asked for`,
  workloadsOnly: ({ hosts }) => `only OIDC providers of workloads: ${hosts.join(', ')}`,
  none: () => 'neither IAM Identity Center nor an identity provider that people sign in through',
  noOrganization: () =>
    'the account is in no organization, and has neither IAM Identity Center nor an identity provider for people',
};
