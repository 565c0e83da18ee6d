import { type BucketReadings, isRecorded } from '../../config/item.ts';
import type { AnyAccount, Read, ResourceRef } from '../account.ts';
import {
  AccountError,
  checkComplete,
  complete,
  isAccountError,
  OWN_CODES,
  type PartialList,
  partial,
} from '../errors.ts';
import { finder, readAccount } from '../open.ts';
import { type AnyTarget, nameOf, pathOf, type Reading } from '../reading.ts';
import { type Trail, trails } from '../services/cloudtrail/readings.ts';
import {
  prefixListEntries,
  prefixLists,
  type SecurityGroup,
  securityGroups,
} from '../services/ec2/readings.ts';
import type { IamUser } from '../services/iam/readings.ts';
import * as iam from '../services/iam/readings.ts';
import * as s3 from '../services/s3/readings.ts';
import { accountPublicAccessBlock } from '../services/s3control/readings.ts';
import { type AboutWhat, memoised, resourcesOf } from './about.ts';
import { type Answered, type ConfigItems, isDeleted, unreadable } from './config-items.ts';
import { type DatedSource, deletedResources } from './deleted.ts';
import { knownOf, type Lists, merged } from './merge.ts';
import { detailsWithPolicies } from './recorded-policies.ts';
import type { Newest } from './survey.ts';
import { ACCOUNT_BLOCK, BUCKET, PREFIX_LIST, SECURITY_GROUP, TRAIL, USER } from './types.ts';

/** An account from files, and what is no more of it. */
export interface FileAccount {
  readonly account: AnyAccount;
  /**
   * Resources of these types that are not to be judged any more: their newest configuration item says that they are
   * deleted or not recorded, and no newer direct reading shows them.
   */
  deleted(types: readonly string[]): AsyncIterable<ResourceRef>;
}

/** Errors that are an answer nevertheless: the resource is gone, or the file that should tell is broken. */
const ANSWERS = [
  OWN_CODES.malformed,
  OWN_CODES.incomplete,
  OWN_CODES.incompleteSnapshot,
  OWN_CODES.cut,
  'NoSuchBucket',
  'NoSuchEntity',
];

/**
 * Lays AWS Config's items over direct readings. Where both speak of the same thing the newer one wins; a reading that
 * was denied or not collected is no reading. A resource that a newer list lacks stays, if an item has it: an item may
 * be years old and still hold, and a resource judged too much is seen, one too few is not.
 */
export function overlay(source: DatedSource, items: ConfigItems): FileAccount {
  const direct = readAccount(source);
  const known = new Map<string, Promise<unknown>>();
  const once = (path: string, work: () => Promise<unknown>) => {
    const result = known.get(path) ?? work();
    known.set(path, result);
    return result;
  };
  const lists = listsOf(source, items, direct);
  const values = valuesOf(source, items, direct);
  const ask = direct.read as unknown as Read;

  const read: Read = async (reading, target = {}) => {
    const list = lists.get(reading);
    if (list) return once(pathOf(reading, target), () => list(target));
    if (reading === securityGroups) return complete(await partial(groupsOf(source, items, direct, target)));
    return values.get(reading)?.(target) ?? ask(reading, target);
  };
  async function* each(list: Reading, target: AnyTarget = {}) {
    if (list === securityGroups) return yield* groupsOf(source, items, direct, target);
    const all = await partial(read(list, target) as Promise<readonly unknown[]>);
    yield* all.values;
    checkComplete(all.errors);
  }
  const find = finder(each);
  async function one(list: Reading, key: string, target: AnyTarget = {}) {
    if (list !== prefixLists) return find(list, key, target);
    const item = await items.newest(PREFIX_LIST, key, target.region);
    const said = ({ readings }: Newest) => readings.prefixList;
    const about = () => ({ type: PREFIX_LIST, id: key, region: target.region ?? 'global' });
    return newer(source, items, {
      reading: list,
      target,
      item,
      said,
      about,
      read: () => find(list, key, target),
    });
  }
  const account = { ...direct, read, each, one } as unknown as AnyAccount;
  return { account, deleted: (types) => deletedResources(source, direct, items, types) };
}

/** A reading of which both an item and a direct answer may tell. */
interface Told {
  readonly reading: Reading;
  readonly target: AnyTarget;
  readonly item: Newest | undefined;
  readonly said: (item: Newest) => unknown;
  readonly about: Answered['about'];
  readonly read: () => Promise<unknown>;
}

