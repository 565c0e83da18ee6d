import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { partial } from '../../../account/errors.ts';
import { LiveError } from '../../../account/live/failures.ts';
import { securityGroups } from '../../../account/services/ec2/readings.ts';
import { users } from '../../../account/services/iam/readings.ts';
import { buckets } from '../../../account/services/s3/readings.ts';
import { deliveredAccount } from '../../../account/snapshot/account.ts';
import { accountsIn, type Bucket, deliveredIn } from '../../../account/snapshot/bucket.ts';
import { deliveredFiles } from '../../../account/snapshot/delivery.ts';
import { deliveryPlace } from '../../../account/snapshot/delivery-place.ts';
import { bucketOf, fileOf, historyKey, oversizedKey, snapshotKey } from '../../support/delivered.ts';
import { ACCOUNT, folderOf, groupItem, item, listed, listedUntil, removeFolders } from './support.ts';

afterAll(removeFolders);

const NOW = new Date('2026-11-28T12:00:00Z');
const GROUP = 'AWS::EC2::SecurityGroup';
const at = (time: string, region = 'us-east-1') => ({ account: ACCOUNT, region, at: time });

const FILE = fileOf();
const named = (...keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, FILE]));

async function find(keys: readonly string[], now = NOW) {
  const { bucket, asked } = bucketOf(named(...keys));
  const [account] = await accountsIn(bucket, { prefix: '' });
  const { files } = await deliveredIn(account as NonNullable<typeof account>, { now });
  const paths = files.map(({ path }) => path.slice('s3://logs/'.length)).sort();
  return { paths, lists: asked.length, files };
}

test.each<[url: string, place: ReturnType<typeof deliveryPlace>]>([
  ['', { prefix: '' }],
  ['central/config/', { prefix: 'central/config/' }],
  ['central/AWSLogs', { prefix: 'central/' }],
  ['AWSLogs/o-abc123', { prefix: '', organization: 'o-abc123' }],
  [`AWSLogs/${ACCOUNT}/`, { prefix: '', accountId: ACCOUNT }],
  [
    `p/AWSLogs/o-abc123/${ACCOUNT}/Config/eu-west-1`,
    { prefix: 'p/', organization: 'o-abc123', accountId: ACCOUNT, region: 'eu-west-1' },
  ],
  [`AWSLogs/${ACCOUNT}/CloudTrail`, undefined],
  [`AWSLogs/${ACCOUNT}/Config/eu-west-1/2026/11`, undefined],
  ['AWSLogs/1234', undefined],
])('%s is a place', (key, place) => {
  expect(deliveryPlace(key)).toEqual(place);
});

test("accounts are found below AWSLogs/, those of organizations among them, and in AWS Control Tower's bucket", async () => {
  const other = '444455556666';
  const keys = [
    `AWSLogs/${ACCOUNT}/Config/ConfigWritabilityCheckFile`,
    `AWSLogs/o-abc123/${other}/Config/us-east-1/2026/11/1/x`,
    `AWSLogs/o-abc123/${ACCOUNT}/Config/us-east-1/2026/11/1/x`,
    'AWSLogs/aws-service/x',
  ];
  const { bucket, asked } = bucketOf(named(...keys));
  const accounts = await accountsIn(bucket, { prefix: '' });
  expect(accounts.map(({ accountId, roots }) => [accountId, roots.map(({ key }) => key)])).toEqual([
    [ACCOUNT, [`AWSLogs/${ACCOUNT}/Config/`, `AWSLogs/o-abc123/${ACCOUNT}/Config/`]],
    [other, [`AWSLogs/o-abc123/${other}/Config/`]],
  ]);
  expect(asked).toEqual(['AWSLogs/', 'AWSLogs/o-abc123/', '']);

  const tower = bucketOf(named(`o-abc123/AWSLogs/${ACCOUNT}/Config/us-east-1/2026/11/1/x`));
  expect(await accountsIn(tower.bucket, { prefix: '' })).toMatchObject([
    { roots: [{ key: `o-abc123/AWSLogs/${ACCOUNT}/Config/` }] },
  ]);
  const both = bucketOf(
    named(`AWSLogs/${other}/Config/x`, `o-abc123/AWSLogs/${ACCOUNT}/Config/x`, 'AWSLogs/o-abc123/x'),
  );
  const found = await accountsIn(both.bucket, { prefix: '' });
  expect(found.map(({ accountId }) => accountId)).toEqual([ACCOUNT, other]);
});

