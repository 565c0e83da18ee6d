import { readAccount } from '../../../account/open.ts';
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
  expect(await account.ec2('us-east-1').securityGroup('sg-0a1b2c3d')).toMatchObject({ name: 'web' });
  expect(asked).toEqual([]);
  expect(await account.ec2('eu-west-1').securityGroup('sg-0a1b2c3d')).toBeNull();
});

test('what the item does not say is asked of the account', async () => {
  const { account, asked } = overlaid(webServers, {
    'us-east-1/ec2/describe-security-groups.json': {
      SecurityGroups: [{ GroupId: 'sg-2', Tags: [], IpPermissions: [] }],
    },
    'us-east-1/ec2/get-managed-prefix-list-entries/pl-1.json': { Entries: [{ Cidr: '10.0.0.0/8' }] },
  });
  expect(await account.ec2('us-east-1').prefixListEntries('pl-1')).toEqual(['10.0.0.0/8']);
  expect(await account.ec2('us-east-1').securityGroup('sg-2')).toMatchObject({ id: 'sg-2' });
  expect(asked).toHaveLength(2);
});

test('a bucket is answered from the item without asking anyone', async () => {
  const { account, asked } = overlaid(media);
  const { s3 } = account;
  expect(await s3.bucket('media')).toEqual({ name: 'media', region: 'us-east-1' });
  expect(await s3.policy('media')).toBe(POLICY);
  expect(await s3.acl('media')).toHaveLength(3);
  expect(await s3.publicAccessBlock('media')).toMatchObject({ blockPublicAcls: true });
  expect(await s3.objectLock('media')).toMatchObject({ enabled: true });
  expect(await s3.hasWebsite('media')).toBe(true);
  expect(await s3.tags('media')).toEqual({ team: 'shop' });
  // A public grant that S3 shows is in force.
  expect(await s3.objectOwnership('media')).toBeNull();
  expect(asked).toEqual([]);
});

test('an ACL without public grants says nothing about ownership', async () => {
  const { account } = overlaid(supplemented(media, { AccessControlList: { grantList: [] } }), {
    'global/s3api/get-bucket-ownership-controls/media.json': {
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    },
  });
  expect(await account.s3.objectOwnership('media')).toBe('BucketOwnerEnforced');
});

test('"there is none" in the item is an answer, too', async () => {
  const item = supplemented(media, {
    BucketPolicy: { policyText: null },
    PublicAccessBlockConfiguration: undefined,
  });
  const { account, asked } = overlaid(item);
  expect(await account.s3.policy('media')).toBeNull();
  expect(await account.s3.publicAccessBlock('media')).toBeNull();
  expect(asked).toEqual([]);
});

test('an incomplete item leaves the rest to the account', async () => {
  const { account } = overlaid(
    { ...media, supplementaryConfiguration: {} },
    { 'global/s3api/get-bucket-policy/media.json': { Policy: '{}' } },
  );
  expect(await account.s3.policy('media')).toBe('{}');
  await expect(account.s3.acl('media')).rejects.toMatchObject({ code: 'NotCollected' });
});

test('another bucket is asked of the account', async () => {
  const { account } = overlaid(media, { 'global/s3api/get-bucket-policy/other.json': { Policy: '{}' } });
  expect(await account.s3.policy('other')).toBe('{}');
});

test("the account's Block Public Access", async () => {
  const { account, asked } = overlaid(accountBlock);
  expect(await account.s3.accountPublicAccessBlock()).toMatchObject({ ignorePublicAcls: true });
  expect(asked).toEqual([]);
});

test("a user's tags", async () => {
  const { account } = overlaid(alice, { 'global/iam/list-user-tags/bob.json': { Tags: [] } });
  expect(await account.iam.userTags('alice')).toEqual({ team: 'shop' });
  expect(await account.iam.userTags('bob')).toEqual({});
});

test('a trail, in its home Region', async () => {
  const { account } = overlaid(auditTrail, {
    'eu-west-1/cloudtrail/describe-trails.json': { trailList: [] },
  });
  expect(await account.cloudtrail('us-east-1').trails()).toMatchObject([{ name: 'audit' }]);
  expect(await account.cloudtrail('eu-west-1').trails()).toEqual([]);
});
