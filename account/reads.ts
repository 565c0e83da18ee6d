/**
 * Every reading of an account that Groundrules knows, by the API that gives it. One row says all there is to say:
 * the IAM action it needs, where the `aws` command line's answer lies in a snapshot, and which AWS error codes
 * mean "there is none" (the reading is then `null`) rather than "could not be read".
 */
export interface Read {
  /** IAM action, where AWS does not name it like the API. */
  readonly action?: string;
  /** Path of the answer in a snapshot, without extension; `{id}` is the bucket, user, trail or prefix list. */
  readonly file: string;
  readonly extension?: 'csv';
  /** Read in every Region rather than once an account. */
  readonly regional?: true;
  /** Error codes that mean the configuration does not exist. */
  readonly none?: readonly string[];
  /** Another action that the reading needs first. */
  readonly alsoNeeds?: string;
  /** Members with which the answer repeats a filter of the request: it is not all there is, then. */
  readonly filters?: readonly string[];
}

const defineReads = <Name extends string>(reads: Record<Name, Read>): Record<Name, Read> => reads;

export const READS = defineReads({
  'iam:GetAccountSummary': { file: 'global/iam/get-account-summary' },
  'iam:GetCredentialReport': {
    file: 'global/iam/get-credential-report',
    extension: 'csv',
    alsoNeeds: 'iam:GenerateCredentialReport',
  },
  'iam:ListUsers': { file: 'global/iam/list-users' },
  'iam:ListVirtualMFADevices': { file: 'global/iam/list-virtual-mfa-devices' },
  'iam:ListAccessKeys': { file: 'global/iam/list-access-keys/{id}' },
  'iam:ListUserTags': { file: 'global/iam/list-user-tags/{id}' },
  'iam:GetAccessKeyLastUsed': { file: 'global/iam/get-access-key-last-used/{id}' },

  's3control:GetPublicAccessBlock': {
    action: 's3:GetAccountPublicAccessBlock',
    file: 'global/s3control/get-public-access-block',
    none: ['NoSuchPublicAccessBlockConfiguration'],
  },
  'organizations:DescribeOrganization': {
    file: 'global/organizations/describe-organization',
    none: ['AWSOrganizationsNotInUseException'],
  },
  'organizations:DescribeAccount': {
    file: 'global/organizations/describe-account/{id}',
    none: ['AccountNotFoundException'],
  },
  // IAM's reference leaves out the ending that its model has.
  'iam:ListOrganizationsFeatures': {
    file: 'global/iam/list-organizations-features',
    none: ['ServiceAccessNotEnabled', 'ServiceAccessNotEnabledException'],
  },
  // IAM's own, asked as the root user of a member account: `{id}` is the account, or the account, a slash and a key.
  'root:GetLoginProfile': {
    action: 'sts:AssumeRoot',
    file: 'global/root/get-login-profile/{id}',
    none: ['NoSuchEntity', 'NoSuchEntityException'],
  },
  'root:GetUser': { action: 'sts:AssumeRoot', file: 'global/root/get-user/{id}' },
  'root:ListAccessKeys': { action: 'sts:AssumeRoot', file: 'global/root/list-access-keys/{id}' },
  'root:GetAccessKeyLastUsed': {
    action: 'sts:AssumeRoot',
    file: 'global/root/get-access-key-last-used/{id}',
  },
  'root:ListSigningCertificates': {
    action: 'sts:AssumeRoot',
    file: 'global/root/list-signing-certificates/{id}',
  },
  'root:ListMFADevices': { action: 'sts:AssumeRoot', file: 'global/root/list-mfa-devices/{id}' },
  'organizations:DescribeEffectivePolicy': {
    file: 'global/organizations/describe-effective-policy/{id}',
    none: ['EffectivePolicyNotFoundException', 'AWSOrganizationsNotInUseException'],
  },
  's3:ListBuckets': {
    action: 's3:ListAllMyBuckets',
    file: 'global/s3api/list-buckets',
    filters: ['Prefix'],
  },
  's3:GetBucketLocation': { file: 'global/s3api/get-bucket-location/{id}' },
  's3:GetBucketAcl': { file: 'global/s3api/get-bucket-acl/{id}' },
  's3:GetBucketPolicy': { file: 'global/s3api/get-bucket-policy/{id}', none: ['NoSuchBucketPolicy'] },
  's3:GetBucketPolicyStatus': {
    file: 'global/s3api/get-bucket-policy-status/{id}',
    none: ['NoSuchBucketPolicy'],
  },
  's3:GetPublicAccessBlock': {
    action: 's3:GetBucketPublicAccessBlock',
    file: 'global/s3api/get-public-access-block/{id}',
    none: ['NoSuchPublicAccessBlockConfiguration'],
  },
  's3:GetBucketOwnershipControls': {
    file: 'global/s3api/get-bucket-ownership-controls/{id}',
    none: ['OwnershipControlsNotFoundError'],
  },
  's3:GetObjectLockConfiguration': {
    action: 's3:GetBucketObjectLockConfiguration',
    file: 'global/s3api/get-object-lock-configuration/{id}',
    none: ['ObjectLockConfigurationNotFoundError', 'ObjectLockConfigurationNotFound'],
  },
  's3:GetBucketVersioning': { file: 'global/s3api/get-bucket-versioning/{id}' },
  's3:GetBucketLogging': { file: 'global/s3api/get-bucket-logging/{id}' },
  's3:GetBucketReplication': {
    action: 's3:GetReplicationConfiguration',
    file: 'global/s3api/get-bucket-replication/{id}',
    none: ['ReplicationConfigurationNotFoundError'],
  },
  's3:GetBucketTagging': { file: 'global/s3api/get-bucket-tagging/{id}', none: ['NoSuchTagSet'] },
  's3:GetBucketWebsite': {
    file: 'global/s3api/get-bucket-website/{id}',
    none: ['NoSuchWebsiteConfiguration'],
  },

  'ec2:DescribeRegions': { file: 'global/ec2/describe-regions' },
  'ec2:DescribeSecurityGroups': { file: 'ec2/describe-security-groups', regional: true },
  'ec2:DescribeManagedPrefixLists': { file: 'ec2/describe-managed-prefix-lists', regional: true },
  'ec2:GetManagedPrefixListEntries': {
    file: 'ec2/get-managed-prefix-list-entries/{id}',
    regional: true,
  },
  'ec2:DescribeSecurityGroupRules': { file: 'ec2/describe-security-group-rules/{id}', regional: true },

  'config:DescribeDeliveryChannels': { file: 'configservice/describe-delivery-channels', regional: true },

  'cloudtrail:DescribeTrails': { file: 'cloudtrail/describe-trails', regional: true },
  'cloudtrail:GetTrailStatus': { file: 'cloudtrail/get-trail-status/{id}', regional: true },

  'elbv2:DescribeLoadBalancers': {
    action: 'elasticloadbalancing:DescribeLoadBalancers',
    file: 'elbv2/describe-load-balancers',
    regional: true,
  },
  // Their ids are ARNs, whose slashes no file's name may have: of a live account only.
  'elbv2:DescribeListeners': {
    action: 'elasticloadbalancing:DescribeListeners',
    file: 'elbv2/describe-listeners/{id}',
    regional: true,
    none: ['LoadBalancerNotFound'],
  },
  'elbv2:DescribeRules': {
    action: 'elasticloadbalancing:DescribeRules',
    file: 'elbv2/describe-rules/{id}',
    regional: true,
  },

  'account:GetAlternateContact': {
    file: 'global/account/get-alternate-contact/{id}',
    none: ['ResourceNotFoundException'],
  },

  'rds:DescribeDBInstances': { file: 'rds/describe-db-instances', regional: true },
  'rds:DescribeDBClusters': { file: 'rds/describe-db-clusters', regional: true },
  'rds:DescribeOptionGroups': { file: 'rds/describe-option-groups/{id}', regional: true },
  'rds:DescribeDBParameters': { file: 'rds/describe-db-parameters/{id}', regional: true },
  'rds:DescribeDBClusterParameters': { file: 'rds/describe-db-cluster-parameters/{id}', regional: true },

  'ssm:DescribeOpsItems': { file: 'ssm/describe-ops-items', regional: true },
});

export type ReadName = keyof typeof READS;

/** Where to read: a Region for a regional API, an id for an API that is asked about one resource. */
export interface ReadTarget {
  readonly region?: string;
  readonly id?: string;
}

/** The reading's file in a snapshot, relative to the account's folder: `us-east-1/ec2/describe-security-groups.json`. */
export function readPath(name: ReadName, { region, id }: ReadTarget = {}): string {
  const read: Read = READS[name];
  const path = `${read.file}.${read.extension ?? 'json'}`.replace('{id}', () => id ?? '');
  return read.regional ? `${region}/${path}` : path;
}

/** The IAM actions that a reading needs. */
export function readActions(name: ReadName): string[] {
  const read: Read = READS[name];
  return [...(read.alsoNeeds ? [read.alsoNeeds] : []), read.action ?? name];
}