test('that folders beside AWSLogs/ may not be listed is said, and not hidden by an empty list', async () => {
  const { bucket } = bucketOf(named(`AWSLogs/${ACCOUNT}/Config/x`));
  const denied = new LiveError('AccessDenied', 'no');
  const narrow = (allowed: boolean): Bucket => ({
    ...bucket,
    list: async (prefix, level) => {
      if (prefix === '') throw denied;
      return allowed ? bucket.list(prefix, level) : { folders: [], objects: [] };
    },
  });
  const unlisted = jest.fn();
  expect(await accountsIn(narrow(true), { prefix: '' }, unlisted)).toHaveLength(1);
  expect(unlisted).toHaveBeenCalledWith(denied);
  await expect(accountsIn(narrow(false), { prefix: '' }, unlisted)).rejects.toBe(denied);
});

test('a bucket without AWSLogs/ is said to have something else', async () => {
  const { bucket } = bucketOf(named('config/AWSLogs/x', 'notes.txt'));
  await expect(accountsIn(bucket, { prefix: '' })).rejects.toMatchObject({
    code: 'NotASnapshot',
    message: expect.stringContaining('found config/, notes.txt. Give the prefix'),
  });
});

const history = (time: string, type = GROUP) => historyKey(type, at(time));
const snapshot = (time: string) => snapshotKey(at(time));

test.each<[situation: string, lists: number, wanted: string[], others: string[]]>([
  // The account, organizations beside it and its Regions are three lists: the fourth is of the day itself.
  [
    'today',
    4,
    [snapshot('2026-11-28T08:00:00Z'), history('2026-11-28T10:00:00Z')],
    [history('2026-11-28T06:00:00Z'), snapshot('2026-11-27T08:00:00Z')],
  ],
  [
    'yesterday',
    5,
    [snapshot('2026-11-27T20:00:00Z'), history('2026-11-27T23:00:00Z'), history('2026-11-28T03:00:00Z')],
    [history('2026-11-27T19:00:00Z')],
  ],
  ['right after midnight', 5, [snapshot('2026-11-28T00:10:00Z')], [history('2026-11-27T23:00:00Z')]],
  [
    'the newest of several',
    4,
    [snapshot('2026-11-28T11:00:00Z')],
    [snapshot('2026-11-28T09:00:00Z'), history('2026-11-28T10:00:00Z')],
  ],
  [
    'in another month',
    9,
    [snapshot('2026-10-30T08:00:00Z')],
    [snapshot('2026-10-29T08:00:00Z')].concat(snapshot('2026-02-03T08:00:00Z')),
  ],
  [
    'not what is later than now',
    4,
    [snapshot('2026-11-28T08:00:00Z')],
    [snapshot('2026-11-28T12:30:00Z'), history('2026-11-28T13:00:00Z')],
  ],
  [
    'an item that is too large for a history',
    4,
    [snapshot('2026-11-28T08:00:00Z'), oversizedKey(GROUP, 'sg-1', at('2026-11-28T09:00:00Z'))],
    [],
  ],
])('the snapshot is found: %s', async (_, lists, wanted, others) => {
  const found = await find([...wanted, ...others, `AWSLogs/${ACCOUNT}/Config/ConfigWritabilityCheckFile`]);
  expect(found.paths).toEqual([...wanted].sort());
  expect(found.lists).toBe(lists);
});

test.each([
  ['years ago', '2023-12-09T08:00:00Z', '2023-12-09T23:59:59Z'],
  ['32 days ago', '2026-10-26T08:00:00Z', '2026-10-26T23:59:59Z'],
])(
  'a Region whose newest file is of %s says nothing of now, and is judged as of then',
  async (_, time, then) => {
    const { files } = await find([snapshot(time)]);
    expect(files).toHaveLength(1);
    await expect(
      deliveredAccount(ACCOUNT, files, ['us-east-1']).then(({ account }) =>
        listed(account.each(securityGroups, { region: 'us-east-1' })),
      ),
    ).rejects.toMatchObject({
      code: 'NoSnapshot',
      message: expect.stringContaining(`--now ${then} judges by that`),
    });
    expect((await find([snapshot(time)], new Date(then))).paths).toEqual([snapshot(time)]);
  },
);

