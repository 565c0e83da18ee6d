import { pathOf } from '../account/reading.ts';
import type { Source } from '../account/source.ts';

/** Milliseconds for which an answer counts. */
const MAX_AGE = 5 * 60_000;

/**
 * Remembers `remembered` readings from one event to the next, as long as the container lives and for five
 * minutes at most. An answer counts only for items that were captured before it was read. An item that was captured
 * later asks again, so that a setting that was removed meanwhile excuses nothing. Of events that come at the same
 * time, only one asks. Errors are not remembered: the next event asks again.
 *
 * @returns the source as an event sees it, whose item was captured at `capturedAt`.
 */
export function settingsCache(now: () => Date): (source: Source, capturedAt: Date) => Source {
  const answers = new Map<string, { readonly answer: unknown; readonly at: number }>();
  return (source, capturedAt) => ({
    ...source,
    async read(reading, target) {
      if (!reading.remembered) return source.read(reading, target);
      const key = `${source.accountId}/${pathOf(reading, target)}`;
      const known = answers.get(key);
      const age = known && now().getTime() - known.at;
      const isNewer = known && known.at > capturedAt.getTime();
      // If the clock was set back, the age of an answer is unknown.
      if (known && isNewer && age !== undefined && age >= 0 && age < MAX_AGE) return known.answer;
      const at = now().getTime();
      const answer = await source.read(reading, target);
      answers.set(key, { answer, at });
      return answer;
    },
  });
}
