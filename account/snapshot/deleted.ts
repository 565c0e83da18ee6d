import { isRecorded } from '../../config/item.ts';
import type { Account, ResourceRef } from '../account.ts';
import { isAccountError } from '../errors.ts';
import type { ReadName, ReadTarget } from '../reads.ts';
import type { Source } from '../source.ts';
import { type ConfigItems, isDeleted } from './config-items.ts';
import { BUCKET, SECURITY_GROUP, TRAIL, USER } from './survey.ts';

/** A source that knows when AWS gave its answers. */
export interface DatedSource extends Source {
  /** `undefined` when there is neither an answer nor an error. */
  readAt(name: ReadName, target?: ReadTarget): Promise<Date | undefined>;
}

/** The list that shows a type's resources, and their Config ids in it. */
interface Listing {
  readonly name: ReadName;
  readonly regional?: true;
  readonly ids: (account: Account, region: string) => Promise<readonly string[]>;
}

const LISTINGS: Readonly<Record<string, Listing>> = {
  [BUCKET]: {
    name: 's3:ListBuckets',
    ids: async ({ s3 }) => (await toArray(s3.buckets())).map(({ name }) => name),
  },
  [USER]: {
    name: 'iam:ListUsers',
    ids: async ({ iam }) => (await iam.users()).map(({ id }) => id),
  },
  [TRAIL]: {
    name: 'cloudtrail:DescribeTrails',
    regional: true,
    ids: async (account, region) => (await account.cloudtrail(region).trails()).map(({ name }) => name),
  },
  [SECURITY_GROUP]: {
    name: 'ec2:DescribeSecurityGroups',
    regional: true,
    ids: async (account, region) => (await toArray(account.ec2(region).securityGroups())).map(({ id }) => id),
  },
};

/**
 * Resources of these types whose newest item says that they are deleted or no longer recorded, but for those that a
 * direct list shows: as newer, or because "not recorded" does not mean that it is gone.
 */
export async function* deletedResources(
  source: DatedSource,
  direct: Account,
  items: ConfigItems,
  types: readonly string[],
): AsyncGenerator<ResourceRef> {
  for (const type of types) {
    const listing = LISTINGS[type];
    if (!listing) continue;
    const { name, regional, ids } = listing;
    const listed = new Map<string, Promise<ReadonlySet<string>>>();
    for (const item of (await items.list(name, type)).items) {
      if (isRecorded(item)) continue;
      const { region } = item.resource;
      const shown = listed.get(region) ?? setOf(ids(direct, region));
      listed.set(region, shown);
      const at = await source.readAt(name, regional && { region });
      const isOutdated = at !== undefined && (at >= item.at || !isDeleted(item));
      if (!(isOutdated && (await shown).has(item.resource.id))) yield item.resource;
    }
  }
}

/** A list that cannot be read shows nothing; the rule that needs it says so. */
async function setOf(ids: Promise<readonly string[]>): Promise<ReadonlySet<string>> {
  try {
    return new Set(await ids);
  } catch (error) {
    if (isAccountError(error)) return new Set();
    throw error;
  }
}

export async function toArray<T>(values: AsyncIterable<T>): Promise<T[]> {
  const array: T[] = [];
  for await (const value of values) array.push(value);
  return array;
}
