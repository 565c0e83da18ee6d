import { type AccountError, partial } from '../../../account/errors.ts';
import { LiveError } from '../../../account/live/failures.ts';
import { trails } from '../../../account/services/cloudtrail/readings.ts';
import { prefixListEntries, securityGroups } from '../../../account/services/ec2/readings.ts';
import { authorizationDetails, users, userTags } from '../../../account/services/iam/readings.ts';
import { bucketsInView } from '../../../account/services/s3/buckets.ts';
import { bucketAcl, bucketPolicyStatus } from '../../../account/services/s3/readings.ts';
import { accountPublicAccessBlock } from '../../../account/services/s3control/readings.ts';
import { configFileAccounts, deliveredAccount, snapshotAccount } from '../../../account/snapshot/account.ts';
import type { ConfigFile } from '../../../account/snapshot/config-files.ts';
import { deliveredFiles, deliveredName } from '../../../account/snapshot/delivery.ts';
import { fileOf, historyKey, oversizedKey, snapshotKey } from '../../support/delivered.ts';
import {
  ACCOUNT,
  accountFolder,
  bucketItem,
  describedGroup,
  folderOf,
  gone,
  groupAndPort,
  groupItem,
  item,
  removeFolders,
} from './support.ts';

afterAll(removeFolders);

const GROUP = 'AWS::EC2::SecurityGroup';
const [EIGHT, NINE, TEN, ELEVEN] = ['08', '09', '10', '11'].map((hour) => `2026-11-28T${hour}:00:00Z`) as [
  string,
  string,
  string,
  string,
];
const at = (time: string, region = 'us-east-1') => ({ account: ACCOUNT, region, at: time });
const of = (time: string, region = 'us-east-1') => ({
  configurationItemCaptureTime: time,
  awsRegion: region,
});
const history = (time: string, type = GROUP, region = 'us-east-1') => historyKey(type, at(time, region));
const SNAPSHOT = snapshotKey(at(EIGHT));
const oversized = (time: string, id: string, type = GROUP, region = 'us-east-1') =>
  oversizedKey(type, id, at(time, region));
function userItem(id: string, time: string) {
  const userName = `user-${id}`;
  return item('AWS::IAM::User', id, {
    ...of(time, 'global'),
    configuration: { userName, arn: `arn:aws:iam::${ACCOUNT}:user/${userName}` },
  });
}
/** As it was changed weeks before the snapshot. */
const ITEMS = fileOf(
  groupItem('sg-a', 443, of('2026-11-01T00:00:00Z')),
  bucketItem('bk', of('2026-11-01T00:00:00Z')),
  userItem('AIDA1', '2026-11-01T00:00:00Z'),
);

/** Whose gzip ends early: some of its items can be read. */
const cut = (...items: readonly object[]) => fileOf(...items).subarray(0, -8);
const DENIED = 'denied';
type Delivered = Readonly<Record<string, Buffer | typeof DENIED>>;

/** The same files of a bucket. */
function ofBucket(files: Delivered) {
  const made = Object.entries(files).map(([path, content]): ConfigFile => {
    const said = deliveredName(path.slice(path.lastIndexOf('/') + 1));
    return {
      ...{ ...said, path, label: `s3://logs/${path}`, isDelivered: true },
      async *bytes() {
        if (content === DENIED) throw new LiveError('AccessDenied', `s3://logs/${path}: denied`);
        yield content;
      },
    };
  });
  return deliveredAccount(ACCOUNT, made, ['us-east-1', 'eu-west-1']);
}

/** In a folder as `aws s3 sync` leaves it. What may not be read is cut there. */
async function ofFolder(files: Delivered) {
  const there = Object.entries(files).map(([path, content]) => [
    // The helper compresses what ends in .gz.
    path.replace(/\.gz$/, ''),
    content === DENIED ? Buffer.from('\x1f\x8b no more gzip', 'latin1') : content,
  ]);
  const [account] = await configFileAccounts(
    (await deliveredFiles(await folderOf(Object.fromEntries(there)))) ?? [],
  );
  return account as NonNullable<typeof account>;
}

