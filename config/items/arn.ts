import type { ItemSummary } from '../item.ts';

/** Partitions by the Regions that lie in them; all others lie in `aws`. */
const PARTITIONS: readonly [prefix: string, partition: string][] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-isob-', 'aws-iso-b'],
  ['us-iso-', 'aws-iso'],
  ['eusc-', 'aws-eusc'],
];

/** The ARN that a resource will have once it is made. */
export function arn(
  { accountId, region }: Pick<ItemSummary, 'accountId' | 'region'>,
  service: string,
  resource: string,
): string {
  const partition = PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
  return `arn:${partition}:${service}:${region === 'global' ? '' : region}:${accountId}:${resource}`;
}
