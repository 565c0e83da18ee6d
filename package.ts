import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that the package lies in: two folders up from the bundle, one from the source. */
export const PACKAGE_ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  try {
    if (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name === 'groundrules') return folder;
  } catch {
    // No package.json here: look further up.
  }
  const parent = dirname(folder);
  if (parent === folder) throw new Error('the groundrules package is not whole: its package.json is missing');
  return findRoot(parent);
}

export const VERSION: string = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')).version;
