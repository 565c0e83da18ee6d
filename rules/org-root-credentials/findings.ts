import type { Messages } from '../rule.ts';

export type Feature = 'RootCredentialsManagement' | 'RootSessions';

/** The findings on the account. */
export type OrgRootFinding =
  /** Of the organization, which its management account and IAM's delegated administrator answer for. */
  | { readonly kind: 'featureOff'; readonly features: readonly Feature[] }
  | { readonly kind: 'notAllFeatures' }
  /** Of the account's own root user, in a member account. */
  | { readonly kind: 'noMfa'; readonly credentials: readonly string[] }
  | { readonly kind: 'noCredentials' }
  | { readonly kind: 'noOrganization' }
  | { readonly kind: 'nothingRequired' };

export const messages: Messages<OrgRootFinding> = {
  featureOff: ({ features }) => `central root access does not have ${features.join(' and ')}`,
  notAllFeatures: () => 'the organization has not all features enabled, which central root access needs',
  noMfa: ({ credentials }) => `root has ${credentials.join(', ')} and no MFA`,
  noCredentials: () => 'root has no credentials',
  noOrganization: () => 'the account is in no organization',
  nothingRequired: () => 'requireFeatures is empty: nothing is asked of the management account',
};
