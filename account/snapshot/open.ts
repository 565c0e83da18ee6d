import { readdirSync, realpathSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { someOf } from '../some.ts';
import { SnapshotError } from './errors.ts';
import { fileError, refuseOutside } from './files.ts';
import { isRegion } from './regions.ts';
import { isFolderAt } from './walk.ts';

const ACCOUNT_ID = /^\d{12}$/;
/** What somebody meant as one: a digit too few or too many, dashes, a copy's ending. */
const MEANT = /^(\d{11}|\d{13}|\d{4}-\d{4}-\d{4}|\d{12}\D.*)$/;

const FILE = /\.(json|csv)(\.gz)?$/i;

export const isAccountId = (name: string) => ACCOUNT_ID.test(name);

/**
 * The account folders of a snapshot, sorted. A snapshot is an account's folder, named by the account id, or a folder
 * that holds one or several of them.
 *
 * @example
 * for (const folder of await openSnapshot('snapshots')) snapshotAccount(folder);
 * @throws {SnapshotError}
 */
export async function openSnapshot(path: string): Promise<string[]> {
  const folder = resolve(path);
  let names: string[];
  try {
    if (!(await stat(folder)).isDirectory()) {
      throw new SnapshotError('NotASnapshot', `${path} is a file, where a snapshot folder is expected`);
    }
    const entries = await readdir(folder, { withFileTypes: true });
    names = entries.map(({ name }) => name + (isFolderAt(join(folder, name)) ? '/' : '')).sort();
  } catch (error) {
    throw fileError(path, error);
  }
  if (isAccountId(basename(folder))) {
    if (names.length === 0) {
      throw new SnapshotError(
        'Empty',
        `${path}: an account's folder with nothing in it: run "groundrules collect"`,
      );
    }
    return [folder];
  }

  const accounts = names.filter((name) => name.endsWith('/') && isAccountId(name.slice(0, -1)));
  if (accounts.length > 0) {
    refuseMisnamed(folder, path, names);
    for (const name of accounts) refuseOutside(join(folder, name), join(path, name), folder);
    return accounts.map((name) => join(folder, name));
  }

  const found = someOf(names) || 'nothing';
  const hint = names.some((name) => name === 'global/' || isRegion(name.slice(0, -1)))
    ? 'An account folder has to be named by its account id.'
    : names.some((name) => FILE.test(name))
      ? `Files of the "aws" command and of AWS Config are given one by one: groundrules evaluate ${join(path, '*.json')}`
      : '';
  throw new SnapshotError(
    'NotASnapshot',
    [
      `${path} is not a snapshot: expected folders named by their account id, such as 123456789012/, with global/ and one folder a Region in them; found ${found}.`,
      ...(hint === '' ? [] : [hint]),
    ].join(' '),
  );
}

/** An account that is left out for its folder's name would look like one without problems. */
function refuseMisnamed(folder: string, path: string, names: readonly string[]): void {
  const real = (name: string) => realpathSync(join(folder, name));
  const folders = names.filter((name) => name.endsWith('/'));
  // A folder that an account's is a link to is judged as that one.
  const judged = new Set(folders.filter((name) => isAccountId(name.slice(0, -1))).map(real));
  const wrong = folders.find(
    (name) =>
      !judged.has(real(name)) &&
      (MEANT.test(name.slice(0, -1)) || (!name.startsWith('.') && looksLikeAccount(join(folder, name)))),
  );
  if (wrong === undefined) return;
  throw new SnapshotError(
    'NotASnapshot',
    `${join(path, wrong)} is no account's folder, which is named by the twelve digits of its account id: rename it, or take it out of the snapshot`,
  );
}

/** Whether what is in a folder is what an account's has: `global/`, or a Region's. */
function looksLikeAccount(folder: string): boolean {
  try {
    return readdirSync(folder, { withFileTypes: true }).some(
      (entry) => entry.isDirectory() && (entry.name === 'global' || isRegion(entry.name)),
    );
  } catch {
    // Nobody can put an account where nobody can look.
    return false;
  }
}
