/**
 * From what the `aws` command line prints to the values a rule reads. Shapes are checked only as far as they are
 * used: AWS adds fields all the time, but a field that a verdict rests on must be what we think it is.
 */
import * as z from 'zod/mini';
import type {
  AccessKey,
  Bucket,
  CredentialReportRow,
  IamUser,
  IngressPermission,
  LastUse,
  ObjectOwnership,
  OpsItem,
  Organization,
  SecurityGroup,
  SecurityGroupRule,
  Trail,
  VirtualMfaDevice,
} from '../account.ts';
import { readReportRow } from '../credential-report-row.ts';
import {
  grants,
  objectLock,
  organizationPublicAccessBlock,
  publicAccessBlock,
  replicationTargets,
} from './buckets.ts';
import { database, dbOptions, dbParameters } from './databases.ts';
import { listener, listenerRule, loadBalancer } from './load-balancers.ts';
import { field, flag, list, tagList, text, time } from './parts.ts';

/** Numbers may come as texts, and a protocol's number as a number: CloudFormation and those who follow it do so. */
const port = z.pipe(
  z.nullish(z.union([z.int(), z.string().check(z.regex(/^-?\d+$/))], 'expected a whole number')),
  z.transform((value) => (value === null || value === undefined ? undefined : Number(value))),
);
const protocol = z.pipe(
  z.union([text, z.int()], 'expected the name or the number of a protocol'),
  z.transform((value) => String(value)),
);
const cidrs = (field: 'CidrIp' | 'CidrIpv6') =>
  z.pipe(
    list(z.record(z.string(), z.unknown())),
    z.transform((ranges, context) =>
      ranges.map((range) => {
        const cidr = range[field];
        if (typeof cidr === 'string') return cidr;
        context.issues.push({ code: 'custom', message: `a range without ${field}`, input: range });
        return z.NEVER;
      }),
    ),
  );
const securityGroup = z.pipe(
  z.object({
    GroupId: text,
    GroupName: z.nullish(z.string()),
    Tags: tagList,
    IpPermissions: list(
      z.object({
        IpProtocol: protocol,
        FromPort: port,
        ToPort: port,
        IpRanges: cidrs('CidrIp'),
        Ipv6Ranges: cidrs('CidrIpv6'),
        PrefixListIds: list(z.object({ PrefixListId: text })),
      }),
    ),
  }),
  z.transform(
    (group): SecurityGroup => ({
      id: group.GroupId,
      name: group.GroupName ?? '',
      tags: group.Tags,
      ingress: group.IpPermissions.map(
        (permission): IngressPermission => ({
          protocol: permission.IpProtocol,
          ...(permission.FromPort !== undefined && { fromPort: permission.FromPort }),
          ...(permission.ToPort !== undefined && { toPort: permission.ToPort }),
          ipv4: permission.IpRanges,
          ipv6: permission.Ipv6Ranges,
          prefixListIds: permission.PrefixListIds.map((prefixList) => prefixList.PrefixListId),
        }),
      ),
    }),
  ),
);

const securityGroupRule = z.pipe(
  z.object({
    SecurityGroupRuleId: text,
    IsEgress: flag,
    IpProtocol: protocol,
    FromPort: port,
    ToPort: port,
    CidrIpv4: z.nullish(text),
    CidrIpv6: z.nullish(text),
    PrefixListId: z.nullish(text),
    ReferencedGroupInfo: z.nullish(z.object({ GroupId: text })),
    Description: z.nullish(z.string()),
    Tags: tagList,
  }),
  z.transform((rule, context): SecurityGroupRule => {
    const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo } = rule;
    const source = CidrIpv4 ?? CidrIpv6 ?? PrefixListId ?? ReferencedGroupInfo?.GroupId;
    if (!source) {
      context.issues.push({ code: 'custom', message: 'a rule without a source', input: rule });
      return z.NEVER;
    }
    return {
      id: rule.SecurityGroupRuleId,
      isEgress: rule.IsEgress,
      protocol: rule.IpProtocol,
      ...(rule.FromPort !== undefined && { fromPort: rule.FromPort }),
      ...(rule.ToPort !== undefined && { toPort: rule.ToPort }),
      source,
      ...(rule.Description && { description: rule.Description }),
      tags: rule.Tags,
    };
  }),
);

