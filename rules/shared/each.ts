import { pMapIterable } from 'p-map';
import type { ResourceRef } from '../../account/account.ts';
import { attempt } from '../judgement.ts';
import type { Finding, Judgement } from '../rule.ts';

/**
 * How many resources are judged at the same time: many enough to hide the network's latency, few enough to
 * need little memory. A live account holds back the calls of each service besides.
 */
const CONCURRENCY = 32;

/**
 * Judges resources side by side and yields in their order. One that cannot be judged is yielded as unjudged; one that
 * vanished meanwhile (its `judge` returns nothing) is left out.
 */
export async function* judgeEach<T, F extends Finding>(
  items: AsyncIterable<T> | Iterable<T>,
  resourceOf: (item: T) => ResourceRef,
  judge: (item: T) => Promise<Judgement<F> | undefined>,
): AsyncGenerator<Judgement<F>> {
  const judgements = pMapIterable(items, (item) => attempt(resourceOf(item), () => judge(item)), {
    concurrency: CONCURRENCY,
    backpressure: 4 * CONCURRENCY,
  });
  for await (const judgement of judgements) if (judgement) yield judgement;
}
