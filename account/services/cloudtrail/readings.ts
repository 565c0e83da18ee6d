/** AWS CloudTrail, as one Region sees it. */
import * as z from 'zod/mini';
import { flag, text } from '../../parts.ts';
import type { List, Reading, Where } from '../../reading.ts';

const cloudtrail = { name: 'cloudtrail' } as const;

export interface Trail {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  readonly bucket: string;
  readonly isOrganizationTrail: boolean;
}

/** Every trail that the Region shows: its own, shadows of multi-Region trails, and the organization's. */
export const trails = {
  service: cloudtrail,
  api: 'DescribeTrails',
  regional: true,
  scope: '*',
  member: 'trailList',
  resource: { type: 'AWS::CloudTrail::Trail', id: 'Name', name: 'Name', region: 'HomeRegion' },
  key: 'name',
  shape: () => trail(),
} as const satisfies Reading;

const trail = () =>
  z.pipe(
    z.object({
      Name: text,
      TrailARN: text,
      HomeRegion: z.nullish(text),
      S3BucketName: text,
      IsOrganizationTrail: flag,
    }),
    z.transform((value, context): Trail => {
      // The ARN has the home Region, too. They must agree, because otherwise every Region would take the trail for a
      // shadow.
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

/** The fields that the lists below read. */
export interface Listed {
  readonly trailList?: readonly {
    readonly Name?: string;
    readonly TrailARN?: string;
    readonly HomeRegion?: string;
    readonly S3BucketName?: string;
  }[];
}

/** Trails with their home in the Region and the account. The others are shadows, or another account judges them. */
const own = ({ trailList = [] }: Listed, { region, accountId }: Where) =>
  trailList.filter(
    ({ HomeRegion, TrailARN }) => HomeRegion === region && TrailARN?.split(':')[4] === accountId,
  );

export const ownTrails = {
  reading: trails,
  id: (answer: Listed, where: Where) => own(answer, where).map(({ Name }) => Name),
} as const satisfies List;

/** The buckets that trails write to, which may be another account's. */
export const trailBuckets = {
  reading: trails,
  id: (answer: Listed, where: Where) => own(answer, where).map(({ S3BucketName }) => S3BucketName),
} as const satisfies List;

/** No rule judges it yet; snapshots keep it for people. */
export const trailStatus = {
  service: cloudtrail,
  api: 'GetTrailStatus',
  regional: true,
  about: { options: ['--name'], from: [ownTrails] },
  scope: ['arn:{partition}:cloudtrail:{region}:{account}:trail/*'],
  shape: () => z.looseObject({}),
} as const satisfies Reading;
