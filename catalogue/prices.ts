/** AWS's prices (prices.json), each with its date and its source. `groundrules cost` uses them. */
import * as z from 'zod';
import data from './prices.json' with { type: 'json' };

const usd = z.number().min(0);

const price = z
  .strictObject({
    /** What one of it is: `evaluation`, `GB-second`. */
    unit: z.string().min(1),
    /** For each. */
    usd: usd.optional(),
    /** Or in steps: each price holds for what is above the step before. The last has no end. */
    tiers: z
      .array(z.strictObject({ upTo: z.number().positive().optional(), usd }))
      .min(2)
      .optional(),
    /**
     * Whose use the steps count. `region`: AWS says "per Region", and may take an organization's accounts together, as
     * consolidated billing does (https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/con-bill-blended-rates.html).
     */
    tiersPer: z.enum(['region', 'account and region']).optional(),
    /** What AWS's free tier gives each month, to an organization's accounts together. */
    free: z.number().positive().optional(),
    /** The Region that the price is of. */
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
    /** The date that the source bears; the day it was read, where it bears none. */
    asOf: z.iso.date(),
    source: z.union([z.url({ protocol: /^https$/ }), z.literal('unverified, recalled')]),
    /** Seen on AWS's own page, or in data that a tool made from AWS's price list, for that Region. */
    verified: z.boolean(),
    note: z.string().min(1).optional(),
  })
  .refine(
    (one) => (one.usd === undefined) !== (one.tiers === undefined),
    'has to have usd or tiers, not both',
  )
  .refine(
    (one) => (one.tiers === undefined) === (one.tiersPer === undefined),
    'tiers and tiersPer go together',
  )
  .refine((one) => !(one.tiers && one.free), 'a price with tiers has its free part as the first tier')
  .refine(
    ({ tiers = [] }) =>
      tiers.every(({ upTo }, index) =>
        index === tiers.length - 1
          ? upTo === undefined
          : upTo !== undefined && upTo > (tiers[index - 1]?.upTo ?? 0),
      ),
    'each tier has to end above the one before, and the last must not end',
  )
  .refine(
    ({ source, verified }) => !verified || source !== 'unverified, recalled',
    'a price that is recalled is not verified',
  );
export type Price = z.output<typeof price>;
export type PriceId = keyof typeof data.prices;

const schema = z.strictObject({ prices: z.record(z.string(), price) });

/** @throws {Error} that names the price and what is wrong with it. */
export function readPrices(given: unknown): Readonly<Record<string, Price>> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data.prices;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`);
  throw new Error(`catalogue/prices.json: ${problems.join('; ')}`);
}

export const prices = readPrices(data) as Readonly<Record<PriceId, Price>>;

/**
 * What a quantity costs, in dollars.
 *
 * @example
 * costOf(prices['config-rule-evaluation'], 360_000); // 308: 100,000 at $0.001 and 260,000 at $0.0008
 */
export function costOf({ usd: each = 0, tiers }: Price, quantity: number): number {
  if (!tiers) return each * quantity;
  let below = 0;
  let sum = 0;
  for (const tier of tiers) {
    const end = Math.min(quantity, tier.upTo ?? Number.POSITIVE_INFINITY);
    if (end > below) sum += (end - below) * tier.usd;
    below = Math.max(below, end);
  }
  return sum;
}
