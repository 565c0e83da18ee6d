/**
 * What a file that cannot be read makes doubtful: whatever it may have a newer item of. A history is there because
 * something of its type changed, so that an older item does not tell how its resource is now, good or bad.
 */
import type { ResourceRef } from '../account.ts';
import { LiveError } from '../live/failures.ts';
import { type ConfigFile, isOfRegion } from './config-files.ts';
import { SnapshotError } from './errors.ts';
import type { Newest, Problem } from './survey.ts';

/** What is known of a resource, and of when: an item, or what AWS itself answered. */
export interface Dated {
  readonly accountId: string;
  /** Of an answer in `global`, any Region's file may tell. Without an id it may be any. */
  readonly resource: ResourceRef;
  /** That the item is from; an answer is from none. */
  readonly file?: ConfigFile;
  readonly at: Date;
  /** Of what belongs to no Region: the Regions whose files have items of its type, where there are any. */
  readonly homes?: ReadonlySet<string> | undefined;
}

/**
 * Why the item, or the answer, may be outdated.
 *
 * @param unread files that could not be read to their end.
 */
export function outdates(unread: readonly Problem[], one: Dated): Error | undefined {
  const found = unread.find(({ file, accountId, error }) => {
    // What lies among the files without a name of AWS Config's, and is no file, is none of its files.
    if (file.at === undefined && error instanceof SnapshotError && error.code === 'NotAFile') return false;
    if (file.isAbsent || (accountId !== '' && accountId !== one.accountId)) return false;
    return mayTellOf(file, one) && knownAt(one, file) < timeOf(file);
  });
  return found && inWords(found.error, one);
}

/** The item says nothing any more. A direct reading that is newer than the file counts all the same. */
export const asOutdated = ({ resource, at, file }: Newest, error: Error): Newest => ({
  ...{ resource, at, file, status: 'OK', error },
  readings: { resource, tags: {}, answers: [] },
});

/** Whether the file may have an item of the resource. Where its name tells no type, it is any of its Region. */
function mayTellOf({ type, region, resourceId }: ConfigFile, { resource, file, homes }: Dated): boolean {
  if (type !== undefined && type !== resource.type) return false;
  if (resourceId !== undefined && resource.id !== '' && resourceId !== resource.id) return false;
  if (region === undefined) return true;
  if (resource.region === 'global' && (type !== undefined || region === 'global')) return true;
  if (isOfRegion(file)) return region === file.region;
  return resource.region === 'global' ? !homes || homes.has(region) : region === resource.region;
}

/** Of when a file is. Of one that does not say, nobody knows that anything is newer. */
const timeOf = ({ at }: ConfigFile): number => at || Number.POSITIVE_INFINITY;

/**
 * Until when the item is known to hold. A snapshot shows all as it was when it was made; and a history has all changes of its
 * time, so that a snapshot of that time would tell nothing more. Only a history has older items before newer ones.
 */
function knownAt({ file, at }: Dated, broken: ConfigFile): number {
  if (!file) return at.getTime();
  if (file === broken && (file.isSnapshot || file.type === undefined)) return Number.POSITIVE_INFINITY;
  return file.isSnapshot || broken.isSnapshot ? Math.max(at.getTime(), file.at ?? 0) : at.getTime();
}

function inWords(cause: Error, { resource, at, file }: Dated): Error {
  const said = file ? 'AWS Config recorded' : 'AWS answered';
  const message = `${cause.message}; what ${said} before it of ${resource.type} ${resource.id || resource.name}, at ${at.toISOString()}, may be outdated`;
  if (cause instanceof LiveError) return new LiveError(cause.code, message, { cause });
  if (cause instanceof SnapshotError) return new SnapshotError(cause.code, message, { cause });
  return new Error(message, { cause });
}
