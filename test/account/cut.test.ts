import type { AnyAccount } from '../../account/account.ts';
import { goesOn, isPaging } from '../../account/cut.ts';
import { partial } from '../../account/errors.ts';
import { trails } from '../../account/services/cloudtrail/readings.ts';
import {
  prefixListEntries,
  regions,
  securityGroupRules,
  securityGroups,
} from '../../account/services/ec2/readings.ts';
import { loadBalancers } from '../../account/services/elbv2/readings.ts';
import { accessKeys, users, virtualMfaDevices } from '../../account/services/iam/readings.ts';
import { instances } from '../../account/services/rds/readings.ts';
import { bucketNamed, bucketsInView } from '../../account/services/s3/buckets.ts';
import { opsItems } from '../../account/services/ssm/readings.ts';
import accessKeyAge from '../../rules/access-key-age/rule.ts';
import rootMfa from '../../rules/root-mfa/rule.ts';
import s3Public from '../../rules/s3-public/rule.ts';
import sgOpenPorts from '../../rules/sg-open-ports/rule.ts';
import trailObjectLock from '../../rules/trail-object-lock/rule.ts';
import { ago, key, readingsOf as keysOf } from '../support/access-keys.ts';
import { ingress } from '../support/ingress.ts';
import { ACCOUNT, judged, memoryAccount, type Said } from '../support/memory.ts';
import { everything, ofRoot, readingsOf as rootOf } from '../support/root.ts';
import { trail, year } from '../support/trails.ts';

type Readings = Record<string, unknown>;

/** With which AWS's services say that an answer goes on, as the SDK's and the command line's paginators have it. */
const MEMBERS: [member: string, value: unknown][] = [
  ['NextToken', 'eyJ4IjoxfQ=='],
  ['nextToken', 't'],
  ['Marker', 'm'],
  ['NextMarker', 'm'],
  ['IsTruncated', true],
  ['ContinuationToken', 'c'],
  ['NextContinuationToken', 'c'],
  ['PaginationToken', 'p'],
  ['HasMoreResults', true],
];

describe('what says that an answer goes on', () => {
  test.each(MEMBERS)('%s', (member, value) => {
    expect(goesOn({ Users: [], [member]: value })).toEqual([[member, value]]);
    for (const nothing of [null, undefined, '', false, 'false']) {
      expect(goesOn({ Users: [], [member]: nothing })).toEqual([]);
    }
  });

  test.each(['Users', 'Prefix', 'Owner', 'SecurityGroups', 'MaxItems', 'TokenType', 'Markers'])(
    'not %s',
    (member) => expect(isPaging(member)).toBe(false),
  );
});

