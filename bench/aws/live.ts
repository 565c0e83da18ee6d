/** A whole account of two Regions, as `groundrules evaluate --live` asks about it. What a resource is follows from its number. */
import { ANSWERS, type Call, credentialReport, numberOf, page, securityGroup } from './answers.ts';
import { ACCOUNT, bucketName, daysAgo, groupId, OFFICE, publicPolicy } from './resources.ts';
import type { Value } from './xml.ts';

export interface LiveSize {
  readonly buckets: number;
  readonly groups: number;
  readonly users: number;
  /** What settles the buckets: Block Public Access of the account, or of nine buckets in ten, or nothing. */
  readonly block: 'account' | 'buckets' | 'none';
}

const REGIONS = ['eu-west-1', 'us-east-1'] as const;
const TRAIL_BUCKET = 'bucket-0';
/** Three users in ten have a key of more than 90 days. */
const hasOldKey = (index: number) => index % 10 < 3;

const ALL_FLAGS = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** By the last digit: 0 is public by its policy, 1 by its ACL, 2 has a policy for its own account, the others have none. */
const kindOf = ({ bucket }: Call['input']) => numberOf(String(bucket)) % 10;

/** The answers about an account of this size. */
export const liveAnswers = ({ buckets, groups, users, block }: LiveSize): typeof ANSWERS => ({
  ...ANSWERS,
  'sts:GetCallerIdentity': () => ({ Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/auditor` }),
  'ec2:DescribeRegions': () => ({
    regionInfo: {
      item: REGIONS.map((regionName) => ({ regionName, optInStatus: 'opt-in-not-required' })),
    },
  }),
  ...iamOf(users),
  ...s3Of(buckets, block),
  'ec2:DescribeSecurityGroups': ({ region, input }) => {
    const here = numbers(groups).filter((index) => REGIONS[index % 2] === region);
    const { items, next } = page(here, input.MaxResults, input.NextToken);
    return { securityGroupInfo: { item: items.map(group) }, nextToken: next };
  },
  'ec2:DescribeManagedPrefixLists': () => ({
    prefixListSet: { item: { prefixListId: OFFICE, prefixListName: 'office', ownerId: ACCOUNT } },
  }),
  'cloudtrail:DescribeTrails': () => ({
    trailList: [
      {
        Name: 'audit',
        TrailARN: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/audit`,
        HomeRegion: 'us-east-1',
        S3BucketName: TRAIL_BUCKET,
        IsMultiRegionTrail: true,
        IsOrganizationTrail: false,
      },
    ],
  }),
});

const iamOf = (users: number): typeof ANSWERS => ({
  'iam:ListUsers': (call) => ANSWERS['iam:ListUsers']?.({ ...call, size: users }) ?? '',
  'iam:GetCredentialReport': () => ({
    Content: Buffer.from(credentialReport(users, keyDate)).toString('base64'),
    ReportFormat: 'text/csv',
    GeneratedTime: new Date().toISOString(),
  }),
  'iam:ListAccessKeys': ({ input }) => ({
    AccessKeyMetadata: {
      member: {
        UserName: String(input.UserName),
        AccessKeyId: `AKIA${String(numberOf(String(input.UserName))).padStart(16, '0')}`,
        Status: 'Active',
        CreateDate: keyDate(numberOf(String(input.UserName))),
      },
    },
    IsTruncated: false,
  }),
});
const keyDate = (index: number) => daysAgo(hasOldKey(index) ? 200 : 30);

const s3Of = (buckets: number, block: LiveSize['block']): typeof ANSWERS => ({
  's3:ListBuckets': ({ input }) => {
    const { items, next } = page(numbers(buckets), input['max-buckets'], input['continuation-token']);
    const one = (index: number) => ({
      Name: bucketName(index),
      BucketRegion: REGIONS[index % 2] ?? '',
      CreationDate: daysAgo(400),
    });
    return { Buckets: { Bucket: items.map(one) }, ContinuationToken: next };
  },
  's3control:GetPublicAccessBlock': () =>
    block === 'account' ? ALL_FLAGS : new Error('NoSuchPublicAccessBlockConfiguration'),
  // One bucket in ten has none where the buckets have it.
  's3:GetPublicAccessBlock': ({ input }) =>
    block === 'buckets' && Math.floor(numberOf(String(input.bucket)) / 10) % 10 !== 0
      ? ALL_FLAGS
      : new Error('NoSuchPublicAccessBlockConfiguration'),
  's3:GetBucketOwnershipControls': ({ input }) =>
    kindOf(input) === 1
      ? { Rule: { ObjectOwnership: 'ObjectWriter' } }
      : { Rule: { ObjectOwnership: 'BucketOwnerEnforced' } },
  's3:GetBucketAcl': ({ input }) => ({
    Owner: { ID: 'owner' },
    AccessControlList: { Grant: [OWNER, ...(kindOf(input) === 1 ? [EVERYONE] : [])] },
  }),
  's3:GetBucketPolicy': ({ input }) => {
    const bucket = String(input.bucket);
    if (kindOf(input) === 0) return publicPolicy(bucket);
    if (kindOf(input) === 2) return ownPolicy(bucket);
    return new Error('NoSuchBucketPolicy');
  },
});

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const OWNER: Value = {
  [`Grantee ${XSI} xsi:type="CanonicalUser"`]: { ID: 'owner' },
  Permission: 'FULL_CONTROL',
};
const EVERYONE: Value = {
  [`Grantee ${XSI} xsi:type="Group"`]: { URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
  Permission: 'READ',
};

const ownPolicy = (bucket: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
    ],
  });

/** One group in ten lets a prefix list in, one in ten lets anyone in by SSH. */
const group = (index: number): Value => {
  const here = securityGroup(index);
  if (index % 10 !== 1) return here;
  const open = { ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { item: { cidrIp: '0.0.0.0/0' } } };
  const ipPermissions = { item: { ipv6Ranges: '', prefixListIds: '', groups: '', ...open } };
  return { groupId: groupId(index), groupName: `group-${index}`, ipPermissions };
};

const numbers = (size: number) => Array.from({ length: size }, (_, index) => index);
