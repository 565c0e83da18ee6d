/** A folder of earlier results: `groundrules-history/`. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Both } from '../../report/both.ts';
import { byTime } from '../../report/history/history.ts';
import { type Run, RunBuilder, Tracks, timeOf } from '../../report/history/run.ts';
import { UsageError } from '../program/errors.ts';
import { beginningOf, readRun, versionOf } from './results.ts';

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
/** So many bytes of results are read in a second or two, which who opens the page can wait for. */
const AT_ONCE = 16 * 1024 * 1024;
/** How much larger such a file is when it is decompressed. */
const INFLATES = 15;

/** Keeps of each file what a history needs, until the file changes. */
export class HistoryFolder {
  readonly folder: string;
  tracks = new Tracks();
  /** How many there may be before what no run names any more is forgotten. */
  private most = LEAST_TRACKS;
  private readonly known = new Map<string, Known>();
  private background: Promise<void> | undefined;
  private failure: unknown;
  private isStopped = false;
  private readers = 0;

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

  /** Whether the rest is being read while the newest run is shown. */
  get isReading(): boolean {
    return this.background !== undefined;
  }

  /** How many files were not read yet; nothing where none is left. */
  get reading(): { readonly left: number; readonly all: number } | undefined {
    if (!this.isReading) return undefined;
    return { left: this.pending().length, all: this.files().length };
  }

  /** Reads what is new and what has changed, and forgets what is gone. */
  async refresh(): Promise<void> {
    this.forget();
    for (const name of this.pending()) {
      if (this.isStopped) return;
      await this.take(name);
    }
    // Who reads now goes by the numbers that the tracks have.
    if (this.tracks.all.length > this.most && this.readers === 0) this.compact();
  }

  /**
   * The same; where that is much, everything in the background, but for the newest run.
   *
   * @param isShown whether the newest run is what is shown.
   * @throws what the background ended with.
   */
  async begin(isShown: boolean): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    if (!this.isReading && this.pendingBytes() <= AT_ONCE) return this.refresh();
    this.forget();
    if (isShown) await this.takeNewest();
    this.background ??= this.refresh()
      .catch((error: unknown) => {
        this.failure = error;
      })
      .finally(() => {
        this.background = undefined;
      });
  }

  /** Ends what is going on in the background. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.background;
  }

  /** Reads the newest run of all, as far as the beginnings of the files tell. */
  private async takeNewest(): Promise<void> {
    const heads: { name: string; at: number; generatedAt: number }[] = [];
    for (const name of this.pending()) {
      const header = await beginningOf(join(this.folder, name), name, { within: this.folder });
      if (header) heads.push({ name, at: timeOf(header), generatedAt: header.generatedAt.getTime() });
      else await this.take(name);
    }
    heads.sort(byTime);
    for (let next = heads.pop(); next !== undefined; next = heads.pop()) {
      const newest = [...this.runs].sort(byTime).at(-1);
      if (newest && byTime(newest, next) > 0) return;
      await this.take(next.name);
    }
  }

  private forget(): void {
    const names = new Set(this.files());
    for (const name of this.known.keys()) if (!names.has(name)) this.known.delete(name);
  }

  /** What was not read, or has changed since. */
  private pending(): readonly string[] {
    return this.files().filter((name) => {
      const before = this.known.get(name);
      return before === undefined || before.version !== versionOf(join(this.folder, name));
    });
  }

  /** How much it is to read, roughly. */
  private pendingBytes(): number {
    const sizeOf = (name: string) =>
      (statSync(join(this.folder, name), { throwIfNoEntry: false })?.size ?? 0) *
      (/\.gz$/i.test(name) ? INFLATES : 1);
    return this.pending().reduce((sum, name) => sum + sizeOf(name), 0);
  }

  private async take(name: string): Promise<void> {
    const version = versionOf(join(this.folder, name));
    this.readers++;
    try {
      this.known.set(name, { version, ...(await this.read(name)) });
    } finally {
      this.readers--;
    }
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
