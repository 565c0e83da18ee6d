/**
 * The account as a rule sees it: lazy, memoised, typed. Where the answers come from (AWS, files, a configuration
 * item) is a {@link Source}'s business; `read-account.ts` turns any source into an account.
 *
 * Every method rejects with an {@link AccountError} when it cannot tell. A configuration that does not exist is
 * `null`, a resource that does not exist any more is `null`. A list of which only a part can be read gives that part, and
 * an `IncompleteListError` for the rest.
 */
export interface Account {
  /** Twelve digits. */
  readonly id: string;
  /** The Regions in view. A rule judges resources of these Regions, and global ones. */
  readonly regions: readonly string[];
  readonly iam: Iam;
  readonly s3: S3;
  ec2(region: string): Ec2;
  cloudtrail(region: string): CloudTrail;
}

export type Tags = Readonly<Record<string, string>>;

/** A resource by the names that AWS Config uses. */
export interface ResourceRef {
  /** `AWS::EC2::SecurityGroup`; `AWS::::Account` for the account itself. */
  readonly type: string;
  /** `sg-…`, a bucket's name, a trail's name, a user's unique id (`AIDA…`), the account id. */
  readonly id: string;
  readonly name?: string;
  /** The Region, or `global`. */
  readonly region: string;
}

export interface Iam {
  /** GetAccountSummary's SummaryMap. A key that AWS left out is absent, which is not zero. */
  accountSummary(): Promise<Readonly<Record<string, number | undefined>>>;
  credentialReport(): Promise<readonly CredentialReportRow[]>;
  users(): Promise<readonly IamUser[]>;
  /** With their fresh status, unlike the credential report's, which may be four hours old. */
  accessKeys(userName: string): Promise<readonly AccessKey[]>;
  virtualMfaDevices(): Promise<readonly VirtualMfaDevice[]>;
  userTags(userName: string): Promise<Tags>;
}

export interface IamUser {
  readonly name: string;
  /** The unique id, `AIDA…`: what AWS Config calls the user's resource id. */
  readonly id: string;
  readonly arn: string;
}

export interface AccessKey {
  readonly id: string;
  readonly active: boolean;
  readonly createdAt: Date;
}

export interface VirtualMfaDevice {
  readonly serialNumber: string;
  /** The owner's ARN; absent while the device is not assigned. */
  readonly userArn?: string;
}

/** A row of the IAM credential report (aws-facts §8). What the report says is `N/A` or `not_supported` is absent. */
export interface CredentialReportRow {
  /** The user's name, or `<root_account>`. */
  readonly user: string;
  readonly arn: string;
  readonly passwordEnabled?: boolean;
  readonly mfaActive?: boolean;
  readonly accessKeys: readonly ReportedKey[];
  /** Why the row says nothing that could be relied on; the other fields are then empty. */
  readonly problem?: string;
}

export interface ReportedKey {
  /** 1 or 2, as the report numbers them: it does not give the key's id. */
  readonly number: 1 | 2;
  readonly active: boolean;
  readonly lastRotated?: Date;
}

export interface S3 {
  /** The account's buckets, of the Regions in view. */
  buckets(): AsyncIterable<Bucket>;
  /** The bucket, or `null` when the account has none of that name. */
  bucket(name: string): Promise<Bucket | null>;
  /** The bucket's ACL grants. With IgnorePublicAcls on, S3 itself gives the effective ones. */
  acl(bucket: string): Promise<readonly Grant[]>;
  /** The policy's JSON text. */
  policy(bucket: string): Promise<string | null>;
  publicAccessBlock(bucket: string): Promise<PublicAccessBlock | null>;
  /** The account's setting: what S3 gives is already merged with the organization's. */
  accountPublicAccessBlock(): Promise<PublicAccessBlock | null>;
  /** The organization's S3 policy alone, where someone collected it. */
  organizationPublicAccessBlock(): Promise<PublicAccessBlock | null>;
  /** `null`: no ownership controls, so ACLs count. */
  objectOwnership(bucket: string): Promise<ObjectOwnership | null>;
  objectLock(bucket: string): Promise<ObjectLock | null>;
  /** Whether static website hosting is on. */
  hasWebsite(bucket: string): Promise<boolean>;
  tags(bucket: string): Promise<Tags>;
}

export interface Bucket {
  readonly name: string;
  /** The bucket's Region; `global` where the source does not say. */
  readonly region: string;
}

export interface Grant {
  /** `AllUsers` and `AuthenticatedUsers` are S3's predefined groups; all else is somebody in particular. */
  readonly grantee: 'AllUsers' | 'AuthenticatedUsers' | 'other';
  /** As the S3 API spells it: `READ`, `WRITE`, `READ_ACP`, `WRITE_ACP`, `FULL_CONTROL`. */
  readonly permission: string;
}

export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

export type ObjectOwnership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

export interface ObjectLock {
  readonly enabled: boolean;
  /** Absent: versions are locked only when the writer asks for it. */
  readonly defaultRetention?: {
    readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
    readonly days?: number;
    readonly years?: number;
  };
}

export interface Ec2 {
  securityGroups(): AsyncIterable<SecurityGroup>;
  /** The group, or `null` when it does not exist (any more). */
  securityGroup(id: string): Promise<SecurityGroup | null>;
  /** The CIDRs of a managed prefix list, AWS's own or a customer's. */
  prefixListEntries(id: string): Promise<readonly string[]>;
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly tags: Tags;
  readonly ingress: readonly IngressPermission[];
}

/** One IpPermission. Sources that are security groups are left out: they are never the internet. */
export interface IngressPermission {
  /** As EC2 gives it: `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number, or `-1` for all. */
  readonly protocol: string;
  /** The first port, or the ICMP type. Absent for protocols without ports. */
  readonly fromPort?: number;
  /** The last port, or the ICMP code. */
  readonly toPort?: number;
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
  readonly prefixListIds: readonly string[];
}

export interface CloudTrail {
  /** Every trail that the Region shows: its own, shadows of multi-Region trails, and the organization's. */
  trails(): Promise<readonly Trail[]>;
}

export interface Trail {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  readonly bucket: string;
  readonly isOrganizationTrail: boolean;
}
