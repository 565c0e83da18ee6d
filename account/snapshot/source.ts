import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { AccountError, isDenial, isOneOf, OWN_CODES } from '../errors.ts';
import { type AnyTarget, adviceOf, isId, nameOf, ofWhat, pathOf, type Reading } from '../reading.ts';
import { bucketPolicy } from '../services/s3/readings.ts';
import type { Source } from '../source.ts';
import { cliCommand } from './cli-command.ts';
import { type CliError, cliErrorIn, withoutPrefix } from './cli-error.ts';
import { COLLECTED, type Collected, isAbsent, readCollected, readNotes, standingOf } from './collected.ts';
import { decodeReport } from './credential-report.ts';
import { SnapshotError } from './errors.ts';
import { readText } from './files.ts';
import { parseJson } from './json.ts';
import { isAccountId } from './open.ts';
import { regionFolders, viewOf } from './regions.ts';

/** The readings in an account's folder, which are what the `aws` command line printed. */
export interface SnapshotSource extends Source {
  readonly folder: string;
  /** When `groundrules collect` made the folder; absent for one that a person made. */
  readonly collectedAt?: Date;
  /** When AWS gave this answer, or this error; `undefined` when it is not there. */
  readAt(reading: Reading, target?: AnyTarget): Promise<Date | undefined>;
}

const errorList = z.array(
  z.object(
    { file: z.string('expected a path'), code: z.string('expected a code'), message: z.nullish(z.string()) },
    'expected an object',
  ),
  'expected a list',
);

/** What lies at a reading's path. */
type Found = { readonly text: string } | { readonly error: CliError } | undefined;

/**
 * Reads an account's folder in the snapshot format (docs: the README of examples/). A file is read when it is asked
 * for. One that is not there is looked up in `errors.json`; if that says nothing either, nobody collected it. What the
 * folder was to hold by its `collected.json` and does not, or holds from before, is an error of that reading.
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
  const collected = readCollected(root, join(root, COLLECTED));
  const errors = readErrorList(root, accountId);
  const listedError = (path: string) =>
    pathsOf(path)
      .map((one) => errors.get(one) ?? errors.get(one.replace(/\.[^.]+$/, '')))
      .find(Boolean);

  async function find(reading: Reading, target: AnyTarget, path: string): Promise<Found> {
    for (const one of staysInside(reading, target) ? pathsOf(path) : []) {
      const text = await textOf(reading, target, root, one);
      if (text === undefined) continue;
      // A command that failed leaves an empty file as well: what is listed of it counts.
      if (text.trim() === '' && (reading.mayBeEmpty || reading.sparse)) {
        const error = listedError(path);
        return error ? { error } : { text: '{}' };
      }
      try {
        const error = cliErrorIn(text, reading);
        return error ? { error: { ...error, file: one } } : { text };
      } catch (error) {
        throw malformed(reading, target, `${one}: ${(error as Error).message}`, error);
      }
    }
    const error = listedError(path);
    return error && { error };
  }

  const { regions, wrong: strange } = viewOf(regionFolders(root, folder), collected, errors.keys());

  return {
    folder: root,
    accountId,
    regions,
    everyRegion: true,
    ...(collected && { collectedAt: collected.collectedAt }),

    async read(reading, target = {}) {
      const path = pathOf(reading, target);
      const name = nameOf(reading);
      const of = `${name}${ofWhat(reading, target)}`;
      const wrong = strange.get(target.region ?? '');
      if (wrong) throw malformed(reading, target, `${of}: ${wrong}`, undefined);
      const standing = standingOf(collected, path, reading, target);
      if (standing.kind === 'earlier' || standing.kind === 'unfinished') {
        const why = whyNotOf(standing, collected as Collected);
        const message = `${of}: ${path} ${why}`;
        throw new AccountError(OWN_CODES.incompleteSnapshot, name, message, target.id ?? reading.variant);
      }
      const found = await find(reading, target, path);
      if (found && 'text' in found) return parse(reading, target, path, found.text);
      if (found) return answerOf(reading, target, of, found.error);
      if (standing.kind === 'read' && collected?.files) {
        const message = `${of} was collected at ${standing.at.toISOString()}, and ${path} is not in the snapshot any more: collect it again`;
        throw new AccountError(OWN_CODES.incompleteSnapshot, name, message, target.id ?? reading.variant);
      }
      throw notCollected(of, path, reading, target, { accountId, region: regions[0] });
    },

    async readAt(reading, target = {}) {
      const path = pathOf(reading, target);
      const standing = standingOf(collected, path, reading, target);
      if (standing.kind === 'unfinished') return undefined;
      const times = (staysInside(reading, target) ? pathsOf(path) : []).map((one) =>
        modifiedAt(join(root, one)),
      );
      const [written = listedError(path) && (await modifiedAt(join(root, 'errors.json')))] = (
        await Promise.all(times)
      ).filter(Boolean);
      return written && standing.kind !== 'unknown' ? standing.at : written;
    },
  };
}

function notCollected(
  of: string,
  path: string,
  reading: Reading,
  target: AnyTarget,
  place: Parameters<typeof cliCommand>[2],
): AccountError {
  const command = cliCommand(reading, target, place);
  return new AccountError(
    OWN_CODES.notCollected,
    nameOf(reading),
    `${of} was not collected: there is no ${path} in the snapshot, and no entry in errors.json. Save what` +
      ` "${command}" prints there, or run "groundrules collect"`,
    target.id ?? reading.variant,
  );
}

/** Where an answer may lie: people also keep the credential report as the command prints it. */
const pathsOf = (path: string): string[] =>
  path.endsWith('.csv') ? [path, path.replace(/csv$/, 'json')] : [path];

