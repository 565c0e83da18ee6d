import type { Member } from './member.ts';

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
  /** The Regions that the account has enabled, in view or not. */
  enabledRegions(): Promise<readonly string[]>;
  ec2(region: string): Ec2;
  cloudtrail(region: string): CloudTrail;
  elbv2(region: string): Elbv2;
  config(region: string): Config;
  rds(region: string): Rds;
  ssm(region: string): Ssm;
  readonly organizations: Organizations;
  readonly contacts: Contacts;
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
  /** `null`: never, since IAM began to take note of it in April 2015. AWS takes note every 15 minutes (aws-facts §8). */
  accessKeyLastUsed(keyId: string): Promise<LastUse | null>;
}

/** What a key was last used for, as far as IAM says. */
export interface LastUse {
  readonly at: Date;
  /** `s3`. */
  readonly service?: string;
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
  /** The user's name, or `<root_account>`; empty where nobody can tell whose row it is. */
  readonly user: string;
  readonly arn: string;
  readonly passwordEnabled?: boolean;
  readonly mfaActive?: boolean;
  /** Whether there is a signing certificate, active or not; absent where the report does not say so of both. */
  readonly hasCertificate?: boolean;
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
  /** The account's buckets of all Regions, in view or not. */
  everyBucket(): AsyncIterable<Bucket>;
  /** The account's buckets, of the Regions in view. */
  buckets(): AsyncIterable<Bucket>;
  /** The bucket, or `null` when the account has none of that name. */
  bucket(name: string): Promise<Bucket | null>;
  /** When the bucket was created, where S3 says; `null` when the account has none of that name. After some edits S3 gives a later time. */
  created(bucket: string): Promise<Date | 'unknown' | null>;
  /** The bucket's ACL grants. With IgnorePublicAcls on, S3 itself gives the effective ones. */
  acl(bucket: string): Promise<readonly Grant[]>;
  /** The policy's JSON text. */
  policy(bucket: string): Promise<string | null>;
  /** Whether S3 itself calls the policy public, whatever Block Public Access makes of it; `null`: there is no policy. */
  isPolicyPublic(bucket: string): Promise<boolean | null>;
  publicAccessBlock(bucket: string): Promise<PublicAccessBlock | null>;
  /** The account's setting: what S3 gives is already merged with the organization's. */
  accountPublicAccessBlock(): Promise<PublicAccessBlock | null>;
  /** The organization's S3 policy alone, where someone collected it. */
  organizationPublicAccessBlock(): Promise<PublicAccessBlock | null>;
  /** `null`: no ownership controls, so ACLs count. */
  objectOwnership(bucket: string): Promise<ObjectOwnership | null>;
  objectLock(bucket: string): Promise<ObjectLock | null>;
  /** `Off`: never turned on. */
  versioning(bucket: string): Promise<'Enabled' | 'Suspended' | 'Off'>;
  /** The bucket that its server access logs go to; `null`: it has none. */
  loggingTarget(bucket: string): Promise<string | null>;
  /** The buckets that rules in force replicate it to, by name: of any account. */
  replicationTargets(bucket: string): Promise<readonly string[]>;
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
  /** The first three are S3's predefined groups; all else is somebody in particular. */
  readonly grantee: 'AllUsers' | 'AuthenticatedUsers' | 'LogDelivery' | 'other';
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
  /** What the list is called, and whose it is; `null` when the account sees none of that id. */
  prefixList(id: string): Promise<ManagedPrefixList | null>;
  /** A group's rules one by one; none when the group does not exist (any more). */
  securityGroupRules(groupId: string): Promise<readonly SecurityGroupRule[]>;
}

/** A managed prefix list, without its entries. */
export interface ManagedPrefixList {
  readonly id: string;
  /** AWS alone has names that begin with `com.amazonaws.`. */
  readonly name: string;
  /** An account's id, or `AWS`. */
  readonly ownerId: string;
}

/** What DescribeSecurityGroupRules gives: a permission with one source, and an id. */
export interface SecurityGroupRule {
  /** `sgr-…` */
  readonly id: string;
  readonly isEgress: boolean;
  /** As EC2 gives them: -1 where the protocol has no ports. */
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  /** A CIDR, a prefix list (`pl-…`) or a security group (`sg-…`). */
  readonly source: string;
  readonly description?: string;
  readonly tags: Tags;
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  /** The account that it belongs to. A shared VPC's owner sees the participants' groups, and members those shared with them. */
  readonly ownerId?: string;
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
  /** Lists of sources that the answer leaves out, which is not the same as empty ones. */
  readonly unsaid?: readonly string[];
}