const trail = z.pipe(
  z.object({
    Name: text,
    TrailARN: text,
    HomeRegion: z.nullish(text),
    S3BucketName: text,
    IsOrganizationTrail: flag,
  }),
  z.transform(
    (value): Trail => ({
      name: value.Name,
      arn: value.TrailARN,
      // The ARN is of the home Region, too.
      homeRegion: value.HomeRegion ?? value.TrailARN.split(':')[3] ?? '',
      bucket: value.S3BucketName,
      isOrganizationTrail: value.IsOrganizationTrail,
    }),
  ),
);

const user = z.pipe(
  z.object({ UserName: text, UserId: text, Arn: text }),
  z.transform((value): IamUser => ({ name: value.UserName, id: value.UserId, arn: value.Arn })),
);

const accessKey = z.pipe(
  z.object({ AccessKeyId: text, Status: z.string(), CreateDate: time }),
  z.transform(
    (value): AccessKey => ({
      id: value.AccessKeyId,
      active: value.Status === 'Active',
      createdAt: value.CreateDate,
    }),
  ),
);

const virtualMfaDevice = z.pipe(
  z.object({ SerialNumber: text, User: z.nullish(z.object({ Arn: z.nullish(z.string()) })) }),
  z.transform(
    (value): VirtualMfaDevice => ({
      serialNumber: value.SerialNumber,
      ...(value.User?.Arn && { userArn: value.User.Arn }),
    }),
  ),
);

/** A bucket as ListBuckets gives it: its Region only when S3 was asked page by page. */
const listedBucket = z.pipe(
  z.object({ Name: text, BucketRegion: z.nullish(z.string()) }),
  z.transform((value): { name: string; region?: string } => ({
    name: value.Name,
    ...(value.BucketRegion && { region: value.BucketRegion }),
  })),
);

/** GetBucketLocation's LocationConstraint: absent for us-east-1, `EU` for what is now eu-west-1. */
const location = z.pipe(
  z.object({ LocationConstraint: z.nullish(z.string()) }),
  z.transform(({ LocationConstraint }): Bucket['region'] =>
    LocationConstraint === 'EU' ? 'eu-west-1' : LocationConstraint || 'us-east-1',
  ),
);

/** An element of a list that makes no sense. */
export interface BadElement {
  /** As far as an object can be recognised in it. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** `SecurityGroups.3.IpPermissions: …` */
  readonly problem: string;
}

/** Each element by itself: one that makes no sense costs no other. */
const each = <T extends z.core.$ZodType>(name: string, element: T) =>
  z.pipe(
    z.object({ [name]: z.array(z.unknown()) }),
    z.transform(({ [name]: elements = [] }): { good: z.output<T>[]; bad: BadElement[] } => {
      const good: z.output<T>[] = [];
      const bad: BadElement[] = [];
      for (const [index, value] of elements.entries()) {
        const parsed = z.safeParse(element, value);
        if (parsed.success) good.push(parsed.data);
        else bad.push({ fields: Object(value), problem: whatIsWrong(parsed.error, [name, index]) });
      }
      return { good, bad };
    }),
  );

/** The first thing that is wrong, and where, by AWS's own names of the fields. */
export function whatIsWrong(
  { issues: [issue] }: z.core.$ZodError,
  where: readonly PropertyKey[] = [],
): string {
  return `${[...where, ...(issue?.path ?? [])].join('.') || 'the answer'}: ${issue?.message}`;
}

const accessKeyLastUsed = z.pipe(
  field('AccessKeyLastUsed', z.object({ LastUsedDate: z.nullish(time), ServiceName: z.nullish(z.string()) })),
  z.transform(({ LastUsedDate: at, ServiceName }): LastUse | null =>
    at ? { at, ...(ServiceName && { service: ServiceName }) } : null,
  ),
);

