/** What a recorder of AWS Config records. */
import type { RecordingGroup } from './readings.ts';

/** The types of global resources that AWS Config records in one Region of an account, where it is told to. */
export const IAM_TYPES: readonly string[] = [
  'AWS::IAM::User',
  'AWS::IAM::Group',
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
];

/**
 * Regions that AWS Config came to after February 2022, which cannot record global resource types
 * (https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html#select-resources-all).
 */
export const WITHOUT_GLOBAL_TYPES: ReadonlySet<string> = new Set([
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'mx-central-1',
]);

export type Strategy = 'all' | 'inclusion' | 'exclusion';

/** By the recording strategy, which recorders that are older than it do not have; `undefined` for one that AWS does not have. */
export function strategyOf({
  useOnly,
  allSupported,
  excludedTypes,
  resourceTypes,
}: RecordingGroup): Strategy | undefined {
  const said = useOnly?.toUpperCase();
  if (said === 'ALL_SUPPORTED_RESOURCE_TYPES') return 'all';
  if (said === 'INCLUSION_BY_RESOURCE_TYPES') return 'inclusion';
  if (said === 'EXCLUSION_BY_RESOURCE_TYPES') return 'exclusion';
  if (said !== undefined) return undefined;
  if (allSupported) return 'all';
  return excludedTypes.length > 0 && resourceTypes.length === 0 ? 'exclusion' : 'inclusion';
}

/**
 * The types of {@link IAM_TYPES} that are recorded. Under a strategy of exclusion `includeGlobalResourceTypes` has no effect
 * (https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html).
 */
export function globalTypesOf(group: RecordingGroup, region: string): readonly string[] {
  if (WITHOUT_GLOBAL_TYPES.has(region)) return [];
  const strategy = strategyOf(group);
  if (strategy === 'all') return group.includeGlobalResourceTypes ? IAM_TYPES : [];
  if (strategy === 'inclusion') return IAM_TYPES.filter((type) => group.resourceTypes.includes(type));
  return IAM_TYPES.filter((type) => !group.excludedTypes.includes(type));
}