test('a Region that has its snapshot below another prefix lacks none', async () => {
  const later = { ...at('2026-11-28T10:00:00Z'), above: 'p/AWSLogs/' };
  const { bucket } = bucketOf(named(snapshot('2026-11-28T08:00:00Z'), historyKey(GROUP, later)));
  const both = await Promise.all(['', 'p/'].map((prefix) => accountsIn(bucket, { prefix })));
  const roots = both.flat().flatMap((account) => account.roots);
  const { files } = await deliveredIn({ accountId: ACCOUNT, roots }, { now: NOW });
  expect(files.map(({ isAbsent }) => isAbsent)).toEqual([undefined, undefined]);
});

test('files of a later day than now are not even listed', async () => {
  const kept = snapshot('2026-10-31T08:00:00Z');
  const { paths } = await find(
    [kept, snapshot('2026-11-02T08:00:00Z'), snapshot('2027-01-02T08:00:00Z')],
    new Date('2026-10-31T12:00:00Z'),
  );
  expect(paths).toEqual([kept]);
});

test('a Region without a snapshot is one of which something is missing, and its histories count', async () => {
  const bytes = fileOf(groupItem('sg-1', 22));
  const { bucket } = bucketOf({
    [history('2026-11-28T10:00:00Z')]: bytes,
    [history('2026-10-01T10:00:00Z')]: FILE,
  });
  const [account] = await accountsIn(bucket, { prefix: '' });
  const { files } = await deliveredIn(account as NonNullable<typeof account>, { now: NOW });
  expect(files).toHaveLength(2);
  const found = await deliveredAccount(ACCOUNT, files, ['us-east-1']);
  const { values, error } = await listedUntil(found.account.each(securityGroups, { region: 'us-east-1' }));
  expect(values).toMatchObject([{ id: 'sg-1' }]);
  expect(error).toMatchObject({
    code: 'NoSnapshot',
    message: expect.stringContaining(`no snapshot of account ${ACCOUNT} in us-east-1 in the 31 days before`),
  });
  expect(found.isCut).toBe(true);
});

test('histories of types of which no rule reads the items are not read, but known to be there', async () => {
  const key = history('2026-11-28T10:00:00Z', 'AWS::RDS::DBInstance');
  const { bucket, asked } = bucketOf(named(snapshot('2026-11-28T08:00:00Z'), key));
  const [account] = await accountsIn(bucket, { prefix: '' });
  const { files } = await deliveredIn(account as NonNullable<typeof account>, { now: NOW });
  const { resourceTypes, account: judged } = await deliveredAccount(ACCOUNT, files, ['us-east-1']);
  expect([...resourceTypes]).toEqual(['AWS::RDS::DBInstance']);
  expect(judged.regions).toEqual(['us-east-1']);
  expect(asked).not.toContain(key);
});

