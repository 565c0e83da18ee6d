/** `--history`: a copy of the results in a folder, under the time of the run. */
import { closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FormatName } from '../../report/formats/names.ts';
import { HistoryFolder } from '../inputs/history.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import { type Outputs, type OutputWorld, openOutput } from './output.ts';

/**
 * Adds the file of this run: `2026-11-28T22-26-18Z.json`, `…Z-2.json` where that one is taken.
 *
 * @throws {UsageError} where the folder cannot be made.
 */
export async function withHistory(
  outputs: Outputs,
  folder: string | undefined,
  world: OutputWorld & Pick<World, 'now'>,
): Promise<Outputs> {
  if (folder === undefined) return outputs;
  let reserved: Reserved | undefined;
  try {
    const name = reserve(folder, world.now());
    // Whatever ends the process gives the name back.
    const release = world.onExit(() => rmSync(name.mark, { force: true }));
    reserved = {
      ...name,
      release() {
        rmSync(name.mark, { force: true });
        release();
      },
    };
    const output = await openOutput(name.file, world);
    return {
      each: [...outputs.each, ['json', output]],
      async finish() {
        // First: who ends the process while reports are put into a bucket has it taken back there, by nobody who was there before.
        await output.finish();
        reserved?.release();
        await outputs.finish();
      },
      discard(error) {
        const seen = output.discard(outputs.discard(error));
        reserved?.release();
        return seen;
      },
    };
  } catch (error) {
    reserved?.release();
    throw outputs.discard(error);
  }
}

interface Name {
  readonly file: string;
  /** A file that says that the name is taken, while the results are still being written. */
  readonly mark: string;
}
interface Reserved extends Name {
  release(): void;
}

/** A pipeline judges several accounts within one second: each has a name of its own, whoever comes first. */
function reserve(folder: string, now: Date): Name {
  const time = now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (let at = 1; ; at++) {
      const file = join(folder, `${time}${at === 1 ? '' : `-${at}`}.json`);
      const mark = `${file}.lock`;
      try {
        closeSync(openSync(mark, 'wx', 0o600));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        continue;
      }
      // Looked for once the mark is there: who had it before has renamed the file by then.
      if (!existsSync(file)) return { file, mark };
      rmSync(mark, { force: true });
    }
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError({ en: `--history ${folder}: ${message}`, ko: `--history ${folder}: ${message}` });
  }
}

/** The earlier runs, where a format that was asked for shows them. */
export async function earlierRuns(
  folder: string | undefined,
  formats: readonly FormatName[],
): Promise<HistoryFolder | undefined> {
  if (folder === undefined || !formats.includes('html')) return undefined;
  const history = new HistoryFolder(folder);
  await history.refresh();
  return history;
}