/** What an item says, unless a direct reading is newer; neither, where a file may be newer that cannot be read. */
async function newer(source: DatedSource, items: ConfigItems, told: Told): Promise<unknown> {
  const { reading, target, item, said, about, read } = told;
  const value = item && (unreadable(nameOf(reading), item) ?? said(item));
  const isTold = item && value !== undefined;
  const at = () => source.readAt(reading, target);
  const answered = isTold && (await at());
  if (isTold && (!answered || answered < item.at)) return answer(value);
  const outdated = await items.outdated(nameOf(reading), item, { at, about });
  if (outdated) throw outdated;
  if (!isTold) return read();
  try {
    return await read();
  } catch (error) {
    if (!isAccountError(error) || ANSWERS.includes(error.code)) throw error;
    return answer(value);
  }
}

type Values = Map<Reading, (target: AnyTarget) => Promise<unknown>>;

/** The lists that items add to. */
function listsOf(source: DatedSource, items: ConfigItems, direct: AnyAccount): Values {
  type Merge<T> = Pick<Lists<T>, 'keyOf' | 'ofItem' | 'itemKey' | 'outdated'>;
  const merge = async <T>(
    reading: Reading,
    target: AnyTarget,
    list: PartialList<T>,
    type: string,
    how: Merge<T>,
  ): Promise<PartialList<T>> =>
    merged({
      name: nameOf(reading),
      direct: list,
      at: await source.readAt(reading, target),
      items: await items.list(nameOf(reading), type, target.region),
      ...how,
    });
  const ofUsers: Merge<IamUser> = {
    keyOf: (user) => user.id,
    ofItem: (item) => item.readings.user,
    itemKey: (item) => item.resource.id,
    outdated: ({ id, name }, at, item) =>
      items.outdated(nameOf(iam.users), item, {
        at: () => at,
        about: () => ({ type: USER, id, name, region: 'global' }),
      }),
  };
  const ofTrails: Merge<Trail> = {
    keyOf: (trail) => trail.name,
    ofItem: (item) => item.readings.trail,
    itemKey: (item) => item.resource.name ?? item.resource.id,
    outdated: ({ name, homeRegion }, at, item) =>
      items.outdated(nameOf(trails), item, {
        at: () => at,
        about: () => ({ type: TRAIL, id: name, name, region: homeRegion }),
      }),
  };
  // What a bucket is held to are readings of their own, each with its time.
  const ofBuckets: Merge<s3.ListedBucket> = {
    keyOf: (bucket) => bucket.name,
    ofItem: (item) => item.readings.bucket?.bucket,
    itemKey: (item) => item.resource.id,
  };
  return new Map<Reading, (target: AnyTarget) => Promise<unknown>>([
    [
      iam.users,
      async () => complete(await merge(iam.users, {}, await partial(direct.read(iam.users)), USER, ofUsers)),
    ],
    [
      trails,
      async ({ region = '' }) => {
        const list = await partial(direct.read(trails, { region }));
        return complete(await merge(trails, { region }, list, TRAIL, ofTrails));
      },
    ],
    [
      s3.buckets,
      async () => {
        const list = await partial(direct.read(s3.buckets));
        const { values, errors } = await merge(s3.buckets, {}, list, BUCKET, ofBuckets);
        const created = new Map(list.values.map((bucket) => [bucket.name, bucket.created]));
        const whole = values.map(async ({ name, region }): Promise<s3.ListedBucket> => {
          const where = region ?? (await items.newest(BUCKET, name))?.readings.bucket?.bucket.region;
          const at = created.get(name);
          return { name, ...(where !== undefined && { region: where }), ...(at && { created: at }) };
        });
        return complete({ values: await Promise.all(whole), errors });
      },
    ],
  ]);
}

