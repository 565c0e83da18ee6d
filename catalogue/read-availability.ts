/** Reads availability.json. */
import * as z from 'zod';

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
