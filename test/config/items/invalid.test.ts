import { InvalidItemError, parseItem, parseSummary, readItem } from '../../../config/item.ts';
import {
  auditTrail,
  configured,
  type Json,
  media,
  proposal,
  supplemented,
  webServers,
} from '../support/items.ts';

function fieldOf(read: () => unknown): string | undefined {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidItemError);
    expect(error).toMatchObject({
      code: 'InvalidItem',
      message: expect.stringContaining((error as InvalidItemError).field),
    });
    return (error as InvalidItemError).field;
  }
  return undefined;
}

const envelopes: [string, unknown, string][] = [
  ['that is a text', 'sg-1', 'item'],
  ['that is a list', [webServers], 'item'],
  ['without a type', { ...webServers, resourceType: undefined }, 'item.resourceType'],
  ['with an empty id', { ...webServers, resourceId: '' }, 'item.resourceId'],
  ['with a number for an id', { ...webServers, resourceId: 7 }, 'item.resourceId'],
  ['with a list for a name', { ...webServers, resourceName: ['web'] }, 'item.resourceName'],
  ['without a Region', { ...webServers, awsRegion: null }, 'item.awsRegion'],
  ['without an account', { ...webServers, awsAccountId: undefined }, 'item.awsAccountId'],
  ['with eleven digits', { ...webServers, awsAccountId: '11112222333' }, 'item.awsAccountId'],
  ['without a status', { ...webServers, configurationItemStatus: undefined }, 'item.configurationItemStatus'],
  ['with a new status', { ...webServers, configurationItemStatus: 'Fine' }, 'item.configurationItemStatus'],
  [
    'without a time',
    { ...webServers, configurationItemCaptureTime: null },
    'item.configurationItemCaptureTime',
  ],
  [
    'with a word for a time',
    { ...webServers, configurationItemCaptureTime: 'now' },
    'item.configurationItemCaptureTime',
  ],
  [
    'with a number in a text for a time',
    { ...webServers, configurationItemCaptureTime: '1' },
    'item.configurationItemCaptureTime',
  ],
  [
    'of the 13th month',
    { ...webServers, configurationItemCaptureTime: '2026-13-01T00:00:00Z' },
    'item.configurationItemCaptureTime',
  ],
  [
    'whose configuration is cut off',
    { ...webServers, configuration: '{"groupId":"sg-' },
    'item.configuration',
  ],
  ['whose configuration is a list', { ...webServers, configuration: [] }, 'item.configuration'],
  [
    'whose supplements are a list',
    { ...webServers, supplementaryConfiguration: [] },
    'item.supplementaryConfiguration',
  ],
  ['with a tag that is no text', { ...webServers, tags: { team: 7 } }, 'item.tags.team'],
  ['with a tag without a key', { ...webServers, tags: [{ value: 'shop' }] }, 'item.tags[0].key'],
];
test.each(envelopes)('an item %s is refused', (_situation, item, field) => {
  expect(fieldOf(() => parseItem(item, 'item'))).toBe(field);
});

test('a summary is refused as an item is', () => {
  expect(fieldOf(() => parseSummary({ ...webServers, resourceId: undefined }, 'summary'))).toBe(
    'summary.resourceId',
  );
});

