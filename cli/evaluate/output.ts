import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import type { SharedOptions } from '../../account/live/shared.ts';
import { CONTENT_TYPES, FORMAT_FILES, FORMAT_NAMES, type FormatName } from '../../report/formats/names.ts';
import { UsageError } from '../program/errors.ts';
import { oneOf } from '../program/one-of.ts';
import { SIGNALS, type Signal, STATUS_OF, type World } from '../program/world.ts';
import { isInS3, type S3Place, s3Place } from './s3-place.ts';

/** Where a report goes. */
export interface Output {
  readonly out: Writable;
  /** Whether it is standard output, which may be a terminal. */
  readonly isStdout: boolean;
  /** Writes to the last byte, and only then replaces the earlier report. */
  finish(): Promise<void>;
  /** Leaves nothing behind, and what was there before as it was. Gives the error, with the file's name where it is the file's. */
  discard(error: unknown): unknown;
}

/** What of its surroundings an output touches. */
export type OutputWorld = Pick<World, 'out' | 'onInterrupt' | 'onExit' | 'exit' | 'progress'>;

/**
 * Opens `--output`: standard output for none or `-`. A file is written beside, for its owner alone (it says what is wrong
 * with an account), and takes its name when it is whole: whatever interrupts the command leaves the earlier one.
 *
 * @throws {UsageError} when it cannot be opened, before anything else is done.
 */
export async function openOutput(
  file: string | undefined,
  { out: stdout, onInterrupt, onExit, exit }: OutputWorld,
): Promise<Output> {
  if (file === undefined || file === '-') {
    return { out: stdout, isStdout: true, finish: async () => {}, discard: (error) => error };
  }
  const wrong = ({ message }: Error) =>
    new UsageError(
      { en: `--output ${file}: ${message}`, ko: `--output ${file}: ${message}` },
      { quotes: message },
    );
  const { target, isFile } = targetOf(file);
  // A pipe or a device has no earlier content, and nothing lies beside it.
  const part = isFile ? `${target}.${randomUUID().slice(0, 8)}.part` : target;
  // Before there is a file: whatever ends the process from here on takes it away.
  const remove = () => {
    if (isFile) rmSync(part, { force: true });
  };
  const releases = [
    onInterrupt(SIGNALS, (signal) => {
      remove();
      exit(STATUS_OF[signal]);
    }),
    onExit(remove),
  ];
  const release = () => {
    for (const one of releases) one();
  };
  const out = createWriteStream(part, isFile ? { flags: 'wx', mode: 0o600 } : {});
  let failure: Error | undefined;
  out.on('error', (error) => {
    failure ??= error;
  });
  await once(out, 'open').catch((error: Error) => {
    release();
    if (existsSync(dirname(target))) throw wrong(error);
    throw new UsageError({
      en: `--output ${file}: there is no folder ${dirname(file)}: make it first`,
      ko: `--output ${file}: ${dirname(file)} 폴더가 없습니다. 먼저 만드십시오`,
    });
  });

  return {
    out,
    isStdout: false,
    async finish() {
      out.end();
      if (!out.closed) await once(out, 'close').catch(() => undefined);
      if (failure) throw wrong(failure);
      if (isFile) {
        await rename(part, target).catch((error: Error) => {
          throw wrong(error);
        });
      }
      release();
    },
    discard(error) {
      out.destroy();
      remove();
      release();
      return failure && error === failure ? wrong(failure) : error;
    },
  };
}

/** Where each of several reports goes. All of them are kept, or none. */
export interface Outputs {
  readonly each: readonly (readonly [format: FormatName, output: Output])[];
  finish(): Promise<void>;
  discard(error: unknown): unknown;
}

/** Reads `--format`: one name, or several with commas. */
export const readFormats = (text = 'table'): readonly FormatName[] => [
  ...new Set(text.split(',').map((name) => oneOf('--format', name.trim(), FORMAT_NAMES))),
];

export interface OutputsOptions extends SharedOptions {
  /** How the files in a folder begin. */
  readonly name?: 'results' | 'comparison';
}

/**
 * Opens `--output` for one format, or a file in it for each of several.
 *
 * @throws {UsageError} when one cannot be opened, or several have no folder to go to.
 */
