/** AWS CloudTrail, as one Region sees it. */
import * as z from 'zod/mini';
import { flag, list, text } from '../../parts.ts';
import type { Elsewhere, List, Reading, Where } from '../../reading.ts';

const cloudtrail = { name: 'cloudtrail' } as const;

export interface Trail {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  readonly bucket: string;
  /** What the keys of its log files begin with, before `AWSLogs/`. */
  readonly keyPrefix?: string;
  readonly isOrganizationTrail: boolean;
  readonly isMultiRegion: boolean;
  /** The log group that it delivers to, which may be another account's. */
  readonly logGroupArn?: string;
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
      S3KeyPrefix: z.nullish(z.string()),
      IsOrganizationTrail: flag,
      IsMultiRegionTrail: flag,
      CloudWatchLogsLogGroupArn: z.nullish(z.string()),
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
        ...(value.S3KeyPrefix && { keyPrefix: value.S3KeyPrefix }),
        isOrganizationTrail: value.IsOrganizationTrail,
        isMultiRegion: value.IsMultiRegionTrail,
        ...(value.CloudWatchLogsLogGroupArn && { logGroupArn: value.CloudWatchLogsLogGroupArn }),
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

/** Every trail, each in its home Region: what follows can be asked there alone. */
export const atHome = {
  reading: trails,
  id: ({ trailList = [] }: Listed, { region = '' }: Where): Elsewhere[] =>
    trailList.flatMap(({ Name, HomeRegion }) =>
      Name === undefined ? [] : [{ id: Name, region: HomeRegion ?? region }],
    ),
} as const satisfies List;

/** An organization's trail is another account's, which members ask about by its ARN. */
const TRAIL = 'arn:{partition}:cloudtrail:{region}:*:trail/*';
const BY_NAME = { 'cloudtrail:DescribeTrails': '*' } as const;

/** Whether a trail delivers events. */
export const trailStatus = {
  service: cloudtrail,
  api: 'GetTrailStatus',
  regional: true,
  about: { options: ['--name'], from: [atHome] },
  scope: [TRAIL],
  needs: BY_NAME,
  shape: () =>
    z.pipe(
      z.object({ IsLogging: z.boolean() }),
      z.transform(({ IsLogging }) => ({ isLogging: IsLogging })),
    ),
} as const satisfies Reading;

/** What GetEventSelectors says: selectors of one kind. Neither means that the trail logs all management events. */
export interface EventSelectors {
  readonly basic?: readonly BasicSelector[];
  readonly advanced?: readonly AdvancedSelector[];
}
export interface BasicSelector {
  readonly includesManagementEvents: boolean;
  /** `All`, `ReadOnly`, `WriteOnly` */
  readonly readWriteType: string;
  /** `kms.amazonaws.com`. */
  readonly excludedSources: readonly string[];
}
export interface AdvancedSelector {
  readonly fields: readonly FieldSelector[];
}
export interface FieldSelector {
  readonly field: string;
  /** By operator, as CloudTrail names it: `{ NotEquals: ['kms.amazonaws.com'] }`. */
  readonly operators: Readonly<Record<string, readonly string[]>>;
}

/** Which events a trail logs. */
export const eventSelectors = {
  service: cloudtrail,
  api: 'GetEventSelectors',
  regional: true,
  about: { options: ['--trail-name'], from: [atHome] },
  scope: [TRAIL],
  needs: BY_NAME,
  shape: () =>
    z.pipe(
      z.object({
        EventSelectors: list(
          z.object({
            ReadWriteType: z.nullish(z.string()),
            IncludeManagementEvents: z.nullish(z.boolean()),
            ExcludeManagementEventSources: list(z.string()),
          }),
        ),
        AdvancedEventSelectors: list(
          z.object({
            FieldSelectors: list(
              z.pipe(
                z.looseObject({ Field: text }),
                z.transform(({ Field, ...operators }) => ({ field: Field, operators: listsIn(operators) })),
              ),
            ),
          }),
        ),
      }),
      z.transform(
        (value): EventSelectors => ({
          // What AWS leaves them at, where nobody said (API_EventSelector).
          basic: value.EventSelectors.map((one) => ({
            includesManagementEvents: one.IncludeManagementEvents ?? true,
            readWriteType: one.ReadWriteType ?? 'All',
            excludedSources: one.ExcludeManagementEventSources,
          })),
          advanced: value.AdvancedEventSelectors.map(({ FieldSelectors }) => ({ fields: FieldSelectors })),
        }),
      ),
    ),
} as const satisfies Reading;

const listsIn = (members: Readonly<Record<string, unknown>>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(members).flatMap(([name, values]) =>
      Array.isArray(values) ? [[name, values.map(String)]] : [],
    ),
  );
