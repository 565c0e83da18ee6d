import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { partial } from '../../../account/errors.ts';
import { securityGroups } from '../../../account/services/ec2/readings.ts';
import { bucketsInView } from '../../../account/services/s3/buckets.ts';
import { bucketAcl, bucketPolicy } from '../../../account/services/s3/readings.ts';
import { snapshotAccount } from '../../../account/snapshot/account.ts';
import { setLimits } from '../../../account/snapshot/limits.ts';
import {
  ACCOUNT,
  accountFolder,
  bucketItem,
  COLLECTED,
  CONFIG,
  DESCRIBED,
  describedGroup,
  type Files,
  gone,
  groupAndPort,
  groupItem,
  LATER,
  listed,
  NEWER,
  OLDER,
  removeFolders,
  snapshotFile,
} from './support.ts';

afterAll(removeFolders);

const open = async (files: Files) => snapshotAccount(await accountFolder(files));
const BROKEN = '{"configurationItems":[{"resourceType":"AWS::';
const odd = { configuration: { groupId: 7 } };

/** `sg-1:22`, and what could not be read: `sg-2 in us-east-1`. */
const groupsOf = async (files: Files, region = 'us-east-1') => {
  const { account } = await open(files);
  const { values, errors } = await partial(account.each(securityGroups, { region }));
  return {
    ports: values.map(groupAndPort).sort(),
    unread: errors.map(({ about, code }) => (about ? `${about.id} in ${about.region}` : code)),
  };
};

describe('a security group of which list or item cannot be read', () => {
  const direct = (...groups: unknown[]) => ({ ...COLLECTED, [DESCRIBED]: { SecurityGroups: groups } });
  const cases: [situation: string, files: Files, ports: string[], unread: string[]][] = [
    [
      'several items: an error each, and every other group of items and list',
      {
        ...direct(describedGroup('sg-1', 1)),
        [CONFIG]: snapshotFile(groupItem('sg-2', 2, odd), groupItem('sg-3', 3), groupItem('sg-4', 4, odd)),
      },
      ['sg-1:1', 'sg-3:3'],
      ['sg-2 in us-east-1', 'sg-4 in us-east-1'],
    ],
    [
      'the item is newer than the list: what the list says is no longer sure',
      {
        ...direct(describedGroup('sg-1', 1)),
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, { ...NEWER, ...odd })),
      },
      [],
      ['sg-1 in us-east-1'],
    ],
    [
      'the item is older than the list: the list counts',
      {
        ...direct(describedGroup('sg-1', 1)),
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, { ...OLDER, ...odd })),
      },
      ['sg-1:1'],
      [],
    ],
    [
      'the item does not say when it is of',
      {
        ...direct(describedGroup('sg-1', 1)),
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, { configurationItemCaptureTime: 'now' })),
      },
      [],
      ['sg-1 in us-east-1'],
    ],
    [
      'the item’s status is none of AWS Config’s, and the item newer than the list',
      {
        ...direct(describedGroup('sg-1', 1)),
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, { ...NEWER, configurationItemStatus: 'Fine' })),
      },
      [],
      ['sg-1 in us-east-1'],
    ],
    [
      'the newest of several items: an older one that can be read does not count',
      { [CONFIG]: snapshotFile(groupItem('sg-1', 1, OLDER), groupItem('sg-1', 1, { ...NEWER, ...odd })) },
      [],
      ['sg-1 in us-east-1'],
    ],
    [
      'an older of several items: nobody needs it',
      { [CONFIG]: snapshotFile(groupItem('sg-1', 1, { ...OLDER, ...odd }), groupItem('sg-1', 2, NEWER)) },
      ['sg-1:2'],
      [],
    ],
    [
      'the element of the list, and no item',
      direct({ GroupId: 'sg-1', IpPermissions: 7 }, describedGroup('sg-2', 2)),
      ['sg-2:2'],
      ['sg-1 in us-east-1'],
    ],
    [
      'the element of the list, and a newer item: the item counts',
      {
        ...direct({ GroupId: 'sg-1', IpPermissions: 7 }),
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, NEWER)),
      },
      ['sg-1:1'],
      [],
    ],
    [
      'the element of the list, and an older item',
      {
        ...direct({ GroupId: 'sg-1', IpPermissions: 7 }),
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, OLDER)),
      },
      [],
      ['sg-1 in us-east-1'],
    ],
    [
      'an item that says neither Region nor account: it is of the folder that it lies in',
      {
        ...direct(describedGroup('sg-1', 1)),
        [CONFIG]: snapshotFile({ ...groupItem('sg-2', 2), awsRegion: undefined, awsAccountId: undefined }),
      },
      ['sg-1:1'],
      ['sg-2 in us-east-1'],
    ],
    [
      'a whole Config file of which nobody knows of when it is: what list and other files say may be outdated',
      {
        ...direct(describedGroup('sg-1', 1)),
        [CONFIG]: BROKEN,
        'us-east-1/config/other.json': snapshotFile(groupItem('sg-2', 2)),
      },
      [],
      ['sg-2 in us-east-1', 'sg-1 in us-east-1', `${ACCOUNT} in us-east-1`],
    ],
    [
      'a Config file from somewhere in its middle on',
      { [CONFIG]: `{"configurationItems":[${JSON.stringify(groupItem('sg-1', 1))},{"` },
      ['sg-1:1'],
      [`${ACCOUNT} in us-east-1`],
    ],
    [
      'a file of items of another account, among others',
      {
        [CONFIG]: snapshotFile(
          groupItem('sg-1', 1),
          ...['sg-8', 'sg-9'].map((id) => groupItem(id, 9, { awsAccountId: '999999999999' })),
        ),
      },
      ['sg-1:1'],
      [`${ACCOUNT} in us-east-1`],
    ],
    [
      'a whole Config file of another Region',
      { ...direct(describedGroup('sg-1', 1)), 'eu-west-1/config/a.json': BROKEN },
      ['sg-1:1'],
      [],
    ],
  ];
  test.each(cases)('%s', async (_, files, ports, unread) => {
    expect(await groupsOf(files)).toEqual({ ports, unread });
  });
});

