/**
 * When a function has to stop. Lambda ends it at its timeout without a word, and what it was about to say is lost; so it
 * stops a little earlier, and says how far it came.
 */
export interface Deadline {
  /** Aborted when no more resources are to be judged: there is time left to report those that were. */
  readonly judging: AbortSignal;
  /** Aborted when no answer is worth waiting for any more: there is time left for the error and the log. */
  readonly answers: AbortSignal;
  /** Ends the timers. */
  clear(): void;
}

/** The part of the time, and the least and most milliseconds, that are kept for what comes after. */
const FOR_REPORTING = { part: 0.1, least: 1_000, most: 30_000 };
const FOR_THE_END = { part: 0.02, least: 250, most: 3_000 };

/** @param remaining Milliseconds until Lambda ends the function; without them there is no deadline. */
export function openDeadline(remaining: number | undefined): Deadline {
  const judging = new AbortController();
  const answers = new AbortController();
  const timers =
    remaining === undefined
      ? []
      : [
          abortAfter(judging, remaining - kept(remaining, FOR_REPORTING) - kept(remaining, FOR_THE_END)),
          abortAfter(answers, remaining - kept(remaining, FOR_THE_END)),
        ];
  return {
    judging: judging.signal,
    answers: answers.signal,
    clear: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

const kept = (remaining: number, { part, least, most }: typeof FOR_REPORTING): number =>
  Math.min(most, Math.max(least, remaining * part));

function abortAfter(controller: AbortController, milliseconds: number): NodeJS.Timeout | undefined {
  if (milliseconds > 0) return setTimeout(() => controller.abort(), milliseconds).unref();
  controller.abort();
  return undefined;
}

/** What was waited for has not come in time. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
  readonly code = 'OutOfTime';
}

/**
 * Waits for a promise, but not past the signal. What the promise stands for goes on by itself.
 *
 * @throws {OutOfTime}
 */
export function within<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new OutOfTime('no answer came in time'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** The elements that come before the signal. Whoever makes them is told to stop, and is not waited for. */
export async function* until<T>(signal: AbortSignal, elements: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = elements[Symbol.asyncIterator]();
  try {
    while (!signal.aborted) {
      const next = await within(signal, iterator.next());
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
  } finally {
    // Nothing that ends badly from here on changes what was found before.
    iterator.return?.().catch(() => undefined);
  }
}
