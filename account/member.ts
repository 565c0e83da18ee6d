/**
 * The root user of a member account, as the organization's management account, or IAM's delegated administrator, sees
 * it: in a session of sts:AssumeRoot that may audit (task policy IAMAuditRootUserCredentials).
 */
import * as z from 'zod/mini';
import type { AccessKey, LastUse } from './account.ts';
import type { ReadName, ReadTarget } from './reads.ts';
import { credentialStatus, shapes } from './shapes/index.ts';
import { field, text, time } from './shapes/parts.ts';

export interface Member {
  /** `ACTIVE`, `SUSPENDED`, …; `null`: the organization has no such account. */
  state(): Promise<string | null>;
  /** `null`: root has no password, and can't ask for one by e-mail either. */
  rootPassword(): Promise<RootPassword | null>;
  rootAccessKeys(): Promise<readonly AccessKey[]>;
  /** As {@link Iam.accessKeyLastUsed}. */
  rootAccessKeyLastUsed(keyId: string): Promise<LastUse | null>;
  rootCertificates(): Promise<readonly RootCertificate[]>;
  rootMfaDevices(): Promise<readonly RootMfaDevice[]>;
}

export interface RootPassword {
  readonly createdAt: Date;
  /** Absent: nobody signed in with it, since IAM began to take note of that in October 2014. */
  readonly lastUsed?: Date;
}

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

const state = z.pipe(
  // AWS Organizations gives State, and until September 2026 Status: API_Account of its API reference.
  field('Account', z.object({ State: z.nullish(text), Status: z.nullish(text) })),
  z.transform(({ State, Status }) => State ?? Status ?? 'UNKNOWN'),
);
const created = field('LoginProfile', field('CreateDate', time));
const signedIn = field('User', field('PasswordLastUsed', z.nullish(time)));
const certificates = field(
  'Certificates',
  z.array(
    z.pipe(
      z.object({ CertificateId: text, Status: credentialStatus, UploadDate: time }),
      z.transform(
        (value): RootCertificate => ({
          id: value.CertificateId,
          active: value.Status === 'Active',
          uploadedAt: value.UploadDate,
        }),
      ),
    ),
  ),
);
const mfaDevices = field(
  'MFADevices',
  z.array(
    z.pipe(
      z.object({ SerialNumber: text, EnableDate: time }),
      z.transform(
        (value): RootMfaDevice => ({ serialNumber: value.SerialNumber, enabledAt: value.EnableDate }),
      ),
    ),
  ),
);

/** What central root access may do in the organization, from iam:ListOrganizationsFeatures. */
export const rootFeatures = field('EnabledFeatures', z.array(z.string()));

type Once = <T extends z.core.$ZodType>(
  name: ReadName,
  type: T,
  target?: ReadTarget,
) => Promise<z.output<T> | null>;

/** @param once asks the source once, and gives `null` where there is none. */
export function openMember(once: Once, id: string): Member {
  const expect = once as <T extends z.core.$ZodType>(...asked: Parameters<Once>) => Promise<z.output<T>>;
  return {
    state: () => once('organizations:DescribeAccount', state, { id }),
    async rootPassword() {
      const createdAt = await once('root:GetLoginProfile', created, { id });
      if (!createdAt) return null;
      const lastUsed = await once('root:GetUser', signedIn, { id });
      return { createdAt, ...(lastUsed && { lastUsed }) };
    },
    rootAccessKeys: () => expect<typeof shapes.accessKeys>('root:ListAccessKeys', shapes.accessKeys, { id }),
    rootAccessKeyLastUsed: (keyId) =>
      once('root:GetAccessKeyLastUsed', shapes.accessKeyLastUsed, { id: `${id}/${keyId}` }),
    rootCertificates: () => expect<typeof certificates>('root:ListSigningCertificates', certificates, { id }),
    rootMfaDevices: () => expect<typeof mfaDevices>('root:ListMFADevices', mfaDevices, { id }),
  };
}