/** In a folder of the snapshot format. */
async function ofSnapshot(files: Delivered) {
  const there = Object.entries(files).map(([path, content]) => [
    `${deliveredName(path.slice(path.lastIndexOf('/') + 1))?.region}/config/${path.replace(/\.gz$/, '')}`,
    content === DENIED ? Buffer.from('\x1f\x8b no more gzip', 'latin1') : content,
  ]);
  return snapshotAccount(await accountFolder(Object.fromEntries(there)));
}

type Said = Record<'groups' | 'buckets' | 'users', string[]>;

/** What is known: `sg-a:443`; and what is not: `sg-a?`. */
async function saidOf({
  account,
}: Awaited<ReturnType<typeof ofFolder>> | ReturnType<typeof snapshotAccount>) {
  const groups = await partial(account.each(securityGroups, { region: 'us-east-1' }));
  const buckets = await partial(bucketsInView(account));
  const people = await partial(account.read(users));
  const unread = (errors: typeof groups.errors) =>
    errors.flatMap(({ about }) => (about && about.type !== 'AWS::::Account' ? [`${about.id}?`] : []));
  const said: Said = {
    groups: [...groups.values.map(groupAndPort), ...unread(groups.errors)].sort(),
    buckets: [...buckets.values.map(({ name }) => name), ...unread(buckets.errors)].sort(),
    users: [...people.values.map(({ id }) => id), ...unread(people.errors)].sort(),
  };
  return said;
}

const KNOWN: Said = { groups: ['sg-a:443'], buckets: ['bk'], users: ['AIDA1'] };
const cases: [situation: string, files: Delivered, said: Partial<Said>][] = [
  [
    'all can be read',
    { [history(TEN)]: fileOf(groupItem('sg-b', 22, of(TEN))) },
    { groups: ['sg-a:443', 'sg-b:22'] },
  ],
  ['a later history may not be read', { [history(TEN)]: DENIED }, { groups: ['sg-a?'] }],
  [
    'what is newer than the cut history is known',
    { [history(TEN)]: DENIED, [history(ELEVEN)]: fileOf(groupItem('sg-b', 22, of(ELEVEN))) },
    { groups: ['sg-a?', 'sg-b:22'] },
  ],
  [
    'what was there before is not known to be gone either',
    {
      [history(NINE)]: fileOf(groupItem('sg-a', 443, gone('ResourceDeleted', NINE))),
      [history(TEN)]: DENIED,
    },
    { groups: ['sg-a?'] },
  ],
  ['buckets', { [history(TEN, 'AWS::S3::Bucket')]: DENIED }, { buckets: ['bk?'] }],
  [
    'users, of whom another Region tells as well',
    { [history(TEN, 'AWS::IAM::User', 'eu-west-1')]: DENIED },
    { users: ['AIDA1?'] },
  ],
  [
    'an item that was too large for a message may not be read: no other is in its file',
    { [oversized(TEN, 'sg-b')]: DENIED },
    { groups: ['sg-a:443', 'sg-b?'] },
  ],
  ['… of what is known from before', { [oversized(TEN, 'sg-a')]: DENIED }, { groups: ['sg-a?'] }],
  [
    '… and a history is newer',
    { [oversized(TEN, 'sg-a')]: DENIED, [history(ELEVEN)]: fileOf(groupItem('sg-a', 22, of(ELEVEN))) },
    { groups: ['sg-a:22'] },
  ],
  [
    '… by which it is gone',
    {
      [oversized(TEN, 'bk', 'AWS::S3::Bucket')]: DENIED,
      [history(ELEVEN, 'AWS::S3::Bucket')]: fileOf(bucketItem('bk', gone('ResourceDeleted', ELEVEN))),
    },
    { buckets: [] },
  ],
  [
    'a user who was too large for a message, in AWS Config’s Region of them',
    { [oversized(TEN, 'AIDA1', 'AWS::IAM::User', 'global')]: DENIED },
    { users: ['AIDA1?'] },
  ],
  [
    'another user',
    { [oversized(TEN, 'AIDA2', 'AWS::IAM::User', 'global')]: fileOf(userItem('AIDA2', TEN)) },
    { users: ['AIDA1', 'AIDA2'] },
  ],
  ['the same type in another Region', { [history(TEN, GROUP, 'eu-west-1')]: DENIED }, {}],
  ['the snapshot of another Region', { [snapshotKey(at(TEN, 'eu-west-1'))]: DENIED }, {}],
];

