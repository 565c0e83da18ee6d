/** Root's credentials, whichever way the English names them. */
const CREDENTIALS: Readonly<Record<string, string>> = {
  password: '암호',
  'access key': '액세스 키',
  'signing certificate': '서명 인증서',
};

/** `암호, 액세스 키` */
export const credentialsKo = (credentials: readonly string[]): string =>
  credentials.map((credential) => CREDENTIALS[credential.replace(/^an? /, '')] ?? credential).join(', ');
