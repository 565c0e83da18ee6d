/** When an access key was used last, for fixes that stop what is signed with it. */
import type { Account } from '../../../account/account.ts';
import { AccountError } from '../../../account/errors.ts';
import { accessKeyLastUsed, type LastUse } from '../../../account/services/iam/readings.ts';
import { settle } from '../settle.ts';

const DAY = 24 * 60 * 60 * 1000;

/** `null`: never. */
export type KeyUse = LastUse | null | 'unknown';

/** @param Force the last use does not matter, so that a key whose last use cannot be read is no obstacle. */
export async function lastUse(
  keyId: string,
  account: Account<typeof accessKeyLastUsed>,
  { Force }: { readonly Force: boolean },
): Promise<KeyUse> {
  const use = await settle(account.read(accessKeyLastUsed, { id: keyId }));
  if (!(use instanceof AccountError)) return use;
  if (!Force) throw use;
  return 'unknown';
}

/** A use exactly so many days ago counts as recent, and so does one in the future by IAM's clock. */
export const isRecent = (use: KeyUse, now: Date, days: number): use is LastUse =>
  use !== null && use !== 'unknown' && now.getTime() - use.at.getTime() <= days * DAY;

/** `last used at 2026-11-20T05:47:00.000Z (s3)` */
export function used(use: KeyUse): string {
  if (use === 'unknown') return 'nobody knows when last used';
  if (use === null) return 'never used';
  return `last used at ${use.at.toISOString()}${use.service && use.service !== 'N/A' ? ` (${use.service})` : ''}`;
}
