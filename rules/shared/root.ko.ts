import { CREDENTIALS_KO } from './root.ts';

const WORDS: Readonly<Record<string, string>> = CREDENTIALS_KO;

/** `암호, 액세스 키`: root's credentials, whether the English has an article (`a password`) or none. */
export const credentialsKo = (credentials: readonly string[]): string =>
  credentials.map((credential) => WORDS[credential.replace(/^an? /, '')] ?? credential).join(', ');
