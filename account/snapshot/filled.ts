/** What AWS Config does not record of an account, read from the account itself. */
import { AccountError, OWN_CODES } from '../errors.ts';
import { type AnyTarget, nameOf, ofWhat, type Reading } from '../reading.ts';
import { trails } from '../services/cloudtrail/readings.ts';
import { securityGroups } from '../services/ec2/readings.ts';
import { users } from '../services/iam/readings.ts';
import { buckets } from '../services/s3/readings.ts';
import type { Source } from '../source.ts';
import type { ConfigItems } from './config-items.ts';
import type { DatedSource } from './deleted.ts';
import { BUCKET, SECURITY_GROUP, TRAIL, USER } from './types.ts';

/** Lists that the items of a type are, where AWS Config records it. */
const LISTS = new Map<Reading, string>([
  [buckets, BUCKET],
  [users, USER],
  [trails, TRAIL],
  [securityGroups, SECURITY_GROUP],
]);

/**
 * Direct readings that stand behind the items: whatever an item says is not asked, and wins, however old it is; so does a
 * list that there are items of.
 *
 * @param regions that there are files of.
 */
export function filled(live: Source, items: ConfigItems, regions: readonly string[]): DatedSource {
  /** Where there are items of a type, or some that cannot be read, they are the list: the account as it was at one time. */
  async function refuseTold(reading: Reading, target: AnyTarget): Promise<void> {
    const type = LISTS.get(reading);
    if (type === undefined) return;
    const isThere =
      type === SECURITY_GROUP
        ? await items.hasGroups(target.region ?? '')
        : (await items.list(nameOf(reading), type)).recorded;
    const { problems, unread } = await items.list(nameOf(reading), type, target.region);
    if (!isThere && problems.length + unread.size === 0) return;
    const message = `${nameOf(reading)}${ofWhat(reading, target)}: AWS Config's items tell it`;
    throw new AccountError(OWN_CODES.notCollected, nameOf(reading), message);
  }
  return {
    accountId: live.accountId,
    regions,
    everyRegion: true,
    ...(live.isAfar && { isAfar: true }),
    async read(reading, target = {}) {
      await refuseTold(reading, target);
      return live.read(reading, target);
    },
    async *pages(reading, target = {}) {
      await refuseTold(reading, target);
      yield* live.pages?.(reading, target) ?? [await live.read(reading, target)];
    },
    readAt: async () => undefined,
  };
}

/** An account that nobody lets the caller into: each of its readings is that error. */
export const unentered = (
  accountId: string,
  { message, code }: Error & { readonly code: string },
): Source => ({
  accountId,
  regions: [],
  async read(reading, target = {}) {
    const whole = `${nameOf(reading)}${ofWhat(reading, target)}: ${message}`;
    throw new AccountError(code, nameOf(reading), whole, target.id ?? reading.variant);
  },
});
