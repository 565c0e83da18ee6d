/** Counts what AWS Config of a live account has recorded. */
import {
  ConfigServiceClient,
  type ConfigServiceClientConfig,
  type ConfigurationRecorder,
  DescribeConfigurationRecordersCommand,
  paginateGetDiscoveredResourceCounts,
} from '@aws-sdk/client-config-service';
import { explain } from '../../account/live/failures.ts';
import { whole } from '../../account/pages.ts';
import { Counts, isGlobalType } from './counts.ts';

const COUNTS = 'config:GetDiscoveredResourceCounts';
const RECORDERS = 'config:DescribeConfigurationRecorders';

/**
 * How many resources AWS Config has recorded in each Region. It leaves out types that it does not record as it leaves out
 * those of which there is nothing (GetDiscoveredResourceCounts): the recorder's settings tell which.
 *
 * @param types those that matter.
 */
export async function countRecorded(
  config: Partial<ConfigServiceClientConfig>,
  regions: readonly string[],
  types: readonly string[],
): Promise<Counts> {
  const counts = new Counts();
  for (const region of regions) {
    const client = new ConfigServiceClient({ ...config, region });
    try {
      await countRegion(client, counts, region, types);
    } catch (error) {
      const failure = explain(error, [COUNTS, RECORDERS]);
      if (!failure) throw error;
      for (const type of types) counts.unknown(type, region, `${COUNTS}: ${failure.message}`);
    } finally {
      client.destroy();
    }
  }
  return counts;
}

async function countRegion(
  client: ConfigServiceClient,
  counts: Counts,
  region: string,
  types: readonly string[],
): Promise<void> {
  const { ConfigurationRecorders: recorders = [] } = await client.send(
    new DescribeConfigurationRecordersCommand({}),
  );
  const found = new Map<string, number>();
  for await (const { resourceCounts = [] } of whole(
    'config:GetDiscoveredResourceCounts',
    paginateGetDiscoveredResourceCounts({ client }, {}),
  )) {
    for (const { resourceType, count } of resourceCounts) {
      if (resourceType && count !== undefined) found.set(resourceType, Number(count));
    }
  }
  for (const [type, count] of found) counts.set(type, region, count);
  for (const type of types) {
    if (found.has(type)) continue;
    // With the recorder off there are no counts at all.
    if (found.size > 0 && recorders.some((recorder) => records(recorder, type))) counts.set(type, region, 0);
    else counts.unknown(type, region, `AWS Config does not record ${type} in ${region}`);
  }
}

/** Whether a recorder records a type (https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html). */
export function records({ recordingGroup }: ConfigurationRecorder, type: string): boolean {
  if (!recordingGroup) return false;
  const {
    allSupported,
    includeGlobalResourceTypes,
    resourceTypes,
    exclusionByResourceTypes,
    recordingStrategy,
  } = recordingGroup;
  const isIn = (list: readonly string[] | undefined) => list?.includes(type) ?? false;
  if (recordingStrategy?.useOnly === 'EXCLUSION_BY_RESOURCE_TYPES') {
    return !isIn(exclusionByResourceTypes?.resourceTypes);
  }
  if (allSupported) return !isGlobalType(type) || includeGlobalResourceTypes === true;
  return isIn(resourceTypes);
}
