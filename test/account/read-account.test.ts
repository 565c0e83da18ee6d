import type { AnyAccount } from '../../account/account.ts';
import { partial } from '../../account/errors.ts';
import { trails } from '../../account/services/cloudtrail/readings.ts';
import { securityGroups } from '../../account/services/ec2/readings.ts';
import { accessKeys, users, virtualMfaDevices } from '../../account/services/iam/readings.ts';
import { bucketNamed, bucketsInView } from '../../account/services/s3/buckets.ts';
import { bucketPolicy } from '../../account/services/s3/readings.ts';
import { ACCOUNT, denied, memoryAccount } from '../support/memory.ts';

const account = (readings: Record<string, unknown>) => memoryAccount(readings);
const trail = (Name: string) => ({
  Name,
  TrailARN: `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/${Name}`,
  HomeRegion: 'eu-west-1',
  S3BucketName: 'logs',
});

describe('an element of a list that makes no sense costs no other, and is an error about itself', () => {
  test('users', async () => {
    const view = account({
      'global/iam/list-users.json': {
        Users: [
          { UserName: 'kim', UserId: 'AIDA1' },
          { UserName: 'lee', UserId: 'AIDA2', Arn: `arn:aws:iam::${ACCOUNT}:user/lee` },
        ],
      },
    });
    const { values, errors } = await partial(view.read(users));
    expect(values.map(({ name }) => name)).toEqual(['lee']);
    expect(errors).toMatchObject([
      {
        name: 'AccountError',
        code: 'Malformed',
        api: 'iam:ListUsers',
        resource: 'AIDA1',
        about: { type: 'AWS::IAM::User', id: 'AIDA1', name: 'kim', region: 'global' },
        message: expect.stringContaining('iam:ListUsers of AIDA1: Users.0.Arn: '),
      },
    ]);
  });

  test('buckets', async () => {
    const view = account({
      'global/s3api/list-buckets.json': {
        Buckets: [{ Name: 'odd', BucketRegion: 7 }, { Name: 'logs', BucketRegion: 'eu-west-1' }, {}],
      },
    });
    const { values, errors } = await partial(bucketsInView(view));
    expect(values).toEqual([{ name: 'logs', region: 'eu-west-1' }]);
    expect(errors).toMatchObject([
      { about: { type: 'AWS::S3::Bucket', id: 'odd', name: 'odd', region: 'global' } },
      { about: undefined, message: expect.stringContaining('s3:ListBuckets: Buckets.2.Name: ') },
    ]);
    expect(await bucketNamed(view, 'logs')).toEqual({ name: 'logs', region: 'eu-west-1' });
  });

  test('security groups', async () => {
    const view = account({
      'us-east-1/ec2/describe-security-groups.json': {
        SecurityGroups: [
          { GroupId: 'sg-1', IpPermissions: 'none' },
          { GroupId: 'sg-2', IpPermissions: [] },
        ],
      },
    });
    const { values, errors } = await partial(view.read(securityGroups, { region: 'us-east-1' }));
    expect(values.map(({ id }) => id)).toEqual(['sg-2']);
    expect(errors).toMatchObject([
      { about: { type: 'AWS::EC2::SecurityGroup', id: 'sg-1', region: 'us-east-1' } },
    ]);
  });

  test('trails, at home where they say so', async () => {
    const view = account({
      'us-east-1/cloudtrail/describe-trails.json': {
        trailList: [{ ...trail('odd'), S3BucketName: '' }, { Name: 'homeless' }, trail('main')],
      },
    });
    const { values, errors } = await partial(view.read(trails, { region: 'us-east-1' }));
    expect(values.map(({ name }) => name)).toEqual(['main']);
    expect(errors.map(({ about }) => `${about?.id} ${about?.region}`)).toEqual([
      'odd eu-west-1',
      'homeless us-east-1',
    ]);
  });
});

describe('a list as a whole', () => {
  test('who asks for all of it is told how much it lacks', async () => {
    const view = account({ 'global/iam/list-users.json': { Users: [{}, { UserId: 'AIDA1' }, 7] } });
    await expect(view.read(users)).rejects.toMatchObject({
      name: 'AccountError',
      code: 'Malformed',
      message: expect.stringMatching(
        /^iam:ListUsers: Users\.0\.UserName: .* \(and 2 more that cannot be read\)$/,
      ),
    });
  });

  test.each([
    ['is none', { Users: 7 }, 'Malformed'],
    ['was denied', denied, 'AccessDenied'],
  ])('one that %s is one error', async (_, answer, code) => {
    const view = account({ 'global/iam/list-users.json': answer });
    expect(await partial(view.read(users))).toMatchObject({
      values: [],
      errors: [{ code, about: undefined }],
    });
  });
});

test('the keys of one user do not answer for another', async () => {
  const view = account({
    'global/iam/list-access-keys/kim.json': {
      AccessKeyMetadata: [
        { UserName: 'lee', AccessKeyId: 'AKIA1', Status: 'Inactive', CreateDate: '2020-01-01T00:00:00Z' },
      ],
    },
  });
  await expect(view.read(accessKeys, { id: 'kim' })).rejects.toMatchObject({
    code: 'Malformed',
    message: 'iam:ListAccessKeys of kim: AccessKeyMetadata.0.UserName: expected kim, found "lee"',
  });
});

test.each<[answer: unknown, problem: string]>([
  [{}, 'Policy: expected a text, found nothing'],
  [{ Policy: null }, 'Policy: expected a text, found null'],
  [{ Policy: 1 }, 'Policy: expected a text, found a number'],
  [{ PolicyText: '{}' }, 'Policy: expected a text, found nothing'],
])(
  'what may have several forms, and has none, says which it comes closest to: %j',
  async (answer, problem) => {
    const view = account({ 'global/s3api/get-bucket-policy/b.json': answer });
    await expect(view.read(bucketPolicy, { id: 'b' })).rejects.toMatchObject({
      message: `s3:GetBucketPolicy of b: ${problem}`,
    });
  },
);

describe('a list that is not there is not an empty one', () => {
  const lists: [string, string, (account: AnyAccount) => unknown][] = [
    [
      'global/iam/list-access-keys/kim.json',
      'AccessKeyMetadata',
      (view) => view.read(accessKeys, { id: 'kim' }),
    ],
    ['global/iam/list-virtual-mfa-devices.json', 'VirtualMFADevices', (view) => view.read(virtualMfaDevices)],
    ['global/iam/list-users.json', 'Users', (view) => view.read(users)],
    [
      'us-east-1/cloudtrail/describe-trails.json',
      'trailList',
      (one) => one.read(trails, { region: 'us-east-1' }),
    ],
    [
      'us-east-1/ec2/describe-security-groups.json',
      'SecurityGroups',
      (one) => one.each(securityGroups, { region: 'us-east-1' })[Symbol.asyncIterator]().next(),
    ],
  ];
  test.each(lists)('%s: {}', async (path, field, read) => {
    await expect(read(memoryAccount({ [path]: {} }))).rejects.toMatchObject({
      code: 'Malformed',
      message: expect.stringContaining(field),
    });
  });
});
