/** What the credential report calls the root user (IAM User Guide). */
export const ROOT = '<root_account>';

/** Root's kinds of credentials in Korean: what people are told has both languages. */
export const CREDENTIALS_KO = {
  password: '암호',
  'access key': '액세스 키',
  'signing certificate': '서명 인증서',
} as const;
