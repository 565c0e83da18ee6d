import { readdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { reportRows } from '../credential-report.ts';
import { AccountError, isDenial, OWN_CODES } from '../errors.ts';
import { READS, type Read, type ReadName, type ReadTarget, readPath } from '../reads.ts';
import { time } from '../shapes/parts.ts';
import type { Source } from '../source.ts';
import { cliCommand } from './cli-command.ts';
import { decodeReport } from './credential-report.ts';
import { SnapshotError } from './errors.ts';
import { fileError, readText, readTextSync } from './files.ts';
import { parseJson } from './json.ts';
import { isAccountId, isRegion } from './open.ts';

/** The readings in an account's folder, which are what the `aws` command line printed. */
export interface SnapshotSource extends Source {
  readonly folder: string;
  /** When `groundrules collect` made the folder; absent for one that a person made. */
  readonly collectedAt?: Date;
  /** When AWS gave this answer, or this error; `undefined` when it is not there. */
  readAt(name: ReadName, target?: ReadTarget): Promise<Date | undefined>;
}

const errorList = z.array(z.object({ file: z.string(), code: z.string(), message: z.nullish(z.string()) }));
type ListedError = z.output<typeof errorList>[number];

/**
 * Reads an account's folder in the snapshot format (docs: the README of examples/). A file is read when it is asked
 * for. One that is not there is looked up in `errors.json`; if that says nothing either, nobody collected it.
 *
 * @param folder named by the account id.
 * @throws {SnapshotError} when the folder is not an account's.
 */
export function snapshotSource(folder: string): SnapshotSource {
  const root = resolve(folder);
  const accountId = basename(root);
  if (!isAccountId(accountId)) {
    throw new SnapshotError('NotASnapshot', `${folder}: an account's folder is named by its account id`);
  }
  const folders = foldersOf(folder, root);
  const collectedAt = readCollectedAt(root);
  const errors = readErrorList(root, accountId);
  const listedError = (path: string) => errors.get(path) ?? errors.get(path.replace(/\.[^.]+$/, ''));
  const modifiedAt = async (path: string) => {
    const { mtime } = await stat(join(root, path));
    return collectedAt ?? mtime;
  };

  return {
    folder: root,
    accountId,
    regions: regionsOf([...folders, ...errors.keys()]),
    everyRegion: true,
    ...(collectedAt && { collectedAt }),

    async read(name, target = {}) {
      const path = readPath(name, target);
      const text = staysInside(target) ? await textOf(name, target, join(root, path), path) : undefined;
      if (text !== undefined) return parse(name, target, path, text);

      const read: Read = READS[name];
      const error = listedError(path);
      if (error && read.none?.includes(error.code)) return null;
      const of = target.id === undefined ? name : `${name} of ${target.id}`;
      if (error) {
        const said = error.message ? `: ${error.message.replace(CLI_PREFIX, '')}` : '';
        throw new AccountError(
          isDenial(error.code) ? 'AccessDenied' : error.code,
          name,
          `${of}: ${error.code} when the snapshot was made${said} (errors.json: ${path})`,
          target.id,
        );
      }
      throw new AccountError(
        OWN_CODES.notCollected,
        name,
        `${of} was not collected: there is no ${path} in the snapshot, and no entry in errors.json. Save what` +
          ` "${cliCommand(name, target, accountId)}" prints there, or run "groundrules collect"`,
        target.id,
      );
    },

    async readAt(name, target = {}) {
      const path = readPath(name, target);
      try {
        if (staysInside(target)) return await modifiedAt(path);
      } catch {
        // Not there, then: perhaps the error is.
      }
      const error = listedError(path);
      return error && modifiedAt('errors.json');
    },
  };
}

/** What the `aws` command puts before AWS's own words: the code and the operation, which the error has already. */
const CLI_PREFIX = /^An error occurred \([\w.]+\) when calling the \w+ operation: /;

/** A name out of a file must not lead out of the folder. */
const staysInside = ({ id = '', region = '' }: ReadTarget) =>
  !/[\\/]|^\.\.?$/.test(id) && !/[\\/.]/.test(region);

/** Those of whom there is a folder or, where nothing could be read, an error. */
const regionsOf = (paths: readonly string[]): string[] =>
  [...new Set(paths.map((path) => path.split('/')[0] as string))].filter(isRegion).sort();

function foldersOf(given: string, root: string): string[] {
  try {
    return readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch (error) {
    throw fileError(given, error);
  }
}

const readCollectedAt = (root: string): Date | undefined =>
  readNotes(
    join(root, 'collected.json'),
    z.object({ collectedAt: time }),
    '{"collectedAt": "<ISO 8601 time>"}',
  )?.collectedAt;

/** The entries of errors.json by file, as spelled in {@link readPath}, or without its extension. */
function readErrorList(root: string, accountId: string): ReadonlyMap<string, ListedError> {
  const entries = readNotes(join(root, 'errors.json'), errorList, '[{"file", "code", "message"}]') ?? [];
  return new Map(entries.map((entry) => [normalize(entry.file, accountId), entry]));
}

/**
 * A file that tells of the whole folder, if it is there. Nothing in the folder can be judged without it.
 *
 * @throws {SnapshotError} when it cannot be read, or is not what is expected.
 */
function readNotes<T extends z.core.$ZodType>(
  file: string,
  type: T,
  expected: string,
): z.output<T> | undefined {
  try {
    return z.parse(type, parseJson(readTextSync(file, file)));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    if (error instanceof SnapshotError) throw error;
    throw new SnapshotError('Malformed', `${file}: expected ${expected}: ${reason(error)}`, { cause: error });
  }
}

/** People write `.\123456789012\us-east-1\…` as well. */
const normalize = (file: string, accountId: string) =>
  file
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '')
    .replace(new RegExp(`^${accountId}/`), '');

async function textOf(name: ReadName, { id }: ReadTarget, file: string, path: string) {
  try {
    return await readText(file, path);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    const { message } = error as Error;
    throw malformed(name, id, error instanceof SnapshotError ? message : `${path}: ${message}`, error);
  }
}

function parse(name: ReadName, { id }: ReadTarget, path: string, text: string): unknown {
  try {
    if (name === 'iam:GetCredentialReport') return reportRows(decodeReport(text));
    const answer = parseJson(text);
    if (answer === null) throw new Error('null is no answer of any command');
    return answer;
  } catch (error) {
    throw malformed(name, id, `${path}: ${(error as Error).message}`, error);
  }
}

/** There is nothing at the path at all, as opposed to something that cannot be read. */
const isAbsent = (error: unknown): boolean =>
  error instanceof SnapshotError &&
  ['ENOENT', 'ENOTDIR'].includes((error.cause as NodeJS.ErrnoException | undefined)?.code ?? '');

const malformed = (name: ReadName, id: string | undefined, message: string, cause: unknown) =>
  new AccountError(OWN_CODES.malformed, name, message, id, { cause });

function reason(error: unknown): string {
  if (!(error instanceof z.core.$ZodError)) return (error as Error).message;
  const [issue] = error.issues;
  return `${issue?.path.join('.') || 'the file'}: ${issue?.message}`;
}
