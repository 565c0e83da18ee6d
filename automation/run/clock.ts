import { setTimeout } from 'node:timers/promises';
import type { Clock } from './execution.ts';
import { timedOut } from './failure.ts';

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => {
    try {
      // Node's timers take 24.8 days at most.
      for (let left = milliseconds; left > 0; left -= 2 ** 31 - 1) {
        await setTimeout(Math.min(left, 2 ** 31 - 1), undefined, { signal });
      }
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  },
};

/** A signal that is aborted when so many seconds are over, or when the outer one is. `release` stops the watch. */
export function deadline(
  clock: Clock,
  seconds: number,
  outer: AbortSignal,
): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const timer = new AbortController();
  const abort = () => controller.abort(outer.reason);
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort, { once: true });
  if (Number.isFinite(seconds)) {
    clock.sleep(seconds * 1000, timer.signal).then(
      () => controller.abort(timedOut(seconds)),
      () => undefined,
    );
  }
  const release = () => {
    outer.removeEventListener('abort', abort);
    timer.abort();
  };
  return { signal: controller.signal, release };
}

/**
 * Gives work so many seconds. When they are over, or when the outer signal is aborted, it stops waiting, so that a
 * call that hangs holds up nothing.
 *
 * @throws {StepError} with status TimedOut; or the outer signal's reason.
 */
export async function withTimeout<T>(
  clock: Clock,
  seconds: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, release } = deadline(clock, seconds, outer);
  try {
    signal.throwIfAborted();
    const interrupted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return await Promise.race([work(signal), interrupted]);
  } finally {
    release();
  }
}
