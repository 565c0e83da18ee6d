/**
 * What newer snapshots show. Of each type that it has, a snapshot has all that is in its Region: what older files have of the type
 * means nothing any more, or resources would be judged that are gone. (That one was deleted still counts against what a command
 * printed before.) No snapshot lies in `Config/global/`, whose items would count for as long as their files are kept, whatever has
 * become of their resources since.
 */
import { type ConfigFile, isOfRegion } from './config-files.ts';
import { asOutdated, type Dated } from './outdated.ts';
import type { Newest } from './survey.ts';
import { GLOBAL } from './types.ts';

/** No newer snapshot shows the resource. */
interface Unshown {
  /** The newest of those that should. */
  readonly file: ConfigFile;
  /** It shows others of the type: this one is gone. Else nobody knows whether its Region tells of the type at all. */
  readonly isGone: boolean;
}

const NO_TYPES: ReadonlySet<string> = new Set();

/** What a snapshot shows: the types, and the ids of those that belong to no Region. */
type Types = Map<string, Set<string>>;

const placeOf = ({ accountId, region }: ConfigFile) => `${accountId} ${region}`;

/** What the snapshots show. */
export class Shown {
  /** By account and Region, of which a year has many. */
  readonly #places = new Map<string, Map<ConfigFile, Types>>();

  get #snapshots(): readonly (readonly [ConfigFile, Types])[] {
    return [...this.#places.values()].flatMap((those) => [...those]);
  }

  /** Each file, before what is in it. */
  begin(file: ConfigFile): void {
    if (!file.isSnapshot || !file.at || !isOfRegion(file)) return;
    const those = this.#places.get(placeOf(file)) ?? new Map<ConfigFile, Types>();
    this.#places.set(placeOf(file), those.set(file, new Map()));
  }

  add(file: ConfigFile, { type, id }: { readonly type: string; readonly id: string }): void {
    const ids = this.#places.get(placeOf(file))?.get(file);
    if (!ids) return;
    const those = ids.get(type) ?? new Set();
    if (GLOBAL.includes(type)) those.add(id);
    ids.set(type, those);
  }

  /** The types that a newer snapshot of the same Region has: the file's items of them are of no meaning any more. */
  replaced(file: ConfigFile): ReadonlySet<string> {
    const { at } = file;
    const those = at ? this.#places.get(placeOf(file)) : undefined;
    if (!at || !those) return NO_TYPES;
    const newer = [...those].filter(([one]) => (one.at ?? 0) > at);
    return newer.length === 0 ? NO_TYPES : new Set(newer.flatMap(([, ids]) => [...ids.keys()]));
  }

  /** What could not be read to its end shows nothing by what is not in it. */
  forget(file: ConfigFile): void {
    this.#places.get(placeOf(file))?.delete(file);
  }

  /** Whether a snapshot tells of all that the account has of a type, because it belongs to no Region. */
  tellsOf(accountId: string, type: string): boolean {
    if (!GLOBAL.includes(type)) return false;
    return this.#snapshots.some(
      ([file, ids]) => (file.accountId ?? accountId) === accountId && ids.has(type),
    );
  }

  /**
   * Whether a snapshot that is newer than the item should show its resource, and none does.
   *
   * @param homes the Regions whose files have items of the type, where there are any.
   */
  unshown(
    accountId: string,
    { resource: { type, id }, at, file: own }: Newest,
    homes: ReadonlySet<string> | undefined,
  ): Unshown | undefined {
    if (!GLOBAL.includes(type) || isOfRegion(own)) return undefined;
    const newer = this.#snapshots.filter(
      ([{ at: made = 0, region: where = '', accountId: of = accountId }]) =>
        of === accountId && made > at.getTime() && (!homes || homes.has(where)),
    );
    if (newer.some(([, ids]) => ids.get(type)?.has(id))) return undefined;
    const byTime = newer.toSorted(([one], [other]) => (other.at ?? 0) - (one.at ?? 0));
    const telling = byTime.find(([, ids]) => ids.has(type));
    const [file] = telling ?? byTime[0] ?? [];
    return file && { file, isGone: telling !== undefined };
  }
}

/** The newest snapshot of a Region before what it replaces, and nothing else in another order than it was given. */
export function newestFirst(files: readonly ConfigFile[]): readonly ConfigFile[] {
  const regions = new Map<string, ConfigFile[]>();
  for (const file of files) {
    const key = placeOf(file);
    const those = regions.get(key);
    if (those) those.push(file);
    else regions.set(key, [file]);
  }
  const rank = ({ isSnapshot, at = 0 }: ConfigFile) => (isSnapshot ? at : 0);
  return [...regions.values()].flatMap((those) => those.toSorted((one, other) => rank(other) - rank(one)));
}

/** Of an account's newest items, says what is no more, or may be no more, by what is newer or cannot be read. */
export function settle(
  accountId: string,
  newest: Map<string, Newest>,
  homesOf: (type: string) => ReadonlySet<string> | undefined,
  { shown, outdated }: { readonly shown: Shown; readonly outdated: (one: Dated) => Error | undefined },
): void {
  for (const [key, one] of newest) {
    const { resource, file, at } = one;
    const homes = homesOf(resource.type);
    const unshown = shown.unshown(accountId, one, homes);
    const error =
      outdated({ accountId, resource, file, at, homes }) ??
      (unshown && !unshown.isGone && whyUnknown(one, unshown.file));
    if (unshown?.isGone) newest.set(key, asGone(one, unshown.file));
    else if (error) newest.set(key, asOutdated(one, error));
  }
}

/** The item as one that says that its resource is gone. */
const asGone = ({ resource, file }: Newest, snapshot: ConfigFile): Newest => ({
  ...{ resource, file, at: new Date(snapshot.at ?? 0), status: 'ResourceDeleted' },
  readings: { resource, tags: {}, answers: [] },
});

/** Why nobody knows whether the resource is there. */
const whyUnknown = ({ resource, at }: Newest, snapshot: ConfigFile): Error =>
  new Error(
    `${snapshot.label}: does not show ${resource.type} ${resource.id}, which AWS Config recorded before it, at ${at.toISOString()}: it may be gone`,
  );