export interface CloudTrail {
  /** Every trail that the Region shows: its own, shadows of multi-Region trails, and the organization's. */
  trails(): Promise<readonly Trail[]>;
}

export interface Config {
  /** The buckets that AWS Config of the Region delivers to. */
  deliveryBuckets(): Promise<readonly string[]>;
}

export interface Trail {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  readonly bucket: string;
  readonly isOrganizationTrail: boolean;
}

export interface Rds {
  instances(): AsyncIterable<Database>;
  /** Neptune's and DocumentDB's clusters are among them, as RDS itself has it. */
  clusters(): AsyncIterable<Database>;
  /** The names of an option group's options. */
  options(group: string): Promise<readonly string[]>;
  /** By name. A parameter without a value is absent: the engine's own default holds. */
  parameters(group: string): Promise<Readonly<Record<string, string>>>;
  clusterParameters(group: string): Promise<Readonly<Record<string, string>>>;
}

/** A DB instance, or a DB cluster. */
export interface Database {
  /** `db-…`, `cluster-…`: DbiResourceId or DbClusterResourceId, which AWS Config calls the resource's id. */
  readonly id: string;
  /** The DB instance's or the DB cluster's identifier, which is in lower case. */
  readonly name: string;
  readonly engine: string;
  readonly status: string;
  /** The log types that go to CloudWatch Logs, as they will be when pending changes are through. */
  readonly logExports: readonly string[];
  readonly parameterGroups: readonly string[];
  /** Of an instance only. */
  readonly optionGroups: readonly string[];
  /** The identifier of the cluster that an instance is a member of. */
  readonly cluster?: string;
  /** Aurora Serverless v1. */
  readonly isServerless?: true;
}

export interface Ssm {
  /** OpsItems of the source `Groundrules`, of any status. */
  opsItems(): Promise<readonly OpsItem[]>;
}

export interface OpsItem {
  readonly id: string;
  /** `Open`, `InProgress`, `Resolved`, … */
  readonly status: string;
  /** Searchable operational data alone: OpsCenter lists no other. */
  readonly data: Readonly<Record<string, string>>;
}

export interface Organizations {
  /** The account's organization, which members may ask for, too; `null` when it is in none. */
  organization(): Promise<Organization | null>;
  /** What central root access may do (`RootCredentialsManagement`, `RootSessions`); `null`: it is not on at all. */
  rootFeatures(): Promise<readonly string[] | null>;
  /** A member, as the management account alone may see it, and IAM's delegated administrator. */
  member(accountId: string): Member;
}

export interface Organization {
  readonly id: string;
  readonly managementAccountId: string;
}

export interface Elbv2 {
  /** Of every type. */
  loadBalancers(): AsyncIterable<LoadBalancer>;
  /** `null` when the load balancer does not exist (any more). */
  listeners(loadBalancerArn: string): Promise<readonly Listener[] | null>;
  /** The default rule included. */
  rules(listenerArn: string): Promise<readonly ListenerRule[]>;
}

export interface LoadBalancer {
  /** Its resource id for AWS Config, too. */
  readonly arn: string;
  readonly name: string;
  /** `application`, `network`, `gateway`. */
  readonly type: string;
  readonly securityGroups: readonly string[];
}

export interface Listener {
  readonly arn: string;
  /** `HTTP`, `HTTPS`, `TCP`, …; absent for a gateway load balancer's, like the port. */
  readonly protocol?: string;
  readonly port?: number;
  readonly hasCertificate: boolean;
  readonly defaultActions: readonly ListenerAction[];
}

export interface ListenerRule {
  /** `1` to `50000`, or `default`. */
  readonly priority: string;
  readonly actions: readonly ListenerAction[];
}

/** Whole, and as Elastic Load Balancing spells it, so that it can be put back. */
export interface ListenerAction {
  /** `forward`, `redirect`, `fixed-response`, … */
  readonly Type: string;
  readonly TargetGroupArn?: string | null | undefined;
  readonly ForwardConfig?:
    | { readonly TargetGroups?: readonly WeightedGroup[] | null | undefined }
    | null
    | undefined;
  readonly RedirectConfig?: Readonly<Record<string, string>> | null | undefined;
  readonly [field: string]: unknown;
}

export interface WeightedGroup {
  readonly TargetGroupArn: string;
  readonly Weight?: number | null | undefined;
}

export interface Contacts {
  /** The account's alternate contact for security; `null` when it has none. */
  security(): Promise<AlternateContact | null>;
}

/** As AWS Account Management spells it. */
export interface AlternateContact {
  readonly Name: string;
  readonly Title: string;
  readonly EmailAddress: string;
  readonly PhoneNumber: string;
}
