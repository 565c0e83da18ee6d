/** Where AWS Config has which managed rule, and which parameters each takes: availability.json, from AWS's own pages. */
import { didYouMean } from '../report/closest.ts';
import { managedRules, regions } from './known.ts';
import type { ManagedRule, Region } from './read-availability.ts';

export { managedRules, regions } from './known.ts';
export type { ManagedParameter, ManagedRule, Region } from './read-availability.ts';

/** A Region of which nobody has looked up what AWS Config has there. */
export class UnknownRegionError extends Error {
  override readonly name = 'UnknownRegionError';
  readonly code = 'UnknownRegion';
}

/** @throws {UnknownRegionError} */
export function regionOf(region: string): Region {
  const found = Object.hasOwn(regions, region) ? regions[region] : undefined;
  if (found) return found;
  throw new UnknownRegionError(
    `there is no Region ${region} in catalogue/availability.json${didYouMean(region, Object.keys(regions))}: add what AWS Config has there`,
  );
}

/** @throws {Error} for an identifier that the catalogue does not use. */
export function managedRule(identifier: string): ManagedRule {
  const found = Object.hasOwn(managedRules, identifier) ? managedRules[identifier] : undefined;
  if (!found) throw new Error(`there is no managed rule ${identifier} in catalogue/availability.json`);
  return found;
}

/**
 * Whether AWS Config has a managed rule in a Region. A pack with a rule that is not there fails as a whole.
 *
 * @example
 * isAvailable('CLOUDFRONT_VIEWER_POLICY_HTTPS', 'eu-west-1'); // false: us-east-1 only
 *
 * @throws {UnknownRegionError}
 */
export function isAvailable(identifier: string, region: string): boolean {
  regionOf(region);
  const where = managedRule(identifier);
  return 'only' in where ? where.only.includes(region) : !where.missing.includes(region);
}

/** `aws`, `aws-cn` or `aws-us-gov`: the second part of every ARN of a Region. */
export const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
