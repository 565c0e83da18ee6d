import { type ReadName, readPath } from '../account/reads.ts';
import type { Source } from '../account/source.ts';

/** Readings that every change event needs again, and that seldom change. */
const SETTINGS: ReadonlySet<ReadName> = new Set<ReadName>([
  's3control:GetPublicAccessBlock',
  'ec2:DescribeManagedPrefixLists',
  'ec2:GetManagedPrefixListEntries',
]);

/** Milliseconds for which an answer counts. */
const MAX_AGE = 5 * 60_000;

/**
 * Remembers account settings and prefix lists from one event to the next, as long as the container lives and for five
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
    async read(name, target) {
      if (!SETTINGS.has(name)) return source.read(name, target);
      const key = `${source.accountId}/${readPath(name, target)}`;
      const known = answers.get(key);
      const age = known && now().getTime() - known.at;
      const isNewer = known && known.at > capturedAt.getTime();
      // If the clock was set back, the age of an answer is unknown.
      if (known && isNewer && age !== undefined && age >= 0 && age < MAX_AGE) return known.answer;
      const at = now().getTime();
      const answer = await source.read(name, target);
      answers.set(key, { answer, at });
      return answer;
    },
  });
}
