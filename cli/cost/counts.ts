/** How many resources of each type an account has in each Region: a number where somebody counted, nothing where nobody did. */
import { ACCOUNT } from './shape.ts';

/** Where resources are that belong to no Region. */
export const GLOBAL = 'global';

/** Types whose resources are the same in every Region, and may be counted in several of them. */
export const isGlobalType = (type: string): boolean => /^AWS::(IAM|CloudFront)::/.test(type);

/** Counts by type and Region, and why others are not there. */
export class Counts {
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #everywhere = new Set<string>();
  readonly #why = new Map<string, string>();

  /** @param region a Region, or {@link GLOBAL}. */
  set(type: string, region: string, count: number): void {
    const regions = this.#counts.get(type) ?? new Map<string, number>();
    this.#counts.set(type, regions.set(region, count));
  }

  /** All resources of the type have been counted: a Region without a count has none. */
  complete(type: string): void {
    this.#everywhere.add(type);
  }

  /** Notes why there is no count, for people. */
  unknown(type: string, region: string, why: string | undefined): void {
    if (why) this.#why.set(`${type} ${region}`, why);
  }

  /** `undefined`: nobody counted. */
  get(type: string, region: string): number | undefined {
    if (type === ACCOUNT) return 1;
    const regions = this.#counts.get(type);
    // AWS Config may record the same user in several Regions.
    const found = isGlobalType(type) ? regions && Math.max(...regions.values()) : regions?.get(region);
    return found ?? (this.#everywhere.has(type) ? 0 : undefined);
  }

  /** What has been counted there, of a global type, too. */
  at(type: string, region: string): number | undefined {
    return this.#counts.get(type)?.get(region);
  }

  why(type: string, region: string): string | undefined {
    return this.#why.get(`${type} ${region}`) ?? this.#why.get(`${type} ${GLOBAL}`);
  }

  /** The types that somebody counted in a Region; global ones in the home Region. */
  types(region: string, home: string): string[] {
    return [...this.#counts].flatMap(([type, regions]) =>
      (isGlobalType(type) ? region === home : regions.has(region)) ? [type] : [],
    );
  }

  /** These counts, and of another source what these lack. */
  or(other: Counts): Counts {
    const both = new Counts();
    for (const one of [other, this]) {
      for (const [type, regions] of one.#counts) {
        // A type that is known in every Region is known here, whatever the other says of some.
        if (one === this && this.#everywhere.has(type)) both.#counts.delete(type);
        if (one === other && this.#everywhere.has(type)) continue;
        for (const [region, count] of regions) both.set(type, region, count);
      }
      for (const type of one.#everywhere) both.#everywhere.add(type);
      for (const [key, why] of one.#why) both.#why.set(key, why);
    }
    return both;
  }
}

/** An account, as far as its bill is concerned. */
export interface Inventory {
  /** Twelve digits; `undefined` for one that exists on the command line only. */
  readonly accountId: string | undefined;
  /** Where it has something. */
  readonly regions: readonly string[];
  readonly counts: Counts;
}
