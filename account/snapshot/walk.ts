import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SnapshotError } from './errors.ts';
import { fileError } from './files.ts';
import { howToRaise, limits } from './limits.ts';

/**
 * What there is below a folder, with the folders in it: paths relative to it with forward slashes, sorted. Links are not
 * followed but listed, those to folders too: to read one says what is wrong with it, where to leave it out would say nothing.
 *
 * @param label how messages call the folder.
 * @throws {SnapshotError} `TooLarge` when there are more than the limit allows; `NotFound` when a folder may not be read.
 */
export function filesBelow(root: string, label: string): string[] {
  const found: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entriesOf(join(root, folder), folder === '' ? label : `${label}/${folder}`)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else found.push(path);
    }
    if (found.length + folders.length > limits().files) {
      throw new SnapshotError(
        'TooLarge',
        `${label}: more than ${limits().files} files; ${howToRaise('files')}, or give fewer folders`,
      );
    }
  }
  return found.sort();
}

function entriesOf(folder: string, label: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw fileError(label, error);
  }
}

/** Whether a link, or anything else, leads to a folder. */
export function isFolderAt(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
