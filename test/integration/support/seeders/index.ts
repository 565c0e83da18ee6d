/** Makes the resources that printed answers tell of, in moto: one seeder a service, for every rule's situations. */
import type { Readings } from '../../../support/aws/stand-in.ts';
import { denied } from '../../../support/memory.ts';
import { s3 } from './s3.ts';

/** Configuration of an SDK client for a Region. */
export type ClientOf = (region?: string) => object;

export interface Seeder {
  /** The paths of the answers that it may know how to make. */
  readonly about: RegExp;
  /** Makes what it can. @returns the paths of the answers that moto gives itself from now on. */
  make(client: ClientOf, readings: Readings): Promise<readonly string[]>;
}

const SEEDERS: readonly Seeder[] = [s3];

/** Whether moto could say any of these answers itself. */
export const isSeedable = (readings: Readings): boolean =>
  Object.keys(readings).some((path) => SEEDERS.some(({ about }) => about.test(path)));

/**
 * @returns whether anything was made, and what moto cannot be made to answer: for a stand-in before it. What nobody collected (`undefined`) may not be read of a
 * live account.
 */
export async function seed(
  client: ClientOf,
  readings: Readings,
): Promise<{ readonly isMade: boolean; readonly readings: Readings }> {
  const made = new Set<string>();
  for (const { make } of SEEDERS) for (const path of await make(client, readings)) made.add(path);
  const rest = Object.entries(readings).flatMap(([path, answer]) =>
    made.has(path) ? [] : [[path, answer ?? denied]],
  );
  return { isMade: made.size > 0, readings: Object.fromEntries(rest) };
}
