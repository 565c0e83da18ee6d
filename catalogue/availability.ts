/** Where AWS Config has which managed rule, and which parameters each takes: availability.json, from AWS's own pages. */
import * as z from 'zod';
import { didYouMean } from '../report/closest.ts';
import data from './availability.json' with { type: 'json' };

const code = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/);
/** `unverified`: AWS's pages say neither that it is there nor that it is not. */
const support = z.enum(['yes', 'no', 'unverified']);

const parameter = z.strictObject({
  /** As the rule's page has it; AWS Config keeps every value as a text. */
  type: z.enum(['int', 'boolean', 'String', 'CSV', 'StringMap']),
  /** What the page calls the default. */
  default: z.string().optional(),
  optional: z.boolean(),
  /** The only texts that the rule understands, letter case included. */
  values: z.array(z.string()).min(1).optional(),
});
export type ManagedParameter = z.output<typeof parameter>;

const described = { parameters: z.record(z.string(), parameter), source: z.url() };
const rule = z.union([
  z.strictObject({ missing: z.array(code), ...described }),
  z.strictObject({ only: z.array(code).min(1), ...described }),
]);
export type ManagedRule = z.output<typeof rule>;

const schema = z.strictObject({
  regionSources: z.strictObject({ packs: z.url(), remediation: z.url() }),
  regions: z.record(code, z.strictObject({ name: z.string().min(1), packs: support, remediation: support })),
  rules: z.record(z.string().regex(/^[A-Z0-9_]+$/), rule),
});
export type Region = z.output<typeof schema>['regions'][string];

/** @throws {Error} that names what is wrong with the data, and where. */
export function readAvailability(given: unknown): z.output<typeof schema> {
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`catalogue/availability.json: ${problems.join('; ')}`);
  }
  const known = parsed.data.regions;
  for (const [identifier, one] of Object.entries(parsed.data.rules)) {
    const unknown = ('only' in one ? one.only : one.missing).filter(
      (region) => !Object.hasOwn(known, region),
    );
    if (unknown.length > 0) {
      throw new Error(`catalogue/availability.json: ${identifier}: ${unknown.join(', ')} is no Region of it`);
    }
  }
  return parsed.data;
}

const availability = readAvailability(data);

/** Every Region that AWS Config is in, by its code. */
export const regions: Readonly<Record<string, Region>> = availability.regions;
/** Every managed rule of the catalogue, by its SourceIdentifier. */
export const managedRules: Readonly<Record<string, ManagedRule>> = availability.rules;

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
