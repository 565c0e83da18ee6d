import type { BucketReadings } from '../../../config/item.ts';
import { parseItem, readItem } from '../../../config/item.ts';
import { ACCOUNT } from '../../support/memory.ts';
import { alice, auditTrail, type Json, media, proposal, webServers } from '../support/items.ts';

const read = (item: Json, configuration: Json) => readItem(parseItem(proposal(item, configuration)));

test('a proposed security group', () => {
  const group = read(webServers, {
    GroupName: 'web',
    GroupDescription: 'web servers',
    SecurityGroupIngress: [
      { IpProtocol: 'tcp', FromPort: '443', ToPort: 443, CidrIp: '0.0.0.0/0', Description: 'everyone' },
      { IpProtocol: 6, FromPort: 22, ToPort: 22, CidrIpv6: '::/0' },
      { IpProtocol: '-1', SourcePrefixListId: 'pl-1' },
      { IpProtocol: '-1', SourceSecurityGroupId: 'sg-9' },
    ],
    Tags: [{ Key: 'team', Value: 'shop' }],
  });
  expect(group.tags).toEqual({ team: 'shop' });
  expect(group.securityGroup).toEqual({
    id: 'sg-0a1b2c3d',
    name: 'web',
    tags: { team: 'shop' },
    ingress: [
      { protocol: 'tcp', fromPort: 443, toPort: 443, ipv4: ['0.0.0.0/0'], ipv6: [], prefixListIds: [] },
      { protocol: '6', fromPort: 22, toPort: 22, ipv4: [], ipv6: ['::/0'], prefixListIds: [] },
      { protocol: '-1', ipv4: [], ipv6: [], prefixListIds: ['pl-1'] },
      { protocol: '-1', ipv4: [], ipv6: [], prefixListIds: [], groups: ['sg-9'] },
    ],
  });
});

test('a proposed security group without ingress lets nothing in', () => {
  expect(read(webServers, { GroupDescription: 'none' }).securityGroup?.ingress).toEqual([]);
});

const off = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};
const owner = { grantee: 'other', permission: 'FULL_CONTROL' };

const buckets: [string, Json, Partial<BucketReadings>][] = [
  [
    'that says nothing has nothing set but what S3 sets by itself',
    {},
    {
      acl: [owner] as never,
      policy: null,
      publicAccessBlock: null,
      objectOwnership: 'BucketOwnerEnforced',
      objectLock: null,
      hasWebsite: false,
    },
  ],
  [
    'with some flags has the others off',
    { PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: 'true' } },
    { publicAccessBlock: { ...off, blockPublicAcls: true, restrictPublicBuckets: true } },
  ],
  ['with no flag set has all off', { PublicAccessBlockConfiguration: {} }, { publicAccessBlock: off }],
  [
    'with a canned ACL',
    { AccessControl: 'PublicReadWrite' },
    {
      acl: [
        owner,
        { grantee: 'AllUsers', permission: 'READ' },
        { grantee: 'AllUsers', permission: 'WRITE' },
      ] as never,
      publicAccessBlock: null,
      objectOwnership: null,
    },
  ],
  [
    'with a canned ACL that grants nothing public',
    { AccessControl: 'BucketOwnerFullControl' },
    { acl: [owner] as never, objectOwnership: 'BucketOwnerEnforced' },
  ],
  [
    'with an ACL that nobody knows may count on it',
    { AccessControl: 'constructor' },
    { objectOwnership: null },
  ],
  [
    'with ownership controls',
    { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } },
    { objectOwnership: 'ObjectWriter' },
  ],
  ['with Object Lock alone', { ObjectLockEnabled: 'true' }, { objectLock: { enabled: true } }],
  [
    'with a default retention',
    {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: '2' } },
      },
    },
    { objectLock: { enabled: true, defaultRetention: { mode: 'COMPLIANCE', years: 2 } } },
  ],
  ['with a website', { WebsiteConfiguration: { IndexDocument: 'index.html' } }, { hasWebsite: true }],
];
test.each(buckets)('a proposed bucket %s', (_situation, configuration, expected) => {
  expect(read(media, { BucketName: 'media', ...configuration }).bucket).toMatchObject(expected);
});

test('a proposed bucket keeps its own name beside the id it was proposed under', () => {
  const { resource, bucket } = read({ ...media, resourceId: 'MediaBucket' }, { BucketName: 'media' });
  expect([resource.id, bucket?.bucket.name]).toEqual(['MediaBucket', 'media']);
});

// With no property at all the two forms look alike: a bucket of which nothing is known is the safe reading.
test('an empty configuration is not taken for a proposal', () => {
  expect(read(media, {}).bucket).toEqual({ bucket: { name: 'media', region: 'us-east-1' } });
});

test.each([
  ['us-east-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eusc-de-east-1', 'aws-eusc'],
])('a proposed trail is at home in %s, in partition %s', (awsRegion, partition) => {
  const { trail } = read({ ...auditTrail, awsRegion }, { S3BucketName: 'logs', IsLogging: true });
  expect(trail).toEqual({
    name: 'audit',
    arn: `arn:${partition}:cloudtrail:${awsRegion}:${ACCOUNT}:trail/audit`,
    homeRegion: awsRegion,
    bucket: 'logs',
    isOrganizationTrail: false,
    isMultiRegion: false,
  });
});

test('a proposed user', () => {
  const { user, tags } = read(
    { ...alice, resourceId: 'Alice' },
    { UserName: 'alice', Path: '/shop/', Tags: [{ Key: 'team', Value: 'shop' }] },
  );
  expect(user).toEqual({ name: 'alice', id: 'Alice', arn: `arn:aws:iam::${ACCOUNT}:user/shop/alice` });
  expect(tags).toEqual({ team: 'shop' });
});
