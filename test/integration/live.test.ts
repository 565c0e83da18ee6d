import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  IAMClient,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketWebsiteCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { PutPublicAccessBlockCommand as PutAccountPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { openClients } from '../../account/live/clients.ts';
import { type LiveOptions, liveSource } from '../../account/live/source.ts';
import { readAccount } from '../../account/open.ts';
import { trails } from '../../account/services/cloudtrail/readings.ts';
import { prefixListEntries, securityGroups } from '../../account/services/ec2/readings.ts';
import {
  accessKeys,
  accountSummary,
  credentialReport,
  users,
  userTags,
  virtualMfaDevices,
} from '../../account/services/iam/readings.ts';
import { ASKS } from '../../account/services/live.ts';
import { bucketsInView, tagsOf } from '../../account/services/s3/buckets.ts';
import {
  bucketAcl,
  bucketPolicy,
  bucketWebsite,
  objectLock,
  objectOwnership,
  publicAccessBlock,
} from '../../account/services/s3/readings.ts';
import * as s3control from '../../account/services/s3control/live.ts';
import { accountPublicAccessBlock } from '../../account/services/s3control/readings.ts';
import { readingOf } from '../support/readings.ts';
import { MOTO_ACCOUNT, useMoto } from './support/moto.ts';

jest.setTimeout(60_000);
const moto = useMoto();

const REGIONS = ['us-east-1', 'eu-west-1'];
const live = (options: Partial<LiveOptions> = {}) => {
  const { region: _, ...config } = moto.client();
  return liveSource({ accountId: MOTO_ACCOUNT, regions: REGIONS, asks: ASKS, config, ...options });
};
const account = (options?: Partial<LiveOptions>) => readAccount(live(options));
const all = async <T>(values: AsyncIterable<T>): Promise<T[]> => {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
};

const iam = () => new IAMClient(moto.client());
const s3 = (region?: string) => new S3Client({ ...moto.client(region), forcePathStyle: true });
const makeBucket = (Bucket: string, more: { ObjectLockEnabledForBucket?: boolean } = {}) =>
  s3().send(new CreateBucketCommand({ Bucket, ...more }));

describe('IAM', () => {
  test('gives users, their keys with fresh status, their tags and the root summary', async () => {
    const { User } = await iam().send(
      new CreateUserCommand({ UserName: 'ci-deploy', Tags: [{ Key: 'team', Value: 'platform' }] }),
    );
    const first = await iam().send(new CreateAccessKeyCommand({ UserName: 'ci-deploy' }));
    const second = await iam().send(new CreateAccessKeyCommand({ UserName: 'ci-deploy' }));
    await iam().send(
      new UpdateAccessKeyCommand({
        UserName: 'ci-deploy',
        AccessKeyId: second.AccessKey?.AccessKeyId,
        Status: 'Inactive',
      }),
    );
    const view = account();

    expect(await view.read(users)).toEqual([{ name: 'ci-deploy', id: User?.UserId, arn: User?.Arn }]);
    expect(await view.read(userTags, { id: 'ci-deploy' })).toEqual({ team: 'platform' });
    expect((await view.read(accountSummary)).AccountMFAEnabled).toBe(0);
    const keys = await view.read(accessKeys, { id: 'ci-deploy' });
    expect(keys.map(({ id, active }) => ({ id, active }))).toEqual([
      { id: first.AccessKey?.AccessKeyId, active: true },
      { id: second.AccessKey?.AccessKeyId, active: false },
    ]);
    expect(keys[0]?.createdAt).toBeInstanceOf(Date);
  });

  test('has the credential report made, then reads it', async () => {
    await iam().send(new CreateUserCommand({ UserName: 'minseo.lee' }));
    await iam().send(new CreateAccessKeyCommand({ UserName: 'minseo.lee' }));
    const rows = await account({ sleep: async () => {} }).read(credentialReport);
    expect(rows.find(({ user }) => user === 'minseo.lee')).toMatchObject({
      mfaActive: false,
      accessKeys: [
        { number: 1, active: true },
        { number: 2, active: false },
      ],
    });
  });

  test('leaves out MFA devices that nobody has', async () => {
    await iam().send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'spare' }));
    expect(await account().read(virtualMfaDevices)).toEqual([]);
  });
});