describe('a Region that AWS Config delivers nothing of any more', () => {
  const user = (time: string) =>
    item('AWS::IAM::User', 'AIDA1', {
      ...{ awsRegion: 'global', configurationItemCaptureTime: time },
      configuration: { userName: 'u', arn: `arn:aws:iam::${ACCOUNT}:user/u` },
    });
  const LONG_AGO = '2026-03-01T08:00:00Z';
  const OLD = { [snapshotKey(at(LONG_AGO, 'eu-west-1'))]: fileOf(user(LONG_AGO), groupItem('sg-1', 22)) };
  const TODAY = snapshot('2026-11-28T08:00:00Z');
  const open = [
    [
      'in a bucket',
      async (keys: Readonly<Record<string, Buffer>>) => {
        const [account] = await accountsIn(bucketOf(keys).bucket, { prefix: '' });
        return (await deliveredIn(account as NonNullable<typeof account>, { now: NOW })).files;
      },
    ],
    [
      'in a copy of it',
      async (keys: Readonly<Record<string, Buffer>>) => {
        const files = Object.entries(keys).map(([key, bytes]) => [key.replace(/\.gz$/, ''), bytes]);
        return (await deliveredFiles(await folderOf(Object.fromEntries(files)), NOW)) ?? [];
      },
    ],
  ] as const;

  test.each(open)(
    '%s costs nobody the users, where the snapshot of another tells of them',
    async (_, filesOf) => {
      const told = { ...OLD, [TODAY]: fileOf(user('2026-11-01T00:00:00Z')) };
      const { account } = await deliveredAccount(ACCOUNT, await filesOf(told), ['us-east-1', 'eu-west-1']);
      expect(await account.read(users)).toMatchObject([{ id: 'AIDA1' }]);
      // What lies in the Region itself is not known all the same.
      const lost = { code: 'NoSnapshot', about: expect.anything() };
      await expect(account.read(securityGroups, { region: 'eu-west-1' })).rejects.toMatchObject({
        errors: [lost],
      });
      await expect(account.read(buckets)).rejects.toMatchObject({
        errors: expect.arrayContaining([expect.objectContaining(lost)]),
      });
    },
  );

  test.each([
    ['that shows none', { [TODAY]: fileOf(groupItem('sg-1', 22)) }],
    ['that is cut', { [TODAY]: fileOf(user('2026-11-01T00:00:00Z')).subarray(0, -8) }],
    [
      'its own history tells of users, too',
      {
        [TODAY]: fileOf(user('2026-11-01T00:00:00Z')),
        [historyKey('AWS::IAM::User', at('2026-11-27T08:00:00Z', 'eu-west-1'))]: fileOf(
          user('2026-11-27T08:00:00Z'),
        ),
      },
    ],
  ])('… and it costs them where %s', async (_, told) => {
    for (const [, filesOf] of open) {
      const files = await filesOf({ ...OLD, ...told });
      const { account } = await deliveredAccount(ACCOUNT, files, ['us-east-1', 'eu-west-1']);
      const { errors } = await partial(account.read(users));
      expect(errors.map(({ code }) => code)).toContain('NoSnapshot');
    }
  });
});

