/** IAM as AWS has it, where moto's is not so: the form of a user's unique id, and what there is of root. */
import type { Mend } from './middle.ts';

/** What root has, that moto does not know of. */
export const root = {
  /** Active access keys. */
  keys: 0,
  password: false,
  certificates: 0,
  /** When it last signed in. */
  lastUsed: undefined as string | undefined,
  reset(): void {
    this.keys = 0;
    this.password = false;
    this.certificates = 0;
    this.lastUsed = undefined;
  },
};

/** Moto's ids are twenty small letters and digits; AWS's begin with `AIDA` (IAM, "IAM identifiers"). */
export const userId = (moto: string): string => `AIDA${moto.toUpperCase()}`;

/** To what moto says, in XML. */
export const likeAws: Mend = ({ service, what }, body) => {
  if (service !== 'iam' && service !== 'sts') return body;
  const named = body.replace(/(?<=<UserId>)[a-z0-9]{20}(?=<)/g, userId);
  if (what === 'GetAccountSummary') {
    const present = `<key>AccountPasswordPresent</key><value>${Number(root.password)}</value>`;
    return named
      .replace(/(?<=<key>AccountSigningCertificatesPresent<\/key>\s*<value>)\d+/, String(root.certificates))
      .replace('</SummaryMap>', `<entry>${present}</entry></SummaryMap>`);
  }
  if (what !== 'GetCredentialReport') return named;
  return named.replace(/(?<=<Content>)[^<]+/, (text) => {
    const [header = '', ...rows] = Buffer.from(text, 'base64').toString().split('\n');
    return Buffer.from([header, rootRow(header), ...rows].join('\n')).toString('base64');
  });
};

function rootRow(header: string): string {
  const values: Record<string, string> = {
    user: '<root_account>',
    arn: 'arn:aws:iam::123456789012:root',
    user_creation_time: '2020-01-01T00:00:00+00:00',
    password_enabled: 'not_supported',
    password_last_used: root.lastUsed ?? 'no_information',
    mfa_active: 'true',
    cert_1_active: 'false',
    cert_2_active: 'false',
  };
  for (const number of [1, 2]) {
    const active = number <= root.keys;
    values[`access_key_${number}_active`] = String(active);
    if (active) values[`access_key_${number}_last_rotated`] = '2020-01-02T00:00:00+00:00';
  }
  return header
    .split(',')
    .map((column) => values[column] ?? 'N/A')
    .join(',');
}
