import { readAccount } from '../../../account/open.ts';
import { trails } from '../../../account/services/cloudtrail/readings.ts';
import { prefixListEntries, securityGroups } from '../../../account/services/ec2/readings.ts';
import { userTags } from '../../../account/services/iam/readings.ts';
import { bucketNamed, tagsOf } from '../../../account/services/s3/buckets.ts';
import {
  bucketAcl,
  bucketPolicy,
  bucketWebsite,
  objectLock,
  objectOwnership,
  publicAccessBlock,
} from '../../../account/services/s3/readings.ts';
import { accountPublicAccessBlock } from '../../../account/services/s3control/readings.ts';
import { parseItem, readItem, withItem } from '../../../config/item.ts';
import { memorySource } from '../../support/memory.ts';
import {
  accountBlock,
  alice,
  auditTrail,
  type Json,
  media,
  POLICY,
  supplemented,
  webServers,
} from '../support/items.ts';

/** An account that nothing is known of but the item, and what it was asked. */
function overlaid(item: Json, readings: Json = {}) {
  const source = memorySource(readings, { regions: ['us-east-1', 'eu-west-1'] });
  return { account: withItem(readAccount(source), readItem(parseItem(item))), asked: source.asked };
}

test('a group is answered from the item, in its own Region', async () => {
  const { account, asked } = overlaid(webServers, {
    'eu-west-1/ec2/describe-security-groups.json': { SecurityGroups: [] },
  });
  expect(await account.one(securityGroups, 'sg-0a1b2c3d', { region: 'us-east-1' })).toMatchObject({
    name: 'web',
  });
  expect(asked).toEqual([]);
  expect(await account.one(securityGroups, 'sg-0a1b2c3d', { region: 'eu-west-1' })).toBeNull();
});

test('what the item does not say is asked of the account', async () => {
  const { account, asked } = overlaid(webServers, {
    'us-east-1/ec2/describe-security-groups.json': {
      SecurityGroups: [{ GroupId: 'sg-2', Tags: [], IpPermissions: [] }],
    },
    'us-east-1/ec2/get-managed-prefix-list-entries/pl-1.json': { Entries: [{ Cidr: '10.0.0.0/8' }] },
  });
  expect(await account.read(prefixListEntries, { region: 'us-east-1', id: 'pl-1' })).toEqual(['10.0.0.0/8']);
  expect(await account.one(securityGroups, 'sg-2', { region: 'us-east-1' })).toMatchObject({ id: 'sg-2' });
  expect(asked).toHaveLength(2);
});

test('a bucket is answered from the item without asking anyone', async () => {
  const { account, asked } = overlaid(media);
  expect(await bucketNamed(account, 'media')).toEqual({ name: 'media', region: 'us-east-1' });
  expect(await account.read(bucketPolicy, { id: 'media' })).toBe(POLICY);
  expect(await account.read(bucketAcl, { id: 'media' })).toHaveLength(3);
  expect(await account.read(publicAccessBlock, { id: 'media' })).toMatchObject({ blockPublicAcls: true });
  expect(await account.read(objectLock, { id: 'media' })).toMatchObject({ enabled: true });
  expect(await account.read(bucketWebsite, { id: 'media' })).toBe(true);
  expect(await tagsOf(account, 'media')).toEqual({ team: 'shop' });
  // A public grant that S3 shows is in force.
  expect(await account.read(objectOwnership, { id: 'media' })).toBeNull();
  expect(asked).toEqual([]);
});

test('an ACL without public grants says nothing about ownership', async () => {
  const { account } = overlaid(supplemented(media, { AccessControlList: { grantList: [] } }), {
    'global/s3api/get-bucket-ownership-controls/media.json': {
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    },
  });
  expect(await account.read(objectOwnership, { id: 'media' })).toBe('BucketOwnerEnforced');
});

test('"there is none" in the item is an answer, too', async () => {
  const item = supplemented(media, {
    BucketPolicy: { policyText: null },
    PublicAccessBlockConfiguration: undefined,
  });
  const { account, asked } = overlaid(item);
  expect(await account.read(bucketPolicy, { id: 'media' })).toBeNull();
  expect(await account.read(publicAccessBlock, { id: 'media' })).toBeNull();
  expect(asked).toEqual([]);
});

test('an incomplete item leaves the rest to the account', async () => {
  const { account } = overlaid(
    { ...media, supplementaryConfiguration: {} },
    { 'global/s3api/get-bucket-policy/media.json': { Policy: '{}' } },
  );
  expect(await account.read(bucketPolicy, { id: 'media' })).toBe('{}');
  await expect(account.read(bucketAcl, { id: 'media' })).rejects.toMatchObject({ code: 'NotCollected' });
});

test('another bucket is asked of the account', async () => {
  const { account } = overlaid(media, { 'global/s3api/get-bucket-policy/other.json': { Policy: '{}' } });
  expect(await account.read(bucketPolicy, { id: 'other' })).toBe('{}');
});

test("the account's Block Public Access", async () => {
  const { account, asked } = overlaid(accountBlock);
  expect(await account.read(accountPublicAccessBlock)).toMatchObject({ ignorePublicAcls: true });
  expect(asked).toEqual([]);
});

test("a user's tags", async () => {
  const { account } = overlaid(alice, { 'global/iam/list-user-tags/bob.json': { Tags: [] } });
  expect(await account.read(userTags, { id: 'alice' })).toEqual({ team: 'shop' });
  expect(await account.read(userTags, { id: 'bob' })).toEqual({});
});

test('a trail, in its home Region', async () => {
  const { account } = overlaid(auditTrail, {
    'eu-west-1/cloudtrail/describe-trails.json': { trailList: [] },
  });
  expect(await account.read(trails, { region: 'us-east-1' })).toMatchObject([{ name: 'audit' }]);
  expect(await account.read(trails, { region: 'eu-west-1' })).toEqual([]);
});
