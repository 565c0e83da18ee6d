/**
 * The same bucket where it lies: what of it tells how each account is now is found by a few lists, not by listing it all.
 * (Layout: delivery.ts.)
 */

import { LiveError } from '../live/failures.ts';
import { someOf } from '../some.ts';
import type { ConfigFile } from './config-files.ts';
import { current, type DeliveredName, deliveredName } from './delivery.ts';
import { type DeliveryPlace, isRegion, ORGANIZATION } from './delivery-place.ts';
import { SnapshotError } from './errors.ts';
import { isAccountId } from './open.ts';
import { DAY, dayOf, isTooOld, lacking, noSnapshot } from './recent.ts';
import { TELLING } from './types.ts';

/** An object, as a list has it. */
export interface Stored {
  readonly key: string;
  readonly size: number;
  /** Which version of the object it is. */
  readonly etag: string;
}

export interface Bucket {
  readonly name: string;
  /**
   * What begins with the prefix: all of it, or level by level the objects and what looks like folders, which end in `/`.
   *
   * @throws {LiveError}
   */
  list(prefix: string, level?: 'level'): Promise<Listed>;
  /** The object's bytes, from the start. @throws {LiveError} also where it is not the version that was listed any more. */
  read(object: Stored): AsyncIterable<Uint8Array>;
}

export interface Listed {
  readonly folders: readonly string[];
  readonly objects: readonly Stored[];
}

/** An account that AWS Config delivers of. */
export interface DeliveringAccount {
  readonly accountId: string;
  /** Its folders `Config/`: more than one where it delivers below several prefixes, or has changed its organization. */
  readonly roots: readonly Root[];
}

interface Root {
  readonly bucket: Bucket;
  readonly key: string;
  readonly region?: string;
  readonly file?: string;
}

/**
 * The accounts with a folder below `AWSLogs/`, by their ids: one list a level, none an account.
 *
 * @param unlisted learns why nobody knows whether there are folders of organizations above `AWSLogs/`, where there are
 * accounts below it.
 * @throws {SnapshotError} `NotASnapshot` where there is none.
 * @throws {LiveError} where the bucket cannot be listed.
 */
export async function accountsIn(
  bucket: Bucket,
  place: DeliveryPlace,
  unlisted: (error: LiveError) => void = () => {},
): Promise<DeliveringAccount[]> {
  const found = new Map<string, Root[]>();
  const note = (accountId: string, root: Root) =>
    found.set(accountId, [...(found.get(accountId) ?? []), root]);
  const { accountId, region, file } = place;
  const only = { ...(region !== undefined && { region }), ...(file !== undefined && { file }) };
  const top = `${place.prefix}AWSLogs/`;
  if (accountId !== undefined) {
    const above = place.organization === undefined ? top : `${top}${place.organization}/`;
    note(accountId, { bucket, key: `${above}${accountId}/Config/`, ...only });
  } else {
    await noteAccounts(
      bucket,
      [place.organization === undefined ? top : `${top}${place.organization}/`],
      note,
    );
    if (place.organization === undefined) {
      const tops = await topsOfOrganizations(bucket, place.prefix).catch((error: unknown) => {
        if (!(error instanceof LiveError) || found.size === 0) throw error;
        unlisted(error);
        return [];
      });
      await noteAccounts(bucket, tops, note);
    }
  }
  if (found.size === 0) throw await noDelivery(bucket, place.prefix);
  return [...found].map(([id, roots]) => ({ accountId: id, roots })).sort(byAccount);
}

const byAccount = (one: { readonly accountId: string }, other: { readonly accountId: string }) =>
  one.accountId < other.accountId ? -1 : 1;

async function noteAccounts(
  bucket: Bucket,
  above: readonly string[],
  note: (accountId: string, root: Root) => void,
): Promise<void> {
  for (const prefix of above) {
    const { folders } = await bucket.list(prefix, 'level');
    const organizations: string[] = [];
    for (const folder of folders) {
      const name = nameOf(folder);
      if (isAccountId(name)) note(name, { bucket, key: `${folder}Config/` });
      // In an organization's bucket its id comes between.
      else if (ORGANIZATION.test(name)) organizations.push(folder);
    }
    await noteAccounts(bucket, organizations, note);
  }
}

/** AWS Control Tower's bucket has the organization's id above `AWSLogs/`, where other accounts may lie beside it. */
async function topsOfOrganizations(bucket: Bucket, prefix: string): Promise<string[]> {
  const { folders } = await bucket.list(prefix, 'level');
  return folders.filter((folder) => ORGANIZATION.test(nameOf(folder))).map((folder) => `${folder}AWSLogs/`);
}