describe.each([
  ['a bucket', ofBucket],
  ['a folder of its files', ofFolder],
  ['a snapshot folder', ofSnapshot],
])('%s: an item that is older than what cannot be read does not tell how its resource is now', (_, open) => {
  test.each(cases)('%s', async (_, files, said) => {
    expect(await saidOf(await open({ [SNAPSHOT]: ITEMS, ...files }))).toEqual({ ...KNOWN, ...said });
  });

  test('an item that lies in no Region’s folder, and the newer snapshot that may have it cannot be read', async () => {
    const user = 'AWS::IAM::User';
    const files: Delivered = {
      [oversized(NINE, 'AIDA1', user, 'global')]: fileOf(userItem('AIDA1', NINE)),
      [oversized(NINE, 'AIDA2', user, 'global')]: fileOf({
        ...userItem('AIDA2', NINE),
        configuration: undefined,
      }),
      [snapshotKey(at(TEN))]: DENIED,
    };
    expect(await saidOf(await open(files))).toEqual({
      ...{ groups: [], buckets: [] },
      users: ['AIDA1?', 'AIDA2?'],
    });
    const later = { [oversized(ELEVEN, 'AIDA1', user, 'global')]: fileOf(userItem('AIDA1', ELEVEN)) };
    expect((await saidOf(await open({ ...files, ...later }))).users).toEqual(['AIDA1', 'AIDA2?']);
    // Which Region's snapshots tell of users, another file of its may say.
    const elsewhere = {
      [snapshotKey(at(EIGHT, 'eu-west-1'))]: fileOf(userItem('AIDA3', '2026-11-01T00:00:00Z')),
    };
    expect((await saidOf(await open({ ...files, ...elsewhere }))).users).toEqual([
      ...['AIDA1', 'AIDA2?', 'AIDA3'],
    ]);
  });

  test('what lies in no Region’s folder is gone where a newer snapshot of its home does not show it', async () => {
    const user = 'AWS::IAM::User';
    const lost = { [oversized(NINE, 'AIDA2', user, 'global')]: fileOf(userItem('AIDA2', NINE)) };
    const shows = (time: string, ...ids: string[]) => ({
      [snapshotKey(at(time))]: fileOf(...ids.map((id) => userItem(id, '2026-11-01T00:00:00Z'))),
    });
    const usersOf = async (files: Delivered) => (await saidOf(await open(files))).users;
    expect(await usersOf({ ...lost, ...shows(TEN, 'AIDA1') })).toEqual(['AIDA1']);
    expect(await usersOf({ ...lost, ...shows(TEN, 'AIDA1', 'AIDA2') })).toEqual(['AIDA1', 'AIDA2']);
    expect(await usersOf({ ...lost, ...shows(EIGHT, 'AIDA1') })).toEqual(['AIDA1', 'AIDA2']);
    // The same item may lack its content where it lies alone.
    const bare = { ...userItem('AIDA2', NINE), configuration: undefined };
    const whole = { [snapshotKey(at(TEN))]: fileOf(userItem('AIDA2', NINE)) };
    expect(await usersOf({ ...whole, [oversized(NINE, 'AIDA2', user, 'global')]: fileOf(bare) })).toEqual([
      'AIDA2',
    ]);
    // Whether a Region that shows no users would show them, nobody knows.
    expect(await usersOf({ ...lost, ...shows(TEN) })).toEqual(['AIDA2?']);
    const other = { [snapshotKey(at(ELEVEN, 'eu-west-1'))]: fileOf() };
    expect(await usersOf({ ...lost, ...other, ...shows(EIGHT, 'AIDA1') })).toEqual(['AIDA1', 'AIDA2']);
  });

  test('the same of policies and the account’s own block', async () => {
    const policy = 'AWS::IAM::Policy';
    const policyItem = (id: string, time: string) =>
      item(policy, id, {
        ...of(time, 'global'),
        resourceName: id,
        configuration: {
          ...{ policyName: id, policyId: id, arn: `arn:aws:iam::${ACCOUNT}:policy/${id}`, path: '/' },
          defaultVersionId: 'v1',
          policyVersionList: [
            { document: '{"Statement":[]}', versionId: 'v1', isDefaultVersion: true, createDate: time },
          ],
        },
      });
    const blockItem = item('AWS::S3::AccountPublicAccessBlock', ACCOUNT, {
      ...of(NINE, 'global'),
      configuration: Object.fromEntries(
        ['blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'].map((name) => [
          ...[name, true],
        ]),
      ),
    });
    const files = {
      [oversized(NINE, 'ANPA2', policy, 'global')]: fileOf(policyItem('ANPA2', NINE)),
      [oversized(NINE, ACCOUNT, 'AWS::S3::AccountPublicAccessBlock', 'global')]: fileOf(blockItem),
    };
    const { account } = await open({
      ...files,
      [snapshotKey(at(TEN))]: fileOf(policyItem('ANPA1', '2026-11-01T00:00:00Z')),
    });
    const details = await account.read(authorizationDetails);
    expect([...details.policies.values()].map(({ id }) => id)).toEqual(['ANPA1']);
    expect(details.broken.map(({ id }) => id)).toEqual([]);
    await expect(account.read(accountPublicAccessBlock)).rejects.toMatchObject({
      code: 'Malformed',
      message: expect.stringMatching(
        /ConfigSnapshot.*: does not show .* at 2026-11-28T09:00:00.000Z: it may be gone$/,
      ),
    });
    const before = await open({ ...files, [snapshotKey(at(EIGHT))]: fileOf() });
    expect(await before.account.read(accountPublicAccessBlock)).toMatchObject({ ignorePublicAcls: true });
  });

  test('the snapshot itself is cut: histories after it count', async () => {
    const files = {
      [SNAPSHOT]: DENIED,
      [history(TEN)]: fileOf(groupItem('sg-b', 22, of('2026-11-28T07:30:00Z'))),
    };
    expect((await saidOf(await open(files as Delivered))).groups).toEqual(['sg-b:22']);
  });
});

