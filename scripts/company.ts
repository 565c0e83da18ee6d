/** A small company for moto, in two Regions: it has something that each rule fails, passes, and cannot tell. */
import { CloudTrailClient, CreateTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  EC2Client,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';

export const HOME = 'us-east-1';
export const AWAY = 'eu-west-1';
export const REGIONS = [HOME, AWAY];

type Connect = <Client>(make: new (config: object) => Client, region?: string, more?: object) => Client;

/** Builds it. `client` gives the configuration of an SDK client. */
export async function found(client: (region: string) => object): Promise<void> {
  const connect: Connect = (make, region = HOME, more = {}) => new make({ ...client(region), ...more });
  await people(connect);
  await buckets(connect);
  for (const [region, lists, groups] of NETWORKS) await network(connect(EC2Client, region), lists, groups);
  await trails(connect);
}

async function people(connect: Connect): Promise<void> {
  const iam = connect(IAMClient);
  const join = async (UserName: string, keys: readonly ('Active' | 'Inactive')[], tag?: string) => {
    await iam.send(new CreateUserCommand({ UserName, ...(tag && { Tags: [{ Key: tag, Value: 'yes' }] }) }));
    for (const Status of keys) {
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      const key = { UserName, AccessKeyId: AccessKey?.AccessKeyId as string };
      if (Status === 'Inactive') await iam.send(new UpdateAccessKeyCommand({ ...key, Status }));
    }
  };
  await join('ci-deploy', ['Active', 'Active']);
  await join('minseo.lee', ['Inactive']);
  await join('haneul.park', []);
  await join('break-glass', ['Active'], 'break-glass');
}

async function buckets(connect: Connect): Promise<void> {
  const s3 = connect(S3Client, HOME, { forcePathStyle: true });
  const away = connect(S3Client, AWAY, { forcePathStyle: true });
  const everyone = (bucket: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` },
      ],
    });
  const open = (Bucket: string) => s3.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));

  for (const Bucket of ['website', 'acl', 'enforced', 'acl-blocked', 'private', 'press-kit', 'sealed']) {
    await s3.send(new CreateBucketCommand({ Bucket: `moonjar-${Bucket}` }));
  }
  for (const Bucket of ['moonjar-dublin', 'moonjar-events']) {
    const there = { CreateBucketConfiguration: { LocationConstraint: AWAY } } as const;
    await away.send(new CreateBucketCommand({ Bucket, ...there }));
  }
  for (const Bucket of ['moonjar-website', 'moonjar-press-kit']) {
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: everyone(Bucket) }));
  }
  await away.send(
    new PutBucketPolicyCommand({ Bucket: 'moonjar-dublin', Policy: everyone('moonjar-dublin') }),
  );
  await s3.send(
    new PutBucketTaggingCommand({
      Bucket: 'moonjar-press-kit',
      Tagging: { TagSet: [{ Key: 'public-on-purpose', Value: 'press' }] },
    }),
  );
  for (const Bucket of ['moonjar-acl', 'moonjar-acl-blocked']) await open(Bucket);
  await s3.send(
    new PutBucketOwnershipControlsCommand({
      Bucket: 'moonjar-enforced',
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    }),
  );
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket: 'moonjar-acl-blocked',
      PublicAccessBlockConfiguration: { IgnorePublicAcls: true },
    }),
  );
}

const tcp = (port: number, ...cidrs: string[]): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: cidrs.map((CidrIp) => ({ CidrIp })),
});
/** Stands for the list of this name, whose id moto has yet to make. */
const fromList = (port: number, name: string): IpPermission => ({
  ...tcp(port),
  PrefixListIds: [{ PrefixListId: name }],
});

type Named<T> = Readonly<Record<string, readonly T[]>>;
const NETWORKS: readonly [region: string, lists: Named<string>, groups: Named<IpPermission>][] = [
  [HOME, {}, { web: [tcp(443, '0.0.0.0/0'), tcp(8443, '0.0.0.0/0')], database: [tcp(5432, '0.0.0.0/0')] }],
  [
    AWAY,
    { half: ['0.0.0.0/1'], offices: ['203.0.113.0/24', '198.51.100.0/24'] },
    { bastion: [fromList(22, 'half'), tcp(22, '128.0.0.0/1')], office: [fromList(22, 'offices')] },
  ],
];

async function network(ec2: EC2Client, lists: Named<string>, groups: Named<IpPermission>): Promise<void> {
  const ids = new Map<string, string>();
  for (const [PrefixListName, cidrs] of Object.entries(lists)) {
    const { PrefixList } = await ec2.send(
      new CreateManagedPrefixListCommand({
        PrefixListName,
        AddressFamily: 'IPv4',
        MaxEntries: cidrs.length,
        Entries: cidrs.map((Cidr) => ({ Cidr })),
      }),
    );
    ids.set(PrefixListName, PrefixList?.PrefixListId as string);
  }
  for (const [GroupName, permissions] of Object.entries(groups)) {
    const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: GroupName }));
    const IpPermissions = permissions.map(({ PrefixListIds = [], ...permission }) => ({
      ...permission,
      PrefixListIds: PrefixListIds.map(({ PrefixListId = '' }) => ({ PrefixListId: ids.get(PrefixListId) })),
    }));
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  }
}

/** One whose bucket is locked, of all Regions; one whose bucket is not. */
async function trails(connect: Connect): Promise<void> {
  const s3 = connect(S3Client, HOME, { forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'moonjar-audit', ObjectLockEnabledForBucket: true }));
  await s3.send(
    new PutObjectLockConfigurationCommand({
      Bucket: 'moonjar-audit',
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 40 } },
      },
    }),
  );
  const trail = (region: string, Name: string, S3BucketName: string, IsMultiRegionTrail: boolean) =>
    connect(CloudTrailClient, region).send(
      new CreateTrailCommand({ Name, S3BucketName, IsMultiRegionTrail }),
    );
  await trail(HOME, 'audit', 'moonjar-audit', true);
  await trail(AWAY, 'events', 'moonjar-events', false);
}
