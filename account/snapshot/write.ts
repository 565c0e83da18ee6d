import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A line of `errors.json`: a file that is not there because AWS gave an error for it. */
export interface Unread {
  /** Relative to the account's folder, with forward slashes: `global/s3api/get-bucket-policy/my-bucket.json`. */
  readonly file: string;
  /** As AWS gives it: `NoSuchBucketPolicy`, `AccessDenied`, `UnauthorizedOperation`. */
  readonly code: string;
  /** The line that the `aws` command prints. */
  readonly message: string;
}

/** `collected.json`: how fresh the direct readings are. */
export interface CollectedAt {
  readonly collectedAt: Date;
  readonly regions: readonly string[];
  /** Of Groundrules. */
  readonly version: string;
}

export interface SnapshotWriter {
  /** The account's folder. */
  readonly folder: string;
  /** Writes an answer: an object as the command prints it, text as it is. */
  answer(file: string, answer: object | string): Promise<void>;
  /** Notes that AWS gave an error for the file, and removes what an earlier collection left there. */
  error(unread: Unread): Promise<void>;
  /** Writes `errors.json`. */
  saveErrors(): Promise<void>;
  /** Writes `collected.json`, last: with it the snapshot is whole. */
  finish(collected: CollectedAt): Promise<void>;
}

/**
 * Writes the snapshot of one account, file by file as answers come, each whole or not at all. A folder that is there
 * already is brought up to date: what is not written stays as it is, AWS Config's files among them.
 *
 * @param folder what holds the account folders; made when it is missing.
 */
export async function openSnapshotWriter(folder: string, accountId: string): Promise<SnapshotWriter> {
  const account = join(folder, accountId);
  await mkdir(account, { recursive: true });
  const errors = new Map((await earlierErrors(account)).map((unread) => [unread.file, unread]));
  // Until it is whole again, each file is as old as the file system says.
  await rm(join(account, COLLECTED), { force: true });

  return {
    folder: account,
    async answer(file, answer) {
      await writeWhole(join(account, file), typeof answer === 'string' ? answer : asCommandPrints(answer));
      errors.delete(file);
    },
    async error(unread) {
      errors.set(unread.file, unread);
      await rm(join(account, unread.file), { force: true });
    },
    async saveErrors() {
      const sorted = [...errors.values()].sort((one, other) => (one.file < other.file ? -1 : 1));
      await writeWhole(join(account, ERRORS), asCommandPrints(sorted));
    },
    async finish({ collectedAt, regions, version }) {
      const at = collectedAt.toISOString();
      await writeWhole(join(account, COLLECTED), asCommandPrints({ collectedAt: at, regions, version }));
    },
  };
}

const ERRORS = 'errors.json';
const COLLECTED = 'collected.json';

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

/** Under another name first, so that nobody ever reads half a file. */
async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial-${process.pid}`;
  await writeFile(partial, text);
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
