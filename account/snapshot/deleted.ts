import { isRecorded } from '../../config/item.ts';
import type { Account, ResourceRef } from '../account.ts';
import { isAccountError, OWN_CODES, type PartialList, partial } from '../errors.ts';
import type { ReadName, ReadTarget } from '../reads.ts';
import type { Source } from '../source.ts';
import { type ConfigItems, isDeleted } from './config-items.ts';
import { BUCKET, SECURITY_GROUP, TRAIL, USER } from './survey.ts';

/** A source that knows when AWS gave its answers. */
export interface DatedSource extends Source {
  /** `undefined` when there is neither an answer nor an error. */
  readAt(name: ReadName, target?: ReadTarget): Promise<Date | undefined>;
}

/** The list that shows a type's resources, and the Config ids of those in it. */
interface Listing {
  readonly name: ReadName;
  readonly regional?: true;
  readonly shown: (account: Account, region: string) => Promise<Shown>;
}

interface Shown {
  readonly ids: ReadonlySet<string>;
  /** The list says itself that it goes on: who is not in it may be in the rest. */
  readonly isCut: boolean;
}

const LISTINGS: Readonly<Record<string, Listing>> = {
  [BUCKET]: {
    name: 's3:ListBuckets',
    shown: async ({ s3 }) => idsOf(await partial(s3.buckets()), ({ name }) => name),
  },
  [USER]: {
    name: 'iam:ListUsers',
    shown: async ({ iam }) => idsOf(await partial(iam.users()), ({ id }) => id),
  },
  [TRAIL]: {
    name: 'cloudtrail:DescribeTrails',
    regional: true,
    shown: async (account, region) =>
      idsOf(await partial(account.cloudtrail(region).trails()), ({ name }) => name),
  },
  [SECURITY_GROUP]: {
    name: 'ec2:DescribeSecurityGroups',
    regional: true,
    shown: async (account, region) =>
      idsOf(await partial(account.ec2(region).securityGroups()), ({ id }) => id),
  },
};

/** A list that cannot be read shows nothing; the rule that needs it says so. An element that cannot be is there all the same. */
const idsOf = <T>({ values, errors }: PartialList<T>, idOf: (value: T) => string): Shown => ({
  ids: new Set([...values.map(idOf), ...errors.flatMap(({ about }) => (about ? [about.id] : []))]),
  isCut: errors.some((error) => isAccountError(error, OWN_CODES.cut)),
});

/**
 * Resources of these types whose newest item says that they are deleted or no longer recorded, but for those that a
 * direct list shows: as newer, or because "not recorded" does not mean that it is gone. What a list that was cut may show
 * further on is not reported as gone: the list is an error of its rule.
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
    const { name, regional, shown } = listing;
    const listed = new Map<string, Promise<Shown>>();
    for (const item of (await items.list(name, type)).items) {
      if (isRecorded(item)) continue;
      const { region } = item.resource;
      const list = listed.get(region) ?? shown(direct, region);
      listed.set(region, list);
      const at = await source.readAt(name, regional && { region });
      const isOutdated = at !== undefined && (at >= item.at || !isDeleted(item));
      const { ids, isCut } = await list;
      if (!(isOutdated && (isCut || ids.has(item.resource.id)))) yield item.resource;
    }
  }
}