describe('a Config file that cannot be read costs its own Region only', () => {
  const files = {
    'us-east-1/config/a.json': snapshotFile(
      groupItem('sg-1', 1),
      groupItem('sg-2', 2, gone('ResourceDeleted', LATER)),
      bucketItem('b'),
    ),
    'eu-west-1/config/a.json': Buffer.from('\x1f\x8b no more gzip', 'latin1'),
  };

  test('groups', async () => {
    expect(await groupsOf(files)).toEqual({ ports: ['sg-1:1'], unread: [] });
    expect(await groupsOf(files, 'eu-west-1')).toEqual({ ports: [], unread: [`${ACCOUNT} in eu-west-1`] });
  });

  test('buckets: all that are known, and then the error', async () => {
    const { account } = await open(files);
    const { values, errors } = await partial(bucketsInView(account));
    expect(values).toEqual([{ name: 'b', region: 'us-east-1' }]);
    expect(errors).toMatchObject([
      {
        code: 'Malformed',
        api: 's3:ListBuckets',
        message: expect.stringMatching(/^eu-west-1\/config\/a\.json: a broken gzip file/),
        about: { type: 'AWS::::Account', id: ACCOUNT, region: 'eu-west-1' },
      },
    ]);
    expect(await account.read(bucketAcl, { id: 'b' })).toEqual([{ grantee: 'AllUsers', permission: 'READ' }]);
  });

  test('what is gone', async () => {
    const { deleted } = await open(files);
    expect((await listed(deleted(['AWS::EC2::SecurityGroup']))).map(({ id }) => id)).toEqual(['sg-2']);
  });
});

