/** A folder of earlier results: `groundrules-history/`. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Both } from '../../report/both.ts';
import { type Run, RunBuilder, Tracks } from '../../report/history/run.ts';
import { UsageError } from '../program/errors.ts';
import { readRun, versionOf } from './results.ts';

/** Where the history is unless `--history` says it. */
export const HISTORY = 'groundrules-history';

/** A file of the folder that is in no history, and why. */
export interface Unread {
  readonly file: string;
  readonly why: Both;
}

interface Known {
  readonly version: string | undefined;
  readonly run?: Run;
  readonly unread?: Unread;
}

const LEAST_TRACKS = 10_000;

/** Keeps of each file what a history needs, until the file changes. */
export class HistoryFolder {
  readonly folder: string;
  tracks = new Tracks();
  /** How many there may be before what no run names any more is forgotten. */
  private most = LEAST_TRACKS;
  private known = new Map<string, Known>();

  constructor(folder: string) {
    this.folder = folder;
  }

  get runs(): readonly Run[] {
    return [...this.known.values()].flatMap(({ run }) => run ?? []);
  }

  get unread(): readonly Unread[] {
    return [...this.known.values()].flatMap(({ unread }) => unread ?? []);
  }

  /** What tells that something in the folder has changed. */
  version(): string {
    return JSON.stringify(this.files().map((name) => [name, versionOf(join(this.folder, name))]));
  }

  /** Reads what is new and what has changed, and forgets what is gone. */
  async refresh(): Promise<void> {
    const known = new Map<string, Known>();
    for (const name of this.files()) {
      const version = versionOf(join(this.folder, name));
      const before = this.known.get(name);
      const isKnown = before !== undefined && before.version === version;
      known.set(name, isKnown ? before : { version, ...(await this.read(name)) });
    }
    this.known = known;
    if (this.tracks.all.length > this.most) this.compact();
  }

  private async read(name: string): Promise<Pick<Known, 'run' | 'unread'>> {
    const builder = new RunBuilder(this.tracks);
    try {
      const take = { result: builder.result.bind(builder), error: builder.error.bind(builder) };
      const header = await readRun(join(this.folder, name), name, take, { within: this.folder });
      return { run: builder.finish(name, header) };
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return { unread: { file: name, why: error.said } };
    }
  }

  private compact(): void {
    const [tracks, runs] = this.tracks.compacted(this.runs);
    this.tracks = tracks;
    this.most = Math.max(LEAST_TRACKS, 2 * tracks.all.length);
    const byName = new Map(runs.map((run) => [run.name, run]));
    for (const [name, one] of this.known) {
      const run = byName.get(name);
      if (run) this.known.set(name, { ...one, run });
    }
  }

  private files(): readonly string[] {
    try {
      return readdirSync(this.folder)
        .filter((name) => /^[^.].*\.json(?:\.gz)?$/i.test(name))
        .sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      const { message } = error as Error;
      throw new UsageError({ en: `${this.folder}: ${message}`, ko: `${this.folder}: ${message}` });
    }
  }
}

/**
 * The folder that `--history` names, or the usual one if it is here.
 *
 * @throws {UsageError} where the one that is named is no folder.
 */
export function openHistory(given: string | false | undefined): HistoryFolder | undefined {
  if (given === false) return undefined;
  const folder = given ?? HISTORY;
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return new HistoryFolder(folder);
  if (given === undefined) return undefined;
  throw new UsageError({
    en: `--history ${folder}: there is no such folder ("groundrules evaluate --history ${folder}" makes it)`,
    ko: `--history ${folder}: 폴더가 없습니다 ("groundrules evaluate --history ${folder}"이(가) 만듭니다)`,
  });
}
