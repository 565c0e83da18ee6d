/** The account by methods, one a reading: for who does not ask by {@link Account.read} yet. */
import type { AnyAccount, Tags } from './account.ts';
import { isNotCollected } from './errors.ts';
import type { AlternateContact } from './services/account/readings.ts';
import * as contact from './services/account/readings.ts';
import type { Trail } from './services/cloudtrail/readings.ts';
import * as trail from './services/cloudtrail/readings.ts';
import * as config from './services/config/readings.ts';
import type { ManagedPrefixList, SecurityGroup, SecurityGroupRule } from './services/ec2/readings.ts';
import * as ec2 from './services/ec2/readings.ts';
import type { Listener, ListenerRule, LoadBalancer } from './services/elbv2/readings.ts';
import * as elb from './services/elbv2/readings.ts';
import type {
  AccessKey,
  CredentialReportRow,
  IamUser,
  LastUse,
  VirtualMfaDevice,
} from './services/iam/readings.ts';
import * as iam from './services/iam/readings.ts';
import type { Organization } from './services/organizations/readings.ts';
import * as org from './services/organizations/readings.ts';
import type { Database } from './services/rds/readings.ts';
import * as rds from './services/rds/readings.ts';
import type { RootCertificate, RootMfaDevice } from './services/root/readings.ts';
import * as root from './services/root/readings.ts';
import { type Bucket, bucketNamed, bucketsInView, everyBucket, whenCreated } from './services/s3/buckets.ts';
import type { Grant, ObjectLock, ObjectOwnership, PublicAccessBlock } from './services/s3/readings.ts';
import * as s3 from './services/s3/readings.ts';
import * as s3control from './services/s3control/readings.ts';
import type { OpsItem } from './services/ssm/readings.ts';
import * as ssm from './services/ssm/readings.ts';

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

export interface CloudTrail {
  /** Every trail that the Region shows: its own, shadows of multi-Region trails, and the organization's. */
  trails(): Promise<readonly Trail[]>;
}

