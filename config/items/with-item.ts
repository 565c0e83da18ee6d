import type { Account, Ec2, S3 } from '../../account/account.ts';
import { AccountError } from '../../account/errors.ts';
import type { BucketReadings, ItemReadings } from '../item.ts';

/**
 * The account, with one resource as its configuration item has it. The item's answers win; everything else is asked
 * of the account. Lists of groups and buckets stay the account's, because only the one resource is judged.
 */
export function withItem(account: Account, readings: ItemReadings): Account {
  const { resource, tags, securityGroup, bucket, trail, user, accountPublicAccessBlock } = readings;
  const { iam, s3 } = account;
  return {
    ...account,
    iam: user ? { ...iam, userTags: async (name) => (name === user.name ? tags : iam.userTags(name)) } : iam,
    s3: {
      ...(bucket ? withBucket(s3, bucket, readings) : s3),
      ...(accountPublicAccessBlock && { accountPublicAccessBlock: async () => accountPublicAccessBlock }),
    },
    ec2(region) {
      const ec2 = account.ec2(region);
      if (!securityGroup || region !== resource.region) return ec2;
      const one: Ec2['securityGroup'] = async (id) =>
        id === resource.id ? securityGroup : ec2.securityGroup(id);
      return { ...ec2, securityGroup: one };
    },
    cloudtrail(region) {
      const isHome = trail && (region === trail.homeRegion || region === resource.region);
      return isHome ? { trails: async () => [trail] } : account.cloudtrail(region);
    },
  };
}

function withBucket(s3: S3, said: BucketReadings, { resource, tags }: ItemReadings): S3 {
  const { bucket } = said;
  // A bucket that is only proposed may also be asked for by its logical id.
  const isIt = (name: string) => name === bucket.name || name === resource.id;
  /** The item's answer about this bucket, an error included; without one, the account's. */
  const first =
    <T>(answer: T | AccountError | undefined, ask: (name: string) => Promise<T>) =>
    async (name: string): Promise<T> => {
      if (answer === undefined || !isIt(name)) return ask(name);
      if (answer instanceof AccountError) throw answer;
      return answer;
    };
  return {
    ...s3,
    bucket: first(bucket, (name) => s3.bucket(name)),
    tags: first(tags, (name) => s3.tags(name)),
    acl: first(said.acl, (name) => s3.acl(name)),
    policy: first(said.policy, (name) => s3.policy(name)),
    publicAccessBlock: first(said.publicAccessBlock, (name) => s3.publicAccessBlock(name)),
    objectOwnership: first(ownershipOf(said), (name) => s3.objectOwnership(name)),
    objectLock: first(said.objectLock, (name) => s3.objectLock(name)),
    hasWebsite: first(said.hasWebsite, (name) => s3.hasWebsite(name)),
  };
}

/**
 * Items do not record Object Ownership, but their ACL tells of it: S3 gives the effective one, and disables ACLs only
 * once none is public. A public grant is therefore in force, and there is nothing to ask.
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html)
 */
function ownershipOf({ objectOwnership, acl = [] }: BucketReadings) {
  if (objectOwnership !== undefined || acl instanceof AccountError) return objectOwnership;
  return acl.some(({ grantee }) => grantee !== 'other') ? null : undefined;
}
