import { type ItemReadings, type ItemStatus, isRecorded, parseItem, readItem } from '../../config/item.ts';
import type { ResourceRef } from '../account.ts';
import { type ConfigFile, isOfRegion, itemOf, itemsOf, type Missing } from './config-files.ts';
import { captureTimeOf, type Envelope, isDated, readEnvelope } from './envelope.ts';
import type { JsonElement } from './json-stream.ts';
import { problemsOfMissing, Seen } from './missing-items.ts';
import { type Dated, outdates } from './outdated.ts';
import { Repeats } from './repeats.ts';
import { newestFirst, Shown, settle } from './shown.ts';
import { GLOBAL, KEPT, LISTED, REGIONAL, SECURITY_GROUP } from './types.ts';

/** The newest item of a resource. */
export interface Newest {
  readonly resource: ResourceRef;
  readonly at: Date;
  readonly status: ItemStatus;
  /** What the item says; nothing for a resource that is gone. */
  readonly readings: ItemReadings;
  /** Why the item says nothing: it cannot be read, or what may be newer cannot. What is older does not count any more for all that. */
  readonly error?: Error;
  readonly file: ConfigFile;
}

/** What an account's items say, but for the security groups themselves. */
export interface AccountSurvey {
  /** All types that there are items of. */
  readonly types: Set<string>;
  /** All Regions that there are items of; never `global`. */
  readonly regions: Set<string>;
  /** Regions with items of security groups. */
  readonly groupRegions: Set<string>;
  /** Of types that belong to no Region, the Regions whose files have items of them. */
  readonly homes: Map<string, Set<string>>;
  /** By {@link keyOf}. Of security groups, those only whose newest item says that they are gone. */
  readonly newest: Map<string, Newest>;
  /** When the newest of its items was captured, in milliseconds: the files show the account as it was then. */
  latest: number;
}

/**
 * What cannot be read, and of which nobody knows what it would replace: a file that ends early, an item that does not
 * say whose it is. It costs lists their completeness, and nothing else.
 */
export interface Problem {
  readonly file: ConfigFile;
  readonly error: Error;
  /** The type of the items that it costs; `''` when it may be any. */
  readonly type: string;
  /** `''` when it may be any account's. */
  readonly accountId: string;
  /** As far as the item says. */
  readonly resource?: ResourceRef;
  /** The file could not be read to its end. */
  readonly isBroken?: true;
  /** The answer says itself that there is more. */
  readonly isCut?: true;
}

/** Whose folder the files lie in: an item of another account, or a group of another Region, is misplaced. */
export interface Place {
  readonly accountId: string;
  readonly regions: readonly string[];
}

export interface Survey {
  readonly accounts: ReadonlyMap<string, AccountSurvey>;
  readonly problems: readonly Problem[];
  /** Which of several items of a security group is the newest. */
  readonly isNewest: (file: ConfigFile, element: JsonElement, envelope: Envelope) => boolean;
  /** Files with security groups of an account and Region, so that the others need not be read again. */
  readonly filesWithGroups: (accountId: string, region: string) => readonly ConfigFile[];
  /** Whether a problem says already that the file cannot be read to its end. */
  readonly isBroken: (file: ConfigFile) => boolean;
  /** Whether a snapshot, whole and not too old, tells of the type for the whole account: none of another Region is needed. */
  readonly isToldOnce: (accountId: string, type: string) => boolean;
  /** Every file could be read to its end. */
  readonly isWhole: boolean;
  /** Why an item, or an answer, does not tell how its resource is now: a file that may have a newer one cannot be read. */
  readonly outdated: (one: Dated) => Error | undefined;
}

/** A resource's identity within its account. */
export const keyOf = (type: string, id: string, region: string) =>
  REGIONAL.includes(type) ? `${type} ${region} ${id}` : `${type} ${id}`;

/**
 * Reads Config files once, to learn what there is and which item of a resource is the newest. Security groups are only
 * counted, by hash, so that memory does not grow with them; if one seems to come twice, a second look tells which wins.
 */
