/** What is to be said of a user's long-term credentials, by the credential report and by IAM's own lists. */
import { type AccountError, isNotCollected, type PartialList } from '../../account/errors.ts';
import type { AccessKey, SigningCertificate } from '../../account/services/iam/readings.ts';
import type { Exempt } from '../shared/exemption.ts';
import type { KeyName } from '../shared/users/deactivate.ts';
import type { ReportedCredentials, ReportedKey } from './reported.ts';

export type KeyFound = KeyName & {
  readonly kind: 'accessKey';
  readonly isActive: boolean;
  /** ISO 8601, by the report; `null`: never; absent where the report does not say. */
  readonly lastUsed?: string | null;
};
export type CertificateFound = {
  readonly kind: 'certificate';
} & (
  | { readonly certificateId: string; readonly number?: never }
  | { readonly number: 1 | 2; readonly certificateId?: never }
);
export type LongTermFinding = KeyFound | { readonly kind: 'password' } | CertificateFound | Exempt;

/** Of one kind of credentials: what there is, or why nobody knows; neither where there is nothing. */
export interface Part {
  readonly findings: readonly LongTermFinding[];
  readonly error?: AccountError;
}
const CLEAR: Part = { findings: [] };
const found = (...findings: LongTermFinding[]): Part => ({ findings });

/** Whether this credential of the report is one to be forbidden. */
export const isHeld = ({ isActive, exists }: ReportedKey, countInactive: boolean): boolean | undefined =>
  countInactive ? exists : isActive;

/** What is asked, where a list does not settle it, of the report. */
interface Asked<T> {
  readonly reported: ReportedCredentials;
  readonly fresh: T;
  /** Why the report does not tell. */
  readonly unsaid: (fresh: AccountError) => AccountError;
}

/** The fresh list of keys wins. Without one, the report decides, if nobody has collected the list. */
export function keysOf(
  { reported, fresh, unsaid }: Asked<PartialList<AccessKey>>,
  countInactive: boolean,
): Part {
  const held = fresh.values.filter(({ active }) => active || countInactive);
  if (held.length > 0) {
    return found(
      ...held.map(({ id, active, createdAt }): KeyFound => {
        const same = reported.keys.find((key) => key.createdAt?.getTime() === createdAt.getTime());
        return { kind: 'accessKey', keyId: id, isActive: active, ...useOf(same) };
      }),
    );
  }
  const [error] = fresh.errors;
  const said = reported.keys.map((key) => isHeld(key, countInactive));
  if (!error || said.every((one) => one === false)) return CLEAR;
  if (!isNotCollected(error)) return { findings: [], error };
  const keys = reported.keys.filter((key) => isHeld(key, countInactive));
  if (keys.length > 0) {
    return found(
      ...keys.map(
        (key): KeyFound => ({
          kind: 'accessKey',
          number: key.number,
          isActive: key.isActive === true,
          ...useOf(key),
        }),
      ),
    );
  }
  return { findings: [], error: unsaid(error) };
}

const useOf = (key: ReportedKey | undefined) =>
  key?.lastUsed === undefined ? {} : { lastUsed: key.lastUsed };

/** `fresh` is `null` where IAM says that there is no password. */
export function passwordOf({ reported, fresh, unsaid }: Asked<object | null | AccountError>): Part {
  if (fresh === null) return CLEAR;
  if (!(fresh instanceof Error)) return found({ kind: 'password' });
  if (!isNotCollected(fresh)) return { findings: [], error: fresh };
  return reported.password ? found({ kind: 'password' }) : { findings: [], error: unsaid(fresh) };
}

/**
 * @param isByKeys whether the list of keys decides without the list of certificates, if nobody has collected it: of a user
 *   whom the report does not have.
 */
export function certificatesOf(
  { reported, fresh, unsaid }: Asked<PartialList<SigningCertificate>>,
  isByKeys: boolean,
): Part {
  const active = fresh.values.filter((one) => one.active);
  if (active.length > 0) {
    return found(...active.map(({ id }): CertificateFound => ({ kind: 'certificate', certificateId: id })));
  }
  const [error] = fresh.errors;
  if (!error) return CLEAR;
  if (!isNotCollected(error)) return { findings: [], error };
  const numbers = ([1, 2] as const).filter((number) => reported.certificates[number - 1]);
  if (numbers.length > 0) {
    return found(...numbers.map((number): CertificateFound => ({ kind: 'certificate', number })));
  }
  return isByKeys ? CLEAR : { findings: [], error: unsaid(error) };
}
