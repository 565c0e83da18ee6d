import { type BucketReadings, isRecorded } from '../../config/item.ts';
import type { Account, Bucket, CloudTrail, Ec2, Iam, ResourceRef, S3, SecurityGroup } from '../account.ts';
import { type AccountError, isAccountError, isNotCollected, OWN_CODES } from '../errors.ts';
import { readAccount } from '../read-account.ts';
import type { ReadName, ReadTarget } from '../reads.ts';
import { type ConfigItems, type ItemList, isDeleted } from './config-items.ts';
import { type DatedSource, deletedResources, toArray } from './deleted.ts';
import { ACCOUNT_BLOCK, BUCKET, type Newest, SECURITY_GROUP, TRAIL, USER } from './survey.ts';

/** An account from files, and what is no more of it. */
export interface FileAccount {
  readonly account: Account;
  /**
   * Resources of these types that are not to be judged any more: their newest configuration item says that they are
   * deleted or not recorded, and no newer direct reading shows them.
   */
  deleted(types: readonly string[]): AsyncIterable<ResourceRef>;
}

/** Errors that are an answer nevertheless: the resource is gone, or the file that should tell is broken. */
const ANSWERS = [OWN_CODES.malformed, OWN_CODES.incomplete, 'NoSuchBucket', 'NoSuchEntity'];

/**
 * Lays AWS Config's items over direct readings. Where both speak of the same thing the newer one wins; a reading that
 * was denied or not collected is no reading. A resource that a newer list lacks stays, if an item has it: an item may
 * be years old and still hold, and a resource judged too much is seen, one too few is not.
 */
