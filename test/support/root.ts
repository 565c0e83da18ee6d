import rule from '../../rules/root-mfa/rule.ts';
import { ACCOUNT, Failure, judged, memoryAccount, type Said } from './memory.ts';

export const SUMMARY = 'global/iam/get-account-summary.json';
export const REPORT = 'global/iam/get-credential-report.csv';
export const DEVICES = 'global/iam/list-virtual-mfa-devices.json';

export type Summary = Record<string, number>;
export const everything: Summary = {
  AccountMFAEnabled: 1,
  AccountPasswordPresent: 1,
  AccountAccessKeysPresent: 0,
  AccountSigningCertificatesPresent: 0,
  Users: 12,
};
export const nothing: Summary = { ...everything, AccountMFAEnabled: 0, AccountPasswordPresent: 0 };
export const without = (summary: Summary, ...keys: string[]): Summary =>
  Object.fromEntries(Object.entries(summary).filter(([key]) => !keys.includes(key)));

export interface Device {
  SerialNumber: string;
  User?: { Arn: string };
}
export const rootArn = `arn:aws:iam::${ACCOUNT}:root`;
export const wellKnown = `arn:aws:iam::${ACCOUNT}:mfa/root-account-mfa-device`;
export const ofRoot = (SerialNumber = wellKnown, Arn = rootArn): Device => ({ SerialNumber, User: { Arn } });
export const named = `arn:aws:iam::${ACCOUNT}:mfa/phone`;

export interface World {
  summary?: Summary | Failure;
  devices?: readonly Device[] | Failure;
  /** Columns of root's row in the credential report that are not as those of a root without anything; or there is no such row. */
  report?: Readonly<Record<string, string>> | 'no row' | Failure;
}
const isFailure = (answer: unknown): answer is Failure => answer instanceof Failure;

/** What the `aws` command line would print in such a world. */
export const readingsOf = ({ summary, devices, report }: World) => ({
  ...(report && { [REPORT]: isFailure(report) ? report : reportOf(report) }),
  ...(summary && { [SUMMARY]: isFailure(summary) ? summary : { SummaryMap: summary } }),
  ...(devices && { [DEVICES]: isFailure(devices) ? devices : { VirtualMFADevices: devices } }),
});

/** A root without password, keys, certificates and MFA. */
const BARE: Readonly<Record<string, string>> = {
  user: '<root_account>',
  arn: rootArn,
  user_creation_time: '2020-01-01T00:00:00+00:00',
  password_enabled: 'false',
  mfa_active: 'false',
  access_key_1_active: 'false',
  access_key_1_last_rotated: 'N/A',
  access_key_2_active: 'false',
  access_key_2_last_rotated: 'N/A',
  cert_1_active: 'false',
  cert_1_last_rotated: 'N/A',
  cert_2_active: 'false',
  cert_2_last_rotated: 'N/A',
};
const reportOf = (row: Readonly<Record<string, string>> | 'no row'): string =>
  [
    Object.keys(BARE),
    ...(row === 'no row' ? [] : [Object.values({ ...BARE, ...row })]),
    Object.values({
      ...BARE,
      user: 'alice',
      arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
      password_enabled: 'true',
    }),
  ]
    .map((values) => values.join(','))
    .join('\n');

/** What is said of the account, of which there is one. */
export const judgeRoot = async (world: World, parameters: Record<string, unknown> = {}) =>
  (await judged(rule, memoryAccount(readingsOf(world)), parameters))[0] as Said;
