/** The account's buckets with their Regions. */
import { pMapIterable } from 'p-map';
import type { Account, Tags } from '../../account.ts';
import { AccountError, checkComplete, IncompleteListError, partial } from '../../errors.ts';
import { bucketLocation, buckets, bucketTags } from './readings.ts';

export interface Bucket {
  readonly name: string;
  /** The bucket's Region; `global` where the source does not say. */
  readonly region: string;
}

/** How many buckets are asked for their Region at once, where the list does not say it. */
const AT_ONCE = 32;

type Lister = Account<typeof buckets | typeof bucketLocation>;

/** The account's buckets of all Regions, in view or not. */
export async function* everyBucket(account: Lister): AsyncGenerator<Bucket> {
  const { values, errors } = await partial(account.read(buckets));
  yield* pMapIterable(values, (bucket) => placed(account, bucket), { concurrency: AT_ONCE });
  checkComplete(errors);
}

/** The account's buckets, of the Regions in view. What cannot be read of another Region is no business of these. */
export async function* bucketsInView(account: Lister): AsyncGenerator<Bucket> {
  const isInView = ({ region }: { readonly region: string }) => account.inView(region);
  try {
    for await (const bucket of everyBucket(account)) if (isInView(bucket)) yield bucket;
  } catch (error) {
    if (!(error instanceof IncompleteListError)) throw error;
    checkComplete(error.errors.filter(({ about }) => !about || isInView(about)));
  }
}

/** The bucket, or `null` when the account has none of that name in view. */
export async function bucketNamed(account: Lister, name: string): Promise<Bucket | null> {
  const listed = await account.one(buckets, name);
  if (!listed) return null;
  const bucket = await placed(account, listed);
  return account.inView(bucket.region) ? bucket : null;
}

/** When the bucket was created, where S3 says; `null` when the account has none of that name. */
export async function whenCreated(
  account: Account<typeof buckets>,
  name: string,
): Promise<Date | 'unknown' | null> {
  const bucket = await account.one(buckets, name);
  return bucket && (bucket.created ?? 'unknown');
}

export const tagsOf = async (account: Account<typeof bucketTags>, id: string): Promise<Tags> =>
  (await account.read(bucketTags, { id })) ?? {};

/** The bucket with its Region, which is asked for where the list does not say it. */
async function placed(
  account: Account<typeof bucketLocation>,
  { name, region }: { readonly name: string; readonly region?: string },
): Promise<Bucket> {
  try {
    return { name, region: region ?? (await account.read(bucketLocation, { id: name })) };
  } catch (error) {
    // Where the bucket lies changes no verdict, so not knowing is not worth losing one.
    if (error instanceof AccountError) return { name, region: 'global' };
    throw error;
  }
}
