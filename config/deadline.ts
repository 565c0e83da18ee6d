/**
 * When a function has to stop. Lambda ends it at its timeout, and what it has not reported by then is lost. So it
 * stops a little earlier, and reports how far it came.
 */
export interface Deadline {
  /** Aborted when the function has to stop judging, with time left to report what it has judged. */
  readonly judging: AbortSignal;
  /** Aborted when the function has to stop waiting for answers, with time left for the error and the log. */
  readonly answers: AbortSignal;
  /** Ends the timers. */
  clear(): void;
}

/** How much of the time is kept for reporting: a part of it, with a least and a most in milliseconds. */
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

/** An answer did not come in time. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
  readonly code = 'OutOfTime';
}

/**
 * Waits for a promise, but not past the signal. The promise is not cancelled.
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

/** The elements that come before the signal. The generator is then told to stop, without waiting for it. */
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
    // An error of the generator after this point changes nothing of what it gave before.
    iterator.return?.().catch(() => undefined);
  }
}
