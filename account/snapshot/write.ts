import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Reading } from '../reading.ts';
import {
  COLLECTED,
  type Collected,
  collectedText,
  type Intention,
  readCollected,
  readingAt,
} from './collected.ts';
import { regionFolders, viewOf } from './regions.ts';
import { filesBelow } from './walk.ts';

/** A line of `errors.json`: a file that is not there because AWS gave an error for it. */
export interface Unread {
  /** Relative to the account's folder, with forward slashes: `global/s3api/get-bucket-policy/my-bucket.json`. */
  readonly file: string;
  /** As AWS gives it: `NoSuchBucketPolicy`, `AccessDenied`, `UnauthorizedOperation`. */
  readonly code: string;
  /** The line that the `aws` command prints. */
  readonly message: string;
}

export interface SnapshotWriter {
  /** The account's folder. */
  readonly folder: string;
  /**
   * Writes an answer: an object as the command prints it, text as it is.
   *
   * @param at when AWS was asked.
   */
  answer(file: string, answer: object | string, at: Date): Promise<void>;
  /** Notes that AWS gave an error for the file, and removes what an earlier collection left there. */
  error(unread: Unread, at: Date): Promise<void>;
  /** Writes down how far it has come: `errors.json`, and the times in `collected.json`. */
  save(): Promise<void>;
  /** The same, and that all that was intended has been read. */
  finish(): Promise<void>;
}

export interface WriterOptions {
  /** What holds the account folders; made when it is missing. */
  readonly folder: string;
  readonly accountId: string;
  readonly intention: Intention;
  /** What a collection can read at all: other files in the folder are a person's, and stay as they are. */
  readonly canRead: (reading: Reading) => boolean;
}

/**
 * Writes the snapshot of one account, file by file as answers come, each whole or not at all. First of all it writes down
 * what is intended, so that a collection that is interrupted, or that reads less than an earlier one did into the same
 * folder, is never taken for a whole one. What is not read anew stays as it is, AWS Config's files among them.
 *
 * Only its owner may read the folder: it tells what is open to whom.
 */
export async function openSnapshotWriter(options: WriterOptions): Promise<SnapshotWriter> {
  const { folder, accountId, intention } = options;
  const account = join(folder, accountId);
  await mkdir(account, { recursive: true, mode: 0o700 });
  await chmod(account, 0o700);
  const errors = new Map((await earlierErrors(account)).map((unread) => [unread.file, unread]));
  const files = new Map<string, Date>();
  const known = knownTimes(account);
  const { regions: before } = viewOf(regionFolders(account, account), known, errors.keys());
  const earlier = await earlierFiles(account, known, errors.keys(), options.canRead);
  const note = (state: Collected['state']) => {
    const left = [...earlier.keys()];
    const earlierRegions = before.filter((region) => left.some((path) => path.startsWith(`${region}/`)));
    const text = collectedText({ ...intention, state, files, earlier, earlierRegions });
    return writeWhole(join(account, COLLECTED), text);
  };
  const took = (file: string, at: Date) => {
    files.set(file, at);
    earlier.delete(file);
  };
  // The errors first: what collected.json says was read is there.
  const save = async (state: Collected['state']) => {
    const sorted = [...errors.values()].sort((one, other) => (one.file < other.file ? -1 : 1));
    await writeWhole(join(account, ERRORS), asCommandPrints(sorted));
    await note(state);
  };

  await note('collecting');
  return {
    folder: account,
    async answer(file, answer, at) {
      await writeWhole(join(account, file), typeof answer === 'string' ? answer : asCommandPrints(answer));
      errors.delete(file);
      took(file, at);
    },
    async error(unread, at) {
      errors.set(unread.file, unread);
      await rm(join(account, unread.file), { force: true });
      took(unread.file, at);
    },
    save: () => save('collecting'),
    finish: () => save('complete'),
  };
}

const ERRORS = 'errors.json';
const PARTIAL = /\.partial-\d+$/;

/** What an earlier collection could not read, so that a second one with other rules adds to it. */
async function earlierErrors(account: string): Promise<readonly Unread[]> {
  try {
    const errors: unknown = JSON.parse(await readFile(join(account, ERRORS), 'utf8'));
    return Array.isArray(errors) ? errors.filter((unread) => typeof unread?.file === 'string') : [];
  } catch {
    // None, or not one of ours: it is about to be written anew.
    return [];
  }
}

/** What is in the folder already, of what a collection reads, and when it was read as far as anybody knows. */
async function earlierFiles(
  account: string,
  known: Collected | undefined,
  unread: Iterable<string>,
  canRead: WriterOptions['canRead'],
): Promise<Map<string, Date>> {
  const timeOf = async (path: string, file = path) =>
    known?.files?.get(path) ??
    known?.earlier?.get(path) ??
    (known && !known.files ? known.collectedAt : (await stat(join(account, file))).mtime);
  const times = new Map<string, Date>();
  for (const path of unread) times.set(path, await timeOf(path, ERRORS));
  for (const path of filesBelow(account, account)) {
    if (PARTIAL.test(path)) {
      // Of a collection that was killed while it wrote.
      await rm(join(account, path), { force: true });
      continue;
    }
    const reading = readingAt(path);
    if (reading && canRead(reading)) times.set(path, await timeOf(path));
  }
  return times;
}

function knownTimes(account: string): Collected | undefined {
  try {
    return readCollected(account, join(account, COLLECTED));
  } catch {
    // Broken, or of a later build: the file system knows, too.
    return undefined;
  }
}

/** Under another name first, so that nobody ever reads half a file. */
async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const partial = `${path}.partial-${process.pid}`;
  await writeFile(partial, text, { mode: 0o600 });
  await rename(partial, path);
}

/**
 * JSON as the `aws` command prints it: four spaces, times as `2026-11-20T09:00:00+00:00`, bytes in base64.
 *
 * @example
 * asCommandPrints({ CreateDate: new Date(0) }) // '{\n    "CreateDate": "1970-01-01T00:00:00+00:00"\n}\n'
 */
export function asCommandPrints(answer: object): string {
  // `this` has the value as it was before JSON.stringify turned dates into strings of its own.
  function replace(this: Record<string, unknown>, key: string, value: unknown) {
    const original = this[key];
    if (original instanceof Date) return original.toISOString().replace(/(\.000)?Z$/, '+00:00');
    if (original instanceof Uint8Array) return Buffer.from(original).toString('base64');
    return value;
  }
  return `${JSON.stringify(answer, replace, 4)}\n`;
}