export function overlay(source: DatedSource, items: ConfigItems): FileAccount {
  const direct = readAccount(source);

  /** What an item says, unless a direct reading is newer. */
  async function newer<T>(
    name: ReadName,
    target: ReadTarget,
    said: { readonly value: T | undefined; readonly at: Date } | undefined,
    read: () => Promise<T>,
  ): Promise<T> {
    if (said?.value === undefined) return read();
    const at = await source.readAt(name, target);
    if (!at || at < said.at) return said.value;
    try {
      return await read();
    } catch (error) {
      if (!isAccountError(error) || ANSWERS.includes(error.code)) throw error;
      return said.value;
    }
  }

  /** A list and the items of its type as one list; items alone where nobody collected the list. */
  async function merged<T>(list: {
    readonly name: ReadName;
    readonly target?: ReadTarget;
    readonly items: ItemList;
    readonly read: () => Promise<readonly T[]>;
    readonly keyOf: (value: T) => string;
    readonly valueOf: (item: Newest) => T | undefined;
    /** The key of an item whose resource is gone. */
    readonly itemKey: (item: Newest) => string;
  }): Promise<T[]> {
    let read: readonly T[] = [];
    try {
      read = await list.read();
    } catch (error) {
      if (!isNotCollected(error) || !list.items.recorded) throw error;
    }
    const at = await source.readAt(list.name, list.target);
    const values = new Map(read.map((value) => [list.keyOf(value), value]));
    for (const item of list.items.items) {
      const value = isRecorded(item) ? list.valueOf(item) : undefined;
      const key = value === undefined ? list.itemKey(item) : list.keyOf(value);
      if (values.has(key) && at && at >= item.at) continue;
      if (value !== undefined) values.set(key, value);
      else if (isDeleted(item)) values.delete(key);
    }
    return [...values.values()];
  }

  /** Everything that could be read, and then what could not. */
  const whole = <T>(values: T[], { problem }: ItemList): T[] => {
    if (problem) throw problem;
    return values;
  };

  const userItems = once(async () => items.list('iam:ListUsers', USER));
  const userByName = once(async () => {
    const named = (await userItems()).items.filter(isRecorded);
    return new Map(named.map((item) => [item.readings.user?.name, item]));
  });
  const iam: Iam = {
    ...direct.iam,
    users: once(async () => {
      const list = await userItems();
      const users = await merged({
        name: 'iam:ListUsers',
        items: list,
        read: direct.iam.users,
        keyOf: (user) => user.id,
        valueOf: (item) => item.readings.user,
        itemKey: (item) => item.resource.id,
      });
      return whole(users, list);
    }),
    async userTags(id) {
      const item = (await userByName()).get(id);
      const said = item && { value: item.readings.tags, at: item.at };
      return newer('iam:ListUserTags', { id }, said, () => direct.iam.userTags(id));
    },
  };

  const bucketItems = once(async () => items.list('s3:ListBuckets', BUCKET));
  const bucketList = once(async () =>
    merged<Bucket>({
      name: 's3:ListBuckets',
      items: await bucketItems(),
      read: () => toArray(direct.s3.buckets()),
      keyOf: (bucket) => bucket.name,
      valueOf: (item) => item.readings.bucket?.bucket,
      itemKey: (item) => item.resource.id,
    }),
  );
  const aspect =
    <T>(
      name: ReadName,
      of: (item: Newest, bucket: BucketReadings) => T | undefined,
      read: (id: string) => Promise<T>,
    ) =>
    async (id: string): Promise<T> => {
      const item = await items.newest(name, BUCKET, id);
      const readings = item?.readings.bucket;
      const said = item && readings && { value: of(item, readings), at: item.at };
      return newer(name, { id }, said, () => read(id));
    };
  const s3: S3 = {
    ...direct.s3,
    async *buckets() {
      for (const bucket of await bucketList()) {
        const item = await items.newest('s3:ListBuckets', BUCKET, bucket.name);
        const region = item?.readings.bucket?.bucket.region;
        yield bucket.region === 'global' && region ? { ...bucket, region } : bucket;
      }
      whole([], await bucketItems());
    },
    async bucket(name) {
      for await (const bucket of s3.buckets()) if (bucket.name === name) return bucket;
      return null;
    },
    acl: aspect('s3:GetBucketAcl', (_, bucket) => bucket.acl, direct.s3.acl),
    policy: aspect('s3:GetBucketPolicy', (_, bucket) => bucket.policy, direct.s3.policy),
    publicAccessBlock: aspect(
      's3:GetPublicAccessBlock',
      (_, bucket) => bucket.publicAccessBlock,
      direct.s3.publicAccessBlock,
    ),
    objectOwnership: aspect(
      's3:GetBucketOwnershipControls',
      (_, bucket) => bucket.objectOwnership,
      direct.s3.objectOwnership,
    ),
    objectLock: aspect(
      's3:GetObjectLockConfiguration',
      (_, bucket) => bucket.objectLock,
      direct.s3.objectLock,
    ),
    hasWebsite: aspect('s3:GetBucketWebsite', (_, bucket) => bucket.hasWebsite, direct.s3.hasWebsite),
    tags: aspect('s3:GetBucketTagging', ({ readings }) => readings.tags, direct.s3.tags),
    async accountPublicAccessBlock() {
      const name = 's3control:GetPublicAccessBlock';
      const item = await items.newest(name, ACCOUNT_BLOCK, source.accountId);
      const setting = item && (isDeleted(item) ? null : item.readings.accountPublicAccessBlock);
      const said = item && { value: setting, at: item.at };
      return newer(name, {}, said, direct.s3.accountPublicAccessBlock);
    },
  };

  const ec2 = (region: string): Ec2 => {
    const read = direct.ec2(region);
    const name = 'ec2:DescribeSecurityGroups';
    return {
      ...read,
      async *securityGroups() {
        const { items: gone, recorded } = await items.list(name, SECURITY_GROUP, region);
        let known = new Map<string, SecurityGroup>();
        let denied: AccountError | undefined;
        try {
          known = new Map((await toArray(read.securityGroups())).map((group) => [group.id, group]));
        } catch (error) {
          if (!isAccountError(error) || !recorded) throw error;
          if (!isNotCollected(error)) denied = error;
        }
        const at = await source.readAt(name, { region });
        const isOlder = (itemAt: Date) => at !== undefined && at >= itemAt;
        for (const item of gone) {
          if (isDeleted(item) && !isOlder(item.at)) known.delete(item.resource.id);
        }
        for await (const { group, at: capturedAt } of items.groups(name, region)) {
          if (known.has(group.id) && isOlder(capturedAt)) continue;
          known.delete(group.id);
          yield group;
        }
        yield* known.values();
        if (denied) throw denied;
      },
      async securityGroup(id) {
        for await (const group of this.securityGroups()) if (group.id === id) return group;
        return null;
      },
    };
  };

  const cloudtrail = (region: string): CloudTrail => ({
    async trails() {
      const name = 'cloudtrail:DescribeTrails';
      const list = await items.list(name, TRAIL, region);
      const trails = await merged({
        name,
        target: { region },
        items: list,
        read: () => direct.cloudtrail(region).trails(),
        keyOf: (trail) => trail.name,
        valueOf: (item) => item.readings.trail,
        itemKey: (item) => item.resource.name ?? item.resource.id,
      });
      return whole(trails, list);
    },
  });
  const account: Account = { id: source.accountId, regions: source.regions, iam, s3, ec2, cloudtrail };
  return { account, deleted: (types) => deletedResources(source, direct, items, types) };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