export interface Config {
  /** The buckets that AWS Config of the Region delivers to. */
  deliveryBuckets(): Promise<readonly string[]>;
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

export interface Ssm {
  /** OpsItems of the source `Groundrules`, of any status. */
  opsItems(): Promise<readonly OpsItem[]>;
}

export interface Organizations {
  /** The account's organization, which members may ask for, too; `null` when it is in none. */
  organization(): Promise<Organization | null>;
  /** What central root access may do (`RootCredentialsManagement`, `RootSessions`); `null`: it is not on at all. */
  rootFeatures(): Promise<readonly string[] | null>;
  /** A member, as the management account alone may see it, and IAM's delegated administrator. */
  member(accountId: string): Member;
}

export interface Elbv2 {
  /** Of every type. */
  loadBalancers(): AsyncIterable<LoadBalancer>;
  /** `null` when the load balancer does not exist (any more). */
  listeners(loadBalancerArn: string): Promise<readonly Listener[] | null>;
  /** The default rule included. */
  rules(listenerArn: string): Promise<readonly ListenerRule[]>;
}

export interface Contacts {
  /** The account's alternate contact for security; `null` when it has none. */
  security(): Promise<AlternateContact | null>;
}

export interface Member {
  state(): Promise<string | null>;
  rootPassword(): Promise<RootPassword | null>;
  rootAccessKeys(): Promise<readonly AccessKey[]>;
  rootAccessKeyLastUsed(keyId: string): Promise<LastUse | null>;
  rootCertificates(): Promise<readonly RootCertificate[]>;
  rootMfaDevices(): Promise<readonly RootMfaDevice[]>;
}
export interface RootPassword {
  readonly createdAt: Date;
  readonly lastUsed?: Date;
}

export interface Methods {
  readonly iam: Iam;
  readonly s3: S3;
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

export function withMethods(given: Omit<AnyAccount, keyof Methods>): AnyAccount {
  const account = given as AnyAccount;
  const methods: Methods = {
    iam: {
      accountSummary: () => account.read(iam.accountSummary),
      credentialReport: () => account.read(iam.credentialReport),
      users: () => account.read(iam.users),
      accessKeys: (id) => account.read(iam.accessKeys, { id }),
      virtualMfaDevices: () => account.read(iam.virtualMfaDevices),
      userTags: (id) => account.read(iam.userTags, { id }),
      accessKeyLastUsed: (id) => account.read(iam.accessKeyLastUsed, { id }),
    },
    s3: {
      everyBucket: () => everyBucket(account),
      buckets: () => bucketsInView(account),
      bucket: (name) => bucketNamed(account, name),
      created: (name) => whenCreated(account, name),
      acl: (id) => account.read(s3.bucketAcl, { id }),
      policy: (id) => account.read(s3.bucketPolicy, { id }),
      isPolicyPublic: (id) => account.read(s3.bucketPolicyStatus, { id }),
      publicAccessBlock: (id) => account.read(s3.publicAccessBlock, { id }),
      accountPublicAccessBlock: () => account.read(s3control.accountPublicAccessBlock),
      async organizationPublicAccessBlock() {
        try {
          return await account.read(org.s3Policy);
        } catch (error) {
          if (isNotCollected(error)) return null;
          throw error;
        }
      },
      objectOwnership: (id) => account.read(s3.objectOwnership, { id }),
      objectLock: (id) => account.read(s3.objectLock, { id }),
      versioning: (id) => account.read(s3.bucketVersioning, { id }),
      loggingTarget: (id) => account.read(s3.loggingTarget, { id }),
      replicationTargets: async (id) => (await account.read(s3.replicationTargets, { id })) ?? [],
      hasWebsite: async (id) => (await account.read(s3.bucketWebsite, { id })) !== null,
      tags: async (id) => (await account.read(s3.bucketTags, { id })) ?? {},
    },
    enabledRegions: () => account.read(ec2.regions),
    ec2: (region) => ({
      securityGroups: () => account.each(ec2.securityGroups, { region }),
      securityGroup: (id) => account.one(ec2.securityGroups, id, { region }),
      prefixListEntries: (id) => account.read(ec2.prefixListEntries, { region, id }),
      prefixList: (id) => account.one(ec2.prefixLists, id, { region }),
      securityGroupRules: (id) => account.read(ec2.securityGroupRules, { region, id }),
    }),
    cloudtrail: (region) => ({ trails: () => account.read(trail.trails, { region }) }),
    elbv2: (region) => ({
      loadBalancers: () => account.each(elb.loadBalancers, { region }),
      listeners: (id) => account.read(elb.listeners, { region, id }),
      rules: (id) => account.read(elb.listenerRules, { region, id }),
    }),
    config: (region) => ({ deliveryBuckets: () => account.read(config.deliveryBuckets, { region }) }),
    rds: (region) => ({
      instances: () => account.each(rds.instances, { region }),
      clusters: () => account.each(rds.clusters, { region }),
      options: (id) => account.read(rds.optionGroupOptions, { region, id }),
      parameters: (id) => account.read(rds.parameters, { region, id }),
      clusterParameters: (id) => account.read(rds.clusterParameters, { region, id }),
    }),
    ssm: (region) => ({ opsItems: () => account.read(ssm.opsItems, { region }) }),
    organizations: {
      organization: () => account.read(org.organization),
      rootFeatures: () => account.read(iam.organizationsFeatures),
      member: (id) => ({
        state: () => account.read(org.accountState, { id }),
        async rootPassword() {
          const createdAt = await account.read(root.rootPassword, { id });
          if (!createdAt) return null;
          const lastUsed = await account.read(root.rootSignedIn, { id });
          return { createdAt, ...(lastUsed && { lastUsed }) };
        },
        rootAccessKeys: () => account.read(root.rootAccessKeys, { id }),
        rootAccessKeyLastUsed: (key) => account.read(root.rootAccessKeyLastUsed, { id: `${id}/${key}` }),
        rootCertificates: () => account.read(root.rootCertificates, { id }),
        rootMfaDevices: () => account.read(root.rootMfaDevices, { id }),
      }),
    },
    contacts: { security: () => account.read(contact.alternateContact, { id: 'SECURITY' }) },
  };
  return { ...account, ...methods };
}
