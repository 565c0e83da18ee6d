import { isRecorded } from '../../config/item.ts';
import type { AnyAccount, ResourceRef } from '../account.ts';
import { isAccountError, OWN_CODES, type PartialList, partial } from '../errors.ts';
import { type AnyTarget, nameOf, type Reading } from '../reading.ts';
import { trails } from '../services/cloudtrail/readings.ts';
import { securityGroups } from '../services/ec2/readings.ts';
import { authorizationDetails, users } from '../services/iam/readings.ts';
import { bucketsInView } from '../services/s3/buckets.ts';
import { buckets } from '../services/s3/readings.ts';
import type { Source } from '../source.ts';
import { type ConfigItems, isDeleted } from './config-items.ts';
import { BUCKET, POLICY, SECURITY_GROUP, TRAIL, USER } from './types.ts';

/** A source that knows when AWS gave its answers. */
export interface DatedSource extends Source {
  /** `undefined` when there is neither an answer nor an error. */
  readAt(reading: Reading, target?: AnyTarget): Promise<Date | undefined>;
}

/** The list that shows a type's resources, and the Config ids of those in it. */
interface Listing {
  readonly reading: Reading;
  readonly shown: (account: AnyAccount, region: string) => Promise<Shown>;
}

interface Shown {
  readonly ids: ReadonlySet<string>;
  /** The list says itself that it goes on: who is not in it may be in the rest. */
  readonly isCut: boolean;
}

const LISTINGS: Readonly<Record<string, Listing>> = {
  [BUCKET]: {
    reading: buckets,
    shown: async (account) => idsOf(await partial(bucketsInView(account)), ({ name }) => name),
  },
  [USER]: {
    reading: users,
    shown: async (account) => idsOf(await partial(account.read(users)), ({ id }) => id),
  },
  [POLICY]: {
    reading: authorizationDetails,
    shown: async (account) => {
      const { values, errors } = await partial(
        account.read(authorizationDetails).then((details) => [details]),
      );
      const policies = values.flatMap((details) => [...details.policies.values(), ...details.broken]);
      return idsOf({ values: policies, errors }, ({ id = '' }) => id);
    },
  },
  [TRAIL]: {
    reading: trails,
    shown: async (account, region) =>
      idsOf(await partial(account.read(trails, { region })), ({ name }) => name),
  },
  [SECURITY_GROUP]: {
    reading: securityGroups,
    shown: async (account, region) =>
      idsOf(await partial(account.each(securityGroups, { region })), ({ id }) => id),
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
  direct: AnyAccount,
  items: ConfigItems,
  types: readonly string[],
): AsyncGenerator<ResourceRef> {
  for (const type of types) {
    const listing = LISTINGS[type];
    if (!listing) continue;
    const { reading, shown } = listing;
    const listed = new Map<string, Promise<Shown>>();
    for (const item of (await items.list(nameOf(reading), type)).items) {
      if (isRecorded(item)) continue;
      const { region } = item.resource;
      const list = listed.get(region) ?? shown(direct, region);
      listed.set(region, list);
      const at = await source.readAt(reading, reading.regional && { region });
      const isOutdated = at !== undefined && (at >= item.at || !isDeleted(item));
      const { ids, isCut } = await list;
      if (!(isOutdated && (isCut || ids.has(item.resource.id)))) yield item.resource;
    }
  }
}
