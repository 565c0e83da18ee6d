/**
 * The root user of a member account, as the organization's management account, or IAM's delegated administrator, sees
 * it: in a session of sts:AssumeRoot that may audit (task policy IAMAuditRootUserCredentials). Ids are accounts'.
 */
import * as z from 'zod/mini';
import { field, text, time } from '../../parts.ts';
import type { Reading } from '../../reading.ts';
import { accessKey, credentialStatus, lastUse } from '../iam/readings.ts';

/** IAM's own operations. */
const root = { name: 'root' } as const;
const action = 'sts:AssumeRoot';
/** Of any member: who may be reached is the organization's to say, by centralized root access. */
const scope = ['arn:{partition}:iam::*:root'] as const;
const about = { options: ['--target-principal'], from: 'fix' } as const;

/** When root's password was created; `null`: root has none, and can't ask for one by e-mail either. */
export const rootPassword = {
  service: root,
  api: 'GetLoginProfile',
  about,
  action,
  scope,
  none: ['NoSuchEntity'],
  shape: () => field('LoginProfile', field('CreateDate', time)),
} as const satisfies Reading;

/** When root last signed in; nothing: not since IAM began to take note of that in October 2014. */
export const rootSignedIn = {
  service: root,
  api: 'GetUser',
  about,
  action,
  scope,
  shape: () => field('User', field('PasswordLastUsed', z.nullish(time))),
} as const satisfies Reading;

export const rootAccessKeys = {
  service: root,
  api: 'ListAccessKeys',
  about,
  action,
  scope,
  member: 'AccessKeyMetadata',
  shape: () => accessKey(),
} as const satisfies Reading;

/** Of an account and a key: `111122223333/AKIA…`. */
export const rootAccessKeyLastUsed = {
  service: root,
  api: 'GetAccessKeyLastUsed',
  about: { options: ['--target-principal', '--access-key-id'], from: 'fix' },
  action,
  scope,
  shape: () => lastUse(),
} as const satisfies Reading;

export const rootCertificates = {
  service: root,
  api: 'ListSigningCertificates',
  about,
  action,
  scope,
  member: 'Certificates',
  shape: () =>
    z.pipe(
      z.object({ CertificateId: text, Status: credentialStatus(), UploadDate: time }),
      z.transform(
        (value): RootCertificate => ({
          id: value.CertificateId,
          active: value.Status === 'Active',
          uploadedAt: value.UploadDate,
        }),
      ),
    ),
} as const satisfies Reading;

export const rootMfaDevices = {
  service: root,
  api: 'ListMFADevices',
  about,
  action,
  scope,
  member: 'MFADevices',
  shape: () =>
    z.pipe(
      z.object({ SerialNumber: text, EnableDate: time }),
      z.transform(
        (value): RootMfaDevice => ({ serialNumber: value.SerialNumber, enabledAt: value.EnableDate }),
      ),
    ),
} as const satisfies Reading;

/** An X.509 signing certificate. */
export interface RootCertificate {
  readonly id: string;
  readonly active: boolean;
  readonly uploadedAt: Date;
}

export interface RootMfaDevice {
  /** A virtual device's ARN, or the serial number of a hardware device. */
  readonly serialNumber: string;
  readonly enabledAt: Date;
}