const modifiedAt = (path: string): Promise<Date | undefined> =>
  stat(path).then(
    ({ mtime }) => mtime,
    () => undefined,
  );

/** An error that AWS gave: there is none, or nobody could read it. */
function answerOf(reading: Reading, { id }: AnyTarget, of: string, error: CliError): null {
  if (isOneOf(reading.none ?? [], error.code)) return null;
  const said = error.message ? `: ${withoutPrefix(error.message)}` : '';
  const more = isDenial(error.code) ? adviceOf(reading, error.message ?? '') : undefined;
  const where = error.listed ? `errors.json: ${error.file}` : error.file;
  throw new AccountError(
    isDenial(error.code) ? 'AccessDenied' : error.code,
    nameOf(reading),
    `${of}: ${error.code} when the snapshot was made${said} (${where})${more ? `. ${more.advice}` : ''}`,
    id ?? reading.variant,
  );
}

function whyNotOf(
  standing: { readonly kind: 'earlier'; readonly at: Date } | { readonly kind: 'unfinished' },
  { state, collectedAt, rules = [], regions = [] }: Collected,
): string {
  const last = `"groundrules collect", which began at ${collectedAt.toISOString()},`;
  if (standing.kind === 'unfinished') {
    return `was not read: ${last} has not come to its end. Run it again, or wait for it if it still runs`;
  }
  const what = `${rules.length > 0 ? `what ${rules.join(', ')} read` : 'something else'} in ${regions.join(', ')}`;
  return (
    `is of ${standing.at.toISOString()}, and the last ${last} ${state === 'complete' ? 'read' : 'was to read'} ${what} only:` +
    ' collect that, too, or each into a folder of its own'
  );
}

/** A name out of a file must not lead out of the folder. */
const staysInside = (reading: Reading, { id, region = '' }: AnyTarget) =>
  (id === undefined || isId(reading, id)) && !/[\\/.]/.test(region);

/** The entries of errors.json by file, as spelled in {@link pathOf}, or without its extension. */
function readErrorList(root: string, accountId: string): ReadonlyMap<string, CliError> {
  const expected = '[{"file", "code", "message"}]';
  const entries = readNotes(root, join(root, 'errors.json'), errorList, expected) ?? [];
  return new Map(
    entries.map((entry) => {
      const file = normalize(entry.file, accountId);
      return [file, { ...entry, file, listed: true }];
    }),
  );
}

/** People write `.\123456789012\us-east-1\…` as well. */
const normalize = (file: string, accountId: string) =>
  file
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '')
    .replace(new RegExp(`^${accountId}/`), '');

async function textOf(reading: Reading, target: AnyTarget, root: string, path: string) {
  try {
    return await readText(join(root, path), path, { within: root });
  } catch (error) {
    if (isAbsent(error)) return undefined;
    const { message } = error as Error;
    throw malformed(reading, target, error instanceof SnapshotError ? message : `${path}: ${message}`, error);
  }
}

function parse(reading: Reading, target: AnyTarget, path: string, text: string): unknown {
  try {
    if (reading.text) return reading.text(decodeReport(text));
    const answer = parseJson(text);
    if (answer === null) throw new Error('null is no answer of any command');
    if (reading === bucketPolicy && isPolicyDocument(answer)) return { Policy: text };
    return answer;
  } catch (error) {
    // V8 quotes what it cannot parse.
    if (reading.keeps) throw malformed(reading, target, `${path} is no JSON`, undefined);
    throw malformed(reading, target, `${path}: ${(error as Error).message}`, error);
  }
}

/** What `--query Policy --output text` leaves: the policy itself, which the answer has as a text. */
const isPolicyDocument = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'Statement' in answer && !('Policy' in answer);

const malformed = (reading: Reading, { id }: AnyTarget, message: string, cause: unknown) =>
  new AccountError(OWN_CODES.malformed, nameOf(reading), message, id ?? reading.variant, { cause });
