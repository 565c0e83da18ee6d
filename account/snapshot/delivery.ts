/**
 * The bucket that AWS Config delivers to, as `aws s3 sync` brings it:
 * `[prefix/]AWSLogs/[o-…/]<account>/Config/<region>/<year>/<month>/<day>/{ConfigSnapshot,ConfigHistory,…}/…`, whole or from any
 * level on. A file's name says what it is, whose and of when.
 * (https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html)
 */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import type { ConfigFile } from './config-files.ts';
import { SnapshotError } from './errors.ts';
import { fileError } from './files.ts';
import { howToRaise, limits } from './limits.ts';
import { isAccountId } from './open.ts';
import { dayOf, isTooOld, lacking, noSnapshot } from './recent.ts';
import { isRegion } from './regions.ts';

/**
 * `123456789012_Config_us-east-1_ConfigHistory_AWS::EC2::SecurityGroup_20261101T000000Z_20261101T060000Z_1.json.gz`. An item of
 * IAM's that is too large for a message lies in the Region `global`.
 */
const NAME =
  /^(\d{12})_Config_([a-z]{2,}(?:-[a-z]+)+-\d+|global)_(ConfigSnapshot|ConfigHistory|ChangeNotification|OversizedChangeNotification)_(.+)\.json(?:\.gz)?$/;
/** With which the rest of a history's name begins. */
const TYPE = /^([A-Za-z0-9]+(?:::[A-Za-z0-9]+)+)_/;
/** With which the name of a notification goes on: the resource, when it was captured, and in which state. */
const ONE = /^(.+)_\d{8}T\d{6}Z_\d+$/;
const TIME = /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/g;

/** How deep a prefix may be above `AWSLogs`: a home folder that was given by mistake is not searched through. */
const DEEPEST_PREFIX = 4;

/** What a delivered file's name says. */
export interface DeliveredName {
  readonly accountId: string;
  readonly region: string;
  readonly isSnapshot: boolean;
  /** When the snapshot was made, or the last change in the history; 0 when the name does not say. */
  readonly at: number;
  /** Of a history: the type of all its items. */
  readonly type?: string;
  /** Of an item that was too large for a message, alone in its file: the resource. */
  readonly resourceId?: string;
}

type Delivered = ConfigFile & DeliveredName;

/**
 * The files that tell how each account and Region is now: the newest snapshot, and all that changed after it. A Region that
 * has none is a file that says so when it is read.
 *
 * @param until what was delivered later is left alone; the copy itself is of its newest file.
 * @returns `undefined` when the folder is not of a delivery bucket.
 * @throws {SnapshotError} `Empty` for a delivery bucket without a file of items.
 */
export async function deliveredFiles(path: string, until?: Date): Promise<ConfigFile[] | undefined> {
  const root = resolve(path);
  if (await isSnapshotFolder(path, root)) return undefined;
  const search: Search = { root, given: path, found: [], sawConfig: false, count: 0 };
  await walk(search, root, placeOf(root), 0);
  if (search.found.length > 0) {
    // Of a day's files, or of histories alone, nobody expects a snapshot.
    if (/^(\d{1,2}|ConfigHistory|Oversized\w+)$/.test(basename(root))) return current(search.found);
    return recent(path, search.found, until ?? new Date(newestIn(search.found)));
  }
  if (!search.sawConfig) return undefined;
  throw new SnapshotError(
    'Empty',
    `${path}: a bucket that AWS Config delivers to, without a snapshot or history file in it. Let AWS Config make one with "aws configservice deliver-config-snapshot --delivery-channel-name default", and sync the bucket again`,
  );
}

/** What tells our own format: an account's folder with what it has in it. */
async function isSnapshotFolder(given: string, root: string): Promise<boolean> {
  const isOurs = (entries: readonly Dirent[]) =>
    entries.some((entry) =>
      entry.isDirectory()
        ? entry.name === 'global' || isRegion(entry.name)
        : entry.name === 'errors.json' || entry.name === 'collected.json',
    );
  const entries = await entriesOf(given, root);
  if (isAccountId(basename(root))) return isOurs(entries);
  for (const entry of entries) {
    if (!(entry.isDirectory() && isAccountId(entry.name))) continue;
    if (isOurs(await entriesOf(given, join(root, entry.name)))) return true;
  }
  return false;
}

interface Search {
  readonly root: string;
  readonly given: string;
  readonly found: Delivered[];
  /** A folder `Config` of an account's. */
  sawConfig: boolean;
  count: number;
}

/** Where in the bucket a folder lies, as far as its name and those above tell. */
type Place = 'prefix' | 'AWSLogs' | 'account' | 'inside';

