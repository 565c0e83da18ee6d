import type { AnyAccount } from '../../account/account.ts';
import { AccountError } from '../../account/errors.ts';
import { type Answer, has, laid, says } from '../../account/laid.ts';
import { trails } from '../../account/services/cloudtrail/readings.ts';
import { prefixListEntries, prefixLists, securityGroups } from '../../account/services/ec2/readings.ts';
import { userTags } from '../../account/services/iam/readings.ts';
import * as s3 from '../../account/services/s3/readings.ts';
import { accountPublicAccessBlock } from '../../account/services/s3control/readings.ts';
import type { BucketReadings, ItemReadings } from '../item.ts';

/**
 * The account, with one resource as its configuration item has it. The item's answers win; everything else is asked
 * of the account. Lists of groups and buckets stay the account's, because only the one resource is judged.
 */
export function withItem(account: AnyAccount, readings: ItemReadings): AnyAccount {
  const { region } = readings.resource;
  const seeing = { ...account, inView: (one: string) => one === region || account.inView(one) };
  return laid(seeing, answersOf(readings));
}

function answersOf(readings: ItemReadings): Answer[] {
  const { resource, tags, securityGroup, bucket, trail, user } = readings;
  const { region, id } = resource;
  return [
    ...says(accountPublicAccessBlock, {}, readings.accountPublicAccessBlock),
    ...(user ? says(userTags, { id: user.name }, tags) : []),
    ...has(securityGroups, { region }, id, securityGroup),
    // The trail is all that its home Region has, and the one that the item is of.
    ...(trail ? [trail.homeRegion, region].flatMap((home) => says(trails, { region: home }, [trail])) : []),
    ...says(prefixListEntries, { region, id }, readings.prefixListEntries),
    ...has(prefixLists, { region }, id, readings.prefixList),
    // A bucket that is only proposed goes by its logical id, too.
    ...(bucket
      ? [...new Set([bucket.bucket.name, id])].flatMap((name) => ofBucket(name, bucket, readings))
      : []),
  ];
}

const ofBucket = (id: string, said: BucketReadings, { tags }: ItemReadings): Answer[] => [
  ...has(s3.buckets, {}, id, said.bucket),
  ...says(s3.bucketTags, { id }, tags),
  ...says(s3.bucketAcl, { id }, said.acl),
  ...says(s3.bucketPolicy, { id }, said.policy),
  ...says(s3.publicAccessBlock, { id }, said.publicAccessBlock),
  ...says(s3.objectOwnership, { id }, ownershipOf(said)),
  ...says(s3.objectLock, { id }, said.objectLock),
  ...says(s3.bucketWebsite, { id }, said.hasWebsite === false ? null : said.hasWebsite),
];

/**
 * Items do not record Object Ownership, but their ACL tells of it: S3 gives the effective one, and disables ACLs only
 * once none is public. A public grant is therefore in force, and there is nothing to ask.
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html)
 */
function ownershipOf({ objectOwnership, acl = [] }: BucketReadings) {
  if (objectOwnership !== undefined || acl instanceof AccountError) return objectOwnership;
  return acl.some(({ grantee }) => grantee !== 'other') ? null : undefined;
}
