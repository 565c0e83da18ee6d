import * as z from 'zod/mini';
import type {
  Account,
  CloudTrail,
  Config,
  Contacts,
  Ec2,
  Elbv2,
  Iam,
  Organizations,
  Rds,
  ResourceRef,
  S3,
  Ssm,
} from './account.ts';
import { howItIsCut } from './cut.ts';
import {
  AccountError,
  checkComplete,
  complete,
  IncompleteListError,
  isNotCollected,
  OWN_CODES,
  type PartialList,
  partial,
} from './errors.ts';
import { openMember, rootFeatures } from './member.ts';
import type { ReadName, ReadTarget } from './reads.ts';
import { type BadElement, shapes } from './shapes/index.ts';
import { whatIsWrong } from './shapes/parts.ts';
import type { Source } from './source.ts';

/**
 * Turns a source of readings into an account: each reading is asked for at most once, checked, and typed.
 *
 * @example
 * const account = readAccount(snapshotSource('./123456789012'));
 * await account.s3.policy('my-bucket'); // the policy's text, or null
 */
export function readAccount(source: Source): Account {
  const readings = new Map<string, Promise<unknown>>();

  /** Asks the source once, and remembers the answer (or the error). */
  function once<T extends z.core.$ZodType>(name: ReadName, type: T, target: ReadTarget = {}) {
    const key = `${name} ${target.region ?? ''} ${target.id ?? ''}`;
    let reading = readings.get(key);
    if (!reading) {
      reading = read(source, name, type, target);
      readings.set(key, reading);
    }
    return reading as Promise<z.output<T> | null>;
  }

  const expect = <T extends z.core.$ZodType>(name: ReadName, type: T, target?: ReadTarget) =>
    once(name, type, target) as Promise<z.output<T>>;

  /** A list whose elements are resources: one that makes no sense is an error of its own. */
  async function elements<T>(
    name: keyof typeof ELEMENTS,
    type: z.core.$ZodType<{ good: T[]; bad: BadElement[] }>,
    target?: ReadTarget,
  ): Promise<PartialList<T>> {
    const { values, errors } = await partial(expect(name, type, target).then((whole) => [whole]));
    const [list] = values;
    if (!list) throw errors[0];
    const bad = list.bad.map((element) => malformed(name, element, target?.region));
    return { values: list.good, errors: [...bad, ...errors] };
  }

  const iam: Iam = {
    accountSummary: () => expect('iam:GetAccountSummary', shapes.accountSummary),
    credentialReport: () => expect('iam:GetCredentialReport', shapes.credentialReport),
    users: async () => complete(await elements('iam:ListUsers', shapes.users)),
    accessKeys: (id) => expect('iam:ListAccessKeys', shapes.accessKeysOf(id), { id }),
    virtualMfaDevices: () => expect('iam:ListVirtualMFADevices', shapes.virtualMfaDevices),
    userTags: (id) => expect('iam:ListUserTags', shapes.userTags, { id }),
    accessKeyLastUsed: (id) => expect('iam:GetAccessKeyLastUsed', shapes.accessKeyLastUsed, { id }),
  };

  async function regionOf(bucket: string): Promise<string> {
    try {
      return await expect('s3:GetBucketLocation', shapes.location, { id: bucket });
    } catch (error) {
      // Where the bucket lies changes no verdict, so not knowing is not worth losing one.
      if (error instanceof AccountError) return 'global';
      throw error;
    }
  }

  const s3: S3 = {
    async *everyBucket() {
      const list = await elements('s3:ListBuckets', shapes.buckets);
      for (const { name, region } of list.values) yield { name, region: region ?? (await regionOf(name)) };
      checkComplete(list.errors);
    },
    async *buckets() {
      for await (const bucket of s3.everyBucket()) {
        if (source.everyRegion || bucket.region === 'global' || source.regions.includes(bucket.region))
          yield bucket;
      }
    },
    async bucket(name) {
      for await (const bucket of s3.buckets()) if (bucket.name === name) return bucket;
      return null;
    },
    async created(name) {
      const list = await elements('s3:ListBuckets', shapes.buckets);
      const bucket = list.values.find((one) => one.name === name);
      if (!bucket) checkComplete(list.errors);
      return bucket ? (bucket.created ?? 'unknown') : null;
    },
    acl: (id) => expect('s3:GetBucketAcl', shapes.grants, { id }),
    policy: (id) => once('s3:GetBucketPolicy', shapes.policy, { id }),
    isPolicyPublic: (id) => once('s3:GetBucketPolicyStatus', shapes.policyStatus, { id }),
    publicAccessBlock: (id) => once('s3:GetPublicAccessBlock', shapes.publicAccessBlock, { id }),
    accountPublicAccessBlock: () => once('s3control:GetPublicAccessBlock', shapes.publicAccessBlock),
    async organizationPublicAccessBlock() {
      try {
        return await once('organizations:DescribeEffectivePolicy', shapes.organizationPublicAccessBlock, {
          id: 'S3_POLICY',
        });
      } catch (error) {
        // The account's own reading already has it (aws-facts §9.2): this one only adds to what was collected.
        if (isNotCollected(error)) return null;
        throw error;
      }
    },
    objectOwnership: (id) => once('s3:GetBucketOwnershipControls', shapes.objectOwnership, { id }),
    objectLock: (id) => once('s3:GetObjectLockConfiguration', shapes.objectLock, { id }),
    versioning: (id) => expect('s3:GetBucketVersioning', shapes.versioning, { id }),
    loggingTarget: (id) => expect('s3:GetBucketLogging', shapes.loggingTarget, { id }),
    replicationTargets: async (id) =>
      (await once('s3:GetBucketReplication', shapes.replicationTargets, { id })) ?? [],
    hasWebsite: async (id) => (await once('s3:GetBucketWebsite', shapes.website, { id })) !== null,
    tags: async (id) => (await once('s3:GetBucketTagging', shapes.bucketTags, { id })) ?? {},
  };

  const ec2 = (region: string): Ec2 => ({
    async *securityGroups() {
      const list = await elements('ec2:DescribeSecurityGroups', shapes.securityGroups, { region });
      yield* list.values;
      checkComplete(list.errors);
    },
    async securityGroup(id) {
      for await (const group of this.securityGroups()) if (group.id === id) return group;
      return null;
    },
    prefixListEntries: (id) =>
      expect('ec2:GetManagedPrefixListEntries', shapes.prefixListEntries, { region, id }),
    async prefixList(id) {
      const { values, errors } = await partial(
        expect('ec2:DescribeManagedPrefixLists', shapes.prefixLists, { region }),
      );
      const list = values.find((one) => one.id === id);
      if (!list && errors[0]) throw errors[0];
      return list ?? null;
    },
    securityGroupRules: (id) =>
      expect('ec2:DescribeSecurityGroupRules', shapes.securityGroupRules, { region, id }),
  });

  const cloudtrail = (region: string): CloudTrail => ({
    trails: async () => complete(await elements('cloudtrail:DescribeTrails', shapes.trails, { region })),
  });

  const config = (region: string): Config => ({
    deliveryBuckets: () => expect('config:DescribeDeliveryChannels', shapes.deliveryBuckets, { region }),
  });
  const enabledRegions = () => expect('ec2:DescribeRegions', shapes.regions);

  const rds = (region: string): Rds => ({
    instances: () => databases('rds:DescribeDBInstances', shapes.dbInstances, region),
    clusters: () => databases('rds:DescribeDBClusters', shapes.dbClusters, region),
    options: (id) => expect('rds:DescribeOptionGroups', shapes.dbOptions, { region, id }),
    parameters: (id) => expect('rds:DescribeDBParameters', shapes.dbParameters, { region, id }),
    clusterParameters: (id) => expect('rds:DescribeDBClusterParameters', shapes.dbParameters, { region, id }),
  });
  async function* databases(
    name: 'rds:DescribeDBInstances' | 'rds:DescribeDBClusters',
    type: typeof shapes.dbInstances,
    region: string,
  ) {
    const list = await elements(name, type, { region });
    yield* list.values;
    checkComplete(list.errors);
  }

  const ssm = (region: string): Ssm => ({
    opsItems: () => expect('ssm:DescribeOpsItems', shapes.opsItems, { region }),
  });
  const organizations: Organizations = {
    organization: () => once('organizations:DescribeOrganization', shapes.organization),
    rootFeatures: () => once('iam:ListOrganizationsFeatures', rootFeatures),
    member: (id) => openMember(once, id),
  };

  const elbv2 = (region: string): Elbv2 => ({
    async *loadBalancers() {
      const list = await elements('elbv2:DescribeLoadBalancers', shapes.loadBalancers, { region });
      yield* list.values;
      checkComplete(list.errors);
    },
    listeners: (id) => once('elbv2:DescribeListeners', shapes.listeners, { region, id }),
    rules: (id) => expect('elbv2:DescribeRules', shapes.listenerRules, { region, id }),
  });
  const contacts: Contacts = {
    security: () => once('account:GetAlternateContact', shapes.alternateContact, { id: 'SECURITY' }),
  };

  return {
    id: source.accountId,
    regions: source.regions,
    iam,
    s3,
    enabledRegions,
    ec2,
    cloudtrail,
    config,
    ssm,
    organizations,
    rds,
    elbv2,
    contacts,
  };
}

