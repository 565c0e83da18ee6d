import type { Messages } from '../rule.ts';

/** A use of root, with the credential that it was. */
export interface Use {
  readonly how: 'password' | 'access key 1' | 'access key 2';
  readonly at: Date;
}

export type LastUsedFinding =
  /** Root was used a short while ago; a negative number of days, where clocks differ. */
  | ({ readonly kind: 'used'; readonly daysAgo: number; readonly maxDaysSinceUse: number } & Use)
  /** Root was used to set the account up. */
  | ({ readonly kind: 'setUp' } & Use)
  | ({ readonly kind: 'approved'; readonly until: Date } & Use)
  | { readonly kind: 'never' }
  /** The account is in China, where there is no root user. */
  | { readonly kind: 'noRoot' };

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);
const minute = (at: Date) => `${at.toISOString().slice(0, 16)}Z`;
const ago = (count: number) => {
  if (count < 0) return 'in the future, by this clock';
  return count === 0 ? 'less than a day ago' : `${days(count)} ago`;
};
const used = ({ how }: Use) =>
  how === 'password' ? 'signed in with its password' : `used its ${how.replace(/ (\d)$/, ' (number $1)')}`;

export const messages: Messages<LastUsedFinding> = {
  used: (finding) =>
    `root ${used(finding)} ${ago(finding.daysAgo)} (${minute(finding.at)}); at least ${days(finding.maxDaysSinceUse)} wanted`,
  setUp: (finding) => `root ${used(finding)} while the account was set up (${minute(finding.at)})`,
  approved: (finding) =>
    `root ${used(finding)} at ${minute(finding.at)}, which is approved until ${minute(finding.until)}`,
  never: () => 'root has never been used, as far as IAM has taken note',
  noRoot: () => 'accounts in China have no root user',
};
