import { join } from 'node:path';
import { trails } from '../../../account/services/cloudtrail/readings.ts';
import { securityGroups } from '../../../account/services/ec2/readings.ts';
import { accountSummary, users, userTags } from '../../../account/services/iam/readings.ts';
import { bucketsInView } from '../../../account/services/s3/buckets.ts';
import { configFileAccounts, snapshotAccount } from '../../../account/snapshot/account.ts';
import {
  ACCOUNT,
  accountFolder,
  bucketItem,
  COLLECTED,
  CONFIG,
  DESCRIBED,
  describedGroup,
  type Files,
  folderOf,
  gone,
  groupItem,
  item,
  LATER,
  listed,
  NEWER,
  OLDER,
  removeFolders,
  snapshotFile,
} from './support.ts';

afterAll(removeFolders);

describe('users and trails', () => {
  const userItem = (id: string, name: string, more: Record<string, unknown> = {}) =>
    item('AWS::IAM::User', id, {
      awsRegion: 'global',
      resourceName: name,
      configuration: { userName: name, userId: id, arn: `arn:aws:iam::${ACCOUNT}:user/${name}` },
      ...more,
    });
  const trailItem = (name: string, bucket: string, more: Record<string, unknown> = {}) =>
    item('AWS::CloudTrail::Trail', name, {
      resourceName: name,
      ARN: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/${name}`,
      configuration: {
        name,
        s3BucketName: bucket,
        homeRegion: 'us-east-1',
        trailARN: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/${name}`,
        isOrganizationTrail: false,
      },
      ...more,
    });
  const described = (name: string, bucket: string) => ({
    Name: name,
    TrailARN: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/${name}`,
    HomeRegion: 'us-east-1',
    S3BucketName: bucket,
  });

  test('users of list and items, each with the newer tags', async () => {
    const { account } = snapshotAccount(
      await accountFolder({
        ...COLLECTED,
        'global/iam/list-users.json': {
          Users: [{ UserName: 'kim', UserId: 'AIDA1', Arn: `arn:aws:iam::${ACCOUNT}:user/kim` }],
        },
        'global/iam/list-user-tags/kim.json': { Tags: [{ Key: 'from', Value: 'file' }] },
        [CONFIG]: snapshotFile(
          userItem('AIDA1', 'kim', { ...OLDER, tags: { from: 'item' } }),
          userItem('AIDA2', 'lee', { ...OLDER, tags: { from: 'item' } }),
        ),
        // AWS Config delivers global resources in every Region that records them.
        'eu-west-1/config/x.json': snapshotFile(
          userItem('AIDA2', 'lee', { ...NEWER, tags: { from: 'newer item' } }),
        ),
      }),
    );
    expect((await account.read(users)).map(({ id, name }) => `${id} ${name}`)).toEqual([
      'AIDA1 kim',
      'AIDA2 lee',
    ]);
    expect(await account.read(userTags, { id: 'kim' })).toEqual({ from: 'file' });
    expect(await account.read(userTags, { id: 'lee' })).toEqual({ from: 'newer item' });
  });

  test.each([
    ['the item is newer', { [CONFIG]: snapshotFile(trailItem('t', 'item', NEWER)) }, ['direct', 'item']],
    ['the list is newer', { [CONFIG]: snapshotFile(trailItem('t', 'item', OLDER)) }, ['direct', 'direct']],
    [
      'deleted since',
      { [CONFIG]: snapshotFile(trailItem('t', 'item', gone('ResourceDeleted', LATER))) },
      ['direct'],
    ],
  ])('trails: %s', async (_, files, buckets) => {
    const { account } = snapshotAccount(
      await accountFolder({
        ...COLLECTED,
        'us-east-1/cloudtrail/describe-trails.json': {
          trailList: [described('other', 'direct'), described('t', 'direct')],
        },
        ...(files as Files),
      }),
    );
    expect((await account.read(trails, { region: 'us-east-1' })).map(({ bucket }) => bucket)).toEqual(
      buckets,
    );
  });

  test('an item of a trail that cannot be read leaves no half list', async () => {
    const { account } = snapshotAccount(
      await accountFolder({
        [CONFIG]: snapshotFile(trailItem('t', 'b'), trailItem('u', 'b', { configuration: {} })),
      }),
    );
    await expect(account.read(trails, { region: 'us-east-1' })).rejects.toMatchObject({ code: 'Malformed' });
  });
});

describe('resources that are gone', () => {
  const TYPES = ['AWS::EC2::SecurityGroup', 'AWS::S3::Bucket'];
  const deletedOf = async (files: Files) => {
    const { deleted } = snapshotAccount(await accountFolder(files));
    return (await listed(deleted(TYPES))).map(({ id }) => id).sort();
  };
  const cases: [situation: string, files: Files, ids: string[]][] = [
    [
      'every way of being gone',
      {
        [CONFIG]: snapshotFile(
          ...['ResourceDeleted', 'ResourceDeletedNotRecorded', 'ResourceNotRecorded'].map((status) =>
            groupItem(status, 1, gone(status, LATER)),
          ),
          groupItem('sg-1', 1),
          bucketItem('b', gone('ResourceDeleted', LATER)),
        ),
      },
      ['ResourceDeleted', 'ResourceDeletedNotRecorded', 'ResourceNotRecorded', 'b'],
    ],
    [
      'back again',
      {
        [CONFIG]: snapshotFile(
          groupItem('sg-1', 1, gone('ResourceDeleted', LATER)),
          groupItem('sg-1', 1, { configurationItemCaptureTime: '2026-11-13T00:00:00Z' }),
        ),
      },
      [],
    ],
    [
      'a newer list shows it',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] },
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, gone('ResourceDeleted', '2026-11-01T00:00:00Z'))),
      },
      [],
    ],
    [
      'an older list shows it',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] },
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, gone('ResourceDeleted', LATER))),
      },
      ['sg-1'],
    ],
    [
      'a list shows what is not recorded any more',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] },
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, gone('ResourceNotRecorded', LATER))),
      },
      [],
    ],
    [
      'a newer list that was cut may show it further on',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-2', 1)], NextToken: 't' },
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, gone('ResourceDeleted', '2026-11-01T00:00:00Z'))),
      },
      [],
    ],
    [
      'what is not recorded may be further on in a list that was cut, whenever that was read',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [], NextToken: 't' },
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, gone('ResourceNotRecorded', LATER))),
      },
      [],
    ],
    [
      'an older list that was cut says nothing against a newer item',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [], NextToken: 't' },
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, gone('ResourceDeleted', LATER))),
      },
      ['sg-1'],
    ],
    [
      'other types are not asked for',
      { [CONFIG]: snapshotFile(item('AWS::IAM::User', 'AIDA1', gone('ResourceDeleted', LATER))) },
      [],
    ],
  ];
  test.each(cases)('%s', async (_, files, ids) => {
    expect(await deletedOf(files)).toEqual(ids);
  });
});

describe('Config files by themselves', () => {
  const open = async (files: Files) => {
    const folder = await folderOf(files);
    return configFileAccounts(Object.keys(files).map((name) => join(folder, name)));
  };

  test('one account each, with its types and Regions', async () => {
    const other = { awsAccountId: '222222222222', awsRegion: 'eu-west-1' };
    const accounts = await open({
      'a.json.gz': snapshotFile(
        groupItem('sg-9', 9, other),
        groupItem('sg-1', 1),
        item('AWS::EC2::VPC', 'vpc-1'),
      ),
      'b.json': [groupItem('sg-2', 2), bucketItem('b', { awsRegion: 'ap-northeast-2' })],
    });
    expect(accounts.map(({ account }) => [account.id, account.regions])).toEqual([
      [ACCOUNT, ['ap-northeast-2', 'us-east-1']],
      ['222222222222', ['eu-west-1']],
    ]);
    expect([...(accounts[0]?.resourceTypes ?? [])]).toEqual([
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::VPC',
      'AWS::S3::Bucket',
    ]);
    const groups = await Promise.all(
      accounts.map(async ({ account }) =>
        (await Promise.all(account.regions.map((region) => listed(account.each(securityGroups, { region })))))
          .flat()
          .map(({ id }) => id),
      ),
    );
    expect(groups).toEqual([['sg-1', 'sg-2'], ['sg-9']]);
  });

  test('items in the form of the API', async () => {
    const { awsAccountId, configuration, ...rest } = groupItem('sg-1', 22);
    const [first] = await open({
      'history.json': {
        configurationItems: [
          {
            ...rest,
            accountId: awsAccountId,
            configuration: JSON.stringify(configuration),
            supplementaryConfiguration: {},
          },
        ],
      },
    });
    expect(
      await listed(first?.account.each(securityGroups, { region: 'us-east-1' }) ?? none()),
    ).toMatchObject([{ id: 'sg-1', ingress: [{ fromPort: 22 }] }]);
  });

  test('what is not in them was not collected', async () => {
    const [first] = await open({ 'a.json': [groupItem('sg-1', 1)] });
    await expect(first?.account.read(accountSummary)).rejects.toMatchObject({
      code: 'NotCollected',
      api: 'iam:GetAccountSummary',
      message: expect.stringMatching(/GetAccountSummary is not in a Config file/),
    });
    await expect(listed(first ? bucketsInView(first.account) : none())).rejects.toMatchObject({
      code: 'NotCollected',
    });
  });

  test.each([
    ['no items', { 'a.json': [] }, 'Empty', /a\.json: no configuration items/],
    [
      'items that say nothing',
      { 'a.json': [{ hello: 1 }] },
      'Malformed',
      /a\.json: the item at byte 1: .*resourceType/,
    ],
    [
      'a broken file',
      { 'a.json': '[{"a":' },
      'Malformed',
      /a\.json: the text ends inside of the element at byte 6/,
    ],
    ['no Config file', { 'a.json': { hello: 1 } }, 'Malformed', /a\.json: no AWS Config file/],
  ])('%s', async (_, files, code, message) => {
    await expect(open(files as Files)).rejects.toMatchObject({
      name: 'SnapshotError',
      code,
      message: expect.stringMatching(message),
    });
  });
});

async function* none() {}
