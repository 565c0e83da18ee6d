import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { SnapshotError } from './errors.ts';
import { readBytes, refuseOutside } from './files.ts';
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
}

/** Where AWS keeps configuration items in a file. */
export const ITEM_MEMBERS = {
  arrays: [
    // Snapshot and history files as delivered to S3; `aws configservice get-resource-config-history`.
    'configurationItems',
    // `aws configservice batch-get-resource-config`.
    'baseConfigurationItems',
  ],
  // The notification that AWS Config delivers to S3 for an oversized item.
  singles: ['configurationItem'],
} as const;

/**
 * The Config files of an account's folder: `<region>/config/`, with all the folders in it, because AWS delivers below
 * `AWSLogs/<account>/Config/<region>/<date>/`.
 */
export function configFilesOf(folder: string, regions: readonly string[]): ConfigFile[] {
  return regions.flatMap((region) => {
    const root = join(folder, region, 'config');
    const label = `${region}/config`;
    if (!lstatSync(root, { throwIfNoEntry: false })) return [];
    try {
      refuseOutside(root, label, folder);
      return filesBelow(root, label)
        .filter((name) => /\.json(\.gz)?$/i.test(name) || isFolderAt(join(root, name)))
        .map((name) => ({ path: join(root, name), label: `${label}/${name}`, region, within: folder }));
    } catch (error) {
      if (!(error instanceof SnapshotError) || error.code === 'TooLarge') throw error;
      // Who reads it is told why it cannot be read, and what that costs.
      return [{ path: root, label, region, within: folder }];
    }
  });
}

/**
 * The items of a Config file as text, some at a time. They are good until the next ones are asked for.
 *
 * @throws {SnapshotError} naming the file, and where in it.
 */
export async function* itemsOf(file: ConfigFile): AsyncGenerator<readonly JsonElement[]> {
  const scanner = new JsonElementScanner(ITEM_MEMBERS);
  const check = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw elementError(file, error);
    }
  };
  for await (const chunk of readBytes(file.path, file.label, file)) {
    const elements = check(() => scanner.write(chunk));
    if (elements.length > 0) yield elements;
  }
  check(() => scanner.end());
  if (scanner.found === undefined) {
    const keys = scanner.keys.slice(0, 6).join(', ') || 'nothing';
    throw new SnapshotError(
      'Malformed',
      `${file.label}: no AWS Config file: expected an array, or an object with ${ITEM_MEMBERS.arrays.join(' or ')};` +
        ` found ${keys}`,
    );
  }
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
