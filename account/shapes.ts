/**
 * From what the `aws` command line prints to the values a rule reads. Shapes are checked only as far as they are
 * used: AWS adds fields all the time, but a field that a verdict rests on must be what we think it is.
 */
import * as z from 'zod/mini';
import type {
  AccessKey,
  Bucket,
  CredentialReportRow,
  Grant,
  IamUser,
  IngressPermission,
  ObjectLock,
  ObjectOwnership,
  PublicAccessBlock,
  SecurityGroup,
  Tags,
  Trail,
  VirtualMfaDevice,
} from './account.ts';
import { readReportRow } from './credential-report-row.ts';

const text = z.string().check(z.minLength(1));
const list = <T extends z.core.$ZodType>(item: T) =>
  z.pipe(
    z.nullish(z.array(item)),
    z.transform((values) => values ?? []),
  );
/** A time as JSON has it (ISO 8601) or as the SDK has it. */
export const time = z.pipe(
  z.union([z.date(), z.string()]),
  z.transform((value, context) => {
    const date = new Date(value);
    if (Number.isNaN(date.getTime())) {
      context.issues.push({
        code: 'custom',
        message: `${JSON.stringify(value)} is not a time`,
        input: value,
      });
      return z.NEVER;
    }
    return date;
  }),
);

const tagList = z.pipe(
  list(z.object({ Key: z.string(), Value: z.nullish(z.string()) })),
  z.transform((tags): Tags => Object.fromEntries(tags.map((tag) => [tag.Key, tag.Value ?? '']))),
);

const groups: Record<string, Grant['grantee']> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': 'AllUsers',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': 'AuthenticatedUsers',
};
/** The grantee that a group URI of an S3 ACL means. */
export const granteeOfUri = (uri: string | null | undefined): Grant['grantee'] =>
  groups[(uri ?? '').replace(/^https:/i, 'http:')] ?? 'other';

const grants = z.pipe(
  z.object({
    Grants: list(
      z.object({ Grantee: z.nullish(z.object({ URI: z.nullish(z.string()) })), Permission: z.string() }),
    ),
  }),
  z.transform(({ Grants }): Grant[] =>
    Grants.map((grant) => ({ grantee: granteeOfUri(grant.Grantee?.URI), permission: grant.Permission })),
  ),
);

const flag = z.pipe(
  z.nullish(z.boolean()),
  z.transform((value) => value === true),
);
const publicAccessBlock = z.pipe(
  z.object({
    PublicAccessBlockConfiguration: z.object({
      BlockPublicAcls: flag,
      IgnorePublicAcls: flag,
      BlockPublicPolicy: flag,
      RestrictPublicBuckets: flag,
    }),
  }),
  z.transform(
    ({ PublicAccessBlockConfiguration: flags }): PublicAccessBlock => ({
      blockPublicAcls: flags.BlockPublicAcls,
      ignorePublicAcls: flags.IgnorePublicAcls,
      blockPublicPolicy: flags.BlockPublicPolicy,
      restrictPublicBuckets: flags.RestrictPublicBuckets,
    }),
  ),
);

/** What DescribeEffectivePolicy prints for the policy type S3_POLICY: `all` sets the four flags together. */
const organizationPublicAccessBlock = z.pipe(
  z.object({ EffectivePolicy: z.object({ PolicyContent: z.string() }) }),
  z.transform(({ EffectivePolicy }, context): PublicAccessBlock => {
    const content = json(EffectivePolicy.PolicyContent) as
      | { s3_attributes?: { public_access_block_configuration?: unknown } }
      | undefined;
    const setting = content?.s3_attributes?.public_access_block_configuration;
    const value =
      typeof setting === 'object' && setting !== null ? Reflect.get(setting, '@@assign') : setting;
    if (value !== 'all' && value !== 'none' && value !== undefined) {
      context.issues.push({
        code: 'custom',
        message: 'public_access_block_configuration is neither "all" nor "none"',
        input: EffectivePolicy,
      });
      return z.NEVER;
    }
    const on = value === 'all';
    return {
      blockPublicAcls: on,
      ignorePublicAcls: on,
      blockPublicPolicy: on,
      restrictPublicBuckets: on,
    };
  }),
);

function json(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

const objectLock = z.pipe(
  z.object({
    ObjectLockConfiguration: z.object({
      ObjectLockEnabled: z.nullish(z.string()),
      Rule: z.nullish(
        z.object({
          DefaultRetention: z.nullish(
            z.object({
              Mode: z.nullish(z.enum(['GOVERNANCE', 'COMPLIANCE'])),
              Days: z.nullish(z.int()),
              Years: z.nullish(z.int()),
            }),
          ),
        }),
      ),
    }),
  }),
  z.transform(({ ObjectLockConfiguration: lock }): ObjectLock => {
    const retention = lock.Rule?.DefaultRetention;
    return {
      enabled: lock.ObjectLockEnabled === 'Enabled',
      ...(retention?.Mode && {
        defaultRetention: {
          mode: retention.Mode,
          ...(typeof retention.Days === 'number' && { days: retention.Days }),
          ...(typeof retention.Years === 'number' && { years: retention.Years }),
        },
      }),
    };
  }),
);

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

const field = <Name extends string, T extends z.core.$ZodType>(name: Name, type: T) =>
  z.pipe(
    z.object({ [name]: type } as Record<Name, T>),
    z.transform((value) => (value as Record<Name, z.output<T>>)[name]),
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

/** One parser a reading. A failure is a ZodError whose path is AWS's own field name. */
export const shapes = {
  accountSummary: field('SummaryMap', z.record(z.string(), z.optional(z.number()))),
  users: each('Users', user),
  accessKeys: field('AccessKeyMetadata', z.array(accessKey)),
  virtualMfaDevices: field('VirtualMFADevices', z.array(virtualMfaDevice)),
  userTags: field('Tags', tagList),
  buckets: each('Buckets', listedBucket),
  location,
  grants,
  publicAccessBlock,
  organizationPublicAccessBlock,
  objectLock,
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
  bucketTags: field('TagSet', tagList),
  securityGroups: each('SecurityGroups', securityGroup),
  prefixListEntries: field('Entries', z.array(field('Cidr', text))),
  trails: each('trailList', trail),
  credentialReport: z.pipe(
    z.array(z.record(z.string(), z.string())),
    z.transform((rows): CredentialReportRow[] => rows.map(readReportRow)),
  ),
};
