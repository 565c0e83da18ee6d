/** What AWS Config would invoke a function with, for the resources that moto has. */
import { DescribeSecurityGroupsCommand, EC2Client, type SecurityGroup } from '@aws-sdk/client-ec2';
import {
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { MOTO_ACCOUNT } from './moto.ts';

export interface Asked {
  readonly ruleId: string;
  readonly region: string;
  /** Also tells one event's evaluations from another's. */
  readonly resultToken: string;
  readonly parameters: object;
}

export const periodicEvent = (asked: Asked) =>
  event(asked, {
    messageType: 'ScheduledNotification',
    awsAccountId: MOTO_ACCOUNT,
    notificationCreationTime: new Date().toISOString(),
    recordVersion: '1.0',
  });

export const changeEvent = (asked: Asked, configurationItem: object) =>
  event(asked, {
    messageType: 'ConfigurationItemChangeNotification',
    configurationItem,
    configurationItemDiff: null,
    notificationCreationTime: new Date().toISOString(),
    recordVersion: '1.3',
  });

const event = ({ ruleId, region, resultToken, parameters }: Asked, invokingEvent: object) => ({
  version: '1.0',
  invokingEvent: JSON.stringify(invokingEvent),
  ruleParameters: JSON.stringify(parameters),
  resultToken,
  eventLeftScope: false,
  executionRoleArn: `arn:aws:iam::${MOTO_ACCOUNT}:role/config`,
  configRuleArn: `arn:aws:config:${region}:${MOTO_ACCOUNT}:config-rule/config-rule-0abcde`,
  configRuleName: ruleId,
  configRuleId: 'config-rule-0abcde',
  accountId: MOTO_ACCOUNT,
});

/** The configuration item of every security group of the Region, as AWS Config records it. */
export async function groupItems(config: { readonly region: string }): Promise<Item[]> {
  const { SecurityGroups = [] } = await new EC2Client(config).send(new DescribeSecurityGroupsCommand({}));
  return SecurityGroups.map((group) => item(config.region, groupItem(group)));
}

const groupItem = ({ GroupId, GroupName, VpcId, IpPermissions = [] }: SecurityGroup) => ({
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: GroupId as string,
  resourceName: GroupName,
  tags: {},
  configuration: {
    groupId: GroupId,
    groupName: GroupName,
    vpcId: VpcId,
    tags: [],
    ipPermissions: IpPermissions.map(({ IpRanges = [], PrefixListIds = [], ...permission }) => ({
      ipProtocol: permission.IpProtocol,
      fromPort: permission.FromPort,
      toPort: permission.ToPort,
      ipRanges: IpRanges.map(({ CidrIp }) => CidrIp),
      ipv4Ranges: IpRanges.map(({ CidrIp }) => ({ cidrIp: CidrIp })),
      ipv6Ranges: (permission.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => ({ cidrIpv6: CidrIpv6 })),
      prefixListIds: PrefixListIds.map(({ PrefixListId }) => ({ prefixListId: PrefixListId })),
      userIdGroupPairs: [],
    })),
  },
  supplementaryConfiguration: {},
});

/** The configuration items of these buckets. (moto's own AWS Config fails over public grants.) */
export async function bucketItems(
  config: { readonly region: string },
  names: readonly string[],
): Promise<Item[]> {
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  return Promise.all(names.map(async (name) => item(config.region, await bucketItem(s3, name))));
}

async function bucketItem(s3: S3Client, Bucket: string) {
  const { Grants = [] } = await s3.send(new GetBucketAclCommand({ Bucket }));
  const policy = await orNone(s3.send(new GetBucketPolicyCommand({ Bucket })));
  const block = await orNone(s3.send(new GetPublicAccessBlockCommand({ Bucket })));
  const tagging = await orNone(s3.send(new GetBucketTaggingCommand({ Bucket })));
  const grantList = Grants.map(({ Grantee, Permission = '' }) => ({
    grantee: Grantee?.URI?.split('/').at(-1) ?? { id: Grantee?.ID, displayName: null },
    permission: PERMISSIONS[Permission],
  }));
  const { PublicAccessBlockConfiguration: flags } = block ?? {};
  return {
    resourceType: 'AWS::S3::Bucket',
    resourceId: Bucket,
    resourceName: Bucket,
    tags: Object.fromEntries((tagging?.TagSet ?? []).map(({ Key, Value }) => [Key, Value])),
    configuration: { name: Bucket, owner: { id: 'moto' } },
    supplementaryConfiguration: {
      AccessControlList: JSON.stringify({ grantSet: null, grantList }),
      BucketPolicy: { policyText: policy?.Policy ?? null },
      ...(flags && {
        PublicAccessBlockConfiguration: {
          blockPublicAcls: flags.BlockPublicAcls,
          ignorePublicAcls: flags.IgnorePublicAcls,
          blockPublicPolicy: flags.BlockPublicPolicy,
          restrictPublicBuckets: flags.RestrictPublicBuckets,
        },
      }),
    },
  };
}

const PERMISSIONS: Readonly<Record<string, string>> = {
  FULL_CONTROL: 'FullControl',
  READ: 'Read',
  WRITE: 'Write',
  READ_ACP: 'ReadAcp',
  WRITE_ACP: 'WriteAcp',
};

/** What there is; nothing, where S3 says that there is none. */
async function orNone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (/^NoSuch/.test((error as Error).name)) return undefined;
    throw error;
  }
}

export type Item = ReturnType<typeof item>;

const item = <T extends { readonly resourceId: string }>(region: string, recorded: T) => ({
  configurationItemVersion: '1.3',
  configurationItemCaptureTime: new Date().toISOString(),
  configurationItemStatus: 'OK',
  awsAccountId: MOTO_ACCOUNT,
  awsRegion: region,
  relationships: [],
  relatedEvents: [],
  ...recorded,
});
