import { type ItemReadings, type ItemStatus, isRecorded, parseItem, readItem } from '../../config/item.ts';
import type { ResourceRef } from '../account.ts';
import { type ConfigFile, itemOf, itemsOf } from './config-files.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import type { JsonElement } from './json-stream.ts';
import { Repeats } from './repeats.ts';

export const BUCKET = 'AWS::S3::Bucket';
export const ACCOUNT_BLOCK = 'AWS::S3::AccountPublicAccessBlock';
export const TRAIL = 'AWS::CloudTrail::Trail';
export const USER = 'AWS::IAM::User';
/** The one type of which an account may have a million: read as a stream, never kept. */
export const SECURITY_GROUP = 'AWS::EC2::SecurityGroup';

/** Types that are kept, so that they can be looked up. */
const KEPT: readonly string[] = [BUCKET, ACCOUNT_BLOCK, TRAIL, USER];
/** Types whose ids mean something in one Region only. */
const REGIONAL: readonly string[] = [TRAIL, SECURITY_GROUP];

/** The newest item of a resource. */
export interface Newest {
  readonly resource: ResourceRef;
  readonly at: Date;
  readonly status: ItemStatus;
  /** What the item says; nothing for a resource that is gone. */
  readonly readings: ItemReadings;
}

/** What an account's items say, but for the security groups themselves. */
export interface AccountSurvey {
  /** All types that there are items of. */
  readonly types: Set<string>;
  /** All Regions that there are items of; never `global`. */
  readonly regions: Set<string>;
  /** Regions with items of security groups. */
  readonly groupRegions: Set<string>;
  /** By {@link keyOf}. Of security groups, those only whose newest item says that they are gone. */
  readonly newest: Map<string, Newest>;
}

/** An item that cannot be read. It costs a list of its type its completeness, and nothing else. */
export interface Unreadable {
  /** `''` when the item does not even say what it is. */
  readonly type: string;
  readonly accountId: string;
  readonly error: Error;
}

export interface Survey {
  readonly accounts: ReadonlyMap<string, AccountSurvey>;
  readonly unreadable: readonly Unreadable[];
  /** Which of several items of a security group is the newest. */
  readonly isNewest: (file: ConfigFile, element: JsonElement, envelope: Envelope) => boolean;
  /** Files with security groups of an account and Region, so that the others need not be read again. */
  readonly filesWithGroups: (accountId: string, region: string) => readonly ConfigFile[];
}

/** A resource's identity within its account. */
export const keyOf = (type: string, id: string, region: string) =>
  REGIONAL.includes(type) ? `${type} ${region} ${id}` : `${type} ${id}`;

/**
 * Reads Config files once, to learn what there is and which item of a resource is the newest. Security groups are only
 * counted, by hash, so that memory does not grow with them; if one seems to come twice, a second look tells which wins.
 */
export async function survey(files: readonly ConfigFile[]): Promise<Survey> {
  const accounts = new Map<string, AccountSurvey>();
  const unreadable: Unreadable[] = [];
  const repeats = new Repeats();
  const withGroups = new Map<string, ConfigFile[]>();
  const accountOf = (id: string) => {
    const known = accounts.get(id) ?? newAccount();
    accounts.set(id, known);
    return known;
  };

  const gone: { file: ConfigFile; element: JsonElement; envelope: Envelope; newest: Newest }[] = [];
  const look = (file: ConfigFile, element: JsonElement) => {
    const envelope = readEnvelope(element.bytes);
    const { type, id, accountId, region } = envelope;
    try {
      // What lacks these is no item, and its own error says so better.
      if (!(type && id && region && /^\d{12}$/.test(accountId))) parseItem(itemOf(file, element));
      const account = accountOf(accountId);
      account.types.add(type);
      if (region !== 'global') account.regions.add(region);
      if (type === SECURITY_GROUP) {
        account.groupRegions.add(region);
        repeats.add(groupKey(envelope));
        const place = `${accountId} ${region}`;
        const those = withGroups.get(place) ?? [];
        if (those.at(-1) !== file) withGroups.set(place, [...those, file]);
        if (envelope.status === 'OK' || envelope.status === 'ResourceDiscovered') return;
        const newest = newestOf(file, element);
        if (!isRecorded(newest))
          gone.push({ file, element: { ...element, bytes: NO_BYTES }, envelope, newest });
      } else if (KEPT.includes(type)) {
        keep(account, keyOf(type, id, region), newestOf(file, element));
      }
    } catch (error) {
      unreadable.push({ type, accountId, error: locate(file, element, error) });
    }
  };
  for (const file of files) {
    for await (const elements of itemsOf(file)) for (const element of elements) look(file, element);
  }
  repeats.close();

  const winners = repeats.any ? await winnersOf(files, repeats) : new Map<string, Winner>();
  const isNewest: Survey['isNewest'] = (file, element, envelope) => {
    if (!repeats.any) return true;
    const winner = winners.get(groupKey(envelope));
    return !winner || (winner.file === file && winner.offset === element.offset);
  };
  for (const { file, element, envelope, newest } of gone) {
    const { type, id, region, accountId } = envelope;
    if (isNewest(file, element, envelope)) accountOf(accountId).newest.set(keyOf(type, id, region), newest);
  }
  return {
    accounts,
    unreadable,
    isNewest,
    filesWithGroups: (accountId, region) => withGroups.get(`${accountId} ${region}`) ?? [],
  };
}

const NO_BYTES = new Uint8Array(0);

const newAccount = (): AccountSurvey => ({
  types: new Set(),
  regions: new Set(),
  groupRegions: new Set(),
  newest: new Map(),
});

const groupKey = ({ accountId, region, id }: Envelope) => `${accountId} ${region} ${id}`;

function newestOf(file: ConfigFile, element: JsonElement): Newest {
  const item = parseItem(itemOf(file, element));
  const readings = readItem(item);
  return { resource: readings.resource, at: item.captureTime, status: item.status, readings };
}

/** Of two items of the same time, which snapshots of two days often have, the one read last. */
function keep(account: AccountSurvey, key: string, item: Newest): void {
  const known = account.newest.get(key);
  if (!known || item.at >= known.at) account.newest.set(key, item);
}

interface Winner {
  readonly file: ConfigFile;
  readonly offset: number;
  readonly at: number;
}

/** The newest item of each security group that may have several. */
async function winnersOf(files: readonly ConfigFile[], repeats: Repeats): Promise<Map<string, Winner>> {
  const winners = new Map<string, Winner>();
  for (const file of files) {
    for await (const elements of itemsOf(file)) {
      for (const element of elements) {
        const envelope = readEnvelope(element.bytes);
        const key = groupKey(envelope);
        if (envelope.type !== SECURITY_GROUP || !repeats.has(key)) continue;
        const at = Date.parse(envelope.captureTime);
        const known = winners.get(key);
        // An item without a time is unreadable: it must come up, and not win.
        if (Number.isNaN(at)) continue;
        if (!known || at >= known.at) winners.set(key, { file, offset: element.offset, at });
      }
    }
  }
  return winners;
}

/** Says where the item is: its own error only says what is wrong with it. */
export function locate(file: ConfigFile, { offset }: JsonElement, error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith(file.label)) return error as Error;
  return new Error(`${file.label}: the item at byte ${offset}: ${message}`, { cause: error });
}
