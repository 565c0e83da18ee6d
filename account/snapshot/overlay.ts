import { type BucketReadings, isRecorded } from '../../config/item.ts';
import type { Account, Bucket, CloudTrail, Ec2, Iam, ResourceRef, S3 } from '../account.ts';
import { AccountError, checkComplete, complete, isAccountError, OWN_CODES, partial } from '../errors.ts';
import { readAccount } from '../read-account.ts';
import type { ReadName, ReadTarget } from '../reads.ts';
import { type ConfigItems, isDeleted, unreadable } from './config-items.ts';
import { type DatedSource, deletedResources } from './deleted.ts';
import { knownOf, merged } from './merge.ts';
import { ACCOUNT_BLOCK, BUCKET, type Newest, PREFIX_LIST, SECURITY_GROUP, TRAIL, USER } from './survey.ts';

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

  /** What an item says, unless a direct reading is newer. */
  async function newer<T>(
    name: ReadName,
    target: ReadTarget,
    item: Newest | undefined,
    said: (item: Newest) => T | AccountError | undefined,
    read: () => Promise<T>,
  ): Promise<T> {
    const value = item && (unreadable(name, item) ?? said(item));
    if (!item || value === undefined) return read();
    const at = await source.readAt(name, target);
    if (!at || at < item.at) return answer(value);
    try {
      return await read();
    } catch (error) {
      if (!isAccountError(error) || ANSWERS.includes(error.code)) throw error;
      return answer(value);
    }
  }

  const userItems = once(() => items.list('iam:ListUsers', USER));
  const userByName = once(async () => {
    const named = (await userItems()).items.filter(isRecorded);
    return new Map(named.map((item) => [item.readings.user?.name, item]));
  });
  const iam: Iam = {
    ...direct.iam,
    users: once(async () =>
      complete(
        merged({
          name: 'iam:ListUsers',
          direct: await partial(direct.iam.users()),
          at: await source.readAt('iam:ListUsers'),
          items: await userItems(),
          keyOf: (user) => user.id,
          ofItem: (item) => item.readings.user,
          itemKey: (item) => item.resource.id,
        }),
      ),
    ),
    async userTags(id) {
      const item = (await userByName()).get(id);
      return newer(
        'iam:ListUserTags',
        { id },
        item,
        ({ readings }) => readings.tags,
        () => direct.iam.userTags(id),
      );
    },
  };

  const bucketList = once(async () =>
    merged<Bucket>({
      name: 's3:ListBuckets',
      direct: await partial(direct.s3.buckets()),
      at: await source.readAt('s3:ListBuckets'),
      items: await items.list('s3:ListBuckets', BUCKET),
      keyOf: (bucket) => bucket.name,
      ofItem: (item) => item.readings.bucket?.bucket,
      itemKey: (item) => item.resource.id,
    }),
  );
  const aspect =
    <T>(
      name: ReadName,
      of: (item: Newest, bucket: BucketReadings) => T | AccountError | undefined,
      read: (id: string) => Promise<T>,
    ) =>
    async (id: string): Promise<T> => {
      const said = (item: Newest) => item.readings.bucket && of(item, item.readings.bucket);
      return newer(name, { id }, await items.newest(BUCKET, id), said, () => read(id));
    };
  const s3: S3 = {
    ...direct.s3,
    everyBucket: () => s3.buckets(),
    async *buckets() {
      const list = await bucketList();
      for (const bucket of list.values) {
        const item = await items.newest(BUCKET, bucket.name);
        const region = item?.readings.bucket?.bucket.region;
        yield bucket.region === 'global' && region ? { ...bucket, region } : bucket;
      }
      checkComplete(list.errors);
    },
    async bucket(name) {
      for await (const bucket of s3.buckets()) if (bucket.name === name) return bucket;
      return null;
    },
    acl: aspect('s3:GetBucketAcl', (_, bucket) => bucket.acl, direct.s3.acl),
    policy: aspect('s3:GetBucketPolicy', (_, bucket) => bucket.policy, direct.s3.policy),
    async isPolicyPublic(id) {
      // A word of S3's that is older than the item that the policy is taken from is about another policy.
      const item = await items.newest(BUCKET, id);
      const [read, said] = await Promise.all([
        source.readAt('s3:GetBucketPolicy', { id }),
        source.readAt('s3:GetBucketPolicyStatus', { id }),
      ]);
      const isOfItem = item?.readings.bucket?.policy !== undefined && !(read && read >= item.at);
      if (!isOfItem || !said || said >= item.at) return direct.s3.isPolicyPublic(id);
      const when = item.at.toISOString();
      const message = `s3:GetBucketPolicyStatus of ${id}: read before AWS Config recorded this policy at ${when}`;
      throw new AccountError(OWN_CODES.notCollected, 's3:GetBucketPolicyStatus', message, id);
    },
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
      const item = await items.newest(ACCOUNT_BLOCK, source.accountId);
      const said = (newest: Newest) => (isDeleted(newest) ? null : newest.readings.accountPublicAccessBlock);
      return newer('s3control:GetPublicAccessBlock', {}, item, said, direct.s3.accountPublicAccessBlock);
    },
  };

  const ec2 = (region: string): Ec2 => {
    const read = direct.ec2(region);
    const name = 'ec2:DescribeSecurityGroups';
    return {
      ...read,
      async *securityGroups() {
        const recorded = await items.list(name, SECURITY_GROUP, region);
        const list = await partial(read.securityGroups());
        const { values: known, errors } = knownOf(list, (group) => group.id, recorded);
        const at = await source.readAt(name, { region });
        const isOutdated = (id: string, itemAt: Date) => known.has(id) && at !== undefined && at >= itemAt;
        for (const item of recorded.items) {
          const { id } = item.resource;
          const error = unreadable(name, item);
          if (isOutdated(id, item.at)) continue;
          if (error) known.set(id, error);
          else if (isDeleted(item)) known.delete(id);
        }
        const unread: AccountError[] = [];
        for await (const { id, group, at: capturedAt } of items.groups(name, region)) {
          if (isOutdated(id, capturedAt)) continue;
          known.delete(id);
          if (group instanceof AccountError) unread.push(group);
          else yield group;
        }
        for (const group of known.values()) {
          if (group instanceof AccountError) unread.push(group);
          else yield group;
        }
        checkComplete([...unread, ...errors]);
      },
      async prefixListEntries(id) {
        const target = { region, id };
        const item = await items.newest(PREFIX_LIST, id, region);
        const said = ({ readings }: Newest) => readings.prefixListEntries;
        return newer('ec2:GetManagedPrefixListEntries', target, item, said, () => read.prefixListEntries(id));
      },
      async prefixList(id) {
        const item = await items.newest(PREFIX_LIST, id, region);
        const said = ({ readings }: Newest) => readings.prefixList;
        return newer('ec2:DescribeManagedPrefixLists', { region }, item, said, () => read.prefixList(id));
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
      return complete(
        merged({
          name,
          direct: await partial(direct.cloudtrail(region).trails()),
          at: await source.readAt(name, { region }),
          items: await items.list(name, TRAIL, region),
          keyOf: (trail) => trail.name,
          ofItem: (item) => item.readings.trail,
          itemKey: (item) => item.resource.name ?? item.resource.id,
        }),
      );
    },
  });
  const account: Account = { ...direct, iam, s3, ec2, cloudtrail };
  return { account, deleted: (types) => deletedResources(source, direct, items, types) };
}

/** Of an item that cannot be read the answer is its error. */
function answer<T>(value: T | AccountError): T {
  if (value instanceof AccountError) throw value;
  return value;
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
