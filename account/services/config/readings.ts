/** The settings of AWS Config in one Region. What it has recorded comes in events and files. */
import * as z from 'zod/mini';
import { field, flag, list, text } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const config = { name: 'config', cli: 'configservice' } as const;

/** The buckets that AWS Config of the Region delivers to. */
export const deliveryBuckets = {
  service: config,
  api: 'DescribeDeliveryChannels',
  regional: true,
  scope: '*',
  member: 'DeliveryChannels',
  shape: () => field('s3BucketName', text),
} as const satisfies Reading;

/** A configuration recorder, as far as it says what it records. */
export interface ConfigurationRecorder {
  readonly name: string;
  /** Missing where the answer does not say it. */
  readonly roleArn: string | undefined;
  /** Of a service-linked recorder: whose it is. */
  readonly servicePrincipal: string | undefined;
  /** Missing where the answer does not say it. */
  readonly group: RecordingGroup | undefined;
}

export interface RecordingGroup {
  readonly allSupported: boolean;
  readonly includeGlobalResourceTypes: boolean;
  readonly resourceTypes: readonly string[];
  readonly excludedTypes: readonly string[];
  /** `ALL_SUPPORTED_RESOURCE_TYPES`, `INCLUSION_BY_RESOURCE_TYPES`, `EXCLUSION_BY_RESOURCE_TYPES`; old recorders have none. */
  readonly useOnly: string | undefined;
}

export const configurationRecorders = {
  service: config,
  api: 'DescribeConfigurationRecorders',
  regional: true,
  scope: ['arn:{partition}:config:{region}:{account}:configuration-recorder/*/*'],
  none: ['NoSuchConfigurationRecorderException'],
  member: 'ConfigurationRecorders',
  shape: () =>
    z.pipe(
      z.object({
        name: text,
        roleARN: z.nullish(text),
        servicePrincipal: z.nullish(z.string()),
        recordingGroup: z.nullish(recordingGroup()),
      }),
      z.transform(
        ({ name, roleARN, servicePrincipal, recordingGroup: group }): ConfigurationRecorder => ({
          name,
          roleArn: roleARN ?? undefined,
          servicePrincipal: servicePrincipal || undefined,
          group: group ?? undefined,
        }),
      ),
    ),
} as const satisfies Reading;

const types = () => list(z.string());
const recordingGroup = () =>
  z.pipe(
    z.object({
      allSupported: flag,
      includeGlobalResourceTypes: flag,
      resourceTypes: types(),
      exclusionByResourceTypes: z.nullish(z.object({ resourceTypes: types() })),
      recordingStrategy: z.nullish(z.object({ useOnly: z.nullish(z.string()) })),
    }),
    z.transform(
      ({ exclusionByResourceTypes, recordingStrategy, ...group }): RecordingGroup => ({
        ...group,
        excludedTypes: exclusionByResourceTypes?.resourceTypes ?? [],
        useOnly: recordingStrategy?.useOnly ?? undefined,
      }),
    ),
  );

/** Whether each recorder records, and how its last delivery ended. */
export const configurationRecorderStatus = {
  service: config,
  api: 'DescribeConfigurationRecorderStatus',
  regional: true,
  scope: ['arn:{partition}:config:{region}:{account}:configuration-recorder/*/*'],
  none: ['NoSuchConfigurationRecorderException'],
  member: 'ConfigurationRecordersStatus',
  shape: () =>
    z.object({
      name: text,
      recording: z.boolean(),
      lastStatus: z.nullish(z.string()),
      lastErrorCode: z.nullish(z.string()),
    }),
} as const satisfies Reading;
