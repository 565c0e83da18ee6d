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
  LastUse,
  ManagedPrefixList,
  ObjectOwnership,
  OpsItem,
  Organization,
  Trail,
  VirtualMfaDevice,
} from '../account.ts';
import { readReport } from '../credential-report-row.ts';
import {
  grants,
  objectLock,
  organizationPublicAccessBlock,
  publicAccessBlock,
  replicationTargets,
  website,
} from './buckets.ts';
import { database, dbOptions, dbParameters } from './databases.ts';
import { listener, listenerRule, loadBalancer } from './load-balancers.ts';
import { field, flag, list, tags, text, time, whatIsWrong } from './parts.ts';
import { securityGroup, securityGroupRule } from './security-groups.ts';

const trail = z.pipe(
  z.object({
    Name: text,
    TrailARN: text,
    HomeRegion: z.nullish(text),
    S3BucketName: text,
    IsOrganizationTrail: flag,
  }),
  z.transform((value, context): Trail => {
    // The ARN is of the home Region, too. A trail that is at home nowhere would be a shadow in every Region.
    const region = /^arn:[\w-]+:cloudtrail:([a-z0-9-]+):\d{12}:trail\//.exec(value.TrailARN)?.[1];
    if (region === undefined || (value.HomeRegion ?? region) !== region) {
      const message = `HomeRegion ${value.HomeRegion} and TrailARN ${value.TrailARN} do not say where it is at home`;
      context.issues.push({ code: 'custom', message, input: value });
      return z.NEVER;
    }
    return {
      name: value.Name,
      arn: value.TrailARN,
      homeRegion: region,
      bucket: value.S3BucketName,
      isOrganizationTrail: value.IsOrganizationTrail,
    };
  }),
);

const prefixList = z.pipe(
  z.object({ PrefixListId: text, PrefixListName: text, OwnerId: text }),
  z.transform(
    (value): ManagedPrefixList => ({
      id: value.PrefixListId,
      name: value.PrefixListName,
      ownerId: value.OwnerId,
    }),
  ),
);

const user = z.pipe(
  z.object({ UserName: text, UserId: text, Arn: text }),
  z.transform((value): IamUser => ({ name: value.UserName, id: value.UserId, arn: value.Arn })),
);

/** Of a key or a certificate: IAM's StatusType, of which only `Active` lets anybody in. */
export const credentialStatus = z.enum(['Active', 'Inactive', 'Expired']);

const accessKey = z.pipe(
  z.object({ AccessKeyId: text, Status: credentialStatus, CreateDate: time }),
  z.transform(
    (value): AccessKey => ({
      id: value.AccessKeyId,
      active: value.Status === 'Active',
      createdAt: value.CreateDate,
    }),
  ),
);

/** The keys of one user, which name whom they are of: saved under another's name, they would answer for somebody else. */
const accessKeysOf = (userName: string) =>
  field(
    'AccessKeyMetadata',
    z.array(z.pipe(z.looseObject({ UserName: z.nullish(z.literal(userName)) }), accessKey)),
  );

const virtualMfaDevice = z.pipe(
  z.object({
    SerialNumber: text,
    User: z.nullish(z.object({ Arn: text })),
    EnableDate: z.nullish(z.unknown()),
  }),
  z.transform((value, context): VirtualMfaDevice => {
    // A device is enabled for somebody, whoever it is.
    if (!value.User && value.EnableDate) {
      context.issues.push({ code: 'custom', message: 'has an EnableDate but no User', input: value });
      return z.NEVER;
    }
    return { serialNumber: value.SerialNumber, ...(value.User && { userArn: value.User.Arn }) };
  }),
);

/** A bucket as ListBuckets gives it: its Region only when S3 was asked page by page. */
const listedBucket = z.pipe(
  z.object({ Name: text, BucketRegion: z.nullish(z.string()), CreationDate: z.optional(z.unknown()) }),
  z.transform((value): { name: string; region?: string; created?: Date } => {
    // No verdict rests on it: what is no time is as good as none.
    const created = time.safeParse(value.CreationDate);
    return {
      name: value.Name,
      ...(value.BucketRegion && { region: value.BucketRegion }),
      ...(created.success && { created: created.data }),
    };
  }),
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
        const parsed = z.safeParse(element, value, { reportInput: true });
        if (parsed.success) good.push(parsed.data);
        else bad.push({ fields: Object(value), problem: whatIsWrong(parsed.error, [name, index]) });
      }
      return { good, bad };
    }),
  );

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
  accessKeysOf,
  virtualMfaDevices: field('VirtualMFADevices', z.array(virtualMfaDevice)),
  userTags: field('Tags', tags),
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
  website,
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
  bucketTags: field('TagSet', tags),
  securityGroups: each('SecurityGroups', securityGroup),
  prefixLists: field('PrefixLists', z.array(prefixList)),
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
    z.transform((rows): CredentialReportRow[] => readReport(rows)),
  ),
};