export async function survey(files: readonly ConfigFile[], place?: Place): Promise<Survey> {
  const surveyor = new Surveyor(place);
  for (const file of newestFirst(files)) await surveyor.read(file);
  return surveyor.end(files);
}

/** An item of a security group that is gone. */
interface Gone {
  readonly file: ConfigFile;
  readonly element: JsonElement;
  readonly envelope: Envelope;
  readonly newest: Newest;
}

/** Reads one file after the other, and keeps what it learns of them. */
class Surveyor {
  readonly #place: Place | undefined;
  readonly #accounts = new Map<string, AccountSurvey>();
  readonly #problems: Problem[] = [];
  /** Messages on misplaced items: each is said once. */
  readonly #told = new Set<string>();
  readonly #repeats = new Repeats();
  readonly #withGroups = new Map<string, ConfigFile[]>();
  readonly #gone: Gone[] = [];
  readonly #broken = new Set<ConfigFile>();
  readonly #shown = new Shown();

  constructor(place: Place | undefined) {
    this.#place = place;
  }

  async read(file: ConfigFile): Promise<void> {
    const { accountId, type } = file;
    if (accountId && (file.isDelivered || file.isUnread)) {
      // An account, or a Region, of which there is nothing else would be out of view.
      const { types, regions } = this.#accountOf(accountId);
      if (isOfRegion(file)) regions.add(file.region);
      if (type && file.isUnread) types.add(type);
    }
    if (file.isUnread) return;
    this.#shown.begin(file);
    const replaced = this.#shown.replaced(file);
    const seen = new Seen();
    const atEnd = (missing: Missing) =>
      this.#problems.push(...problemsOfMissing(file, missing, seen, (id) => this.#accountOf(id)));
    try {
      for await (const elements of itemsOf(file, atEnd)) {
        for (const element of elements) seen.add(this.#look(file, element, replaced));
      }
    } catch (error) {
      this.#isBroken(file, error);
    }
  }

  /** What all of the files say together. */
  async end(files: readonly ConfigFile[]): Promise<Survey> {
    this.#repeats.close();
    const { any } = this.#repeats;
    const winners = any ? await this.#winnersOf(files) : NO_WINNERS;
    const isBroken = (file: ConfigFile) => this.#broken.has(file);
    const replacedGroups = new Set(files.filter((file) => this.#shown.replaced(file).has(SECURITY_GROUP)));
    const isNewest: Survey['isNewest'] = (file, element, envelope) => {
      if (replacedGroups.has(file) && isThere(envelope)) return false;
      // Of an item without a time nobody knows what it would replace: it must come up.
      if (!any || !isDated(envelope)) return true;
      const key = groupKey(envelope);
      // Which of several is the newest, nobody could look up: that is a problem, and none of them a verdict.
      if (!winners) return !this.#repeats.has(key);
      const winner = winners.get(key);
      return !winner || (winner.file === file && winner.offset === element.offset);
    };
    for (const { file, element, envelope, newest } of this.#gone) {
      const { type, id, region, accountId } = envelope;
      if (isNewest(file, element, envelope))
        this.#accountOf(accountId).newest.set(keyOf(type, id, region), newest);
    }
    const unread = this.#problems.filter((problem) => problem.isBroken);
    const outdated = (one: Dated) => outdates(unread, one);
    for (const [accountId, { newest, homes }] of this.#accounts) {
      settle(accountId, newest, (type) => homes.get(type), { shown: this.#shown, outdated });
    }
    return {
      accounts: this.#accounts,
      problems: this.#problems,
      isNewest,
      filesWithGroups: (accountId, region) => this.#withGroups.get(`${accountId} ${region}`) ?? [],
      isBroken,
      isToldOnce: (accountId, type) => this.#shown.tellsOf(accountId, type),
      isWhole: unread.length === 0,
      outdated,
    };
  }

  #isBroken(file: ConfigFile, error: unknown): void {
    const { accountId = '', resourceId: id, region = 'global' } = file;
    const type = LISTED.includes(file.type ?? '') ? (file.type as string) : '';
    const resource = type !== '' && id !== undefined ? { type, id, region } : undefined;
    this.#broken.add(file);
    this.#shown.forget(file);
    this.#problems.push({
      ...{ file, error: error as Error, type, accountId, isBroken: true as const },
      ...(resource && { resource }),
    });
  }

  /** The newest item of each security group that may have several; `undefined` where a file cannot be read a second time. */
  async #winnersOf(files: readonly ConfigFile[]): Promise<ReadonlyMap<string, Winner> | undefined> {
    const winners = new Map<string, Winner>();
    for (const file of files.filter((one) => !one.isUnread)) {
      try {
        const replaced = this.#shown.replaced(file);
        await noteWinners(winners, file, replaced, {
          repeats: this.#repeats,
          isBroken: this.#broken.has(file),
        });
      } catch (error) {
        this.#isBroken(file, error);
        return undefined;
      }
    }
    return winners;
  }

  #accountOf(id: string): AccountSurvey {
    const account = this.#accounts.get(id) ?? newAccount();
    this.#accounts.set(id, account);
    return account;
  }