test('what a cut history says itself may be older than what it goes on with', async () => {
  // Of a small file on disk nothing is inflated where it is cut.
  const items = [groupItem('sg-b', 22, of(NINE)), groupItem('sg-c', 22, of(TEN))];
  expect(await saidOf(await ofBucket({ [SNAPSHOT]: ITEMS, [history(TEN)]: cut(...items) }))).toEqual({
    ...KNOWN,
    groups: ['sg-a?', 'sg-b?', 'sg-c:22'],
  });
});

test('each says which file it is, and of when the item is', async () => {
  const found = await ofBucket({ [SNAPSHOT]: ITEMS, [history(TEN, 'AWS::S3::Bucket')]: DENIED });
  await expect(found.account.read(bucketAcl, { id: 'bk' })).rejects.toMatchObject({
    code: 'AccessDenied',
    message: expect.stringMatching(
      /ConfigHistory_AWS::S3::Bucket.*: denied; what AWS Config recorded before it of AWS::S3::Bucket bk, at 2026-11-01T00:00:00.000Z, may be outdated$/,
    ),
  });
  expect(found.times).toEqual(new Map([['us-east-1', new Date(EIGHT)]]));
});

describe('a snapshot folder with the snapshots of several days', () => {
  const DAYS_AGO = '2026-11-20T08:00:00Z';
  const LONG_AGO = of('2026-11-01T00:00:00Z');
  const before = [
    ...[groupItem('sg-a', 443, LONG_AGO), groupItem('sg-gone', 22, LONG_AGO)],
    ...[bucketItem('bk', LONG_AGO), bucketItem('bk-gone', LONG_AGO)],
    ...[
      userItem('AIDA1', LONG_AGO.configurationItemCaptureTime),
      userItem('AIDA9', LONG_AGO.configurationItemCaptureTime),
    ],
  ];
  const old = { [snapshotKey(at(DAYS_AGO))]: fileOf(...before) };
  test.each<[situation: string, files: Delivered, said: Partial<Said>]>([
    ['shows nothing that the newest does not show', { [SNAPSHOT]: ITEMS }, {}],
    [
      '… nor does a history before it',
      {
        [SNAPSHOT]: ITEMS,
        [history('2026-11-21T08:00:00Z')]: fileOf(groupItem('sg-gone', 22, of('2026-11-21T08:00:00Z'))),
      },
      {},
    ],
    [
      '… but a history after it',
      {
        [SNAPSHOT]: ITEMS,
        [history(TEN)]: fileOf(groupItem('sg-b', 22, of(TEN)), groupItem('sg-a', 22, of(TEN))),
      },
      { groups: ['sg-a:22', 'sg-b:22'] },
    ],
    [
      'shows what the newest has nothing of the type of',
      { [SNAPSHOT]: fileOf(groupItem('sg-a', 443, LONG_AGO)) },
      { buckets: ['bk', 'bk-gone'], users: ['AIDA1', 'AIDA9'] },
    ],
    [
      'shows its own Region, whatever another has',
      {
        [SNAPSHOT]: ITEMS,
        [snapshotKey(at(DAYS_AGO, 'eu-west-1'))]: fileOf(bucketItem('far', of(DAYS_AGO, 'eu-west-1'))),
      },
      { buckets: ['bk', 'far'] },
    ],
    [
      'does not tell how things are where the newest cannot be read',
      { [SNAPSHOT]: DENIED },
      {
        groups: ['sg-a?', 'sg-gone?'],
        buckets: ['bk-gone?', 'bk?'],
        users: ['AIDA1?', 'AIDA9?'],
      },
    ],
  ])('%s', async (_, files, said) => {
    expect(await saidOf(await ofSnapshot({ ...files, ...old }))).toEqual({ ...KNOWN, ...said });
    expect(await saidOf(await ofSnapshot({ ...old, ...files }))).toEqual({ ...KNOWN, ...said });
  });

  test('what was deleted before the newest is gone from what was printed before', async () => {
    const deleted = groupItem('sg-gone', 22, {
      ...of(DAYS_AGO),
      ...gone('ResourceDeleted', '2026-11-21T08:00:00Z'),
    });
    const folder = {
      'collected.json': { collectedAt: DAYS_AGO },
      'us-east-1/ec2/describe-security-groups.json': { SecurityGroups: [describedGroup('sg-gone', 443)] },
    };
    const there = Object.entries({
      ...old,
      [SNAPSHOT]: ITEMS,
      [history('2026-11-21T08:00:00Z')]: fileOf(deleted),
    });
    const named = there.map(([path, bytes]) => [`us-east-1/config/${path.replace(/\.gz$/, '')}`, bytes]);
    const found = snapshotAccount(await accountFolder({ ...folder, ...Object.fromEntries(named) }));
    expect((await saidOf(found)).groups).toEqual(['sg-a:443']);
  });
});

