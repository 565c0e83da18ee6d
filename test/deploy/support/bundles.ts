import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bundles as small as they can be, in place of the built ones: what is in them is of no concern to templates. */
export function smallBundles() {
  const root = mkdtempSync(join(tmpdir(), 'groundrules-bundles-'));
  return {
    folderOf(id: string): string {
      const folder = join(root, id);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'index.mjs'), `export const handler = async () => '${id}';`);
      return folder;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
