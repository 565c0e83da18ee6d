import rule from '../../rules/root-mfa/rule.ts';
import { ACCOUNT, Failure, judged, memoryAccount, type Said } from './memory.ts';

export const SUMMARY = 'global/iam/get-account-summary.json';
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
}
const isFailure = (answer: unknown): answer is Failure => answer instanceof Failure;

/** What the `aws` command line would print in such a world. */
export const readingsOf = ({ summary, devices }: World) => ({
  ...(summary && { [SUMMARY]: isFailure(summary) ? summary : { SummaryMap: summary } }),
  ...(devices && { [DEVICES]: isFailure(devices) ? devices : { VirtualMFADevices: devices } }),
});

/** What is said of the account, of which there is one. */
export const judgeRoot = async (world: World, parameters: Record<string, unknown> = {}) =>
  (await judged(rule, memoryAccount(readingsOf(world)), parameters))[0] as Said;
