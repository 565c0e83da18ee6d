import { join } from 'node:path';
import { configFileAccounts, snapshotAccount } from '../../../account/snapshot/account.ts';
import {
  ACCOUNT,
  accountFolder,
  describedGroup,
  type Files,
  folderOf,
  gone,
  groupItem,
  item,
  listed,
  listedUntil,
  removeFolders,
  snapshotFile,
} from './support.ts';

afterAll(removeFolders);

const COLLECTED = { 'collected.json': { collectedAt: '2026-11-10T00:00:00Z' } };
const OLDER = { configurationItemCaptureTime: '2026-11-09T00:00:00.000Z' };
const NEWER = { configurationItemCaptureTime: '2026-11-11T00:00:00.000Z' };
const LATER = '2026-11-12T00:00:00.000Z';
const DESCRIBED = 'us-east-1/ec2/describe-security-groups.json';
const CONFIG = 'us-east-1/config/snapshot.json';

const groupsOf = async (files: Files) => {
  const { account } = snapshotAccount(await accountFolder(files));
  const { values, error } = await listedUntil(account.ec2('us-east-1').securityGroups());
  const ports = values.map(({ id, ingress }) => `${id}:${ingress[0]?.fromPort}`).sort();
  return { ports, error };
};

describe('security groups of a list and of configuration items', () => {
  const cases: [situation: string, files: Files, ports: string[]][] = [
    ['a list alone', { [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] } }, ['sg-1:1']],
    [
      'items alone',
      { [CONFIG]: snapshotFile(groupItem('sg-1', 1), groupItem('sg-2', 2)) },
      ['sg-1:1', 'sg-2:2'],
    ],
    ['an empty list', { [DESCRIBED]: { SecurityGroups: [] } }, []],
    [
      'each has one that the other lacks',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] },
        [CONFIG]: snapshotFile(groupItem('sg-2', 2, OLDER)),
      },
      ['sg-1:1', 'sg-2:2'],
    ],
    [
      'the item is newer',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] },
        [CONFIG]: snapshotFile(groupItem('sg-1', 2, NEWER)),
      },
      ['sg-1:2'],
    ],
    [
      'the list is newer',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] },
        [CONFIG]: snapshotFile(groupItem('sg-1', 2, OLDER)),
      },
      ['sg-1:1'],
    ],
    [
      'deleted after the list was made',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1), describedGroup('sg-2', 2)] },
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, gone('ResourceDeleted', LATER))),
      },
      ['sg-2:2'],
    ],
    [
      'made anew after it was deleted',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] },
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, gone('ResourceDeleted', '2026-11-01T00:00:00Z'))),
      },
      ['sg-1:1'],
    ],
    [
      'no longer recorded, but there',
      {
        ...COLLECTED,
        [DESCRIBED]: { SecurityGroups: [describedGroup('sg-1', 1)] },
        [CONFIG]: snapshotFile(groupItem('sg-1', 1, gone('ResourceNotRecorded', LATER))),
      },
      ['sg-1:1'],
    ],
    [
      'in several files, compressed and in folders as AWS delivers them: the newest',
      {
        'us-east-1/config/a.json': snapshotFile(groupItem('sg-1', 1, OLDER)),
        [`us-east-1/config/AWSLogs/${ACCOUNT}/Config/us-east-1/2026/11/11/ConfigHistory/b.json.gz`]:
          snapshotFile(groupItem('sg-1', 2, NEWER)),
        'us-east-1/config/c.json': snapshotFile(groupItem('sg-1', 3, OLDER), groupItem('sg-2', 4)),
        'us-east-1/config/read.me': 'no Config file',
      },
      ['sg-1:2', 'sg-2:4'],
    ],
    [
      'twice in one file, newest first as the API gives them',
      { [CONFIG]: snapshotFile(groupItem('sg-1', 1, NEWER), groupItem('sg-1', 2, OLDER)) },
      ['sg-1:1'],
    ],
    [
      'unchanged in the snapshots of two days',
      {
        'us-east-1/config/1.json': snapshotFile(groupItem('sg-1', 1)),
        'us-east-1/config/2.json': snapshotFile(groupItem('sg-1', 1)),
      },
      ['sg-1:1'],
    ],
    [
      'deleted according to the newest item',
      {
        [CONFIG]: snapshotFile(
          groupItem('sg-1', 1, OLDER),
          groupItem('sg-1', 1, gone('ResourceDeleted', LATER)),
          groupItem('sg-2', 2),
        ),
      },
      ['sg-2:2'],
    ],
    [
      'there again according to the newest item',
      {
        [CONFIG]: snapshotFile(
          groupItem('sg-1', 1, gone('ResourceDeleted', '2026-10-01T00:00:00Z')),
          groupItem('sg-1', 1, NEWER),
        ),
      },
      ['sg-1:1'],
    ],
    [
      'in the notification of an oversized item, and in an answer of batch-get-resource-config',
      {
        'us-east-1/config/1.json': {
          messageType: 'ConfigurationItemChangeNotification',
          configurationItem: groupItem('sg-1', 1),
        },
        'us-east-1/config/2.json': {
          baseConfigurationItems: [groupItem('sg-2', 2)],
          unprocessedResourceKeys: [],
        },
      },
      ['sg-1:1', 'sg-2:2'],
    ],
  ];
  test.each(cases)('%s', async (_, files, ports) => {
    expect(await groupsOf(files)).toEqual({ ports, error: undefined });
  });
});

