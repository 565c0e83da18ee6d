/**
 * The same resources in each of AWS's forms (AWS Config, ConfigurationItem), so that a test can say only what is
 * special.
 */
import { ACCOUNT } from '../../support/memory.ts';

export type Json = Record<string, unknown>;

export const CAPTURED = '2026-11-20T10:11:12.345Z';

/** An item as a rule's event and a snapshot file have it. */
export const eventItem = (item: Json): Json => ({
  configurationItemVersion: '1.3',
  configurationItemCaptureTime: CAPTURED,
  configurationStateId: 1_795_169_472_345,
  configurationStateMd5Hash: '',
  configurationItemStatus: 'OK',
  awsAccountId: ACCOUNT,
  awsRegion: 'us-east-1',
  availabilityZone: 'Not Applicable',
  resourceCreationTime: '2026-01-02T03:04:05.000Z',
  relatedEvents: [],
  relationships: [],
  tags: {},
  supplementaryConfiguration: {},
  ...item,
});

/** The item as GetResourceConfigHistory gives it: other names, and JSON in texts. */
export function apiForm(item: Json): Json {
  const { awsAccountId, ARN, configurationItemVersion, configurationStateMd5Hash, ...rest } = item;
  return {
    ...rest,
    accountId: awsAccountId,
    ...(ARN !== undefined && { arn: ARN }),
    version: configurationItemVersion,
    configurationItemMD5Hash: configurationStateMd5Hash,
    configurationStateId: String(item.configurationStateId),
    configurationItemCaptureTime: new Date(item.configurationItemCaptureTime as string),
    configuration: item.configuration === null ? undefined : JSON.stringify(item.configuration),
    supplementaryConfiguration: Object.fromEntries(
      Object.entries((item.supplementaryConfiguration as Json | undefined) ?? {}).map(([key, value]) => [
        key,
        JSON.stringify(value),
      ]),
    ),
  };
}

export const webServers = eventItem({
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: 'sg-0a1b2c3d',
  resourceName: 'web',
  ARN: `arn:aws:ec2:us-east-1:${ACCOUNT}:security-group/sg-0a1b2c3d`,
  tags: { team: 'shop' },
  configuration: {
    description: 'web servers',
    groupId: 'sg-0a1b2c3d',
    groupName: 'web',
    ownerId: ACCOUNT,
    vpcId: 'vpc-1',
    tags: [{ key: 'team', value: 'shop' }],
    ipPermissions: [
      {
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        ipRanges: ['0.0.0.0/0'],
        ipv4Ranges: [{ cidrIp: '0.0.0.0/0', description: 'everyone' }],
        ipv6Ranges: [{ cidrIpv6: '::/0' }],
        prefixListIds: [],
        userIdGroupPairs: [],
      },
      {
        ipProtocol: '-1',
        ipRanges: [],
        ipv4Ranges: [],
        ipv6Ranges: [],
        prefixListIds: [{ prefixListId: 'pl-1' }],
        userIdGroupPairs: [{ groupId: 'sg-9', userId: ACCOUNT }],
      },
    ],
    ipPermissionsEgress: [{ ipProtocol: '-1', ipRanges: ['0.0.0.0/0'] }],
  },
});

export const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::media/*' }],
});

const acl = {
  grantSet: null,
  grantList: [
    { grantee: { id: 'c0ffee', displayName: 'owner' }, permission: 'FullControl' },
    { grantee: 'AllUsers', permission: 'Read' },
    { grantee: 'AuthenticatedUsers', permission: 'WriteAcp' },
  ],
  owner: { displayName: 'owner', id: 'c0ffee' },
  isRequesterCharged: false,
};

export const media = eventItem({
  resourceType: 'AWS::S3::Bucket',
  resourceId: 'media',
  resourceName: 'media',
  ARN: 'arn:aws:s3:::media',
  tags: { team: 'shop' },
  configuration: { name: 'media', owner: { id: 'c0ffee' }, creationDate: '2026-01-02T03:04:05.000Z' },
  supplementaryConfiguration: {
    AccessControlList: JSON.stringify(acl),
    BucketPolicy: { policyText: POLICY },
    BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: null },
    PublicAccessBlockConfiguration: {
      blockPublicAcls: true,
      ignorePublicAcls: false,
      blockPublicPolicy: true,
      restrictPublicBuckets: false,
    },
    ObjectLockConfiguration: {
      objectLockEnabled: 'Enabled',
      rule: { defaultRetention: { mode: 'GOVERNANCE', days: 30, years: null } },
    },
    BucketWebsiteConfiguration: { indexDocumentSuffix: 'index.html' },
    IsRequesterPaysEnabled: 'false',
  },
});

export const auditTrail = eventItem({
  resourceType: 'AWS::CloudTrail::Trail',
  resourceId: 'audit',
  resourceName: 'audit',
  ARN: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/audit`,
  configuration: {
    name: 'audit',
    s3BucketName: 'audit-logs',
    snsTopicARN: null,
    isMultiRegionTrail: true,
    homeRegion: 'us-east-1',
    trailARN: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/audit`,
    isOrganizationTrail: true,
  },
  supplementaryConfiguration: { Tags: [] },
});

export const alice = eventItem({
  resourceType: 'AWS::IAM::User',
  resourceId: 'AIDAALICE',
  resourceName: 'alice',
  ARN: `arn:aws:iam::${ACCOUNT}:user/alice`,
  awsRegion: 'global',
  tags: { team: 'shop' },
  configuration: {
    path: '/',
    userName: 'alice',
    userId: 'AIDAALICE',
    arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
    userPolicyList: [],
  },
});

export const accountBlock = eventItem({
  resourceType: 'AWS::S3::AccountPublicAccessBlock',
  resourceId: ACCOUNT,
  configuration: {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: false,
    restrictPublicBuckets: false,
  },
});

/** The item with another configuration: what changes is laid over. */
export const configured = (item: Json, changes: Json): Json => ({
  ...item,
  configuration: { ...(item.configuration as Json), ...changes },
});

export const supplemented = (item: Json, changes: Json): Json => ({
  ...item,
  supplementaryConfiguration: { ...(item.supplementaryConfiguration as Json), ...changes },
});

/** What proactive evaluation sends: CloudFormation's properties, and nothing beside them. */
export function proposal(item: Json, configuration: Json): Json {
  const { supplementaryConfiguration, ARN, tags, ...rest } = item;
  return { ...rest, configurationItemStatus: 'ResourceDiscovered', configuration };
}
