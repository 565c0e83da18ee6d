import { partial } from '../../../account/errors.ts';
import { LiveError } from '../../../account/live/failures.ts';
import { securityGroups } from '../../../account/services/ec2/readings.ts';
import { users } from '../../../account/services/iam/readings.ts';
import { bucketsInView } from '../../../account/services/s3/buckets.ts';
import { bucketAcl } from '../../../account/services/s3/readings.ts';
import { configFileAccounts, deliveredAccount, snapshotAccount } from '../../../account/snapshot/account.ts';
import type { ConfigFile } from '../../../account/snapshot/config-files.ts';
import { deliveredFiles, deliveredName } from '../../../account/snapshot/delivery.ts';
import { fileOf, historyKey, snapshotKey } from '../../support/delivered.ts';
import {
  ACCOUNT,
  accountFolder,
  bucketItem,
  folderOf,
  gone,
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
/** As it was changed weeks before the snapshot. */
const ITEMS = fileOf(
  groupItem('sg-a', 443, of('2026-11-01T00:00:00Z')),
  bucketItem('bk', of('2026-11-01T00:00:00Z')),
  item('AWS::IAM::User', 'AIDA1', {
    ...of('2026-11-01T00:00:00Z', 'global'),
    configuration: { userName: 'user', arn: `arn:aws:iam::${ACCOUNT}:user/user` },
  }),
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
    groups: [
      ...groups.values.map(({ id, ingress }) => `${id}:${ingress[0]?.fromPort}`),
      ...unread(groups.errors),
    ].sort(),
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