describe('a snapshot folder: what AWS answered before a file that cannot be read does not tell how its resource is now', () => {
  const SAID = {
    'collected.json': { collectedAt: NINE },
    'us-east-1/ec2/describe-security-groups.json': {
      SecurityGroups: [describedGroup('sg-a', 443), describedGroup('sg-b', 443)],
    },
    'global/s3api/list-buckets.json': {
      Buckets: ['bk', 'far'].map((Name) => ({ Name, CreationDate: EIGHT })),
    },
    'global/s3api/get-bucket-location/far.json': { LocationConstraint: 'eu-west-1' },
    'global/s3api/get-bucket-location/bk.json': { LocationConstraint: null },
    'global/s3api/get-bucket-policy-status/bk.json': { PolicyStatus: { IsPublic: false } },
    ...Object.fromEntries(
      ['bk', 'far'].map((name) => [`global/s3api/get-bucket-acl/${name}.json`, { Owner: {}, Grants: [] }]),
    ),
    'global/iam/list-users.json': {
      Users: [{ UserName: 'user', UserId: 'AIDA1', Arn: `arn:aws:iam::${ACCOUNT}:user/user`, Path: '/' }],
    },
    'global/iam/list-user-tags/user.json': { Tags: [] },
    'us-east-1/cloudtrail/describe-trails.json': {
      trailList: ['us-east-1', 'eu-west-1'].map((HomeRegion) => ({
        ...{ Name: `of-${HomeRegion}`, TrailARN: `arn:aws:cloudtrail:${HomeRegion}:${ACCOUNT}:trail/t` },
        ...{ HomeRegion, S3BucketName: 'bk', IsMultiRegionTrail: true, IsOrganizationTrail: false },
      })),
    },
    'us-east-1/ec2/get-managed-prefix-list-entries/pl-1.json': { Entries: [{ Cidr: '10.0.0.0/8' }] },
    'global/s3control/get-public-access-block.json': {
      PublicAccessBlockConfiguration: {
        ...{ BlockPublicAcls: true, IgnorePublicAcls: true },
        ...{ BlockPublicPolicy: true, RestrictPublicBuckets: true },
      },
    },
  };
  const region = 'us-east-1';
  /** What does not tell any more. */
  async function outdatedIn(files: Delivered) {
    const there = Object.entries(files).map(([path, content]) => {
      const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.gz$/, '');
      const folder = deliveredName(name)?.region ?? region;
      return [`${folder}/config/${name}`, content === DENIED ? '{' : content];
    });
    const found = snapshotAccount(
      await accountFolder({ ...SAID, 'eu-west-1/x': '', ...Object.fromEntries(there) }),
    );
    const ask = async (name: string, reading: Promise<unknown>) => {
      const errors = await reading.then(
        () => [],
        (error) => error.errors ?? [error],
      );
      const ids = errors.flatMap((error: AccountError) =>
        error.about?.type === 'AWS::::Account' && error.about.id === ACCOUNT && name !== 'block'
          ? []
          : [error.about?.id],
      );
      expect(
        errors.map(({ code }: AccountError) => code).filter((code: string) => code !== 'Malformed'),
      ).toEqual([]);
      return ids.map((id: string) => `${name} ${id}`);
    };
    const { account } = found;
    return (
      await Promise.all([
        ask('group', account.read(securityGroups, { region })),
        ask('acl', account.read(bucketAcl, { id: 'bk' })),
        ask('acl', account.read(bucketAcl, { id: 'far' })),
        ask('status', account.read(bucketPolicyStatus, { id: 'bk' })),
        ask('user', account.read(users)),
        ask('tags', account.read(userTags, { id: 'user' })),
        ask('trail', account.read(trails, { region })),
        ask('list', account.read(prefixListEntries, { id: 'pl-1', region })),
        ask('block', account.read(accountPublicAccessBlock)),
      ])
    )
      .flat()
      .sort();
  }
  const GROUPS = ['group sg-a', 'group sg-b'];
  const BUCKETS = ['acl bk', 'status bk'];
  const USERS = ['tags AIDA1', 'user AIDA1'];
  const BLOCK = [`block ${ACCOUNT}`];
  const all = [
    'acl bk',
    ...BLOCK,
    ...GROUPS,
    'list pl-1',
    'status bk',
    'tags AIDA1',
    'trail of-us-east-1',
    'user AIDA1',
  ];
  const late: [situation: string, files: Delivered, outdated: string[]][] = [
    ['a history of groups', { [history(TEN)]: DENIED }, GROUPS],
    ['… that is older', { [history(EIGHT)]: DENIED }, []],
    ['… of another Region', { [history(TEN, GROUP, 'eu-west-1')]: DENIED }, []],
    [
      '… after which an item is newer',
      { [history(TEN)]: DENIED, [history(ELEVEN)]: fileOf(groupItem('sg-a', 22, of(ELEVEN))) },
      ['group sg-b'],
    ],
    [
      '… before a snapshot that shows a group unchanged since before the answer',
      { [history(TEN)]: DENIED, [snapshotKey(at(ELEVEN))]: fileOf(groupItem('sg-a', 443, of(EIGHT))) },
      ['group sg-b'],
    ],
    ['one group', { [oversized(TEN, 'sg-b')]: DENIED }, ['group sg-b']],
    ['a history of buckets', { [history(TEN, 'AWS::S3::Bucket')]: DENIED }, BUCKETS],
    ['… of another Region', { [history(TEN, 'AWS::S3::Bucket', 'eu-west-1')]: DENIED }, ['acl far']],
    ['one bucket', { [oversized(TEN, 'far', 'AWS::S3::Bucket', 'eu-west-1')]: DENIED }, ['acl far']],
    ['a history of users, of any Region', { [history(TEN, 'AWS::IAM::User', 'eu-west-1')]: DENIED }, USERS],
    ['one user', { [oversized(TEN, 'AIDA1', 'AWS::IAM::User', 'global')]: DENIED }, USERS],
    ['another user', { [oversized(TEN, 'AIDA2', 'AWS::IAM::User', 'global')]: DENIED }, ['user AIDA2']],
    ['a history of trails', { [history(TEN, 'AWS::CloudTrail::Trail')]: DENIED }, ['trail of-us-east-1']],
    [
      '… of another Region, which a trail is at home in',
      { [history(TEN, 'AWS::CloudTrail::Trail', 'eu-west-1')]: DENIED },
      ['trail of-eu-west-1'],
    ],
    ['a history of prefix lists', { [history(TEN, 'AWS::EC2::PrefixList')]: DENIED }, ['list pl-1']],
    [
      'a history of the account’s block',
      { [history(TEN, 'AWS::S3::AccountPublicAccessBlock')]: DENIED },
      BLOCK,
    ],
    ['a history of what no item tells a rule of', { [history(TEN, 'AWS::RDS::DBInstance')]: DENIED }, []],
    ['a snapshot', { [snapshotKey(at(TEN))]: DENIED }, all],
    [
      '… of a Region that does not tell of users, because another does',
      {
        [snapshotKey(at(EIGHT))]: fileOf(userItem('AIDA1', '2026-11-01T00:00:00Z')),
        [snapshotKey(at(TEN, 'eu-west-1'))]: DENIED,
      },
      ['acl far', ...BLOCK, 'trail of-eu-west-1'],
    ],
    [
      '… beside a user who was too large for a message, which does not say whose snapshots tell of users',
      {
        [oversized(EIGHT, 'AIDA9', 'AWS::IAM::User', 'global')]: fileOf(userItem('AIDA9', EIGHT)),
        [snapshotKey(at(TEN))]: DENIED,
      },
      [...all, 'user AIDA9'],
    ],
    ['… that is older', { [snapshotKey(at(EIGHT))]: DENIED }, []],
    ['a file of which nobody knows when it is of', { 'mine.json': DENIED }, all],
  ];
  test.each(late)('%s', async (_, files, outdated) => {
    expect(await outdatedIn(files)).toEqual(outdated.toSorted());
  });
});