async function noDelivery(bucket: Bucket, prefix: string): Promise<SnapshotError> {
  const { folders, objects } = await bucket.list(prefix, 'level');
  const names = [...folders, ...objects.map(({ key }) => key)].map((name) => name.slice(prefix.length));
  const there = someOf(names) || 'nothing';
  return new SnapshotError(
    'NotASnapshot',
    `s3://${bucket.name}/${prefix}: no bucket that AWS Config delivers to: expected AWSLogs/ with a folder an account in it; found ${there}. Give the prefix that the delivery channel has: s3://${bucket.name}/<prefix>`,
  );
}

const nameOf = (folder: string): string => folder.slice(0, -1).split('/').at(-1) ?? '';

/** What an account has in the bucket. */
export interface DeliveredAccount {
  readonly files: readonly ConfigFile[];
  /** Whether AWS Config delivers of it at all: an account may have other logs in the bucket. */
  readonly isDelivering: boolean;
}

export interface FindOptions {
  /** What was delivered later is left alone. */
  readonly now: Date;
  /** Regions that an account which delivers at all should be delivered of: one with nothing is a file that says so. */
  readonly regions?: readonly string[];
  /** The only Regions to look into: nothing that is asked for lies in any other. */
  readonly only?: readonly string[];
}

/**
 * The files that tell how an account is now: of each Region the newest snapshot, and the histories after it. A Region that
 * has none, or cannot be listed, is a file that says so when it is read.
 *
 * @throws {LiveError} where the account's Regions cannot be listed.
 */
export async function deliveredIn(
  { accountId, roots }: DeliveringAccount,
  { now, regions = [], only }: FindOptions,
): Promise<DeliveredAccount> {
  const found = new Map<string, Found>();
  const there = await regionsOf(roots);
  const isDelivering = there.length > 0;
  const places = isDelivering ? [...there, ...lackedOf(regions, there, roots)] : [];
  const budget = { left: HELD };
  /** Regions of which something is amiss that has been said, or of which one file was asked for. */
  const isSaid = new Set<string>();
  const looked = new Map<string, Looked>();
  for (const [root, region, key] of places) {
    if (only && !only.includes(region)) continue;
    const here = await lookIn(root, { accountId, region, key, now, budget });
    for (const one of here.files) found.set(one.path, one);
    if (here.isSaid || root.file !== undefined) isSaid.add(region);
    looked.set(region, looked.get(region) ?? here);
  }
  const withSnapshot = new Set(
    [...found.values()].filter((one) => one.isSnapshot).map(({ region }) => region),
  );
  for (const [region, { bucket, where, older }] of looked) {
    if (region === 'global' || isSaid.has(region) || withSnapshot.has(region)) continue;
    const hasFiles = [...found.values()].some((one) => one.region === region);
    const place = labelOf(bucket, where);
    const absent = lacking(place, where, noSnapshot(place, where, hasFiles ? undefined : older), 'absent');
    found.set(absent.path, absent);
  }
  return { files: current([...found.values()]), isDelivering };
}

type RegionPlace = readonly [root: Root, region: string, key: string];

async function regionsOf(roots: readonly Root[]): Promise<RegionPlace[]> {
  const places: RegionPlace[] = [];
  for (const root of roots) {
    if (root.region !== undefined) places.push([root, root.region, `${root.key}${root.region}/`]);
    else {
      const { folders } = await root.bucket.list(root.key, 'level');
      const regions = folders.filter((folder) => isRegion(nameOf(folder)));
      places.push(...regions.map((key): RegionPlace => [root, nameOf(key), key]));
    }
  }
  return places;
}

/** Where those Regions would be that nothing was delivered of. */
const lackedOf = (
  wanted: readonly string[],
  there: readonly RegionPlace[],
  [root]: readonly Root[],
): readonly RegionPlace[] =>
  wanted
    .filter((one) => root && !there.some(([, region]) => region === one))
    .map((region) => [root as Root, region, `${root?.key}${region}/`]);

type Found = ConfigFile & DeliveredName;

interface Where {
  readonly accountId: string;
  readonly region: string;
  /** `…/Config/<region>/` */
  readonly key: string;
  readonly now: Date;
  readonly budget: Budget;
}

/** Bytes that may be held of an account's objects. */
interface Budget {
  left: number;
}

/** Files are read two or three times: so much of an account's is held, compressed, and only the others are asked for again. */
const HELD = 8 * 1024 ** 2;

/** What of a Region's lies below one prefix. */
interface Looked {
  readonly bucket: Bucket;
  readonly where: Where;
  readonly files: readonly Found[];
  /** The newest day that there are files of, where that is too long ago. */
  readonly older?: number;
  /** One of the files says what is amiss. */
  readonly isSaid?: true;
}

const labelOf = (bucket: Bucket, { key }: Where): string => `s3://${bucket.name}/${key}`;