  #look(file: ConfigFile, element: JsonElement, replaced: ReadonlySet<string>): Envelope {
    const envelope = readEnvelope(element.bytes);
    const { type, id, accountId, region } = envelope;
    if (!isComplete(envelope)) {
      const error = locate(file, element, whyIncomplete(file, element));
      const resource = type && id ? { type, id, region: region || (file.region ?? 'global') } : undefined;
      this.#problems.push({ file, error, type, accountId, ...(resource && { resource }) });
      return envelope;
    }
    if (this.#isMisplaced(file, envelope) || (replaced.has(type) && isThere(envelope))) return envelope;
    const account = this.#accountOf(accountId);
    account.latest = Math.max(account.latest, dateOf(envelope));
    account.types.add(type);
    if (region !== 'global') account.regions.add(region);
    if (GLOBAL.includes(type) && isOfRegion(file))
      account.homes.set(type, (account.homes.get(type) ?? new Set()).add(file.region));
    this.#shown.add(file, envelope);
    if (type === SECURITY_GROUP) this.#noteGroup(account, file, element, envelope);
    else if (KEPT.includes(type)) keep(account, keyOf(type, id, region), newestOf(file, element, envelope));
    return envelope;
  }

  /** Leaving misplaced items out would look like an account without problems; one problem tells of all in the file. */
  #isMisplaced(file: ConfigFile, envelope: Envelope): boolean {
    const misplaced = this.#place && whyMisplaced(file, envelope, this.#place);
    if (!misplaced) return false;
    const message = `${file.label}: ${misplaced}`;
    const type = envelope.accountId === this.#place?.accountId ? envelope.type : '';
    if (!this.#told.has(message))
      this.#problems.push({ file, error: new Error(message), type, accountId: '' });
    this.#told.add(message);
    return true;
  }

  #noteGroup(account: AccountSurvey, file: ConfigFile, element: JsonElement, envelope: Envelope): void {
    const { accountId, region } = envelope;
    account.groupRegions.add(region);
    this.#repeats.add(groupKey(envelope));
    const key = `${accountId} ${region}`;
    const those = this.#withGroups.get(key);
    if (!those) this.#withGroups.set(key, [file]);
    else if (those.at(-1) !== file) those.push(file);
    if (isThere(envelope)) return;
    const newest = newestOf(file, element, envelope);
    if (newest.error || !isRecorded(newest))
      this.#gone.push({ file, element: { ...element, bytes: NO_BYTES }, envelope, newest });
  }
}

const NO_BYTES = new Uint8Array(0);

const newAccount = (): AccountSurvey => ({
  types: new Set(),
  regions: new Set(),
  groupRegions: new Set(),
  homes: new Map(),
  newest: new Map(),
  latest: 0,
});

/** In milliseconds; 0 when it does not say. */
const dateOf = (envelope: Envelope) => (isDated(envelope) ? captureTimeOf(envelope).getTime() : 0);

const groupKey = ({ accountId, region, id }: Envelope) => `${accountId} ${region} ${id}`;

/** Whether the item says what it is, whose and where: all that is needed to know what it would replace. */
const isComplete = ({ type, id, accountId, region }: Envelope) =>
  type !== '' && id !== '' && region !== '' && /^\d{12}$/.test(accountId);