const placeOf = (folder: string): Place => {
  const name = basename(folder);
  if (name === 'AWSLogs') return 'AWSLogs';
  if (isAccountId(name)) return 'account';
  if (
    name === 'Config' ||
    name === 'global' ||
    isRegion(name) ||
    /^(\d{1,4}|Config(Snapshot|History)|Oversized\w+)$/.test(name)
  )
    return 'inside';
  return 'prefix';
};

/** Where a folder of this name leads from there; `undefined`: to nothing of AWS Config's. */
function next(place: Place, name: string): Place | undefined {
  if (place === 'inside') return 'inside';
  if (place === 'account') return name === 'Config' ? 'inside' : undefined;
  if (isAccountId(name)) return 'account';
  // In an organization's bucket its id comes between.
  if (place === 'AWSLogs') return /^o-[a-z0-9]+$/.test(name) ? 'AWSLogs' : undefined;
  if (name === 'AWSLogs') return 'AWSLogs';
  return name.startsWith('.') || name === 'node_modules' ? undefined : 'prefix';
}

async function walk(search: Search, folder: string, place: Place, depth: number): Promise<void> {
  if (place === 'prefix' && depth > DEEPEST_PREFIX) return;
  if (basename(folder) === 'Config') search.sawConfig = true;
  const entries = await entriesOf(search.given, folder);
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const to = next(place, entry.name);
      if (to) await walk(search, path, to, to === 'prefix' ? depth + 1 : 0);
      continue;
    }
    const file = deliveredOf(search, path, entry.name);
    if (!file) continue;
    search.found.push(file);
    if (++search.count > limits().files) {
      throw new SnapshotError(
        'TooLarge',
        `${search.given}: more than ${limits().files} files; ${howToRaise('files')}`,
      );
    }
  }
}

function deliveredOf({ root, given }: Search, path: string, name: string): Delivered | undefined {
  const said = deliveredName(name);
  const label = join(given, relative(root, path)).replaceAll('\\', '/');
  return said && { ...said, path, within: root, label, isDelivered: true };
}

/** @returns `undefined` for what is no file of items: `ConfigWritabilityCheckFile`. */
export function deliveredName(name: string): DeliveredName | undefined {
  const [, accountId, region, kind, rest = ''] = NAME.exec(name) ?? [];
  if (!accountId || !region) return undefined;
  const [, year, month, day, hour, minute, second] = [...rest.matchAll(TIME)].at(-1) ?? [];
  const at = year ? Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) : 0;
  const [before = '', type] = TYPE.exec(rest) ?? [];
  const [, resourceId] =
    (/Notification$/.test(kind ?? '') && type && ONE.exec(rest.slice(before.length))) || [];
  return {
    accountId,
    region,
    isSnapshot: kind === 'ConfigSnapshot',
    at,
    ...(type !== undefined && { type }),
    ...(resourceId !== undefined && { resourceId }),
  };
}

const newestIn = (files: readonly Delivered[]): number =>
  files.reduce((newest, { at }) => Math.max(newest, at), 0);

/** Of a Region's files those that do not show it as it was long ago: as of a bucket, where nobody lists days before. */
function recent(where: string, files: readonly Delivered[], now: Date): ConfigFile[] {
  const places = new Map<string, Delivered[]>();
  for (const file of files) {
    const key = `${file.accountId} ${file.region}`;
    const those = places.get(key);
    if (those) those.push(file);
    else places.set(key, [file]);
  }
  const kept = [...places.values()].flatMap((all): Delivered[] => {
    const [{ accountId, region, label }] = all as [Delivered];
    const before = all.filter(({ at }) => at <= now.getTime());
    const found = before.filter(({ at }) => at === 0 || !isTooOld(dayOf(at), now));
    if (region === 'global' || found.some(({ isSnapshot }) => isSnapshot)) return found;
    const older = found.length === 0 && before.length > 0 ? dayOf(newestIn(before)) : undefined;
    const sought = { accountId, region, now };
    const folder = `/Config/${region}/`;
    const here = label.includes(folder) ? label.slice(0, label.lastIndexOf(folder)) + folder : where;
    return [...found, lacking(here, sought, noSnapshot(here, sought, older), 'absent')];
  });
  return current(kept);
}

/** Of each account and Region the newest snapshot, and the histories that go on after it. */
export function current<F extends DeliveredName>(files: readonly F[]): F[] {
  const newest = new Map<string, number>();
  const keyOf = ({ accountId, region }: F) => `${accountId} ${region}`;
  for (const file of files) {
    if (file.isSnapshot) newest.set(keyOf(file), Math.max(file.at, newest.get(keyOf(file)) ?? 0));
  }
  return files.filter((file) => {
    const snapshot = newest.get(keyOf(file)) ?? 0;
    // Of a history that does not say when it was made nobody knows that it is older.
    return file.isSnapshot ? file.at === snapshot : file.at === 0 || file.at >= snapshot;
  });
}

async function entriesOf(given: string, folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw fileError(given, error);
  }
}
