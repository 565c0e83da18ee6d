import type { ResourceRef } from '../../account/account.ts';
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
