import { lstatSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Fields } from '../../config/items/fields.ts';
import { goesOn, rowOf, type Unprocessed, unprocessedIn } from './config-answers.ts';
import { type DeliveredName, deliveredName } from './delivery.ts';
import { SnapshotError } from './errors.ts';
import { fileError, readBytes, readStream, refuseOutside } from './files.ts';
import { lineElements } from './json-lines.ts';
import { type JsonElement, JsonElementScanner, JsonStreamError, parseElement } from './json-stream.ts';
import { filesBelow, isFolderAt } from './walk.ts';

/** An AWS Config snapshot or history file, or what one of its APIs gave. */
export interface ConfigFile {
  readonly path: string;
  /** How messages call it. */
  readonly label: string;
  /** Whose folder it lies in: what cannot be read of it is this Region's. Absent for a file on its own. */
  readonly region?: string;
  /** The folder that it may not lead out of as a link. */
  readonly within?: string;
  /** Whose file it is, where its name tells. */
  readonly accountId?: string;
  /** The one type that its items are of, where its name tells. */
  readonly type?: string;
  /** The one resource that it tells of, where its name says so. */
  readonly resourceId?: string;
  /** When the snapshot was made, or the last change in the history, where its name tells. */
  readonly at?: number;
  readonly isSnapshot?: boolean;
  /** Stands for a file that there should be: what others say counts as much as without it. */
  readonly isAbsent?: true;
  /** Where it is no file of this machine: its bytes as they are stored, from the start each time. */
  readonly bytes?: () => AsyncIterable<Uint8Array>;
  /** Of its items nobody needs to know more than that there are some. */
  readonly isUnread?: true;
  /** One of a folder's, as AWS Config delivers them: that it is broken does not cost the others. */
  readonly isDelivered?: true;
  /** It has a document a line. */
  readonly isLines?: true;
  /** The items themselves, which came in messages: there is no file of them. */
  readonly items?: readonly Fields[];
}

/** Neither in `global` nor alone: what lies there may be of whatever Region's. */
export const isOfRegion = (file: ConfigFile | undefined): file is ConfigFile & { readonly region: string } =>
  file?.region !== undefined && file.region !== 'global';

/** What a file says of items that are not in it. */
export interface Missing {
  /** Resources that AWS Config was asked about, and did not answer. */
  readonly unprocessed: readonly Unprocessed[];
  /** How the answer says that it goes on: `NextToken`. */
  readonly goesOn?: string;
  /** The member that the items are in; `''` for a bare array. */
  readonly member: string;
}

/** Where AWS keeps configuration items in a file. */
export const ITEM_MEMBERS = {
  arrays: [
    // Snapshot and history files as delivered to S3; `aws configservice get-resource-config-history`.
    'configurationItems',
    // `aws configservice batch-get-resource-config`, and `batch-get-aggregate-resource-config`.
    'baseConfigurationItems',
    'BaseConfigurationItems',
    // `aws configservice select-resource-config`, and `select-aggregate-resource-config`: texts of JSON.
    'Results',
  ],
  singles: [
    // The notification that AWS Config delivers to S3 for an oversized item.
    'configurationItem',
    // `aws configservice get-aggregate-resource-config`.
    'ConfigurationItem',
  ],
  /** What answers say of items that are not in them. */
  keep: ['nextToken', 'NextToken', 'unprocessedResourceKeys', 'UnprocessedResourceIdentifiers'],
} as const;

/**
 * The Config files of an account's folder: `<region>/config/`, with all the folders in it, because AWS delivers below
 * `AWSLogs/<account>/Config/<region>/<date>/`. Items of IAM's may lie in `global`.
 */
export function configFilesOf(folder: string, regions: readonly string[]): ConfigFile[] {
  return [...regions, 'global'].flatMap((region) => {
    const root = join(folder, region, 'config');
    const label = `${region}/config`;
    // A file in the Region's place has no folder in it either; that it is none is said by `regionFolders`.
    if (!isThere(root)) return [];
    try {
      refuseOutside(root, label, folder);
      return filesBelow(root, label)
        .filter((name) => /\.json(\.gz)?$/i.test(name) || isFolderAt(join(root, name)))
        .map((name) => ({
          ...{ path: join(root, name), label: `${label}/${name}`, region, within: folder },
          ...saidByName(name),
        }));
    } catch (error) {
      if (!(error instanceof SnapshotError) || error.code === 'TooLarge') throw error;
      // Who reads it is told why it cannot be read, and what that costs.
      return [{ path: root, label, region, within: folder }];
    }
  });
}

/** What the name of a file tells that AWS Config delivered; whose it is, the folder says. */
function saidByName(path: string): Partial<Omit<DeliveredName, 'accountId' | 'region'>> {
  const { accountId: _, region: __, ...said } = deliveredName(basename(path)) ?? {};
  return said;
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw fileError(path, error);
  }
}

/**
 * The items of a Config file as text, some at a time. They are good until the next ones are asked for.
 *
 * @param atEnd learns, after the last item, which are missing.
 * @throws {SnapshotError} naming the file, and where in it.
 */
export async function* itemsOf(
  file: ConfigFile,
  atEnd: (missing: Missing) => void = () => {},
): AsyncGenerator<readonly JsonElement[]> {
  if (file.items) {
    yield file.items.map((item, offset) => ({ bytes: Buffer.from(JSON.stringify(item)), offset }));
  } else if (file.isLines) {
    yield* lineElements(bytesOf(file), file.label);
  } else {
    yield* documentElements(file, atEnd);
  }
}

const bytesOf = (file: ConfigFile): AsyncIterable<Uint8Array> =>
  file.bytes ? readStream(file.bytes(), file.label) : readBytes(file.path, file.label, file);

async function* documentElements(
  file: ConfigFile,
  atEnd: (missing: Missing) => void,
): AsyncGenerator<readonly JsonElement[]> {
  let isFirst = true;
  const row = (element: JsonElement) => {
    const item = rowOf(element, scanner.found, file.label, isFirst);
    isFirst = false;
    return item;
  };
  const scanner = new JsonElementScanner(ITEM_MEMBERS);
  const check = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw elementError(file, error);
    }
  };
  for await (const chunk of bytesOf(file)) {
    const elements = check(() => scanner.write(chunk));
    if (elements.length > 0) yield check(() => elements.map(row));
  }
  check(() => scanner.end());
  if (scanner.found === undefined) {
    const keys = scanner.keys.slice(0, 6).join(', ') || 'nothing';
    throw new SnapshotError(
      'Malformed',
      `${file.label}: no AWS Config file: expected an array, or an object with ${ITEM_MEMBERS.arrays.join(' or ')}; found ${keys}`,
    );
  }
  const next = goesOn(scanner.kept);
  const unprocessed = unprocessedIn(scanner.kept, file.label);
  atEnd({ unprocessed, member: scanner.found, ...(next && { goesOn: next }) });
}

/** The item as a value. */
export function itemOf(file: ConfigFile, element: JsonElement): unknown {
  try {
    return parseElement(element);
  } catch (error) {
    throw elementError(file, error);
  }
}

const elementError = (file: ConfigFile, error: unknown): unknown =>
  error instanceof JsonStreamError
    ? new SnapshotError('Malformed', `${file.label}: ${error.message}`, { cause: error })
    : error;
