import * as z from 'zod/mini';
import { time } from '../parts.ts';
import { type AnyTarget, nameOf, pathOf, type Reading } from '../reading.ts';
import { READINGS } from '../services/index.ts';
import { SnapshotError } from './errors.ts';
import { readTextSync } from './files.ts';
import { parseJson } from './json.ts';

/** What `groundrules collect` means to read, which it writes down before it begins. */
export interface Intention {
  /** When it began: the time that the snapshot is of. */
  readonly collectedAt: Date;
  readonly regions: readonly string[];
  /** The rules whose readings they are. */
  readonly rules: readonly string[];
  /** By name: `s3:GetBucketPolicy`. */
  readonly readings: readonly string[];
  /** Of Groundrules. */
  readonly version: string;
}

/** `collected.json`. What earlier builds wrote, and people write by hand, has a time and perhaps Regions only. */
export interface Collected extends Partial<Omit<Intention, 'collectedAt'>> {
  /** `collecting` until the collection has come to its end, which an interrupted one never does. */
  readonly state: 'collecting' | 'complete';
  readonly collectedAt: Date;
  /** When each answer, or error, was read, by its path; absent where all are of `collectedAt`. */
  readonly files?: ReadonlyMap<string, Date>;
  /** The same of those that are in the folder from before, and that this collection did not read. */
  readonly earlier?: ReadonlyMap<string, Date>;
  /** The Regions that were in view of an earlier collection, as far as something of it is in `earlier`. */
  readonly earlierRegions?: readonly string[];
}

export const COLLECTED = 'collected.json';

const times = z.pipe(
  z.record(z.string(), time),
  z.transform((at): ReadonlyMap<string, Date> => new Map(Object.entries(at))),
);
const names = (what: string) => z.array(z.string(what), what);
const schema = z.object(
  {
    state: z._default(z.enum(['collecting', 'complete'], 'expected "collecting" or "complete"'), 'complete'),
    collectedAt: time,
    regions: z.optional(names('expected a list of Regions')),
    rules: z.optional(names('expected a list of rule ids')),
    readings: z.optional(names('expected a list of readings such as "iam:ListUsers"')),
    version: z.optional(z.string('expected a version')),
    files: z.optional(times),
    earlier: z.optional(times),
    earlierRegions: z.optional(names('expected a list of Regions')),
  },
  'expected an object',
);

/**
 * Reads `collected.json`, if it is there.
 *
 * @throws {SnapshotError} when it cannot be read: nobody knows then how old anything in the folder is.
 */
export function readCollected(root: string, file: string): Collected | undefined {
  const read = readNotes(root, file, schema, '{"collectedAt": "<ISO 8601 time>"}');
  return read as Collected | undefined;
}

/**
 * A file that tells of the whole folder, if it is there. Nothing in the folder can be judged without it.
 *
 * @throws {SnapshotError} when it cannot be read, or is not what is expected.
 */
export function readNotes<T extends z.core.$ZodType>(
  root: string,
  file: string,
  type: T,
  expected: string,
): z.output<T> | undefined {
  try {
    return z.parse(type, parseJson(readTextSync(file, file, { within: root })));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    if (error instanceof SnapshotError) throw error;
    throw new SnapshotError('Malformed', `${file}: expected ${expected}: ${reason(error)}`, { cause: error });
  }
}

/** There is nothing at the path at all, as opposed to something that cannot be read. */
export const isAbsent = (error: unknown): boolean =>
  error instanceof SnapshotError &&
  ['ENOENT', 'ENOTDIR'].includes((error.cause as NodeJS.ErrnoException | undefined)?.code ?? '');

function reason(error: unknown): string {
  if (!(error instanceof z.core.$ZodError)) return (error as Error).message;
  const [issue] = error.issues;
  return `${issue?.path.join('.') || 'the file'}: ${issue?.message}`;
}

/** The text of `collected.json`. */
export function collectedText({ collectedAt, files, earlier, earlierRegions, ...rest }: Collected): string {
  const written = (at: ReadonlyMap<string, Date> = new Map()) => Object.fromEntries([...at].sort());
  const { state, ...more } = rest;
  const value = {
    ...{ state, collectedAt, ...more },
    ...{ files: written(files), earlier: written(earlier) },
    // An earlier build has none: it looked into no Region beyond the view.
    ...(earlier && earlier.size > 0 && { earlierRegions }),
  };
  return `${JSON.stringify(value, null, 4)}\n`;
}

/** What `collected.json` says of a reading. */
export type Standing =
  /** Nothing: a person put the file there, or there is none. */
  | { readonly kind: 'unknown' }
  /** The collection read it, then. */
  | { readonly kind: 'read'; readonly at: Date }
  /** It is of an earlier collection, and the last one did not read it: what it says may not be so any more. */
  | { readonly kind: 'earlier'; readonly at: Date }
  /** The collection was to read it, and did not come so far. */
  | { readonly kind: 'unfinished' };

/** Holds a reading, and its path in the snapshot, against what was to be collected. */
export function standingOf(
  collected: Collected | undefined,
  path: string,
  reading: Reading,
  { region }: AnyTarget,
): Standing {
  if (!collected) return { kind: 'unknown' };
  const { state, files, earlier, regions = [], readings = [], collectedAt } = collected;
  if (!files) return { kind: 'read', at: collectedAt };
  const read = files.get(path);
  if (read) return { kind: 'read', at: read };
  const mayCome = state === 'collecting' && readings.includes(nameOf(reading));
  if (mayCome && (region === undefined || regions.includes(region))) return { kind: 'unfinished' };
  const before = earlier?.get(path);
  if (before) return { kind: 'earlier', at: before };
  // Which Regions beyond the view a rule looks into may hang on answers that are not there yet.
  return { kind: mayCome ? 'unfinished' : 'unknown' };
}

const PATTERNS = READINGS.map((reading) => {
  const any = '*';
  const id = reading.about?.options.map(() => any).join('/');
  const path = pathOf(reading, { region: any, ...(id !== undefined && { id }) });
  const pattern = path.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(any, '[^/]+');
  return { reading, pattern: new RegExp(`^${pattern}$`) };
});

/** The reading whose answer lies at a path of a snapshot, if it is any's. */
export const readingAt = (path: string): Reading | undefined =>
  PATTERNS.find(({ pattern }) => pattern.test(path))?.reading;