describe('what cannot be read is never lost', () => {
  const cases: [situation: string, files: Files, ports: string[], code: string, message: RegExp][] = [
    [
      'neither list nor items',
      { 'us-east-1/x.json': {} },
      [],
      'NotCollected',
      /no us-east-1\/ec2\/describe-security-groups\.json/,
    ],
    [
      'items of other types only',
      { [CONFIG]: snapshotFile(item('AWS::EC2::VPC', 'vpc-1')) },
      [],
      'NotCollected',
      /not collected/,
    ],
    [
      'the list was denied: the items, then the denial',
      {
        [CONFIG]: snapshotFile(groupItem('sg-1', 1)),
        'errors.json': [{ file: DESCRIBED, code: 'UnauthorizedOperation' }],
      },
      ['sg-1:1'],
      'AccessDenied',
      /describe-security-groups/,
    ],
    [
      'one item is broken: the others, then the error',
      {
        [CONFIG]: snapshotFile(
          groupItem('sg-1', 1),
          groupItem('sg-2', 2, { configuration: { groupId: 7 } }),
          groupItem('sg-3', 3),
        ),
      },
      ['sg-1:1', 'sg-3:3'],
      'Malformed',
      /snapshot\.json: the item at byte \d+: .*sg-2: configuration\.ipPermissions is missing/,
    ],
    [
      'one item does not say what it is',
      { [CONFIG]: snapshotFile(groupItem('sg-1', 1), { awsAccountId: ACCOUNT }) },
      ['sg-1:1'],
      'Malformed',
      /resourceType is missing/,
    ],
    [
      'a file that ends early',
      { [CONFIG]: '{"configurationItems":[{"resourceType":"AWS::' },
      [],
      'Malformed',
      /snapshot\.json: the text ends .* at byte 45/,
    ],
    [
      'a file of something else',
      { [CONFIG]: { hello: 1 } },
      [],
      'Malformed',
      /no AWS Config file.*found hello/,
    ],
    [
      'a broken compressed file',
      { 'us-east-1/config/a.json': Buffer.from('\x1f\x8b no more gzip', 'latin1') },
      [],
      'Malformed',
      /broken gzip/,
    ],
    [
      'items of another account',
      { [CONFIG]: snapshotFile(groupItem('sg-1', 1, { awsAccountId: '999999999999' })) },
      [],
      'Malformed',
      /folder of account 111122223333 is of 999999999999/,
    ],
    [
      'items of a Region without a folder',
      { [CONFIG]: snapshotFile(groupItem('sg-1', 1, { awsRegion: 'eu-west-1' })) },
      [],
      'Malformed',
      /put it in 111122223333\/eu-west-1\/config/,
    ],
  ];
  test.each(cases)('%s', async (_, files, ports, code, message) => {
    const { ports: read, error } = await groupsOf(files);
    expect(read).toEqual(ports);
    expect(error).toMatchObject({
      name: 'AccountError',
      code,
      api: 'ec2:DescribeSecurityGroups',
      message: expect.stringMatching(message),
    });
  });

  test('broken Config files cost nothing that is not in them', async () => {
    const { account } = snapshotAccount(
      await accountFolder({
        [CONFIG]: '[',
        'global/iam/get-account-summary.json': { SummaryMap: { Users: 1 } },
      }),
    );
    expect(await account.iam.accountSummary()).toEqual({ Users: 1 });
  });
});

