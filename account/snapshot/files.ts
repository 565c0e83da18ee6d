import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline as connect, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { SnapshotError } from './errors.ts';

/** Large enough that what happens between chunks costs nothing, small enough that memory stays flat. */
const CHUNK = 1024 * 1024;

/**
 * The file's bytes, decompressed if it is a gzip file, which its first two bytes tell and its name need not.
 *
 * @param label how messages call the file.
 * @throws {SnapshotError} `NotFound`, or `Malformed` for a broken gzip file.
 */
export async function* readBytes(file: string, label = file): AsyncGenerator<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    const magic = new Uint8Array(2);
    await handle.read(magic, 0, 2, 0);
    const stream = handle.createReadStream({ start: 0, highWaterMark: CHUNK });
    yield* magic[0] === 0x1f && magic[1] === 0x8b
      ? connect(stream, createGunzip({ chunkSize: CHUNK }), () => {})
      : stream;
  } catch (error) {
    throw fileError(label, error);
  } finally {
    await handle?.close();
  }
}

/** The file's text, without a byte order mark. For files that are small enough to be one value. */
export async function readText(file: string, label = file): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readBytes(file, label)) chunks.push(chunk);
  return withoutMark(Buffer.concat(chunks).toString('utf8'));
}

/** Windows' editors begin a file with a byte order mark, which JSON.parse refuses. */
export const withoutMark = (text: string) => text.replace(/^\uFEFF/, '');

/** What went wrong with a file, in words that help. */
export function fileError(label: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new SnapshotError('NotFound', `${label}: there is no such file or folder`, { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new SnapshotError('NotFound', `${label}: may not be read (${code})`, { cause: error });
  }
  if (code?.startsWith('Z_')) {
    return new SnapshotError('Malformed', `${label}: a broken gzip file (${message})`, { cause: error });
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** A file that goes away when it is no longer needed. */
export interface SpooledFile {
  readonly file: string;
  remove(): Promise<void>;
}

/** Standard input can be read once only, and judging reads twice: it goes to a temporary file first. */
export async function spool(input: Readable): Promise<SpooledFile> {
  const folder = await mkdtemp(join(tmpdir(), 'groundrules-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const file = join(folder, 'standard-input');
  try {
    // What is judged may be confidential: nobody else may read the copy.
    await pipeline(input, createWriteStream(file, { mode: 0o600 }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { file, remove };
}
