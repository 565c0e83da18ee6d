import type { ResourceRef } from '../../account/account.ts';
import type { Plan } from '../../rules/fix.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { Verdict } from '../../rules/rule.ts';
import { fix } from '../../rules/trail-object-lock/fix.ts';
import rule from '../../rules/trail-object-lock/rule.ts';
import { ACCOUNT, type Failure, fails, judged, memoryAccount, type Said } from './memory.ts';

export const OTHER = '999988887777';

interface TrailShape {
  Name: string;
  TrailARN: string;
  HomeRegion: string;
  S3BucketName: string;
  IsMultiRegionTrail: boolean;
  IsOrganizationTrail: boolean;
}
/** A trail as DescribeTrails gives it, in whatever Region. */
export const trail = (
  Name = 'main',
  HomeRegion = 'us-east-1',
  { bucket = 'logs', owner = ACCOUNT, organization = false } = {},
): TrailShape => ({
  Name,
  TrailARN: `arn:aws:cloudtrail:${HomeRegion}:${owner}:trail/${Name}`,
  HomeRegion,
  S3BucketName: bucket,
  IsMultiRegionTrail: true,
  IsOrganizationTrail: organization,
});

/** A bucket's lock as GetObjectLockConfiguration gives it. */
export const lock = (DefaultRetention?: { Mode: string; Days?: number; Years?: number }) => ({
  ObjectLockConfiguration: {
    ObjectLockEnabled: 'Enabled',
    ...(DefaultRetention && { Rule: { DefaultRetention } }),
  },
});
export const year = lock({ Mode: 'GOVERNANCE', Days: 365 });
export const unlocked = fails('ObjectLockConfigurationNotFoundError');

export interface World {
  /** The Regions in view, and the trails that each shows. `undefined`: nobody collected them. */
  regions: Record<string, readonly unknown[] | Failure | undefined>;
  locks?: Record<string, unknown>;
}
export const readingsOf = ({ regions, locks = {} }: World) => {
  const readings: Record<string, unknown> = {};
  for (const [region, list] of Object.entries(regions)) {
    if (list)
      readings[`${region}/cloudtrail/describe-trails.json`] = Array.isArray(list)
        ? { trailList: list }
        : list;
  }
  for (const [bucket, answer] of Object.entries(locks)) {
    readings[`global/s3api/get-object-lock-configuration/${bucket}.json`] = answer;
  }
  return readings;
};
export const optionsOf = ({ regions }: World) => ({ regions: Object.keys(regions) });

export const run = (world: World, parameters: Record<string, unknown> = {}, resource?: ResourceRef) =>
  judged(rule, memoryAccount(readingsOf(world), optionsOf(world)), parameters, resource ? { resource } : {});
export const short = (said: readonly Said[]) =>
  said.map(
    ({ type, id, region, compliance }) =>
      `${type === 'AWS::::Account' ? 'account' : `${id} in ${region}`}: ${compliance}`,
  );

export type Readings = Record<string, unknown>;
const NOW = new Date(0);

export const POLICY = 'global/s3api/get-bucket-policy/logs.json';
export const ACL = 'global/s3api/get-bucket-acl/logs.json';
export const VERSIONING = 'global/s3api/get-bucket-versioning/logs.json';
export const BUCKETS = 'global/s3api/list-buckets.json';
export const REGIONS = 'global/ec2/describe-regions.json';
export const channels = (region: string) => `${region}/configservice/describe-delivery-channels.json`;
export const REPLICATION = 'global/s3api/get-bucket-replication/logs.json';
export const logging = (bucket: string) => `global/s3api/get-bucket-logging/${bucket}.json`;

export const buckets = (...names: string[]) => ({
  Buckets: names.map((name) => {
    const [Name, BucketRegion = 'us-east-1'] = name.split(' in ');
    return { Name, BucketRegion };
  }),
});
export const delivers = (...names: string[]) => ({
  DeliveryChannels: names.map((s3BucketName) => ({ s3BucketName })),
});
export const logsTo = (TargetBucket?: string) => ({
  ...(TargetBucket && { LoggingEnabled: { TargetBucket } }),
});
export const replicates = (...rules: [to: string, Status?: string][]) => ({
  ReplicationConfiguration: {
    Rules: rules.map(([to, Status = 'Enabled']) => ({
      Status,
      Destination: { Bucket: `arn:aws:s3:::${to}` },
    })),
  },
});
export const allowing = (...statements: object[]) => ({
  Policy: JSON.stringify({
    Statement: statements.map((more) => ({
      Effect: 'Allow',
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::logs/*',
      ...more,
    })),
  }),
});
export const service = (...Service: string[]) => ({ Principal: { Service } });

/** One trail, whose bucket speaks for nothing against Object Lock. */
export const world = (set: unknown, more: Readings = {}): Readings => ({
  ...readingsOf({ regions: { 'us-east-1': [trail()] }, locks: { logs: set } }),
  [BUCKETS]: buckets('logs', 'web', 'far in eu-west-1'),
  [REGIONS]: { Regions: [{ RegionName: 'eu-west-1' }, { RegionName: 'us-east-1' }] },
  [channels('us-east-1')]: delivers('config-logs'),
  [channels('eu-west-1')]: delivers(),
  [POLICY]: allowing(service('cloudtrail.amazonaws.com')),
  [ACL]: { Grants: [{ Grantee: { ID: 'owner' }, Permission: 'FULL_CONTROL' }] },
  [VERSIONING]: {},
  [REPLICATION]: fails('ReplicationConfigurationNotFoundError'),
  ...more,
});

/** What the document would be told to do for the account's one trail. */
export async function planFor(
  readings: Readings,
  parameters: Readings = {},
  options: Readings = {},
): Promise<Plan> {
  const account = memoryAccount(readings);
  const values = parseParameters(rule, parameters);
  for await (const judgement of rule.judge(account, values, { now: NOW })) {
    if (!judgement.compliance) throw judgement.error;
    if (judgement.compliance !== 'NON_COMPLIANT') return { steps: [] };
    const asked = parseParameters({ id: 'document', parameters: fix.options }, options);
    const context = { account, parameters: values, options: asked, caller: '', now: NOW };
    return rule.fix.plan(judgement as Verdict<never>, context);
  }
  throw new Error('nothing was judged');
}
