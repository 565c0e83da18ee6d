import { readAccount } from '../../account/open.ts';
import rule from '../../rules/s3-public/rule.ts';
import { denied, fails, judged, memoryAccount, memorySource } from '../support/memory.ts';
import {
  ACCOUNT_BLOCK,
  allow,
  BUCKET_BLOCK,
  bucket,
  byReferer,
  file,
  flags,
  leftOpen,
  ORGANIZATION_BLOCK,
  policy,
  publicAcl,
  publicPolicy,
  type Readings,
  status,
  website,
} from './s3-public/bucket.ts';

describe('a bucket', () => {
  test('whose website is excused has no statement that S3 could speak of alone', async () => {
    const readings = bucket(
      policy(allow(), { ...byReferer, Action: 's3:PutObject' }),
      status(false),
      website,
    );
    const source = memorySource(readings);
    const [said] = await judged(rule, readAccount(source), { allowPublicWebsite: 'true' });
    expect(said?.compliance).toBe('NON_COMPLIANT');
    expect(source.asked).not.toContain(file('get-bucket-policy-status'));
  });

  test('that could not be judged is reported with every input that is missing', async () => {
    const readings = bucket({ [file('get-bucket-policy')]: denied, [BUCKET_BLOCK]: undefined });
    const [said] = await judged(rule, memoryAccount(readings));
    expect(said?.annotation).toMatch(
      /^s3:GetBucketPolicy: AccessDenied; .*get-public-access-block\/web\.json was not/,
    );
  });

  test.each([
    'get-bucket-acl',
    'get-bucket-policy',
    'get-public-access-block',
    'get-bucket-ownership-controls',
    'get-bucket-tagging',
    'get-bucket-policy-status',
  ])('that %s does not find any more is not reported', async (command) => {
    const readings = bucket(publicAcl, leftOpen, { [file(command)]: fails('NoSuchBucket') });
    expect(await judged(rule, memoryAccount(readings), { exemptTagKey: 'public' })).toEqual([]);
  });

  test('is reported as AWS Config names it, where it lies', async () => {
    const [said] = await judged(rule, memoryAccount(bucket()));
    expect(said).toMatchObject({ type: 'AWS::S3::Bucket', id: 'web', name: 'web', region: 'us-east-1' });
  });

  test('with a long policy has a short annotation', async () => {
    const long = 'x'.repeat(300);
    const readings = bucket(
      policy(
        allow({
          Sid: long,
          Action: [`s3:${long}`, 's3:Get*'],
          Condition: { StringLike: { 'aws:Referer': long } },
        }),
      ),
    );
    const [said] = await judged(rule, memoryAccount(readings));
    expect(said?.annotation.length).toBeLessThanOrEqual(256);
    expect(said?.annotation).toMatch(
      /^policy statement "x+…" lets anyone s3:x+… \(aws:Referer restricts nobody; s3:GetBucketPolicyStatus: NotCollected\)$/,
    );
  });
});

describe('readings', () => {
  test.each<[situation: string, readings: Readings[], asked: string[]]>([
    ['of a bucket with nothing public are its policy and ACL', [], []],
    [
      'go up the levels only as far as needed',
      [publicPolicy, { [BUCKET_BLOCK]: flags('RestrictPublicBuckets') }],
      [BUCKET_BLOCK],
    ],
    [
      'of ownership wait until nothing else helps',
      [publicAcl, { [ACCOUNT_BLOCK]: flags('IgnorePublicAcls') }],
      [BUCKET_BLOCK, ACCOUNT_BLOCK],
    ],
    [
      'of a public ACL end with ownership',
      [publicAcl],
      [BUCKET_BLOCK, ACCOUNT_BLOCK, ORGANIZATION_BLOCK, file('get-bucket-ownership-controls')],
    ],
    [
      "of a policy that AWS's definition settles do not ask S3",
      [publicPolicy],
      [BUCKET_BLOCK, ACCOUNT_BLOCK, ORGANIZATION_BLOCK],
    ],
    [
      "of a policy that it leaves open end with S3's own word",
      [leftOpen],
      [BUCKET_BLOCK, ACCOUNT_BLOCK, ORGANIZATION_BLOCK, file('get-bucket-policy-status')],
    ],
    [
      'of a policy that it leaves open end where the policy is neutralised',
      [leftOpen, { [ACCOUNT_BLOCK]: flags('RestrictPublicBuckets') }],
      [BUCKET_BLOCK, ACCOUNT_BLOCK],
    ],
  ])('%s', async (_, readings, asked) => {
    const source = memorySource(bucket(...readings));
    await judged(rule, readAccount(source));
    const always = ['global/s3api/list-buckets.json', file('get-bucket-policy'), file('get-bucket-acl')];
    expect(source.asked).toEqual([...always, ...asked]);
  });

  test('of an exempt bucket are none', async () => {
    const source = memorySource(bucket(publicPolicy));
    await judged(rule, readAccount(source), { exemptBuckets: 'a, web' });
    expect(source.asked).toEqual(['global/s3api/list-buckets.json']);
  });
});

describe('a run', () => {
  const two = {
    'global/s3api/list-buckets.json': { Buckets: [{ Name: 'a' }, { Name: 'web' }] },
    ...publicAcl,
  };
  const resource = (id: string) => ({ type: 'AWS::S3::Bucket', id, region: 'us-east-1' });

  test('over all buckets judges each, readable or not', async () => {
    const said = await judged(rule, memoryAccount(bucket(two)));
    expect(said.map(({ id, compliance }) => [id, compliance])).toEqual([
      ['a', 'UNKNOWN'],
      ['web', 'NON_COMPLIANT'],
    ]);
  });

  test('about one bucket judges that one', async () => {
    const said = await judged(rule, memoryAccount(bucket(two)), {}, { resource: resource('web') });
    expect(said.map(({ id }) => id)).toEqual(['web']);
  });

  test('about a bucket that is gone says nothing', async () => {
    expect(await judged(rule, memoryAccount(bucket()), {}, { resource: resource('c') })).toEqual([]);
  });
});