const [https] = (webServers.configuration as { ipPermissions: [Json] }).ipPermissions;
const permission = (changes: Json) => configured(webServers, { ipPermissions: [{ ...https, ...changes }] });
const supplement = 'AWS::S3::Bucket media: supplementaryConfiguration';
const SG = 'AWS::EC2::SecurityGroup sg-0a1b2c3d: configuration';
const readings: [string, Json, string][] = [
  ['that exists and has no configuration', { ...webServers, configuration: null }, SG],
  ['without permissions', configured(webServers, { ipPermissions: undefined }), `${SG}.ipPermissions`],
  [
    'with a permission that is a text',
    configured(webServers, { ipPermissions: ['tcp'] }),
    `${SG}.ipPermissions[0]`,
  ],
  ['without a protocol', permission({ ipProtocol: undefined }), `${SG}.ipPermissions[0].ipProtocol`],
  ['with half a port', permission({ fromPort: 22.5 }), `${SG}.ipPermissions[0].fromPort`],
  ['with a word for a port', permission({ toPort: 'ssh' }), `${SG}.ipPermissions[0].toPort`],
  [
    'with ranges in an object',
    permission({ ipv4Ranges: { cidrIp: '0.0.0.0/0' } }),
    `${SG}.ipPermissions[0].ipv4Ranges`,
  ],
  [
    'with a range that has no CIDR',
    permission({ ipv6Ranges: [{ cidr: '::/0' }] }),
    `${SG}.ipPermissions[0].ipv6Ranges[0]`,
  ],
  [
    'with a list within a list',
    permission({ ipRanges: [['0.0.0.0/0']] }),
    `${SG}.ipPermissions[0].ipRanges[0]`,
  ],
  [
    'whose permission lost its sources',
    permission({ ipRanges: [], ipv4Ranges: [], ipv6Ranges: [] }),
    `${SG}.ipPermissions[0]`,
  ],
  [
    'with an ACL that is cut off',
    supplemented(media, { AccessControlList: '{"grantList":[' }),
    `${supplement}.AccessControlList`,
  ],
  [
    'with grants in an object',
    supplemented(media, { AccessControlList: { grantList: {} } }),
    `${supplement}.AccessControlList.grantList`,
  ],
  [
    'with a grant to nobody',
    supplemented(media, { AccessControlList: { grantList: [{ permission: 'Read' }] } }),
    `${supplement}.AccessControlList.grantList[0].grantee`,
  ],
  [
    'with a grant of nothing',
    supplemented(media, { AccessControlList: { grantList: [{ grantee: 'AllUsers' }] } }),
    `${supplement}.AccessControlList.grantList[0].permission`,
  ],
  [
    'with a policy that is a number',
    supplemented(media, { BucketPolicy: { policyText: 7 } }),
    `${supplement}.BucketPolicy.policyText`,
  ],
  [
    'with a flag that is a number',
    supplemented(media, { PublicAccessBlockConfiguration: { ignorePublicAcls: 1 } }),
    `${supplement}.PublicAccessBlockConfiguration.ignorePublicAcls`,
  ],
  [
    'with a mode that nobody knows',
    supplemented(media, { ObjectLockConfiguration: { rule: { defaultRetention: { mode: 'SOME' } } } }),
    `${supplement}.ObjectLockConfiguration.rule.defaultRetention.mode`,
  ],
  [
    'with an ownership that nobody knows',
    supplemented(media, { OwnershipControls: { Rules: [{ ObjectOwnership: 'Mine' }] } }),
    `${supplement}.OwnershipControls.Rules[0].ObjectOwnership`,
  ],
  [
    'without a home Region',
    configured(auditTrail, { homeRegion: undefined }),
    'AWS::CloudTrail::Trail audit: configuration.homeRegion',
  ],
  [
    'without a bucket',
    configured(auditTrail, { s3BucketName: null }),
    'AWS::CloudTrail::Trail audit: configuration.s3BucketName',
  ],
  [
    'that proposes a reference for a CIDR',
    proposal(webServers, { SecurityGroupIngress: [{ IpProtocol: 'tcp', CidrIp: { Ref: 'Office' } }] }),
    `${SG}.SecurityGroupIngress[0].CidrIp`,
  ],
  [
    'that proposes ingress from nowhere',
    proposal(webServers, { SecurityGroupIngress: [{ IpProtocol: 'tcp' }] }),
    `${SG}.SecurityGroupIngress[0]`,
  ],
  [
    'that proposes an ACL that nobody knows',
    proposal(media, { AccessControl: 'Public' }),
    'AWS::S3::Bucket media: configuration.AccessControl',
  ],
];
test.each(readings)('an item %s cannot be read', (_situation, item, field) => {
  expect(fieldOf(() => readItem(parseItem(item)))).toBe(field);
});

test('an error shows no content of the item', () => {
  const item = { ...webServers, configuration: '{"groupId":"hunter2' };
  expect(() => parseItem(item)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});
