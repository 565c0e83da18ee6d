import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { SnapshotError } from './errors.ts';
import { fileError } from './files.ts';

const ACCOUNT_ID = /^\d{12}$/;
/** `us-east-1`, `ap-northeast-2`, `us-gov-west-1`, `us-iso-east-1`, `eusc-de-east-1`. */
const REGION = /^[a-z]{2,4}(-[a-z]+){1,3}-\d{1,2}$/;

export const isAccountId = (name: string) => ACCOUNT_ID.test(name);
export const isRegion = (name: string) => REGION.test(name);

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
    names = entries.map((entry) => entry.name + (entry.isDirectory() ? '/' : '')).sort();
  } catch (error) {
    throw fileError(path, error);
  }
  if (isAccountId(basename(folder))) return [folder];

  const accounts = names.filter((name) => name.endsWith('/') && isAccountId(name.slice(0, -1)));
  if (accounts.length > 0) return accounts.map((name) => join(folder, name));

  const found =
    names.length === 0 ? 'nothing' : names.slice(0, 8).join(', ') + (names.length > 8 ? ', …' : '');
  const hint = names.some((name) => name === 'global/' || isRegion(name.slice(0, -1)))
    ? ' An account folder has to be named by its account id.'
    : '';
  throw new SnapshotError(
    'NotASnapshot',
    `${path} is not a snapshot: expected folders named by their account id, such as 123456789012/, with global/ and` +
      ` one folder a Region in them; found ${found}.${hint}`,
  );
}