const lists: [
  path: string,
  answer: Readings,
  read: (account: AnyAccount) => Parameters<typeof partial>[0],
][] = [
  ['global/iam/list-users.json', { Users: [] }, (view) => view.read(users)],
  [
    'global/iam/list-access-keys/kim.json',
    { AccessKeyMetadata: [] },
    (view) => view.read(accessKeys, { id: 'kim' }),
  ],
  [
    'global/iam/list-virtual-mfa-devices.json',
    { VirtualMFADevices: [] },
    (view) => view.read(virtualMfaDevices),
  ],
  ['global/s3api/list-buckets.json', { Buckets: [] }, (view) => bucketsInView(view)],
  [
    'us-east-1/ec2/describe-security-groups.json',
    { SecurityGroups: [] },
    (view) => view.each(securityGroups, { region: 'us-east-1' }),
  ],
  [
    'us-east-1/ec2/get-managed-prefix-list-entries/pl-1.json',
    { Entries: [] },
    (view) => view.read(prefixListEntries, { region: 'us-east-1', id: 'pl-1' }),
  ],
  [
    'us-east-1/ec2/describe-security-group-rules/sg-1.json',
    { SecurityGroupRules: [] },
    (view) => view.read(securityGroupRules, { region: 'us-east-1', id: 'sg-1' }),
  ],
  [
    'us-east-1/cloudtrail/describe-trails.json',
    { trailList: [] },
    (view) => view.read(trails, { region: 'us-east-1' }),
  ],
  [
    'us-east-1/rds/describe-db-instances.json',
    { DBInstances: [] },
    (view) => view.each(instances, { region: 'us-east-1' }),
  ],
  [
    'us-east-1/elbv2/describe-load-balancers.json',
    { LoadBalancers: [] },
    (view) => view.each(loadBalancers, { region: 'us-east-1' }),
  ],
  [
    'us-east-1/ssm/describe-ops-items.json',
    { OpsItemSummaries: [] },
    (view) => view.read(opsItems, { region: 'us-east-1' }),
  ],
  ['global/ec2/describe-regions.json', { Regions: [] }, (account) => account.read(regions)],
];
describe.each(lists)('%s', (path, answer, read) => {
  test('that goes on is an error of its API', async () => {
    for (const [member, value] of MEMBERS) {
      const { values, errors } = await partial<unknown>(
        read(memoryAccount({ [path]: { ...answer, [member]: value } })),
      );
      expect(values).toEqual([]);
      expect(errors).toMatchObject([{ code: 'CutAnswer', about: undefined }]);
      expect(errors[0]?.message).toMatch(new RegExp(`goes on \\(${member}\\).*"aws .*" without --max-items`));
    }
  });
  test('that ends is whole', async () => {
    const ended = { ...answer, NextToken: null, IsTruncated: false, Marker: '' };
    expect(await partial(read(memoryAccount({ [path]: ended })))).toEqual({ values: [], errors: [] });
  });
});

test('buckets of a prefix are not all buckets; an empty prefix is none', async () => {
  const list = (Prefix: string) =>
    partial(bucketsInView(memoryAccount({ 'global/s3api/list-buckets.json': { Buckets: [], Prefix } })));
  const { errors } = await list('shop-');
  expect(errors).toMatchObject([
    { code: 'CutAnswer', message: expect.stringContaining('a part only (Prefix)') },
  ]);
  expect(await list('')).toEqual({ values: [], errors: [] });
});

test('a resource that is not on the page may be on the next', async () => {
  const account = memoryAccount({
    'global/s3api/list-buckets.json': {
      Buckets: [{ Name: 'a', BucketRegion: 'us-east-1' }],
      ContinuationToken: 'c',
    },
    'us-east-1/ec2/describe-security-groups.json': { SecurityGroups: [], NextToken: 't' },
  });
  expect(await bucketNamed(account, 'a')).toMatchObject({ name: 'a' });
  await expect(bucketNamed(account, 'b')).rejects.toMatchObject({ code: 'CutAnswer' });
  await expect(account.one(securityGroups, 'sg-1', { region: 'us-east-1' })).rejects.toMatchObject({
    code: 'CutAnswer',
  });
});

const flat = (said: readonly Said[]) => said.map(({ id, compliance, code }) => `${id} ${code ?? compliance}`);
const group = (shorthand: string, more: Readings = {}): Readings => ({
  'us-east-1/ec2/describe-security-groups.json': {
    SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: ingress(shorthand) }],
    ...more,
  },
});
const entries = (...cidrs: string[]): Readings => ({
  'us-east-1/ec2/get-managed-prefix-list-entries/pl-1.json': {
    Entries: cidrs.map((Cidr) => ({ Cidr })),
    NextToken: 't',
  },
});