/** The readings of one resource, or of the account, that items say as well. */
function valuesOf(source: DatedSource, items: ConfigItems, direct: AnyAccount): Values {
  const ask = direct.read as unknown as Read;
  const users = memoised(async () => {
    const named = (await items.list(nameOf(iam.users), USER)).items.filter(isRecorded);
    return new Map(named.map((item) => [item.readings.user?.name, item]));
  });
  const one =
    (
      reading: Reading,
      type: string,
      find: (target: AnyTarget) => Promise<Newest | undefined>,
      said: Told['said'],
    ) =>
    async (target: AnyTarget) => {
      const item = await find(target);
      const read = () => ask(reading, target);
      return newer(source, items, {
        reading,
        target,
        item,
        said,
        about: () => about(item, target, type),
        read,
      });
    };
  const about = resourcesOf(source, direct);
  const aspect = (reading: Reading, of: (bucket: BucketReadings, item: Newest) => unknown) =>
    [
      reading,
      one(
        reading,
        BUCKET,
        ({ id = '' }) => items.newest(BUCKET, id),
        (item) => item.readings.bucket && of(item.readings.bucket, item),
      ),
    ] as const;
  return new Map<Reading, (target: AnyTarget) => Promise<unknown>>([
    [
      iam.userTags,
      one(
        iam.userTags,
        USER,
        async ({ id }) => (await users()).get(id),
        ({ readings }) => readings.tags,
      ),
    ],
    aspect(s3.bucketAcl, (bucket) => bucket.acl),
    aspect(s3.bucketPolicy, (bucket) => bucket.policy),
    aspect(s3.publicAccessBlock, (bucket) => bucket.publicAccessBlock),
    aspect(s3.objectOwnership, (bucket) => bucket.objectOwnership),
    aspect(s3.objectLock, (bucket) => bucket.objectLock),
    aspect(s3.bucketWebsite, ({ hasWebsite }) => (hasWebsite === false ? null : hasWebsite)),
    aspect(s3.bucketTags, (_, { readings }) => readings.tags),
    [iam.authorizationDetails, memoised(() => detailsWithPolicies(source, items, direct))],
    [s3.bucketPolicyStatus, async (target) => policyStatus(source, items, { ask, about }, target)],
    [
      accountPublicAccessBlock,
      one(
        accountPublicAccessBlock,
        ACCOUNT_BLOCK,
        () => items.newest(ACCOUNT_BLOCK, source.accountId),
        (item) => (isDeleted(item) ? null : item.readings.accountPublicAccessBlock),
      ),
    ],
    [
      prefixListEntries,
      one(
        prefixListEntries,
        PREFIX_LIST,
        ({ id = '', region }) => items.newest(PREFIX_LIST, id, region),
        ({ readings }) => readings.prefixListEntries,
      ),
    ],
  ]);
}

/** A word of S3's that is older than the item that the policy is taken from is about another policy. */
async function policyStatus(
  source: DatedSource,
  items: ConfigItems,
  { ask, about }: { readonly ask: Read; readonly about: AboutWhat },
  target: AnyTarget,
) {
  const { id = '' } = target;
  const item = await items.newest(BUCKET, id);
  const [read, said] = await Promise.all([
    source.readAt(s3.bucketPolicy, { id }),
    source.readAt(s3.bucketPolicyStatus, { id }),
  ]);
  const isOfItem = item?.readings.bucket?.policy !== undefined && !(read && read >= item.at);
  const name = nameOf(s3.bucketPolicyStatus);
  if (!isOfItem || !said || said >= item.at) {
    const outdated = await items.outdated(name, item, { at: () => said, about: () => about(item, target) });
    if (outdated) throw outdated;
    return ask(s3.bucketPolicyStatus, target);
  }
  const when = item.at.toISOString();
  const message = `${name} of ${id}: read before AWS Config recorded this policy at ${when}`;
  throw new AccountError(OWN_CODES.notCollected, name, message, id);
}

/** The security groups, of which there may be a million: those of items come one by one. */
async function* groupsOf(
  source: DatedSource,
  items: ConfigItems,
  direct: AnyAccount,
  { region = '' }: AnyTarget,
): AsyncGenerator<SecurityGroup> {
  const name = nameOf(securityGroups);
  const recorded = await items.list(name, SECURITY_GROUP, region);
  const list = await partial(direct.each(securityGroups, { region }));
  const { values: known, errors } = knownOf(list, (group) => group.id, recorded);
  const at = await source.readAt(securityGroups, { region });
  const isOutdated = (id: string, itemAt: Date) => known.has(id) && at !== undefined && at >= itemAt;
  /** Nothing has changed since the item: no unreadable file has a newer one. */
  const isSettled = new Set<string>();
  const untold = new Map(recorded.unread);
  for (const item of recorded.items) {
    const { id } = item.resource;
    untold.delete(id);
    const error = unreadable(name, item);
    if (isOutdated(id, item.at)) {
      if (!error) isSettled.add(id);
      continue;
    }
    if (error) known.set(id, error);
    else if (isDeleted(item)) known.delete(id);
  }
  const unread: AccountError[] = [];
  for await (const { id, group, at: capturedAt } of items.groups(name, region)) {
    untold.delete(id);
    if (isOutdated(id, capturedAt)) {
      if (!(group instanceof AccountError)) isSettled.add(id);
      continue;
    }
    known.delete(id);
    if (group instanceof AccountError) unread.push(group);
    else yield group;
  }
  for (const [id, group] of known) {
    untold.delete(id);
    const about = () => ({ type: SECURITY_GROUP, id, region });
    const outdated = isSettled.has(id)
      ? undefined
      : await items.outdated(name, undefined, { at: () => at, about });
    if (group instanceof AccountError) unread.push(group);
    else if (outdated) unread.push(outdated);
    else yield group;
  }
  checkComplete([...unread, ...untold.values(), ...errors]);
}

/** Of an item that cannot be read the answer is its error. */
function answer(value: unknown): unknown {
  if (value instanceof AccountError) throw value;
  return value;
}