describe('days with a zero before them, which AWS Config does not write and people do', () => {
  const now = new Date('2026-09-08T12:00:00Z');
  const padded = (key: string, to: string) => key.replace(/\/2026\/9\/(\d)\//, `/2026/${to}/`);
  const [MONDAY, TUESDAY] = ['2026-09-07T08:00:00Z', '2026-09-08T08:00:00Z'] as const;
  test.each([
    ['today', [padded(snapshot(TUESDAY), '09/08')]],
    ['today, beside yesterday without', [padded(snapshot(TUESDAY), '09/08'), snapshot(MONDAY)]],
    ['yesterday, before today without', [snapshot(TUESDAY), padded(snapshot(MONDAY), '09/07')]],
    ['a history after it', [snapshot(MONDAY), padded(historyKey(GROUP, at(TUESDAY)), '09/08')]],
    ['the day alone', [padded(snapshot(MONDAY), '9/07')]],
    ['the month alone', [padded(snapshot(MONDAY), '09/7')]],
    ['days ago', [padded(snapshot('2026-09-01T08:00:00Z'), '09/01')]],
    [
      'days ago, both',
      [snapshot('2026-09-02T08:00:00Z'), padded(historyKey(GROUP, at('2026-09-03T08:00:00Z')), '09/03')],
    ],
  ])('%s', async (_, keys) => {
    const copy = await folderOf(Object.fromEntries(keys.map((key) => [key.replace(/\.gz$/, ''), FILE])));
    const there = (await deliveredFiles(copy, now))?.map(({ path }) => path.slice(copy.length + 1)) ?? [];
    expect((await find(keys, now)).paths.map((path) => path.replace(/\.gz$/, ''))).toEqual(there.sort());
  });
});

test('items of IAM’s that were too large for a message lie in a Region of their own, which lacks no snapshot', async () => {
  const key = oversizedKey('AWS::IAM::User', 'AIDA1', at('2026-11-20T10:00:00Z', 'global'));
  const configurationItem = item('AWS::IAM::User', 'AIDA1', {
    awsRegion: 'global',
    configuration: { userName: 'u', arn: 'a' },
  });
  const bytes = gzipSync(JSON.stringify({ configurationItem }));
  const file = fileOf({ ...configurationItem, configurationItemCaptureTime: '2026-10-01T00:00:00Z' });
  const { bucket } = bucketOf({ [snapshot('2026-11-28T08:00:00Z')]: file, [key]: bytes });
  const [account] = await accountsIn(bucket, { prefix: '' });
  const { files } = await deliveredIn(account as NonNullable<typeof account>, { now: NOW });
  expect(files.map(({ path }) => path.slice('s3://logs/'.length)).sort()).toEqual(
    [key, snapshot('2026-11-28T08:00:00Z')].sort(),
  );
  const found = await deliveredAccount(ACCOUNT, files, ['us-east-1']);
  expect(await found.account.read(users)).toMatchObject([{ id: 'AIDA1' }]);
  expect(found.account.regions).toEqual(['us-east-1']);
  expect([...found.times.keys()]).toEqual(['us-east-1']);
});

/** Reads that fail from the so-manieth on. */
async function breaking(reads: number) {
  const key = snapshot('2026-11-28T08:00:00Z');
  // Too large to be held: each look asks for it again.
  const bytes = fileOf(groupItem('sg-1', 22));
  const { bucket } = bucketOf({ [key]: bytes });
  let done = 0;
  const unsteady: Bucket = {
    ...bucket,
    list: async (prefix, level) => {
      const { folders, objects } = await bucket.list(prefix, level);
      return { folders, objects: objects.map((one) => ({ ...one, size: 1e9 })) };
    },
    async *read(object) {
      if (++done > reads) throw new LiveError('PreconditionFailed', `s3://logs/${object.key}: was replaced`);
      yield* bucket.read(object);
    },
  };
  const [account] = await accountsIn(unsteady, { prefix: '' });
  const { files } = await deliveredIn(account as NonNullable<typeof account>, { now: NOW });
  const found = await deliveredAccount(ACCOUNT, files, ['us-east-1']);
  return listedUntil(found.account.each(securityGroups, { region: 'us-east-1' }));
}

test.each([
  [0, [], 'PreconditionFailed'],
  [1, [], 'PreconditionFailed'],
  [2, ['sg-1'], undefined],
])('a file that can be read %i times is never a list without problems', async (reads, ids, code) => {
  const { values, error } = await breaking(reads);
  expect(values.map(({ id }) => id)).toEqual(ids);
  expect((error as { code?: string } | undefined)?.code).toBe(code);
});

test('whatever days there are, the newest snapshot before now is found, with all that came after it', async () => {
  const hours = fc.integer({ min: -24 * 40, max: 48 });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(hours, { maxLength: 12 }),
      fc.uniqueArray(hours, { maxLength: 12 }),
      async (snapshots, histories) => {
        const timeOf = (hour: number) => new Date(NOW.getTime() + hour * 3_600_000).toISOString();
        const past = (all: readonly number[]) => all.filter((hour) => hour <= 0);
        const keys = [
          ...snapshots.map((hour) => snapshot(timeOf(hour))),
          ...histories.map((hour) => history(timeOf(hour))),
        ];
        if (keys.length === 0) return;
        const { paths } = await find(keys);
        const newest = Math.max(...past(snapshots));
        const later = past(histories).filter((hour) => hour >= newest);
        const isNear = Number.isFinite(newest) && newest >= -24 * 30;
        if (!isNear) return;
        expect(paths).toEqual(
          [snapshot(timeOf(newest)), ...later.map((hour) => history(timeOf(hour)))].sort(),
        );
      },
    ),
  );
});

test('a Region that was to be delivered of, and has nothing, is an error of it, unless nothing is there at all', async () => {
  const { bucket } = bucketOf(named(snapshot('2026-11-28T08:00:00Z')));
  const [account] = await accountsIn(bucket, { prefix: '' });
  const regions = ['us-east-1', 'eu-west-1'];
  const { files } = await deliveredIn(account as NonNullable<typeof account>, { now: NOW, regions });
  const absent = files.filter(({ isAbsent }) => isAbsent);
  expect(absent.map(({ region }) => region)).toEqual(['eu-west-1']);
  await expect(listed(absent[0]?.bytes?.() ?? (async function* () {})())).rejects.toMatchObject({
    code: 'NoSnapshot',
    message: expect.stringContaining(`Config/eu-west-1/: no snapshot of account ${ACCOUNT} in eu-west-1`),
  });
  const others = bucketOf(named(`AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/x`));
  const [other] = await accountsIn(others.bucket, { prefix: '' });
  expect(await deliveredIn(other as NonNullable<typeof other>, { now: NOW, regions })).toEqual({
    files: [],
    isDelivering: false,
  });
});
