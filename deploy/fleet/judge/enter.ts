/** The two ways to an account: its own APIs by its reader role, and what AWS Config delivered of it. */
import { LiveError } from '../../../account/live/failures.ts';
import { readAccount } from '../../../account/open.ts';
import { deliveredAccount, regionsIn, timesIn } from '../../../account/snapshot/account.ts';
import { type Bucket, deliveredIn } from '../../../account/snapshot/bucket.ts';
import { unentered } from '../../../account/snapshot/filled.ts';
import { inView } from '../../../account/snapshot/in-view.ts';
import type { Source } from '../../../account/source.ts';
import type { Asked } from '../layout.ts';
import { type Enter, type Entered, isBusy } from './judge.ts';

/** By the reader role. @throws {LiveError} */
export type OpenLive = (
  accountId: string,
  partition: string,
) => Promise<{
  readonly source: Source;
  /** Of those that are judged, the ones that the account has enabled. */
  readonly regions: readonly string[];
}>;

export const byRole =
  (open: OpenLive): Enter =>
  async ({ id }, { partition }) => ({ account: readAccount((await open(id, partition)).source) });

export interface DeliveryOptions {
  readonly bucket: Bucket;
  /** Those that are judged: one that nothing was delivered of is "could not tell". */
  readonly regions: readonly string[];
  /** Answers what AWS Config does not record, where it is to be asked. */
  readonly live?: OpenLive;
}

/** What of an account's files counts is found as the command does it: a list for its Regions, and one or two for each of them. */
export const byDelivery =
  ({ bucket, regions, live }: DeliveryOptions): Enter =>
  async (asked, { partition, now }): Promise<Entered> => {
    const { id, delivered: keys = [] } = asked;
    if (keys.length === 0) throw nothingDelivered(asked, bucket);
    const opened = await live?.(id, partition).catch(orRefusal);
    // A Region that the account has not enabled delivers nothing, and only the account itself tells.
    const enabled = opened && !(opened instanceof LiveError) ? opened.regions : [];
    const wanted = enabled.length > 0 ? enabled : regions;
    const roots = keys.map((key) => ({ bucket, key }));
    const { files, isDelivering } = await deliveredIn({ accountId: id, roots }, { now, regions: wanted });
    if (!isDelivering) throw nothingDelivered(asked, bucket);
    const there = regionsIn(files);
    const source = opened instanceof LiveError ? unentered(id, opened) : opened?.source;
    const found = await deliveredAccount(id, files, there, source);
    const delivered = timesIn(found);
    const [earliest] = Object.values(delivered).sort();
    return {
      ...inView(found, wanted),
      ...(found.newest && !source && { asOf: found.newest }),
      delivered,
      ...(earliest !== undefined && { deliveredAt: earliest }),
    };
  };

/** An account that lets nobody in is judged by its files all the same. */
function orRefusal(error: unknown): LiveError {
  if (error instanceof LiveError && !isBusy(error)) return error;
  throw error;
}

const nothingDelivered = ({ id }: Asked, { name }: Bucket): LiveError =>
  new LiveError(
    'NothingDelivered',
    `s3://${name} has nothing of AWS Config's of account ${id}: look at its recorder and its delivery channel`,
  );