const opsItem = z.pipe(
  z.object({
    OpsItemId: text,
    Status: z.string(),
    OperationalData: z.nullish(z.record(z.string(), z.object({ Value: z.nullish(z.string()) }))),
  }),
  z.transform(
    ({ OpsItemId: id, Status: status, OperationalData }): OpsItem => ({
      id,
      status,
      data: Object.fromEntries(
        Object.entries(OperationalData ?? {}).map(([key, { Value }]) => [key, Value ?? '']),
      ),
    }),
  ),
);

const organization = z.pipe(
  field('Organization', z.object({ Id: text, MasterAccountId: text })),
  z.transform((value): Organization => ({ id: value.Id, managementAccountId: value.MasterAccountId })),
);

/** One parser a reading. A failure is a ZodError whose path is AWS's own field name. */
export const shapes = {
  accountSummary: field('SummaryMap', z.record(z.string(), z.optional(z.number()))),
  users: each('Users', user),
  accessKeys: field('AccessKeyMetadata', z.array(accessKey)),
  virtualMfaDevices: field('VirtualMFADevices', z.array(virtualMfaDevice)),
  userTags: field('Tags', tagList),
  accessKeyLastUsed,
  opsItems: field('OpsItemSummaries', z.array(opsItem)),
  organization,
  buckets: each('Buckets', listedBucket),
  location,
  grants,
  publicAccessBlock,
  organizationPublicAccessBlock,
  objectLock,
  replicationTargets,
  versioning: z.pipe(
    z.object({ Status: z.nullish(z.enum(['Enabled', 'Suspended'])) }),
    z.transform(({ Status }) => Status ?? 'Off'),
  ),
  loggingTarget: z.pipe(
    z.object({ LoggingEnabled: z.nullish(field('TargetBucket', text)) }),
    z.transform(({ LoggingEnabled }) => LoggingEnabled ?? null),
  ),
  regions: field('Regions', z.array(field('RegionName', text))),
  deliveryBuckets: field('DeliveryChannels', z.array(field('s3BucketName', text))),
  objectOwnership: z.pipe(
    field(
      'OwnershipControls',
      field(
        'Rules',
        list(
          field('ObjectOwnership', z.enum(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'])),
        ),
      ),
    ),
    z.transform((rules): ObjectOwnership | null => rules[0] ?? null),
  ),
  /** The policy's text: `{"Policy": "…"}` as the command prints it, or the document itself. */
  policy: z.union([
    field('Policy', z.string()),
    z.pipe(
      z.looseObject({ Statement: z.unknown() }),
      z.transform((document) => JSON.stringify(document)),
    ),
  ]),
  policyStatus: field('PolicyStatus', field('IsPublic', z.boolean())),
  bucketTags: field('TagSet', tagList),
  securityGroups: each('SecurityGroups', securityGroup),
  prefixListEntries: field('Entries', z.array(field('Cidr', text))),
  securityGroupRules: field('SecurityGroupRules', z.array(securityGroupRule)),
  trails: each('trailList', trail),
  loadBalancers: each('LoadBalancers', loadBalancer),
  listeners: field('Listeners', z.array(listener)),
  listenerRules: field('Rules', z.array(listenerRule)),
  alternateContact: field(
    'AlternateContact',
    z.object({ Name: text, Title: text, EmailAddress: text, PhoneNumber: text }),
  ),
  dbInstances: each('DBInstances', database('DbiResourceId', 'DBInstanceIdentifier', 'DBInstanceStatus')),
  dbClusters: each('DBClusters', database('DbClusterResourceId', 'DBClusterIdentifier', 'Status')),
  dbOptions,
  dbParameters,
  credentialReport: z.pipe(
    z.array(z.record(z.string(), z.string())),
    z.transform((rows): CredentialReportRow[] => rows.map(readReportRow)),
  ),
};
