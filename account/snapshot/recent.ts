/** How long what AWS Config delivered shows a Region as it is. */
import { LiveError } from '../live/failures.ts';
import type { ConfigFile } from './config-files.ts';

export const DAY = 24 * 3_600_000;

/**
 * How long before now a snapshot is looked for: AWS Config makes one at least once a day, where it is to make some. What is
 * older does not show a Region as it is now.
 */
const LOOK_BACK_DAYS = 31;

/** Whether files of that day (its midnight, UTC) are too old to tell how a Region is now. */
export const isTooOld = (day: number, now: Date): boolean => day < now.getTime() - (LOOK_BACK_DAYS + 1) * DAY;

export const dayOf = (at: number): number => Math.floor(at / DAY) * DAY;

/** What files are looked for of. */
export interface Sought {
  readonly accountId: string;
  readonly region: string;
  readonly now: Date;
}

/**
 * @param where that was looked in, as messages call it.
 * @param older the newest day that there are files of, where that is too long ago.
 */
export function noSnapshot(where: string, { accountId, region, now }: Sought, older?: number): LiveError {
  const after = older !== undefined && new Date(older + DAY - 1000).toISOString().replace('.000', '');
  const then = after
    ? `. What there is, is of ${after.slice(0, 10)} and before: --now ${after} judges by that`
    : '';
  return new LiveError(
    'NoSnapshot',
    `${where}: no snapshot of account ${accountId} in ${region} in the ${LOOK_BACK_DAYS} days before ${now.toISOString()}: what has not changed since is not known. Let AWS Config make one with "aws configservice deliver-config-snapshot --delivery-channel-name default"${then}`,
  );
}

/** Stands for what cannot be read: whoever reads it is told why, and what that costs. */
export const lacking = (
  where: string,
  { accountId, region }: Omit<Sought, 'now'>,
  error: Error,
  isAbsent?: 'absent',
) =>
  ({
    ...{ accountId, region, path: `${where} ${accountId} ${region}`, label: where },
    ...{ isDelivered: true, isSnapshot: false, at: 0 },
    ...(isAbsent && { isAbsent: true }),
    // biome-ignore lint/correctness/useYield: there is nothing to give.
    async *bytes() {
      throw error;
    },
  }) as const satisfies ConfigFile;
