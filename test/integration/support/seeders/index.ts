/** Makes the resources that printed answers tell of, in moto: one seeder a service, for every rule's situations. */
import type { Readings } from '../../../support/aws/stand-in.ts';
import { denied } from '../../../support/memory.ts';
import { s3 } from './s3.ts';

/** Configuration of an SDK client for a Region. */
export type ClientOf = (region?: string) => object;

/** Makes what it knows how to make. @returns the paths of the answers that moto gives itself from now on. */
export type Seeder = (client: ClientOf, readings: Readings) => Promise<readonly string[]>;

const SEEDERS: readonly Seeder[] = [s3];

/**
 * @returns whether anything was made, and what moto cannot be made to answer: for a stand-in before it. What nobody collected (`undefined`) may not be read of a
 * live account.
 */
export async function seed(
  client: ClientOf,
  readings: Readings,
): Promise<{ readonly isMade: boolean; readonly readings: Readings }> {
  const made = new Set<string>();
  for (const seeder of SEEDERS) for (const path of await seeder(client, readings)) made.add(path);
  const rest = Object.entries(readings).flatMap(([path, answer]) =>
    made.has(path) ? [] : [[path, answer ?? denied]],
  );
  return { isMade: made.size > 0, readings: Object.fromEntries(rest) };
}
