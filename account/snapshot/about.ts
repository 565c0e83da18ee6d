import type { AnyAccount, ResourceRef } from '../account.ts';
import { isAccountError, partial } from '../errors.ts';
import type { AnyTarget } from '../reading.ts';
import { users } from '../services/iam/readings.ts';
import { bucketLocation, buckets } from '../services/s3/readings.ts';
import type { Source } from '../source.ts';
import type { Newest } from './survey.ts';
import { BUCKET, USER } from './types.ts';

/** The resource that a reading is about, as AWS Config calls it: the item's, where there is one. */
export type AboutWhat = (item: Newest | undefined, target: AnyTarget, type?: string) => Promise<ResourceRef>;

/**
 * Finds out what readings are about. What nobody says stays open, for a file to be taken for one that may tell of it: the
 * Region is `global` then, and the id empty.
 */
export function resourcesOf({ accountId }: Source, direct: AnyAccount): AboutWhat {
  const regions = memoised(async () => {
    const { values } = await partial(direct.read(buckets));
    return new Map(values.map(({ name, region }) => [name, region]));
  });
  const userIds = memoised(async () => {
    const { values } = await partial(direct.read(users));
    return new Map(values.map(({ name, id }) => [name, id]));
  });
  const regionOf = async (id: string) =>
    (await regions()).get(id) ?? (await direct.read(bucketLocation, { id }).catch(asUnknown));
  return async (item, { id = accountId, region = 'global' }, type = BUCKET) => {
    if (item) return item.resource;
    if (type === BUCKET) return { type, id, region: await regionOf(id) };
    // Tags are asked for by the user's name.
    if (type === USER) return { type, id: (await userIds()).get(id) ?? '', name: id, region };
    return { type, id, region };
  };
}

const asUnknown = (error: unknown): string => {
  if (isAccountError(error)) return 'global';
  throw error;
};

export function memoised<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
