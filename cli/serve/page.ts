/** The page that is served: made when it is asked for, and again when what it says has changed. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { PACKAGE_ROOT } from '../../package.ts';
import { htmlReport } from '../../report/formats/html/report.ts';
import { byTime } from '../../report/history/history.ts';
import { readEvaluated } from '../compare/read.ts';
import { HistoryFolder, openHistory } from '../inputs/history.ts';
import { retell, versionOf } from '../inputs/results.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';

export interface Page {
  readonly body: Buffer;
  /** What an unchanged page is known by. */
  readonly tag: string;
}

export interface Sources {
  /** The file, or a folder of which the newest run is shown. */
  readonly results: string | HistoryFolder;
  readonly history: HistoryFolder | undefined;
  readonly baseline: string | undefined;
}

interface Made {
  readonly version: string;
  /** Whether there was more to read. */
  readonly isReading: boolean;
  readonly page: Page;
}

/** Files that are written while they are read are read again, so often at most. */
const TRIES = 5;

export class PageMaker {
  private readonly sources: Sources;
  private readonly world: Pick<World, 'input' | 'language'>;
  private made: Made | undefined;
  private making: Promise<Page> | undefined;

  constructor(sources: Sources, world: Pick<World, 'input' | 'language'>) {
    this.sources = sources;
    this.world = world;
  }

  /**
   * The page as the files are now; who asks while it is being made waits for the same one.
   *
   * @throws {UsageError} where the results cannot be read.
   */
  async page(): Promise<Page> {
    this.making ??= this.current().finally(() => {
      this.making = undefined;
    });
    return this.making;
  }

  private async current(): Promise<Page> {
    for (let attempt = 1; ; attempt++) {
      const version = this.version();
      if (this.made?.version === version && this.made.isReading === this.isReading()) return this.made.page;
      const [made, failure] = await this.make().then(
        (made) => [made, undefined] as const,
        (error: unknown) => [undefined, error] as const,
      );
      const isChanging = this.version() !== version;
      if (isChanging && attempt < TRIES) continue;
      if (!made) throw failure;
      // What changed meanwhile is read the next time.
      this.made = isChanging ? undefined : { version, ...made };
      return made.page;
    }
  }

  private version(): string {
    const { results, history, baseline } = this.sources;
    return JSON.stringify([
      typeof results === 'string' ? versionOf(results) : results.version(),
      history?.version(),
      baseline === undefined ? undefined : versionOf(baseline),
    ]);
  }

  /** Ends what is read in the background. */
  async close(): Promise<void> {
    for (const folder of this.folders()) await folder.stop();
  }

  /** Whether earlier runs are being read, without which the page shows no trend. */
  isReading(): boolean {
    return [...this.folders()].some(({ isReading }) => isReading);
  }

  private folders(): Set<HistoryFolder> {
    const { results, history } = this.sources;
    return new Set([results, history].filter((one) => one instanceof HistoryFolder));
  }

  private async make(): Promise<Omit<Made, 'version'>> {
    const { results, history, baseline } = this.sources;
    for (const folder of this.folders()) await folder.begin(folder === results);
    const isReading = this.isReading();
    const reading = history?.reading;
    const file = typeof results === 'string' ? results : newestOf(results);
    const { language, input } = this.world;
    const chunks: Buffer[] = [];
    const out = new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    });
    const report = htmlReport(out, {
      language,
      pageText: (page) => readFileSync(join(PACKAGE_ROOT, page), 'utf8'),
      ...(baseline !== undefined && {
        baseline: { file: baseline, evaluated: await readEvaluated(baseline, input) },
      }),
      ...(history && {
        history: {
          ...{ tracks: history.tracks, runs: history.runs, unread: history.unread },
          ...(reading && { reading }),
        },
      }),
    });
    await retell(file, report);
    const body = Buffer.concat(chunks);
    const page = { body, tag: `"${createHash('sha256').update(body).digest('base64url')}"` };
    return { page, isReading };
  }
}

/** @throws {UsageError} where there is none, with why the first file is none. */
function newestOf({ folder, runs, unread }: HistoryFolder): string {
  const newest = [...runs].sort(byTime).at(-1);
  if (newest) return join(folder, newest.name);
  const [first] = unread;
  throw new UsageError({
    en: first ? `${folder}: ${first.why.en}` : `${folder}: there are no results in it (evaluate --history)`,
    ko: first ? `${folder}: ${first.why.ko}` : `${folder}: 결과가 없습니다 (evaluate --history)`,
  });
}

/**
 * What is served: the file that is named, the newest of the folder that is, or else of the history. A folder is its own history.
 *
 * @param given `--history`: `false` for none.
 * @throws {UsageError} where there is nothing.
 */
export function sourcesOf(
  path: string | undefined,
  given: string | false | undefined,
  baseline: string | undefined,
): Sources {
  if (path === '-') {
    throw new UsageError({
      en: 'serve reads the results again when they change: give a file, and not standard input',
      ko: 'serve는 결과가 바뀌면 다시 읽습니다. 표준 입력 대신 파일을 지정하십시오',
    });
  }
  const found = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
  if (path !== undefined && !found) {
    throw new UsageError({ en: `${path}: there is no such file`, ko: `${path}: 파일이 없습니다` });
  }
  if (path !== undefined && found?.isDirectory()) {
    const own = new HistoryFolder(path);
    return { results: own, history: given === undefined ? own : openHistory(given), baseline };
  }
  const history = openHistory(given);
  const results = path ?? history;
  if (results !== undefined) return { results, history, baseline };
  throw new UsageError({
    en: 'there is nothing to show: give results (groundrules evaluate --format json), or a history (groundrules evaluate --history groundrules-history)',
    ko: '보여 줄 것이 없습니다. 결과(groundrules evaluate --format json)나 이력(groundrules evaluate --history groundrules-history)을 지정하십시오',
  });
}
