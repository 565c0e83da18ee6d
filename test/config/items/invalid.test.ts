import { InvalidItemError, parseItem, parseSummary, readItem } from '../../../config/item.ts';
import { ACCOUNT } from '../../support/memory.ts';
import { apiForm, auditTrail, configured, type Json, proposal, webServers } from '../support/items.ts';

function failureOf(read: () => unknown): InvalidItemError | undefined {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidItemError);
    const { field } = error as InvalidItemError;
    expect(error).toMatchObject({ code: 'InvalidItem', message: expect.stringContaining(field) });
    return error as InvalidItemError;
  }
  return undefined;
}
const fieldOf = (read: () => unknown) => failureOf(read)?.field;

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
    'in event form with a number for a time',
    { ...webServers, configurationItemCaptureTime: 1_795_169_472 },
    'item.configurationItemCaptureTime',
  ],
  [
    'in API form with milliseconds for a time',
    { ...apiForm(webServers), configurationItemCaptureTime: 1_795_169_472_345 },
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
const SG = 'AWS::EC2::SecurityGroup sg-0a1b2c3d: configuration';
const readings: [string, Json, string][] = [
  ['that exists and has no configuration', { ...webServers, configuration: null }, SG],
  ['without permissions', configured(webServers, { ipPermissions: undefined }), `${SG}.ipPermissions`],
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
];
test.each(readings)('an item %s cannot be read', (_situation, item, field) => {
  expect(fieldOf(() => readItem(parseItem(item)))).toBe(field);
});

const permissions: [string, Json, string][] = [
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
    'that proposes a reference for a CIDR',
    proposal(webServers, { SecurityGroupIngress: [{ IpProtocol: 'tcp', CidrIp: { Ref: 'Office' } }] }),
    `${SG}.SecurityGroupIngress[0].CidrIp`,
  ],
  [
    'that proposes ingress from nowhere',
    proposal(webServers, { SecurityGroupIngress: [{ IpProtocol: 'tcp' }] }),
    `${SG}.SecurityGroupIngress[0]`,
  ],
];
test.each(permissions)(
  'an item %s: nobody can tell what that permission lets in',
  (_situation, item, field) => {
    expect(readItem(parseItem(item))).toMatchObject({
      securityGroup: { ingress: [{ problem: expect.stringContaining(`${field} `) }] },
    });
  },
);

describe('an error says whose item it is', () => {
  const group = { type: 'AWS::EC2::SecurityGroup', id: 'sg-0a1b2c3d', accountId: ACCOUNT };
  const web = { ...group, name: 'web', region: 'us-east-1' };
  test.each<[situation: string, item: Json, subject: unknown]>([
    ['that is cut off', { ...webServers, configuration: '{"groupId":"sg-' }, web],
    ['in API form', { ...apiForm(webServers), configurationItemStatus: 'Fine' }, web],
    ['that lacks what a verdict rests on', configured(webServers, { ipPermissions: null }), web],
    [
      'without Region and name',
      { ...webServers, awsRegion: 7, resourceName: '' },
      { ...group, region: 'global' },
    ],
    ['unless it does not tell the account', { ...webServers, awsAccountId: '1' }, undefined],
    ['unless it does not tell the id', { ...webServers, resourceId: ['sg-1'] }, undefined],
  ])('%s', (_situation, item, subject) => {
    const failure = failureOf(() => readItem(parseItem(item)));
    expect(failure?.subject).toEqual(subject);
  });

  test('so does that of a summary', () => {
    const failure = failureOf(() => parseSummary({ ...webServers, configurationItemStatus: 'Fine' }));
    expect(failure?.subject).toEqual(web);
  });
});

test('an error shows no content of the item', () => {
  const item = { ...webServers, configuration: '{"groupId":"hunter2' };
  expect(() => parseItem(item)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});