describe('S3', () => {
  test('gives every aspect of a bucket that is open in every way', async () => {
    await makeBucket('moonjar-website');
    const Bucket = 'moonjar-website';
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
      ],
    });
    await s3().send(new PutBucketPolicyCommand({ Bucket, Policy }));
    await s3().send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
    await s3().send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
      }),
    );
    await s3().send(
      new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { IgnorePublicAcls: true } }),
    );
    await s3().send(
      new PutBucketWebsiteCommand({
        Bucket,
        WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
      }),
    );
    await s3().send(
      new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'public', Value: 'yes' }] } }),
    );
    const view = account();

    expect(await view.read(bucketPolicy, { id: Bucket })).toBe(Policy);
    expect(await view.read(bucketAcl, { id: Bucket })).toContainEqual({
      grantee: 'AllUsers',
      permission: 'READ',
    });
    expect(await view.read(objectOwnership, { id: Bucket })).toBe('ObjectWriter');
    expect(await view.read(publicAccessBlock, { id: Bucket })).toEqual({
      blockPublicAcls: false,
      ignorePublicAcls: true,
      blockPublicPolicy: false,
      restrictPublicBuckets: false,
    });
    expect(await view.read(bucketWebsite, { id: Bucket })).toBe(true);
    expect(await tagsOf(view, Bucket)).toEqual({ public: 'yes' });
  });

  test('gives null, not an error, for whatever a plain bucket does not have', async () => {
    await makeBucket('moonjar-plain');
    const view = account();
    expect(await view.read(bucketPolicy, { id: 'moonjar-plain' })).toBeNull();
    expect(await view.read(publicAccessBlock, { id: 'moonjar-plain' })).toBeNull();
    expect(await view.read(objectOwnership, { id: 'moonjar-plain' })).toBeNull();
    expect(await view.read(objectLock, { id: 'moonjar-plain' })).toBeNull();
    expect(await view.read(bucketWebsite, { id: 'moonjar-plain' })).toBeNull();
    expect(await tagsOf(view, 'moonjar-plain')).toEqual({});
  });

  test('gives the default retention of a locked bucket', async () => {
    await makeBucket('moonjar-audit-logs', { ObjectLockEnabledForBucket: true });
    await s3().send(
      new PutObjectLockConfigurationCommand({
        Bucket: 'moonjar-audit-logs',
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 400 } },
        },
      }),
    );
    // moto adds a `Years: 0`, which AWS does not.
    expect(await account().read(objectLock, { id: 'moonjar-audit-logs' })).toMatchObject({
      enabled: true,
      defaultRetention: { mode: 'COMPLIANCE', days: 400 },
    });
  });

  test('shows the buckets of the Regions in view, wherever they are asked for', async () => {
    await makeBucket('moonjar-virginia');
    for (const [name, region] of [
      ['moonjar-dublin', 'eu-west-1'],
      ['moonjar-seoul', 'ap-northeast-2'],
    ] as const) {
      await s3(region).send(
        new CreateBucketCommand({
          Bucket: name,
          CreateBucketConfiguration: { LocationConstraint: region },
        }),
      );
    }
    expect(await all(bucketsInView(account()))).toEqual([
      { name: 'moonjar-virginia', region: 'us-east-1' },
      { name: 'moonjar-dublin', region: 'eu-west-1' },
    ]);
  });

  test('gives the block of the whole account, and null without one', async () => {
    expect(await account().read(accountPublicAccessBlock)).toBeNull();
    const { region: _, ...config } = moto.client();
    await (
      openClients(config)(s3control.service, 'us-east-1') as ReturnType<typeof s3control.service.connect>
    ).send(
      new PutAccountPublicAccessBlockCommand({
        AccountId: MOTO_ACCOUNT,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      }),
    );
    expect(await account().read(accountPublicAccessBlock)).toEqual({
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    });
  });

  test('says NoSuchBucket of a bucket that is gone', async () => {
    await expect(account().read(objectLock, { id: 'moonjar-gone' })).rejects.toMatchObject({
      name: 'AccountError',
      code: 'NoSuchBucket',
      api: 's3:GetObjectLockConfiguration',
      resource: 'moonjar-gone',
    });
  });
});

