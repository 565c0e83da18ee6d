/** What there is to find about root. */
export type RootMfaFinding =
  /** Root can be used, with nothing but what it knows. */
  | { readonly kind: 'noMfa'; readonly credentials: readonly Credential[] }
  /** A virtual device is registered to root, and hardware is required. */
  | { readonly kind: 'virtualMfa'; readonly serialNumber: string }
  /** Root cannot be used at all: as in a member account under centralized root access (aws-facts §8). */
  | { readonly kind: 'noCredentials' };

/** What root can be used with, by the key of GetAccountSummary's SummaryMap that counts it. */
export const CREDENTIALS = {
  AccountPasswordPresent: 'password',
  AccountAccessKeysPresent: 'access key',
  AccountSigningCertificatesPresent: 'signing certificate',
} as const;
export type Credential = (typeof CREDENTIALS)[keyof typeof CREDENTIALS];

/** `a password, an access key and a signing certificate` */
export function sentence(credentials: readonly Credential[]): string {
  const named = credentials.map((credential) => `${credential === 'access key' ? 'an' : 'a'} ${credential}`);
  return named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${named.at(-1)}` : `${named[0]}`;
}
