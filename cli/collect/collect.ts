import pMap from 'p-map';
import { AccountError } from '../../account/errors.ts';
import { awsWords } from '../../account/live/failures.ts';
import type { LiveSource } from '../../account/live/source.ts';
import { READS, type Read, type ReadName, readPath } from '../../account/reads.ts';
import { openSnapshotWriter, type Unread } from '../../account/snapshot/write.ts';
import { VERSION } from '../../package.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { type Answered, listReadings, type Reading, resourceReadings } from './readings.ts';

export interface CollectOptions {
  readonly source: LiveSource;
  /** What they read is collected. */
  readonly rules: readonly AnyRule[];
  /** Collect every reading that the source has. */
  readonly all?: boolean;
  /** What is to hold the account's folder. */
  readonly folder: string;
  /** When it begins: what the snapshot is judged as of. */
  readonly now: Date;
  /** Ends it early; what was read by then is written down, and that it is not all. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CollectProgress) => void;
}

export interface CollectProgress {
  /** First the lists, then what they name. */
  readonly phase: 'lists' | 'resources';
  readonly done: number;
  readonly total: number;
}

export interface Collected {
  /** The account's folder. */
  readonly folder: string;
  /** Files written, without `errors.json` and `collected.json`. */
  readonly files: number;
  /** Configurations, and buckets, that AWS says do not exist. */
  readonly absent: number;
  /** What could not be read: something will not be judged. Sorted by file. */
  readonly unread: readonly Unread[];
}

/** Readings under way. The source limits calls by itself; this limits the answers that wait in memory. */
const AT_A_TIME = 32;

/**
 * Writes what rules read of a live account as a snapshot: `<folder>/<accountId>/`, in the form that
 * docs/architecture.md describes. What AWS gives an error for is kept in `errors.json`, whether the error means that
 * there is none or that nobody may look.
 *
 * @throws {DOMException} `AbortError`, when the signal ended it.
 */
export async function collect(options: CollectOptions): Promise<Collected> {
  const { source, rules, all = false, folder, now, signal, onProgress } = options;
  const needs = rules.map(({ reads }) => reads.filter(source.serves));
  // One by one, so that no reading is asked about more than the account's own resources on another's behalf.
  if (all) needs.push(...(Object.keys(READS) as ReadName[]).filter(source.serves).map((name) => [name]));
  const wanted = listReadings(needs, source.regions);
  const writer = await openSnapshotWriter({
    folder,
    accountId: source.accountId,
    intention: {
      collectedAt: now,
      regions: source.regions,
      rules: rules.map(({ id }) => id),
      readings: [...new Set([...wanted.map(({ name }) => name), ...needs.flat()])].sort(),
      version: VERSION,
    },
    canRead: source.serves,
  });
  const unread: Unread[] = [];
  let files = 0;
  let absent = 0;

  /** Reads one and writes it down; gives the answer, for what it names. */
  async function take({ name, target }: Reading): Promise<Answered['answer']> {
    const file = readPath(name, target);
    const at = new Date();
    try {
      const answer = await source.ask(name, target);
      await writer.answer(file, answer, at);
      files++;
      return answer;
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      const words = { file, ...awsWords(error) };
      await writer.error(words, at);
      if (saysAbsent(name, error.code)) absent++;
      else unread.push(words);
      return undefined;
    }
  }

  async function takeAll(phase: CollectProgress['phase'], readings: readonly Reading[]): Promise<Answered[]> {
    let done = 0;
    const progress = () => onProgress?.({ phase, done: done++, total: readings.length });
    progress();
    const one = async (reading: Reading) => {
      const answer = await take(reading);
      progress();
      return { ...reading, answer };
    };
    return pMap(readings, one, { concurrency: AT_A_TIME, ...(signal && { signal }) });
  }

  try {
    const lists = await takeAll('lists', wanted);
    // Whoever pulls the plug while each resource is read loses no more than that.
    await writer.save();
    await takeAll('resources', resourceReadings(needs, lists, source.accountId));
  } catch (error) {
    await writer.save();
    throw error;
  }
  await writer.finish();
  unread.sort((one, other) => (one.file < other.file ? -1 : 1));
  return { folder: writer.folder, files, absent, unread };
}

/** Whether the error is an answer: there is no such configuration, or no such bucket (any more). */
function saysAbsent(name: ReadName, code: string): boolean {
  const { none }: Read = READS[name];
  return code === 'NoSuchBucket' || (none?.includes(code) ?? false);
}