describe('EC2', () => {
  test('gives each Region its own groups, with prefix lists resolved', async () => {
    const ec2 = new EC2Client(moto.client('eu-west-1'));
    const { PrefixList } = await ec2.send(
      new CreateManagedPrefixListCommand({
        PrefixListName: 'office',
        AddressFamily: 'IPv4',
        MaxEntries: 5,
        Entries: [{ Cidr: '203.0.113.0/24' }, { Cidr: '198.51.100.0/24' }],
      }),
    );
    const listId = PrefixList?.PrefixListId as string;
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'bastion', Description: 'jump host' }),
    );
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 22,
            ToPort: 22,
            IpRanges: [{ CidrIp: '0.0.0.0/0' }],
            Ipv6Ranges: [{ CidrIpv6: '::/0' }],
          },
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId: listId }] },
        ],
      }),
    );
    const read = account();

    const group = await read.one(securityGroups, GroupId as string, { region: 'eu-west-1' });
    expect(group).toMatchObject({ id: GroupId, name: 'bastion' });
    expect(group?.ingress).toContainEqual({
      protocol: 'tcp',
      fromPort: 22,
      toPort: 22,
      ipv4: ['0.0.0.0/0'],
      ipv6: ['::/0'],
      prefixListIds: [],
    });
    expect(group?.ingress).toHaveLength(2);
    expect(group?.ingress).toContainEqual(expect.objectContaining({ prefixListIds: [listId] }));
    expect([...(await read.read(prefixListEntries, { region: 'eu-west-1', id: listId }))].sort()).toEqual([
      '198.51.100.0/24',
      '203.0.113.0/24',
    ]);
    expect(await read.one(securityGroups, GroupId as string, { region: 'us-east-1' })).toBeNull();
  });
});

describe('CloudTrail', () => {
  test('shows a multi-Region trail in its home Region and as a shadow elsewhere', async () => {
    await makeBucket('moonjar-trail');
    const cloudtrail = new CloudTrailClient(moto.client('eu-west-1'));
    await cloudtrail.send(
      new CreateTrailCommand({ Name: 'audit', S3BucketName: 'moonjar-trail', IsMultiRegionTrail: true }),
    );
    await cloudtrail.send(new StartLoggingCommand({ Name: 'audit' }));
    const trail = {
      name: 'audit',
      arn: `arn:aws:cloudtrail:eu-west-1:${MOTO_ACCOUNT}:trail/audit`,
      homeRegion: 'eu-west-1',
      bucket: 'moonjar-trail',
      isOrganizationTrail: false,
      isMultiRegion: true,
    };
    expect(await account().read(trails, { region: 'eu-west-1' })).toEqual([trail]);
    expect(await account().read(trails, { region: 'us-east-1' })).toEqual([trail]);
    expect(
      await live().read(readingOf('cloudtrail:GetTrailStatus'), { region: 'eu-west-1', id: 'audit' }),
    ).toMatchObject({
      IsLogging: true,
    });
  });
});

describe('pages', () => {
  test('users come whole when a page holds two of them', async () => {
    const names = ['ann', 'bob', 'cho', 'dan', 'eve'];
    for (const UserName of names) await iam().send(new CreateUserCommand({ UserName }));
    const found = await account({ largestPage: 2 }).read(users);
    expect(found.map(({ name }) => name)).toEqual(names);
  });

  test('security groups come whole when a page holds five of them', async () => {
    const ec2 = new EC2Client(moto.client());
    for (let number = 1; number <= 12; number++) {
      await ec2.send(new CreateSecurityGroupCommand({ GroupName: `web-${number}`, Description: 'web' }));
    }
    const groups = await all(account({ largestPage: 5 }).each(securityGroups, { region: 'us-east-1' }));
    expect(groups.filter(({ name }) => name.startsWith('web-'))).toHaveLength(12);
    expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
  });
});
