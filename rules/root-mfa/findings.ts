import { CREDENTIALS_KO } from '../shared/root.ts';

/** The findings on root. */
export type RootMfaFinding =
  /** Root has credentials, and no MFA protects them. */
  | { readonly kind: 'noMfa'; readonly credentials: readonly Credential[] }
  /** A virtual device is registered to root, and hardware is required. */
  | { readonly kind: 'virtualMfa'; readonly serialNumber: string }
  /** Root has no credentials, as in a member account under centralized root access. */
  | { readonly kind: 'noCredentials' };

/** Root's kinds of credentials, by the key of GetAccountSummary's SummaryMap that counts them. */
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

/** `암호, 액세스 키, 서명 인증서` */
export const sentenceKo = (credentials: readonly Credential[]): string =>
  credentials.map((credential) => CREDENTIALS_KO[credential]).join(', ');
