import { bucketNamed, bucketsInView, tagsOf } from '../../../account/services/s3/buckets.ts';
import {
  bucketAcl,
  bucketPolicy,
  bucketPolicyStatus,
  bucketWebsite,
  objectOwnership,
  publicAccessBlock,
} from '../../../account/services/s3/readings.ts';
import { accountPublicAccessBlock } from '../../../account/services/s3control/readings.ts';
import { snapshotAccount } from '../../../account/snapshot/account.ts';
import {
  ACCOUNT,
  accountFolder,
  bucketItem,
  COLLECTED,
  CONFIG,
  type Files,
  gone,
  item,
  LATER,
  listed,
  listedUntil,
  NEWER,
  OLDER,
  removeFolders,
  snapshotFile,
} from './support.ts';

afterAll(removeFolders);

const POLICY = 'global/s3api/get-bucket-policy/b.json';

describe('buckets', () => {
  const open = async (files: Files) =>
    snapshotAccount(await accountFolder({ 'us-east-1/x.json': {}, ...files })).account;

  test('of the list, of the items, and without what was deleted since', async () => {
    const view = await open({
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
    expect(await listed(bucketsInView(view))).toEqual([
      { name: 'listed', region: 'global' },
      // The list does not say where a bucket lies; the item does.
      { name: 'both', region: 'us-east-1' },
      { name: 'recorded', region: 'eu-west-1' },
    ]);
    expect(await bucketNamed(view, 'recorded')).toEqual({ name: 'recorded', region: 'eu-west-1' });
    expect(await bucketNamed(view, 'deleted')).toBeNull();
  });

  test('of neither are an error', async () => {
    const view = await open({});
    await expect(listed(bucketsInView(view))).rejects.toMatchObject({
      code: 'NotCollected',
      api: 's3:ListBuckets',
    });
  });

  test('an item that cannot be read comes after the buckets that can', async () => {
    const view = await open({
      [CONFIG]: snapshotFile(bucketItem('b'), bucketItem('c', { configuration: 7 })),
    });
    const { values, error } = await listedUntil(bucketsInView(view));
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
    const view = await open({ ...COLLECTED, ...files });
    const policy = view
      .read(bucketPolicy, { id: 'b' })
      .then((text) => (text === null ? null : JSON.parse(text).Statement));
    if (typeof expected === 'object' && expected) await expect(policy).rejects.toMatchObject(expected);
    else expect(await policy).toBe(expected);
  });

  const STATUS = { 'global/s3api/get-bucket-policy-status/b.json': { PolicyStatus: { IsPublic: false } } };
  const ownPolicy = (more: Record<string, unknown>) => ({ [CONFIG]: [bucketItem('b', more)] });
  test.each<[situation: string, files: Files, says: boolean | null | { code: string }]>([
    ['of the policy that was read beside it', { ...DIRECT, ...STATUS }, false],
    ['newer than the item that has the policy', { ...STATUS, ...ownPolicy(OLDER) }, false],
    // Whatever policy it was of, it was another.
    ['older than the item that has the policy', { ...STATUS, ...ownPolicy(NEWER) }, { code: 'NotCollected' }],
    [
      'older than an item that says nothing of the policy',
      { ...DIRECT, ...STATUS, ...ownPolicy({ ...NEWER, supplementaryConfiguration: {} }) },
      false,
    ],
    ['of no policy', { 'errors.json': [{ file: Object.keys(STATUS)[0], code: 'NoSuchBucketPolicy' }] }, null],
    ['that nobody read', ownPolicy(OLDER), { code: 'NotCollected' }],
  ])('S3’s own word: %s', async (_, files, says) => {
    const view = await open({ ...COLLECTED, ...files });
    const said = view.read(bucketPolicyStatus, { id: 'b' });
    if (typeof says === 'object' && says) await expect(said).rejects.toMatchObject(says);
    else expect(await said).toBe(says);
  });

  test('each aspect by itself: the ACL from the item, the tags from the newer file', async () => {
    const view = await open({
      ...COLLECTED,
      'global/s3api/get-bucket-tagging/b.json': { TagSet: [{ Key: 'a', Value: 'direct' }] },
      'global/s3api/get-bucket-ownership-controls/b.json': {
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      },
      [CONFIG]: snapshotFile(bucketItem('b', { ...OLDER, tags: { a: 'item' } })),
    });
    expect(await view.read(bucketAcl, { id: 'b' })).toEqual([{ grantee: 'AllUsers', permission: 'READ' }]);
    expect(await tagsOf(view, 'b')).toEqual({ a: 'direct' });
    expect(await view.read(objectOwnership, { id: 'b' })).toBe('BucketOwnerEnforced');
    expect(await view.read(publicAccessBlock, { id: 'b' })).toBeNull();
    expect(await view.read(bucketWebsite, { id: 'b' })).toBeNull();
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
    const view = await open({ ...COLLECTED, ...(files as Files) });
    expect(await view.read(accountPublicAccessBlock)).toEqual(expected);
  });
});