async function lookIn({ bucket, file }: Root, where: Where): Promise<Looked> {
  try {
    const { objects, ...more } =
      file === undefined ? await newestOf(bucket, where) : { objects: await theFile(bucket, file) };
    const files = objects.flatMap((object) => foundOf(bucket, object, where));
    return { bucket, where, files, ...more };
  } catch (error) {
    if (!(error instanceof LiveError)) throw error;
    return { bucket, where, files: [lacking(labelOf(bucket, where), where, error)], isSaid: true };
  }
}

async function theFile(bucket: Bucket, file: string): Promise<readonly Stored[]> {
  const { objects } = await bucket.list(file);
  const found = objects.filter(({ key }) => key === file);
  if (found.length > 0) return found;
  throw new LiveError('NoSuchKey', `s3://${bucket.name}/${file}: there is no such object`);
}

/** AWS Config delivers a history every six hours: one that goes on after a snapshot may have begun the day before. */
const HISTORY = 6 * 3_600_000;
/** The Region's files of the days since the newest snapshot, the newest day first. */
async function newestOf(bucket: Bucket, { key, now }: Where) {
  const found: Stored[] = [];
  let snapshot = 0;
  for await (const [day, folders] of daysOf(bucket, key, now)) {
    if (snapshot === 0 && isTooOld(day, now)) return { objects: found, older: day };
    for (const folder of folders) {
      for (const object of (await bucket.list(folder)).objects) {
        const said = deliveredName(lastOf(object.key));
        if (!said || said.at > now.getTime()) continue;
        found.push(object);
        if (said.isSnapshot) snapshot = Math.max(snapshot, said.at);
      }
    }
    if (snapshot > 0 && day <= snapshot - HISTORY) break;
  }
  return { objects: found };
}

/** A midnight (UTC), and the folders of its day. */
type Day = readonly [day: number, folders: readonly string[]];

/** The newest first: today and yesterday without a question, and then those that there are. */
async function* daysOf(bucket: Bucket, key: string, now: Date): AsyncGenerator<Day> {
  const today = dayOf(now.getTime());
  const asked = new Set<string>();
  for (const day of [today, today - DAY]) {
    const folders = pathsOf(day).map((path) => `${key}${path}`);
    for (const folder of folders) asked.add(folder);
    yield [day, folders];
  }
  for (const [year, years] of await numbersIn(bucket, [key])) {
    for (const [month, months] of await numbersIn(bucket, years)) {
      if (Date.UTC(year, month - 1) > today) continue;
      for (const [number, days] of await numbersIn(bucket, months)) {
        const day = Date.UTC(year, month - 1, number);
        const folders = days.filter((folder) => !asked.has(folder));
        if (day <= today && folders.length > 0) yield [day, folders];
      }
    }
  }
}

/** Folders named by a number, by that number, the largest first. AWS Config writes `9`; who copies its files may write `09`. */
async function numbersIn(
  bucket: Bucket,
  above: readonly string[],
): Promise<readonly (readonly [number: number, folders: readonly string[]])[]> {
  const found = new Map<number, string[]>();
  for (const prefix of above) {
    for (const folder of (await bucket.list(prefix, 'level')).folders) {
      const number = /^\d{1,4}$/.test(nameOf(folder)) ? Number(nameOf(folder)) : 0;
      if (number > 0) found.set(number, [...(found.get(number) ?? []), folder]);
    }
  }
  return [...found].sort(([one], [other]) => other - one);
}

/** `2026/11/9/`, as AWS Config has it, and `2026/11/09/` where that is another. */
function pathsOf(day: number): readonly string[] {
  const date = new Date(day);
  const parts = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const plain = `${parts.join('/')}/`;
  const padded = `${parts.map((part) => String(part).padStart(2, '0')).join('/')}/`;
  return plain === padded ? [plain] : [plain, padded];
}

const lastOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

function foundOf(bucket: Bucket, object: Stored, { accountId, region, budget }: Where): Found[] {
  const said = deliveredName(lastOf(object.key));
  if (!said) return [];
  const label = `s3://${bucket.name}/${object.key}`;
  const isUnread = said.type !== undefined && !TELLING.has(said.type);
  return [
    {
      ...{ ...said, accountId, region, path: label, label, isDelivered: true },
      bytes: held(bucket, object, budget),
      ...(isUnread && { isUnread }),
    },
  ];
}

function held(bucket: Bucket, object: Stored, budget: Budget): () => AsyncIterable<Uint8Array> {
  let all: readonly Uint8Array[] | undefined;
  return async function* () {
    if (all) {
      yield* all;
      return;
    }
    const isHeld = object.size <= budget.left;
    const chunks: Uint8Array[] = [];
    if (isHeld) budget.left -= object.size;
    try {
      for await (const chunk of bucket.read(object)) {
        if (isHeld) chunks.push(chunk);
        yield chunk;
      }
      if (isHeld) all = chunks;
    } finally {
      if (isHeld && !all) budget.left += object.size;
    }
  };
}