const bucketItem = (id: string, more: Record<string, unknown> = {}) =>
  item('AWS::S3::Bucket', id, {
    configuration: { name: id },
    supplementaryConfiguration: {
      AccessControlList: '{"grantList":[{"grantee":"AllUsers","permission":"Read"}]}',
      BucketPolicy: { policyText: '{"Statement":"item"}' },
    },
    ...more,
  });
const POLICY = 'global/s3api/get-bucket-policy/b.json';

describe('buckets', () => {
  const open = async (files: Files) =>
    snapshotAccount(await accountFolder({ 'us-east-1/x.json': {}, ...files })).account;

  test('of the list, of the items, and without what was deleted since', async () => {
    const { s3 } = await open({
      ...COLLECTED,
      'global/s3api/list-buckets.json': {
        Buckets: [{ Name: 'listed' }, { Name: 'both' }, { Name: 'deleted' }],
      },
      [CONFIG]: snapshotFile(
        bucketItem('both', OLDER),
        bucketItem('recorded', { awsRegion: 'eu-west-1' }),
        bucketItem('deleted', gone('ResourceDeleted', LATER)),
      ),
    });
    expect(await listed(s3.buckets())).toEqual([
      { name: 'listed', region: 'global' },
      // The list does not say where a bucket lies; the item does.
      { name: 'both', region: 'us-east-1' },
      { name: 'recorded', region: 'eu-west-1' },
    ]);
    expect(await s3.bucket('recorded')).toEqual({ name: 'recorded', region: 'eu-west-1' });
    expect(await s3.bucket('deleted')).toBeNull();
  });

  test('of neither are an error', async () => {
    const { s3 } = await open({});
    await expect(listed(s3.buckets())).rejects.toMatchObject({ code: 'NotCollected', api: 's3:ListBuckets' });
  });

  test('an item that cannot be read comes after the buckets that can', async () => {
    const { s3 } = await open({
      [CONFIG]: snapshotFile(bucketItem('b'), bucketItem('c', { configuration: 7 })),
    });
    const { values, error } = await listedUntil(s3.buckets());
    expect(values).toEqual([{ name: 'b', region: 'us-east-1' }]);
    expect(error).toMatchObject({ code: 'Malformed', api: 's3:ListBuckets' });
  });

  const DIRECT = { [POLICY]: { Policy: '{"Statement":"direct"}' } };
  const failed = (code: string) => ({ 'errors.json': [{ file: POLICY, code }] });
  const policies: [situation: string, files: Files, policy: string | null | { code: string }][] = [
    ['the item is newer', { ...DIRECT, [CONFIG]: [bucketItem('b', NEWER)] }, 'item'],
    ['the file is newer', { ...DIRECT, [CONFIG]: [bucketItem('b', OLDER)] }, 'direct'],
    ['only the item has it', { [CONFIG]: [bucketItem('b', OLDER)] }, 'item'],
    [
      'only the file has it',
      {
        ...DIRECT,
        [CONFIG]: [
          bucketItem('b', {
            ...NEWER,
            supplementaryConfiguration: { AccessControlList: '{"grantList":[]}' },
          }),
        ],
      },
      'direct',
    ],
    ['no item at all', DIRECT, 'direct'],
    [
      'the newer file says that there is none',
      { ...failed('NoSuchBucketPolicy'), [CONFIG]: [bucketItem('b', OLDER)] },
      null,
    ],
    [
      'the newer item says that there is none',
      {
        ...DIRECT,
        [CONFIG]: [
          bucketItem('b', { ...NEWER, supplementaryConfiguration: { BucketPolicy: { policyText: null } } }),
        ],
      },
      null,
    ],
    [
      'denied: what the item says, though older',
      { ...failed('AccessDenied'), [CONFIG]: [bucketItem('b', OLDER)] },
      'item',
    ],
    [
      'the bucket was gone by then',
      { ...failed('NoSuchBucket'), [CONFIG]: [bucketItem('b', OLDER)] },
      { code: 'NoSuchBucket' },
    ],
    ['the file is broken', { [POLICY]: '{', [CONFIG]: [bucketItem('b', OLDER)] }, { code: 'Malformed' }],
    ['neither', {}, { code: 'NotCollected' }],
  ];
  test.each(policies)('policy: %s', async (_, files, expected) => {
    const { s3 } = await open({ ...COLLECTED, ...files });
    const policy = s3.policy('b').then((text) => (text === null ? null : JSON.parse(text).Statement));
    if (typeof expected === 'object' && expected) await expect(policy).rejects.toMatchObject(expected);
    else expect(await policy).toBe(expected);
  });

  test('each aspect by itself: the ACL from the item, the tags from the newer file', async () => {
    const { s3 } = await open({
      ...COLLECTED,
      'global/s3api/get-bucket-tagging/b.json': { TagSet: [{ Key: 'a', Value: 'direct' }] },
      'global/s3api/get-bucket-ownership-controls/b.json': {
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      },
      [CONFIG]: snapshotFile(bucketItem('b', { ...OLDER, tags: { a: 'item' } })),
    });
    expect(await s3.acl('b')).toEqual([{ grantee: 'AllUsers', permission: 'READ' }]);
    expect(await s3.tags('b')).toEqual({ a: 'direct' });
    expect(await s3.objectOwnership('b')).toBe('BucketOwnerEnforced');
    expect(await s3.publicAccessBlock('b')).toBeNull();
    expect(await s3.hasWebsite('b')).toBe(false);
  });

  const flags = {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
  };
  const block = (more: Record<string, unknown>) =>
    snapshotFile(item('AWS::S3::AccountPublicAccessBlock', ACCOUNT, { configuration: flags, ...more }));
  const blockFile = {
    'global/s3control/get-public-access-block.json': { PublicAccessBlockConfiguration: {} },
  };
  const off = {
    blockPublicAcls: false,
    ignorePublicAcls: false,
    blockPublicPolicy: false,
    restrictPublicBuckets: false,
  };
  test.each([
    ['the item is newer', { ...blockFile, [CONFIG]: block(NEWER) }, flags],
    ['the file is newer', { ...blockFile, [CONFIG]: block(OLDER) }, off],
    ['deleted since', { ...blockFile, [CONFIG]: block(gone('ResourceDeleted', LATER)) }, null],
    ['the item alone', { [CONFIG]: block(OLDER) }, flags],
  ])('the account’s Block Public Access: %s', async (_, files, expected) => {
    const { s3 } = await open({ ...COLLECTED, ...(files as Files) });
    expect(await s3.accountPublicAccessBlock()).toEqual(expected);
  });
});

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
    expect((await account.iam.users()).map(({ id, name }) => `${id} ${name}`)).toEqual([
      'AIDA1 kim',
      'AIDA2 lee',
    ]);
    expect(await account.iam.userTags('kim')).toEqual({ from: 'file' });
    expect(await account.iam.userTags('lee')).toEqual({ from: 'newer item' });
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
    expect((await account.cloudtrail('us-east-1').trails()).map(({ bucket }) => bucket)).toEqual(buckets);
  });

  test('an item of a trail that cannot be read leaves no half list', async () => {
    const { account } = snapshotAccount(
      await accountFolder({
        [CONFIG]: snapshotFile(trailItem('t', 'b'), trailItem('u', 'b', { configuration: {} })),
      }),
    );
    await expect(account.cloudtrail('us-east-1').trails()).rejects.toMatchObject({ code: 'Malformed' });
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
        (await Promise.all(account.regions.map((region) => listed(account.ec2(region).securityGroups()))))
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
    expect(await listed(first?.account.ec2('us-east-1').securityGroups() ?? none())).toMatchObject([
      { id: 'sg-1', ingress: [{ fromPort: 22 }] },
    ]);
  });

  test('what is not in them was not collected', async () => {
    const [first] = await open({ 'a.json': [groupItem('sg-1', 1)] });
    await expect(first?.account.iam.accountSummary()).rejects.toMatchObject({
      code: 'NotCollected',
      api: 'iam:GetAccountSummary',
      message: expect.stringMatching(/not in the Config file .*a\.json/),
    });
    await expect(listed(first?.account.s3.buckets() ?? none())).rejects.toMatchObject({
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
