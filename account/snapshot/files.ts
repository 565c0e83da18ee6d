import {
  closeSync,
  constants,
  createWriteStream,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { pipeline as connect, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { decoded, decodedText } from './encoding.ts';
import { SnapshotError } from './errors.ts';
import { howToRaise, inWords, limits } from './limits.ts';

/** Large enough that what happens between chunks costs nothing, small enough that memory stays flat. */
const CHUNK = 1024 * 1024;
/** Compressed files up to here are inflated at once: AWS delivers many small ones, and a stream costs more than they do. */
const SMALL_GZIP = 64 * 1024;

export interface ReadOptions {
  /** A folder that the file has to be in: a link that leads out of it is refused. */
  readonly within?: string;
}

/**
 * The file's bytes as UTF-8 without a byte order mark: decompressed if it is a gzip file, and decoded if it is UTF-16,
 * which its first bytes tell and its name need not.
 *
 * @param label how messages call the file.
 * @throws {SnapshotError} `NotFound`; `NotAFile` for a folder, a pipe, a device or a link that leads away; `TooLarge`;
 * `Malformed` for a broken gzip file or text.
 */
export async function* readBytes(
  file: string,
  label = file,
  options: ReadOptions = {},
): AsyncGenerator<Uint8Array> {
  const open = openFile(file, label, options);
  try {
    const first = nextChunk(open);
    const bytes = isGzip(first) ? inflated(open, first) : chunksFrom(open, first);
    yield* decoded(bounded(bytes, label), label);
  } catch (error) {
    throw fileError(label, error);
  } finally {
    closeSync(open.handle);
  }
}

/**
 * The same of what lies elsewhere, as it comes: an object of a bucket.
 *
 * @throws {SnapshotError} as {@link readBytes} does, and whatever the stream ends with.
 */
export async function* readStream(
  stream: AsyncIterable<Uint8Array>,
  label: string,
): AsyncGenerator<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  try {
    const first = await beginning(chunks);
    const all = followedBy(first, chunks);
    yield* decoded(bounded(isGzip(first) ? gunzipped(all) : all, label), label);
  } catch (error) {
    throw fileError(label, error);
  } finally {
    await chunks.return?.();
  }
}

/** So much of a stream that it tells what it is, if there is so much. */
async function beginning(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let begun: Uint8Array = new Uint8Array(0);
  while (begun.length < 4) {
    const { value, done } = await chunks.next();
    if (done) break;
    begun = begun.length === 0 ? value : Buffer.concat([begun, value]);
  }
  return begun;
}

async function* followedBy(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/**
 * The file's text, without a byte order mark. For files that are small enough to be one value.
 *
 * @throws {SnapshotError} as {@link readBytes} does.
 */
export async function readText(file: string, label = file, options: ReadOptions = {}): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readBytes(file, label, options)) {
    size += chunk.length;
    refuseTooLarge(size, 'value-size', label);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** As {@link readText}, at once: for the files of settings that a command reads before it begins. */
export function readTextSync(file: string, label = file, options: ReadOptions = {}): string {
  const open = openFile(file, label, options);
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for (let chunk = nextChunk(open); chunk.length > 0; chunk = nextChunk(open)) {
      size += chunk.length;
      refuseTooLarge(size, 'value-size', label);
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    return decodedText(
      isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: limits()['value-size'] }) : bytes,
      label,
    );
  } catch (error) {
    throw fileError(label, error);
  } finally {
    closeSync(open.handle);
  }
}

/** Windows' editors begin a file with a byte order mark, which JSON.parse refuses. */
export const withoutMark = (text: string) => text.replace(/^\uFEFF/, '');

interface OpenFile {
  readonly handle: number;
  /** What the file system says; nothing, for what the system makes up as it is read. */
  readonly size: number;
}

/** Opens a file that is one: to open a pipe, as a rule, is to wait for whoever writes into it. */
function openFile(file: string, label: string, { within }: ReadOptions): OpenFile {
  if (within !== undefined) refuseOutside(file, label, within);
  let handle: number;
  try {
    handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw fileError(label, error);
  }
  const stats = fstatSync(handle);
  if (stats.isFile()) return { handle, size: stats.size };
  closeSync(handle);
  throw new SnapshotError(
    'NotAFile',
    stats.isDirectory()
      ? `${label}: a folder, where a file is expected`
      : `${label}: a ${stats.isFIFO() ? 'pipe' : 'device'}, where a file is expected` +
          (within === undefined ? '; what comes out of it can be given on standard input, as -' : ''),
  );
}