function whyIncomplete(file: ConfigFile, element: JsonElement): unknown {
  try {
    parseItem(itemOf(file, element));
  } catch (error) {
    return error;
  }
  return new Error('does not say what it is');
}

/** Whether it says that the resource exists and is recorded. */
export const isThere = ({ status }: Envelope) => status === 'OK' || status === 'ResourceDiscovered';

function whyMisplaced(
  { isDelivered }: ConfigFile,
  { type, accountId, region }: Envelope,
  place: Place,
): string | undefined {
  const isAmiss = type === SECURITY_GROUP && !place.regions.includes(region);
  if (isDelivered) {
    // AWS Config put it there, or whoever wrote into the bucket: nobody is to move it.
    const whose = accountId === place.accountId ? isAmiss && region : `account ${accountId}`;
    return whose
      ? `has items of ${whose}, among what AWS Config delivered of account ${place.accountId}: they are not judged`
      : undefined;
  }
  if (accountId !== place.accountId) {
    const folder = `${accountId}/<region>/config/`;
    return `a Config file in the folder of account ${place.accountId} is of ${accountId}: put it in ${folder}`;
  }
  if (isAmiss) {
    return `a Config file has items of ${region}: put it in ${accountId}/${region}/config/`;
  }
  return undefined;
}

function newestOf(file: ConfigFile, element: JsonElement, envelope: Envelope): Newest {
  try {
    const item = parseItem(itemOf(file, element));
    const readings = readItem(item);
    return { resource: readings.resource, at: item.captureTime, status: item.status, readings, file };
  } catch (error) {
    const resource = resourceOf(envelope);
    return {
      resource,
      at: captureTimeOf(envelope),
      status: 'OK',
      readings: { resource, tags: {}, answers: [] },
      error: locate(file, element, error),
      file,
    };
  }
}

export const resourceOf = ({ type, id, region }: Envelope): ResourceRef => ({ type, id, region });

/** Of two items of the same time, which snapshots of two days often have, the one read last. */
function keep(account: AccountSurvey, key: string, item: Newest): void {
  const known = account.newest.get(key);
  if (!known || item.at > known.at || (item.at.getTime() === known.at.getTime() && isNoWorse(item, known)))
    account.newest.set(key, item);
}

/** What lies in `global` may lack what the same item has where it lies in a snapshot. */
const isNoWorse = (item: Newest, known: Newest): boolean =>
  !item.error || known.error !== undefined || isOfRegion(item.file);

interface Winner {
  readonly file: ConfigFile;
  readonly offset: number;
  readonly at: number;
}

const NO_WINNERS: ReadonlyMap<string, Winner> = new Map();

/**
 * The file's items as far as they can be read.
 *
 * @param isBroken the survey has said why there are no more. What breaks only now is thrown.
 */
export async function* readable(file: ConfigFile, isBroken: boolean): AsyncGenerator<readonly JsonElement[]> {
  try {
    yield* itemsOf(file);
  } catch (error) {
    if (!isBroken) throw error;
  }
}

async function noteWinners(
  winners: Map<string, Winner>,
  file: ConfigFile,
  replaced: ReadonlySet<string>,
  { repeats, isBroken }: { readonly repeats: Repeats; readonly isBroken: boolean },
): Promise<void> {
  for await (const elements of readable(file, isBroken)) {
    for (const element of elements) {
      const envelope = readEnvelope(element.bytes);
      const key = groupKey(envelope);
      if (envelope.type !== SECURITY_GROUP || !repeats.has(key)) continue;
      if (replaced.has(SECURITY_GROUP) && isThere(envelope)) continue;
      const known = winners.get(key);
      const at = captureTimeOf(envelope).getTime();
      if (isDated(envelope) && (!known || at >= known.at))
        winners.set(key, { file, offset: element.offset, at });
    }
  }
}

/** Says where the item is: its own error only says what is wrong with it. */
export function locate(file: ConfigFile, { offset }: JsonElement, error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith(file.label)) return error as Error;
  return new Error(`${file.label}: the item at byte ${offset}: ${message}`, { cause: error });
}
