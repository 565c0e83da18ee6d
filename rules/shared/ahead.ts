import { pMapIterable } from 'p-map';

/** Results that wait for their turn, of each part: one that has so many stands still meanwhile. */
const HELD = 1000;

/** The parts, each of which is begun at once, so that they run side by side, and holds what comes before it is asked for. */
export const heldBack = <T>(parts: readonly AsyncIterable<T>[]): AsyncGenerator<T>[] =>
  parts.map((part) => {
    const held = pMapIterable(part, (one) => ({ one }), { concurrency: 1, backpressure: HELD });
    const iterator = held[Symbol.asyncIterator]();
    const first = iterator.next();
    // An error is told in its turn.
    first.catch(() => {});
    return rest(first, iterator);
  });

async function* rest<T>(
  first: Promise<IteratorResult<{ readonly one: T }>>,
  iterator: AsyncIterator<{ readonly one: T }>,
): AsyncGenerator<T> {
  for (let next = await first; !next.done; next = await iterator.next()) yield next.value.one;
}

/**
 * What is judged in each Region, in their order: side by side, or one after the other where the answers are at hand, so that
 * a file of a million resources is gone through in one place at a time.
 */
export async function* inRegions<T>(
  { isAfar = false }: { readonly isAfar?: boolean },
  regions: readonly string[],
  judge: (region: string) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const parts = regions.map(judge);
  for (const part of isAfar && parts.length > 1 ? heldBack(parts) : parts) yield* part;
}
