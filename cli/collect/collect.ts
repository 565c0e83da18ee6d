import pMap from 'p-map';
import { AccountError } from '../../account/errors.ts';
import { awsWords } from '../../account/live/failures.ts';
import type { LiveSource } from '../../account/live/source.ts';
import { answersBy, nameOf, pathOf, type Reading } from '../../account/reading.ts';
import { READINGS } from '../../account/services/index.ts';
import { openSnapshotWriter, type Unread } from '../../account/snapshot/write.ts';
import { VERSION } from '../../package.ts';
import type { AnyRule } from '../../rules/rule.ts';
import type { GivenParameters } from '../options/read.ts';
import { type Answered, type Asked, askedAbout, askedBeyond, firstAsked } from './readings.ts';

export interface CollectOptions {
  readonly source: LiveSource;
  /** What they read is collected. */
  readonly rules: readonly AnyRule[];
  /** Those of the rules, by id: they may say which Regions beyond the view a rule looks into. */
  readonly parameters?: GivenParameters;
  /** Collect every reading that the source has. */
  readonly all?: boolean;
  /** Keep user data as it is, secrets and all, rather than what was found in it. */
  readonly withUserData?: boolean;
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
  /** What AWS says for good that this account cannot ask: a member of an organization, an account without a support plan. */
  readonly notForIt: number;
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
  const { source, rules, parameters = {}, all = false, withUserData = false } = options;
  const { folder, now, signal, onProgress } = options;
  const needs = rules.map(({ reads }) => reads.filter(source.serves));
  // One by one, so that each reading is asked about the resources of its own lists.
  if (all) needs.push(...READINGS.filter(source.serves).map((reading) => [reading]));
  const wanted = firstAsked(needs, source.regions);
  const writer = await openSnapshotWriter({
    folder,
    accountId: source.accountId,
    intention: {
      collectedAt: now,
      regions: source.regions,
      rules: rules.map(({ id }) => id),
      readings: [...new Set([...wanted.map(({ reading }) => reading), ...needs.flat()].map(nameOf))].sort(),
      version: VERSION,
    },
    canRead: source.serves,
  });
  const unread: Unread[] = [];
  let files = 0;
  let absent = 0;
  let notForIt = 0;

  /** Reads one and writes it down; gives the answer, for what it names. */
  async function take({ reading, target }: Asked): Promise<Answered['answer']> {
    const file = pathOf(reading, target);
    const at = new Date();
    try {
      const answer = await source.ask(reading, target);
      await writer.answer(file, withUserData ? answer : keptOf(reading, answer), at);
      files++;
      return answer;
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      const words = { file, ...awsWords(error) };
      await writer.error(words, at);
      const answer = answersBy(reading, { code: error.code, message: words.message });
      if (answer === 'none') absent++;
      else if (answer === 'settled') notForIt++;
      else unread.push(words);
      return undefined;
    }
  }

  async function takeAll(phase: CollectProgress['phase'], readings: readonly Asked[]): Promise<Answered[]> {
    let done = 0;
    const progress = () => onProgress?.({ phase, done: done++, total: readings.length });
    progress();
    const one = async (asked: Asked) => {
      const answer = await take(asked);
      progress();
      return { ...asked, answer };
    };
    return pMap(readings, one, { concurrency: AT_A_TIME, ...(signal && { signal }) });
  }

  try {
    const lists = await takeAll('lists', wanted);
    const place = { view: source.regions, serves: source.serves };
    const beyond = askedBeyond(rules, parameters, lists, place);
    if (beyond.length > 0) lists.push(...(await takeAll('lists', beyond)));
    // Written now, so that a process which is killed while it reads single resources loses nothing else.
    await writer.save();
    const known = new Set([...wanted, ...beyond].map(pathOfAsked));
    for (let answers = lists, round = 0; ; round++) {
      const more = askedAbout(needs, answers, source.accountId).filter((one) => !known.has(pathOfAsked(one)));
      if (more.length === 0 && round > 0) break;
      for (const asked of more) known.add(pathOfAsked(asked));
      answers = await takeAll('resources', more);
    }
  } catch (error) {
    await writer.save();
    throw error;
  }
  await writer.finish();
  unread.sort((one, other) => (one.file < other.file ? -1 : 1));
  return { folder: writer.folder, files, absent, notForIt, unread };
}

const keptOf = ({ keeps }: Reading, answer: object | string): object | string =>
  keeps && typeof answer === 'object' ? keeps(answer) : answer;

const pathOfAsked = ({ reading, target }: Asked): string => pathOf(reading, target);