export async function openOutputs(
  formats: readonly FormatName[],
  path: string | undefined,
  world: OutputWorld,
  { name = 'results', ...credentials }: OutputsOptions = {},
): Promise<Outputs> {
  if (isInS3(path)) return openInS3(formats, s3Place(path), world, { name, ...credentials });
  const each: [FormatName, Output][] = [];
  const discard = (error: unknown) => each.reduce((seen: unknown, [, output]) => output.discard(seen), error);
  try {
    const [first, ...others] = formats;
    if (first !== undefined && others.length === 0) each.push([first, await openOutput(path, world)]);
    else {
      const folder = folderFor(formats, path);
      for (const format of formats) {
        each.push([format, await openOutput(join(folder, fileOf(format, name)), world)]);
      }
    }
  } catch (error) {
    throw discard(error);
  }
  return {
    each,
    async finish() {
      for (const [, output] of each) await output.finish();
    },
    discard,
  };
}

const fileOf = (format: FormatName, name: string): string => FORMAT_FILES[format].replace('results', name);

/**
 * Writes reports to a folder that only its user sees, and puts them into a bucket when all of them are whole. Where that fails, or is
 * interrupted, they stay in the folder, because judging may have taken hours.
 */
async function openInS3(
  formats: readonly FormatName[],
  { bucket, key }: S3Place,
  world: OutputWorld,
  { name = 'results', ...credentials }: OutputsOptions,
): Promise<Outputs> {
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-output-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const release = world.onExit(remove);
  const isPrefix = formats.length > 1 || key === '' || key.endsWith('/');
  const prefix = isPrefix && key !== '' && !key.endsWith('/') ? `${key}/` : key;
  const uploads = formats.map((format) => ({
    ...{ bucket, key: isPrefix ? `${prefix}${fileOf(format, name)}` : key },
    ...{ file: join(folder, fileOf(format, name)), contentType: CONTENT_TYPES[format] },
  }));
  const each: [FormatName, Output][] = [];
  for (const [index, format] of formats.entries()) {
    each.push([format, await openOutput(uploads[index]?.file, world)]);
  }
  let isKept = false;
  return {
    each,
    async finish() {
      for (const [, output] of each) await output.finish();
      const { putReport } = await import('./put.ts');
      const interrupt = new AbortController();
      const releaseSignals = world.onInterrupt(SIGNALS, (signal) => interrupt.abort(signal));
      try {
        for (const upload of uploads) await putReport(upload, credentials, interrupt);
      } catch (error) {
        isKept = true;
        release();
        if (!(error instanceof UsageError)) throw error;
        const left = whatIsLeft(error, folder);
        if (!interrupt.signal.aborted) throw left;
        world.progress.problem(left.said);
        world.exit(STATUS_OF[interrupt.signal.reason as Signal]);
      } finally {
        releaseSignals();
      }
      remove();
      release();
    },
    discard(error) {
      for (const [, output] of each) output.discard(error);
      if (!isKept) {
        remove();
        release();
      }
      return error;
    },
  };
}

const whatIsLeft = ({ said }: UsageError, folder: string) =>
  new UsageError({
    en: `${said.en}. What was written is in ${folder}`,
    ko: `${said.ko}. 작성된 보고서는 ${folder}에 있습니다`,
  });

function folderFor(formats: readonly FormatName[], path: string | undefined): string {
  if (path === undefined || path === '-') {
    throw new UsageError({
      en: `--format ${formats.join(',')}: several formats need a folder: give --output`,
      ko: `--format ${formats.join(',')}: 형식이 여러 개면 폴더가 필요합니다. --output을 지정하십시오`,
    });
  }
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(
      {
        en: `--output ${path}: several formats need a folder: ${message}`,
        ko: `--output ${path}: 형식이 여러 개면 폴더가 필요합니다: ${message}`,
      },
      { quotes: message },
    );
  }
  return path;
}

/** The file itself where the name is a link, and whether there is, or will be, a regular one. */
function targetOf(file: string): { readonly target: string; readonly isFile: boolean } {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory())
    throw new UsageError({
      en: `--output ${file}: it is a folder: name a file`,
      ko: `--output ${file}: 폴더입니다. 파일 이름을 지정하십시오`,
    });
  return {
    target: found ? realpathSync(file) : resolve(file),
    isFile: found === undefined || found.isFile(),
  };
}
