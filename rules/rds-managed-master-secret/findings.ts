import type { Messages } from '../rule.ts';

export type SecretFinding =
  /** No secret of RDS's: whoever set the password has to keep and to change it. */
  | { readonly kind: 'selfManaged'; readonly engine: string }
  /** RDS cannot reach or rotate the secret any more. */
  | { readonly kind: 'impaired' }
  | { readonly kind: 'deleting' }
  | { readonly kind: 'ofCluster'; readonly cluster: string }
  | { readonly kind: 'replica'; readonly of: string }
  | { readonly kind: 'noPassword'; readonly engine: string }
  | { readonly kind: 'unsupported'; readonly what: string }
  | { readonly kind: 'tenants' };

export const messages: Messages<SecretFinding> = {
  selfManaged: ({ engine }) => `${engine}: the master password is not managed by RDS in Secrets Manager`,
  impaired: () => "the master user's secret is impaired: RDS cannot rotate the password any more",
  deleting: () => 'is being deleted',
  ofCluster: ({ cluster }) => `is a member of DB cluster ${cluster}, which has the master password`,
  replica: ({ of }) => `is a read replica of ${of}, which has the master password`,
  noPassword: ({ engine }) => `engine ${engine} has no master password that RDS could manage`,
  unsupported: ({ what }) => `RDS manages no master password of ${what}`,
  tenants: () => 'is multi-tenant, and its tenant databases have the master passwords',
};