describe('what is there is judged', () => {
  test.each([
    [
      'groups on page one of two',
      group('tcp 22 10.0.0.0/8', { NextToken: 't' }),
      ['sg-1 COMPLIANT', `${ACCOUNT} CutAnswer`],
    ],
    [
      'the first entries of a prefix list',
      { ...group('tcp 22 pl-1'), ...entries('10.0.0.0/8') },
      ['sg-1 CutAnswer'],
    ],
    [
      'first entries that are open already',
      { ...group('tcp 22 pl-1'), ...entries('0.0.0.0/0') },
      ['sg-1 NON_COMPLIANT'],
    ],
    [
      'entries that matter to no verdict',
      { ...group('tcp 443 pl-1'), ...entries('10.0.0.0/8') },
      ['sg-1 COMPLIANT'],
    ],
  ])('%s', async (_, readings, says) => {
    expect(flat(await judged(sgOpenPorts, memoryAccount(readings)))).toEqual(says);
  });

  test('no bucket on page one', async () => {
    const readings = { 'global/s3api/list-buckets.json': { Buckets: [], ContinuationToken: 'c' } };
    expect(flat(await judged(s3Public, memoryAccount(readings)))).toEqual([`${ACCOUNT} CutAnswer`]);
  });

  test('a trail on page one; no word that there is none', async () => {
    const trails = (...trailList: unknown[]) => ({
      'us-east-1/cloudtrail/describe-trails.json': { trailList, NextToken: 't' },
      'global/s3api/get-object-lock-configuration/logs.json': year,
    });
    expect(flat(await judged(trailObjectLock, memoryAccount(trails(trail()))))).toEqual([
      'main COMPLIANT',
      `${ACCOUNT} CutAnswer`,
    ]);
    expect(flat(await judged(trailObjectLock, memoryAccount(trails())))).toEqual([`${ACCOUNT} CutAnswer`]);
  });

  test.each([
    ["root's own", [ofRoot()], 'NON_COMPLIANT'],
    ["nobody's of root", [], 'CutAnswer'],
  ])('virtual devices: %s', async (_, VirtualMFADevices, says) => {
    const readings = {
      ...rootOf({ summary: everything }),
      'global/iam/list-virtual-mfa-devices.json': { VirtualMFADevices, IsTruncated: true, Marker: 'm' },
    };
    const said = await judged(rootMfa, memoryAccount(readings), { requireHardware: 'true' });
    expect(flat(said)).toEqual([`${ACCOUNT} ${says}`]);
  });
});

describe('users', () => {
  const old: [boolean, string] = [true, ago(331)];
  const cut = (readings: Readings): Readings => {
    const path = 'global/iam/list-users.json';
    return { ...readings, [path]: { ...(readings[path] as object), IsTruncated: true, Marker: 'm' } };
  };

  test('of the report who are on the next page are judged by it, and root passes for nothing', async () => {
    const readings = cut(keysOf({ report: { ara: [], bora: [old] }, users: ['ara'] }));
    expect(flat(await judged(accessKeyAge, memoryAccount(readings)))).toEqual([
      `${ACCOUNT} CutAnswer`,
      'AIDAARA COMPLIANT',
      `arn:aws:iam::${ACCOUNT}:user/bora NON_COMPLIANT`,
    ]);
  });

  test("root's key fails all the same", async () => {
    const readings = cut(keysOf({ report: {}, root: [[true, ago(1)]] }));
    expect(flat(await judged(accessKeyAge, memoryAccount(readings)))).toEqual([
      `${ACCOUNT} CutAnswer`,
      `${ACCOUNT} NON_COMPLIANT`,
    ]);
  });

  test.each([
    ['an old key', key(ago(331)), 'NON_COMPLIANT'],
    ['a young one', key(ago(1)), 'CutAnswer'],
  ])('whose keys go on, with %s among the first', async (_, first, says) => {
    const readings = {
      ...keysOf({ report: { ara: [old] } }),
      'global/iam/list-access-keys/ara.json': { AccessKeyMetadata: [first], NextToken: 't' },
    };
    expect(flat(await judged(accessKeyAge, memoryAccount(readings))).at(-1)).toBe(`AIDAARA ${says}`);
  });
});

test('a list may have a million elements', async () => {
  const many = Array.from({ length: 1_000_000 }, (_, index) => index);
  expect((await partial(Promise.resolve(many))).values).toHaveLength(1_000_000);
});