/**
 * What a snapshot has links to may be anything on this machine, and would end up in a report.
 *
 * @throws {SnapshotError} `NotAFile`, when the file or folder is a link to outside of the folder; `NotFound`.
 */
export function refuseOutside(file: string, label: string, within: string): void {
  try {
    if (realpathSync(file).startsWith(realpathSync(within) + sep)) return;
  } catch (error) {
    throw fileError(label, error);
  }
  throw new SnapshotError(
    'NotAFile',
    `${label}: a link that leads out of the snapshot, where a file of its own is expected: copy what it leads to`,
  );
}

/** The next bytes, in memory of their own, because readers keep them; a small file needs no more than it has. */
function nextChunk({ handle, size }: OpenFile): Uint8Array {
  const buffer = Buffer.allocUnsafeSlow(Math.min(CHUNK, Math.max(size, 4096)));
  return buffer.subarray(0, readSync(handle, buffer, 0, buffer.length, null));
}

async function* chunksFrom(open: OpenFile, first: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let chunk = first; chunk.length > 0; chunk = nextChunk(open)) {
    await breathe();
    yield chunk;
  }
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function* inflated(open: OpenFile, first: Uint8Array): AsyncGenerator<Uint8Array> {
  if (first.length === open.size && open.size <= SMALL_GZIP) {
    const whole = atOnce(first);
    if (whole) {
      await breathe();
      yield whole;
      return;
    }
  }
  yield* gunzipped(chunksFrom(open, first));
}

/** Readable.from hands over one chunk at a time, as the inflater takes it. */
const gunzipped = (chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
  connect(
    Readable.from(chunks, { objectMode: false, highWaterMark: CHUNK }),
    createGunzip({ chunkSize: CHUNK }),
    () => {},
  );

/** A small gzip file's content; `undefined` when it is not so small. */
function atOnce(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: CHUNK });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

async function* bounded(chunks: AsyncIterable<Uint8Array>, label: string): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    refuseTooLarge(size, 'file-size', label);
    yield chunk;
  }
}

function refuseTooLarge(size: number, name: 'file-size' | 'value-size', label: string): void {
  if (size <= limits()[name]) return;
  throw new SnapshotError(
    'TooLarge',
    name === 'file-size'
      ? `${label}: more than ${inWords(name)} when decompressed; ${howToRaise(name)}`
      : `${label}: more than ${inWords(name)}, which is too much for one value; ${howToRaise(name)}`,
  );
}

let lastTurn = performance.now();
/** Reading at once is ten times as fast for small files; signals and the progress line get their turn nevertheless. */
async function breathe(): Promise<void> {
  if (performance.now() - lastTurn < 20) return;
  await nextTurn();
  lastTurn = performance.now();
}

/** What went wrong with a file, in words that help. */
export function fileError(label: string, error: unknown): Error {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const give = (as: SnapshotError['code'], words: string) =>
    new SnapshotError(as, `${label}: ${words}`, { cause: error });
  if (error instanceof SnapshotError) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return give('NotFound', 'there is no such file or folder');
  if (code === 'EACCES' || code === 'EPERM') return give('NotFound', `may not be read (${code})`);
  if (code === 'EISDIR') return give('NotAFile', 'a folder, where a file is expected');
  if (code === 'ENXIO') return give('NotAFile', 'a socket, where a file is expected');
  if (code === 'ELOOP') return give('NotAFile', 'a link that leads back to itself, where a file is expected');
  if (code === 'ENAMETOOLONG') return give('NotFound', 'the name is too long for a file');
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return give(
      'TooLarge',
      `more than ${inWords('value-size')} when decompressed, which is too much for one value; ${howToRaise('value-size')}`,
    );
  if (code.startsWith('Z_')) return give('Malformed', `a broken gzip file (${message})`);
  if (code.startsWith('E') && 'syscall' in (error as object))
    return give('NotFound', `could not be read (${code})`);
  return error instanceof Error ? error : new Error(String(error));
}

/** A file that goes away when it is no longer needed. */
export interface SpooledFile {
  readonly file: string;
  remove(): Promise<void>;
}

/**
 * Standard input can be read once only, and judging reads twice: it goes to a temporary file first.
 *
 * @throws {SnapshotError} `TooLarge`.
 */
export async function spool(input: Readable): Promise<SpooledFile> {
  const folder = await mkdtemp(join(tmpdir(), 'groundrules-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const file = join(folder, 'standard-input');
  let size = 0;
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.length;
      try {
        refuseTooLarge(size, 'file-size', 'standard input');
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  try {
    // What is judged may be confidential: nobody else may read the copy.
    await pipeline(input, counted, createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { file, remove };
}