/**
 * @throws {IncompleteListError} with what there is of an answer that says itself that it goes on.
 * @throws {AccountError}
 */
async function read<T extends z.core.$ZodType>(
  source: Source,
  name: ReadName,
  type: T,
  target: ReadTarget,
): Promise<z.output<T> | null> {
  const answer = await source.read(name, target);
  if (answer === null) return null;
  const parsed = z.safeParse(type, answer, { reportInput: true });
  if (parsed.success) {
    const cut = howItIsCut(name, target, answer);
    // What there is of a list may settle a verdict as well as all of it.
    if (cut) throw new IncompleteListError([cut], Array.isArray(parsed.data) ? parsed.data : [parsed.data]);
    return parsed.data;
  }
  throw new AccountError(
    OWN_CODES.malformed,
    name,
    `${name}${target.id ? ` of ${target.id}` : ''}: ${whatIsWrong(parsed.error)}`,
    target.id,
  );
}

/** Of the lists whose elements are resources: the type, and the fields that hold the id, the name and the Region. */
const ELEMENTS = {
  'iam:ListUsers': { type: 'AWS::IAM::User', id: 'UserId', name: 'UserName' },
  's3:ListBuckets': { type: 'AWS::S3::Bucket', id: 'Name', name: 'Name', region: 'BucketRegion' },
  'ec2:DescribeSecurityGroups': { type: 'AWS::EC2::SecurityGroup', id: 'GroupId', name: 'GroupName' },
  'elbv2:DescribeLoadBalancers': {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    id: 'LoadBalancerArn',
    name: 'LoadBalancerName',
  },
  'cloudtrail:DescribeTrails': {
    type: 'AWS::CloudTrail::Trail',
    id: 'Name',
    name: 'Name',
    region: 'HomeRegion',
  },
  'rds:DescribeDBInstances': {
    type: 'AWS::RDS::DBInstance',
    id: 'DbiResourceId',
    name: 'DBInstanceIdentifier',
  },
  'rds:DescribeDBClusters': {
    type: 'AWS::RDS::DBCluster',
    id: 'DbClusterResourceId',
    name: 'DBClusterIdentifier',
  },
} as const satisfies Partial<Record<ReadName, { type: string; id: string; name: string; region?: string }>>;

/** An element without an id is nobody in particular: the list is what it costs then. */
function malformed(
  api: keyof typeof ELEMENTS,
  { fields, problem }: BadElement,
  asked = 'global',
): AccountError {
  const names: { type: string; id: string; name: string; region?: string } = ELEMENTS[api];
  const textOf = (field?: string) => {
    const value = field && fields[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const id = textOf(names.id);
  const name = textOf(names.name);
  const region = textOf(names.region) ?? asked;
  const about: ResourceRef | undefined =
    id === undefined ? undefined : { type: names.type, id, ...(name !== undefined && { name }), region };
  const message = `${api}${id === undefined ? '' : ` of ${id}`}: ${problem}`;
  return new AccountError(OWN_CODES.malformed, api, message, id, about && { about });
}