describe('what lies among the Config files and is none is an error of its Region', () => {
  const cases: [situation: string, make: (folder: string) => void, message: RegExp][] = [
    [
      'a link to a file of this machine',
      (folder) => symlinkSync('/etc/hostname', join(folder, 'us-east-1/config/b.json')),
      /^us-east-1\/config\/b\.json: a link that leads out of the snapshot/,
    ],
    [
      'a link to a folder, even to one of its own',
      (folder) => symlinkSync('..', join(folder, 'us-east-1/config/b')),
      /^us-east-1\/config\/b: a folder, where a file is expected$/,
    ],
    [
      'a link as the folder of the Config files',
      (folder) => {
        mkdirSync(join(folder, 'eu-west-1'));
        symlinkSync('/usr/share', join(folder, 'eu-west-1/config'));
      },
      /^eu-west-1\/config: a link that leads out of the snapshot/,
    ],
    [
      'a pipe',
      (folder) => execFileSync('mkfifo', [join(folder, 'us-east-1/config/b.json')]),
      /^us-east-1\/config\/b\.json: a pipe, where a file is expected$/,
    ],
    [
      'a folder with a file’s name has files in it, like any other',
      (folder) => mkdirSync(join(folder, 'us-east-1/config/b.json')),
      /^$/,
    ],
  ];
  test.each(cases)('%s', async (_, make, message) => {
    const folder = await accountFolder({ [CONFIG]: snapshotFile(bucketItem('b')) });
    make(folder);
    const { values, errors } = await partial(bucketsInView(snapshotAccount(folder).account));
    expect(values.map(({ name }) => name)).toEqual(['b']);
    expect(errors.map((error) => error.message).join()).toMatch(message);
  });

  test('more files than the limit', async () => {
    setLimits({ files: 2 });
    const files = ['a', 'b/c', 'b/d'].map((name) => [`us-east-1/config/${name}.json`, snapshotFile()]);
    await expect(open(Object.fromEntries(files))).rejects.toMatchObject({
      code: 'TooLarge',
      message: expect.stringMatching(/^us-east-1\/config: more than 2 files; .*--limit files=4/),
    });
    setLimits();
  });
});

describe('a bucket whose item cannot be read', () => {
  const POLICY = 'global/s3api/get-bucket-policy/b.json';
  const odd = { configuration: 7 };

  test('is an error of the list, by its own name, and of each reading that it would stand in for', async () => {
    const { account } = await open({ [CONFIG]: snapshotFile(bucketItem('b', odd), bucketItem('c')) });
    const { values, errors } = await partial(bucketsInView(account));
    expect(values.map(({ name }) => name)).toEqual(['c']);
    expect(errors.map(({ about }) => about)).toEqual([
      { type: 'AWS::S3::Bucket', id: 'b', region: 'us-east-1' },
    ]);
    await expect(account.read(bucketPolicy, { id: 'b' })).rejects.toMatchObject({
      code: 'Malformed',
      api: 's3:GetBucketPolicy',
    });
  });

  test.each([
    ['older than a direct reading: that counts', OLDER, '{"Statement":"direct"}'],
    ['newer than a direct reading', NEWER, undefined],
  ])('%s', async (_, time, policy) => {
    const { account } = await open({
      ...COLLECTED,
      'global/s3api/list-buckets.json': { Buckets: [{ Name: 'b' }] },
      [POLICY]: { Policy: '{"Statement":"direct"}' },
      [CONFIG]: snapshotFile(bucketItem('b', { ...time, ...odd })),
    });
    const read = account.read(bucketPolicy, { id: 'b' }).catch(() => undefined);
    expect(await read).toBe(policy);
    const { values, errors } = await partial(bucketsInView(account));
    expect([values.length, errors.length]).toEqual(policy ? [1, 0] : [0, 1]);
  });
});

test('a newest item by times as the AWS CLI v1 prints them, in seconds', async () => {
  const at = (seconds: number) => ({
    configurationItemCaptureTime: seconds,
    awsAccountId: undefined,
    accountId: ACCOUNT,
  });
  expect(
    await groupsOf({
      [CONFIG]: [groupItem('sg-1', 2, at(1_793_491_300.5)), groupItem('sg-1', 1, at(1_793_491_200))],
    }),
  ).toEqual({ ports: ['sg-1:2'], unread: [] });
});
