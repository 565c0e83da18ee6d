/** What AWS answers about an account of any size, as far as the functions ask, in the words of its protocols. */

import {
  ACCOUNT,
  bucketName,
  groupId,
  isTenth,
  monthAgo,
  OFFICE,
  OFFICE_ENTRIES,
  publicPolicy,
  REGION,
  trailName,
  userName,
} from './resources.ts';
import type { Value } from './xml.ts';

export interface Call {
  /** How many users, security groups, buckets and trails there are. */
  readonly size: number;
  /** That the request was signed for. */
  readonly region: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What AWS Config was told, by resource: the next periodic run asks for it again. */
  readonly results: Map<string, Value>;
}

/** A text is sent as it is; an Error's message is an error code: there is no such configuration. */
export type Answer = { readonly [name: string]: Value } | string | Error;

/** The rules whose every call is answered here. What the others ask about the account, the situations of corpus/ answer. */
export const ANSWERED: readonly string[] = [
  ...['root-mfa', 'root-signing-certificates', 's3-public', 'sg-open-ports'],
  ...['access-key-age', 'trail-log-retention', 'trail-object-lock'],
];

export const ANSWERS: Readonly<Record<string, (call: Call) => Answer>> = {
  'config:PutEvaluations': ({ input, results }) => {
    for (const evaluation of input.Evaluations as Evaluation[]) {
      const { ComplianceResourceType: ResourceType, ComplianceResourceId: ResourceId } = evaluation;
      results.set(`${ResourceType} ${ResourceId}`, {
        EvaluationResultIdentifier: {
          EvaluationResultQualifier: { ResourceType, ResourceId },
          OrderingTimestamp: evaluation.OrderingTimestamp,
        },
        ComplianceType: evaluation.ComplianceType,
      });
    }
    return { FailedEvaluations: [] };
  },
  'config:GetComplianceDetailsByConfigRule': ({ input, results }) => {
    const { items, next } = page([...results.values()], input.Limit, input.NextToken);
    return { EvaluationResults: items, NextToken: next };
  },

  'iam:GetAccountSummary': () => ({
    SummaryMap: {
      entry: Object.entries({
        AccountMFAEnabled: 1,
        AccountAccessKeysPresent: 0,
        AccountPasswordPresent: 1,
        AccountSigningCertificatesPresent: 0,
      }).map(([key, value]) => ({ key, value })),
    },
  }),
  'iam:GenerateCredentialReport': () => ({ State: 'COMPLETE' }),
  'iam:GetCredentialReport': ({ size }) => ({
    Content: Buffer.from(credentialReport(size)).toString('base64'),
    ReportFormat: 'text/csv',
    GeneratedTime: new Date().toISOString(),
  }),
  'iam:ListUsers': ({ size, input }) => {
    const { items, next } = page(all(size), input.MaxItems, input.Marker);
    return {
      Users: {
        member: items.map((index) => ({
          Path: '/',
          UserName: userName(index),
          UserId: `AIDA${String(index).padStart(17, '0')}`,
          Arn: userArn(index),
          CreateDate: monthAgo(),
        })),
      },
      IsTruncated: next !== undefined,
      Marker: next,
    };
  },

  'ec2:DescribeSecurityGroups': ({ size, input }) => {
    const { items, next } = page(all(size), input.MaxResults, input.NextToken);
    return { securityGroupInfo: { item: items.map(securityGroup) }, nextToken: next };
  },
  'ec2:GetManagedPrefixListEntries': () => ({ entrySet: { item: OFFICE_ENTRIES.map((cidr) => ({ cidr })) } }),

  's3control:GetPublicAccessBlock': () => new Error('NoSuchPublicAccessBlockConfiguration'),
  's3:ListBuckets': ({ size, input }) => {
    const { items, next } = page(all(size), input['max-buckets'], input['continuation-token']);
    return {
      Buckets: { Bucket: items.map((index) => ({ Name: bucketName(index), BucketRegion: REGION })) },
      ContinuationToken: next,
    };
  },
  's3:GetBucketAcl': () => ({
    Owner: { ID: 'owner' },
    AccessControlList: { Grant: { Grantee: { ID: 'owner' }, Permission: 'FULL_CONTROL' } },
  }),
  's3:GetBucketPolicy': ({ input }) => {
    const bucket = String(input.bucket);
    return isTenth(numberOf(bucket)) ? publicPolicy(bucket) : new Error('NoSuchBucketPolicy');
  },
  's3:GetPublicAccessBlock': () => new Error('NoSuchPublicAccessBlockConfiguration'),
  's3:GetObjectLockConfiguration': () => ({
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } },
  }),
  's3:GetBucketLifecycleConfiguration': ({ input }) =>
    isTenth(numberOf(String(input.bucket)))
      ? { Rule: { ID: 'old', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 90 } } }
      : new Error('NoSuchLifecycleConfiguration'),
  's3:GetBucketVersioning': () => ({ Status: 'Enabled' }),

  'cloudtrail:DescribeTrails': ({ size }) => ({
    trailList: all(size).map((index) => ({
      Name: trailName(index),
      TrailARN: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/${trailName(index)}`,
      HomeRegion: REGION,
      S3BucketName: bucketName(index),
      IsOrganizationTrail: false,
    })),
  }),
};

interface Evaluation {
  readonly ComplianceResourceType: string;
  readonly ComplianceResourceId: string;
  readonly ComplianceType: string;
  readonly OrderingTimestamp: number;
}

export const all = (size: number) => Array.from({ length: size }, (_, index) => index);
export const numberOf = (name: string) => Number(name.split('-').at(-1));
export const userArn = (index: number) => `arn:aws:iam::${ACCOUNT}:user/${userName(index)}`;

/** One page, and the token of the next: the number of its first item. */
export function page<T>(everything: readonly T[], limit: unknown, token: unknown) {
  const first = Number(token ?? 0);
  const end = first + Number(limit ?? 100);
  return { items: everything.slice(first, end), next: end < everything.length ? String(end) : undefined };
}

export function securityGroup(index: number): Value {
  const permission = isTenth(index)
    ? { fromPort: 22, toPort: 22, prefixListIds: { item: { prefixListId: OFFICE } } }
    : { fromPort: 443, toPort: 443, ipRanges: { item: { cidrIp: '0.0.0.0/0' } } };
  return {
    groupId: groupId(index),
    groupName: `group-${index}`,
    // EC2 prints all four lists, empty ones too.
    ipPermissions: {
      item: { ipProtocol: 'tcp', ipRanges: '', ipv6Ranges: '', prefixListIds: '', groups: '', ...permission },
    },
  };
}

/** One active key a user, root without any; in the columns that AWS has (IAM User Guide). */
export function credentialReport(size: number, keyDate: (index: number) => string = monthAgo): string {
  const row = (user: string, arn: string, keyOf?: number) =>
    [
      user,
      arn,
      keyOf === undefined ? 'not_supported' : 'false',
      'true',
      String(keyOf !== undefined),
      keyOf === undefined ? 'N/A' : keyDate(keyOf),
      'false',
      'N/A',
    ].join(',');
  return [
    'user,arn,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_2_active,access_key_2_last_rotated',
    row('<root_account>', `arn:aws:iam::${ACCOUNT}:root`),
    ...all(size).map((index) => row(userName(index), userArn(index), index)),
  ].join('\n');
}
