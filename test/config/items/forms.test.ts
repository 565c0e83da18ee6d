import { type ItemReadings, parseItem, readItem } from '../../../config/item.ts';
import { ACCOUNT } from '../../support/memory.ts';
import {
  accountBlock,
  alice,
  apiForm,
  auditTrail,
  CAPTURED,
  configured,
  type Json,
  media,
  POLICY,
  supplemented,
  webServers,
} from '../support/items.ts';

/** What an item says, without the answers that this amounts to (with-item.test.ts). */
function read(item: unknown): Omit<ItemReadings, 'answers'> {
  const { answers: _, ...said } = readItem(parseItem(item));
  return said;
}

const { AccessControlList, BucketPolicy } = media.supplementaryConfiguration as Record<string, string>;
const aclObject = JSON.parse(AccessControlList as string) as Json;
const grants = aclObject.grantList as Json[];
const [https, internal] = (webServers.configuration as { ipPermissions: [Json, Json] }).ipPermissions;

const resources: [string, Json, ReturnType<typeof read>, [form: string, item: unknown][]][] = [
  [
    'a security group',
    webServers,
    {
      resource: { type: 'AWS::EC2::SecurityGroup', id: 'sg-0a1b2c3d', name: 'web', region: 'us-east-1' },
      tags: { team: 'shop' },
      securityGroup: {
        id: 'sg-0a1b2c3d',
        name: 'web',
        ownerId: ACCOUNT,
        tags: { team: 'shop' },
        ingress: [
          {
            protocol: 'tcp',
            fromPort: 443,
            toPort: 443,
            ipv4: ['0.0.0.0/0'],
            ipv6: ['::/0'],
            prefixListIds: [],
          },
          { protocol: '-1', ipv4: [], ipv6: [], prefixListIds: ['pl-1'], groups: ['sg-9'] },
        ],
      },
    },
    [
      [
        'of 2016, without ipv4Ranges',
        configured(webServers, { ipPermissions: [{ ...https, ipv4Ranges: undefined }, internal] }),
      ],
      [
        'with ipv4Ranges alone',
        configured(webServers, { ipPermissions: [{ ...https, ipRanges: undefined }, internal] }),
      ],
      [
        'with ipRanges as objects',
        configured(webServers, {
          ipPermissions: [{ ...https, ipRanges: [{ cidrIp: '0.0.0.0/0' }], ipv4Ranges: null }, internal],
        }),
      ],
      [
        'with a protocol number, and ports and prefix lists as texts',
        configured(webServers, {
          ipPermissions: [
            { ...https, fromPort: '443', toPort: '443' },
            { ...internal, ipProtocol: -1, prefixListIds: ['pl-1'] },
          ],
        }),
      ],
      ['with tags in the configuration alone', { ...webServers, tags: undefined }],
      ['with tags in a list of AWS Config', { ...webServers, tags: [{ key: 'team', value: 'shop' }] }],
      ['with tags in a list of the API', { ...webServers, tags: [{ Key: 'team', Value: 'shop' }] }],
      ['without supplementaryConfiguration', { ...webServers, supplementaryConfiguration: null }],
    ],
  ],
  [
    'a bucket',
    media,
    {
      resource: { type: 'AWS::S3::Bucket', id: 'media', name: 'media', region: 'us-east-1' },
      tags: { team: 'shop' },
      bucket: {
        bucket: { name: 'media', region: 'us-east-1' },
        acl: [
          { grantee: 'other', permission: 'FULL_CONTROL' },
          { grantee: 'AllUsers', permission: 'READ' },
          { grantee: 'AuthenticatedUsers', permission: 'WRITE_ACP' },
        ],
        policy: POLICY,
        publicAccessBlock: {
          blockPublicAcls: true,
          ignorePublicAcls: false,
          blockPublicPolicy: true,
          restrictPublicBuckets: false,
        },
        objectLock: { enabled: true, defaultRetention: { mode: 'GOVERNANCE', days: 30 } },
        hasWebsite: true,
      },
    },
    [
      ['with the ACL as an object', supplemented(media, { AccessControlList: aclObject })],
      [
        'with the ACL encoded twice',
        supplemented(media, { AccessControlList: JSON.stringify(AccessControlList) }),
      ],
      [
        'with groups as objects with a URI',
        supplemented(media, {
          AccessControlList: {
            grantList: [
              grants[0],
              { grantee: { uri: 'http://acs.amazonaws.com/groups/global/AllUsers' }, permission: 'READ' },
              {
                grantee: { URI: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers' },
                permission: 'WRITE_ACP',
              },
            ],
          },
        }),
      ],
      ['with grants in the grantSet', supplemented(media, { AccessControlList: { grantSet: grants } })],
      ['with the policy as JSON', supplemented(media, { BucketPolicy: JSON.stringify(BucketPolicy) })],
      [
        'with the policy text encoded twice',
        supplemented(media, { BucketPolicy: { policyText: JSON.stringify(POLICY) } }),
      ],
    ],
  ],
  [
    'a trail',
    auditTrail,
    {
      resource: { type: 'AWS::CloudTrail::Trail', id: 'audit', name: 'audit', region: 'us-east-1' },
      tags: {},
      trail: {
        name: 'audit',
        arn: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/audit`,
        homeRegion: 'us-east-1',
        bucket: 'audit-logs',
        isOrganizationTrail: true,
        isMultiRegion: true,
      },
    },
    [['with the ARN outside alone', configured(auditTrail, { trailARN: undefined })]],
  ],
  [
    'a user',
    alice,
    {
      resource: { type: 'AWS::IAM::User', id: 'AIDAALICE', name: 'alice', region: 'global' },
      tags: { team: 'shop' },
      user: { name: 'alice', id: 'AIDAALICE', arn: `arn:aws:iam::${ACCOUNT}:user/alice` },
    },
    [['with the name outside alone', configured(alice, { userName: undefined })]],
  ],
  [
    "the account's Block Public Access",
    accountBlock,
    {
      resource: { type: 'AWS::S3::AccountPublicAccessBlock', id: ACCOUNT, region: 'us-east-1' },
      tags: {},
      accountPublicAccessBlock: {
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: false,
        restrictPublicBuckets: false,
      },
    },
    [],
  ],
];

describe.each(resources)('%s reads the same', (_name, item, expected, variants) => {
  const encodedTwice = { ...apiForm(item), configuration: JSON.stringify(apiForm(item).configuration) };
  test.each<[string, unknown]>([
    ['in event form', item],
    ['in API form', apiForm(item)],
    ['in API form, encoded twice', encodedTwice],
    ['when just discovered', { ...item, configurationItemStatus: 'ResourceDiscovered' }],
    ...variants,
  ])('%s', (_form, variant) => {
    expect(read(variant)).toEqual(expected);
  });
});

test('an item in event form and in API form are one', () => {
  expect(parseItem(apiForm(media))).toEqual(parseItem(media));
  expect(parseItem(media)).toMatchObject({
    type: 'AWS::S3::Bucket',
    accountId: ACCOUNT,
    status: 'OK',
    captureTime: new Date(CAPTURED),
    arn: 'arn:aws:s3:::media',
    proposed: false,
  });
});

test.each([
  ['whole', 1_795_169_472, '2026-11-20T10:11:12.000Z'],
  ['with a fraction', 1_795_169_472.345, CAPTURED],
])('AWS CLI v1 prints a time in seconds, %s', (_situation, configurationItemCaptureTime, time) => {
  const { captureTime } = parseItem({ ...apiForm(media), configurationItemCaptureTime });
  expect(captureTime.toISOString()).toBe(time);
});

test('a type that nobody reads has its tags', () => {
  const item = { ...media, resourceType: 'AWS::EC2::Volume', resourceId: 'vol-1', configuration: 'null' };
  expect(read(item)).toEqual({
    resource: { type: 'AWS::EC2::Volume', id: 'vol-1', name: 'media', region: 'us-east-1' },
    tags: { team: 'shop' },
  });
});

test.each(['ResourceDeleted', 'ResourceDeletedNotRecorded', 'ResourceNotRecorded'])(
  'a group that is %s has no readings',
  (configurationItemStatus) => {
    for (const configuration of [null, undefined, '', webServers.configuration]) {
      expect(read({ ...webServers, configurationItemStatus, configuration })).not.toHaveProperty(
        'securityGroup',
      );
    }
  },
);

const unknown: [string, Json, (keyof NonNullable<ReturnType<typeof read>['bucket']>)[]][] = [
  ['no ACL', { AccessControlList: undefined }, ['acl']],
  ['an ACL of which nothing is said', { AccessControlList: '{"grantSet":null,"grantList":null}' }, ['acl']],
  ['no BucketPolicy', { BucketPolicy: undefined }, ['policy']],
  ['a BucketPolicy without its text', { BucketPolicy: {} }, ['policy']],
];
test.each(unknown)(
  'a bucket item with %s leaves it open, and nothing else',
  (_situation, changes, absent) => {
    const complete = Object.keys(read(media).bucket ?? {});
    const left = Object.keys(read(supplemented(media, changes)).bucket ?? {});
    expect(left.sort()).toEqual(complete.filter((key) => !absent.includes(key as never)).sort());
  },
);

test.each([undefined, null, {}])(
  'a bucket item whose supplementary configuration is %p says nothing',
  (none) => {
    expect(read({ ...media, supplementaryConfiguration: none }).bucket).toEqual({
      bucket: { name: 'media', region: 'us-east-1' },
    });
  },
);

const absent: [string, Json, Json][] = [
  ['no policy', { BucketPolicy: { policyText: null } }, { policy: null }],
  ['no Block Public Access', { PublicAccessBlockConfiguration: undefined }, { publicAccessBlock: null }],
  ['no Object Lock', { ObjectLockConfiguration: undefined }, { objectLock: null }],
  [
    'no default retention',
    { ObjectLockConfiguration: { objectLockEnabled: 'Enabled' } },
    { objectLock: { enabled: true } },
  ],
  ['no website', { BucketWebsiteConfiguration: null }, { hasWebsite: false }],
  ['no grants', { AccessControlList: { grantList: [] } }, { acl: [] }],
  [
    'ownership, should AWS record it',
    { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } },
    { objectOwnership: 'ObjectWriter' },
  ],
  [
    'ownership in small letters',
    { bucketOwnershipControls: '{"rules":[{"objectOwnership":"BucketOwnerEnforced"}]}' },
    { objectOwnership: 'BucketOwnerEnforced' },
  ],
  ['ownership that is not set', { OwnershipControls: null }, { objectOwnership: null }],
];
test.each(absent)('a bucket item that says %s', (_situation, changes, expected) => {
  expect(read(supplemented(media, changes)).bucket).toMatchObject(expected);
});
