/** What a command reads before it does anything: most of a short run is Node.js compiling that. */
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(__dirname, '../..');
/** They are in the command as values (scripts/build.ts): what they import is not. */
const VALUES = ['catalogue/every.ts', 'catalogue/known.ts'];

/** What is imported at once from here, files and packages, each with the file that imports it. */
async function importedFrom(entry: string): Promise<ReadonlyMap<string, string>> {
  const { metafile } = await build({
    ...{ absWorkingDir: ROOT, entryPoints: [entry], outfile: 'out.js', metafile: true, write: false },
    ...{ bundle: true, packages: 'external', platform: 'node', format: 'esm', logLevel: 'silent' },
  });
  const found = new Map([[entry, '']]);
  for (const file of found.keys()) {
    for (const { path, kind } of VALUES.includes(file) ? [] : (metafile.inputs[file]?.imports ?? [])) {
      if (kind === 'import-statement' && !found.has(path)) found.set(path, file);
    }
  }
  return found;
}

test.each<[entry: string, without: RegExp, but: string]>([
  ['cli/groundrules.ts', /^(zod|yaml|ora|@aws-sdk\/|@smithy\/|rules\/index|catalogue\/)/, 'commander'],
  [
    'cli/evaluate/run.ts',
    /^(zod$|yaml|ora|@aws-sdk\/client-|@smithy\/|account\/(live\/open|template\/)|cli\/inputs\/given|waivers\/read)/,
    'rules/index.ts',
  ],
  ['cli/inputs/given.ts', /^(zod$|ora|@aws-sdk\/|@smithy\/)/, 'account/snapshot/sniff.ts'],
  ['account/live/open.ts', /^(zod$|yaml|@aws-sdk\/client-(?!sts$|ec2$))/, '@aws-sdk/client-sts'],
])('%s waits for nothing that most runs need not', async (entry, without, but) => {
  const found = await importedFrom(entry);
  const needless = [...found].filter(([path]) => without.test(path));
  expect(needless.map(([path, by]) => `${by} imports ${path}`)).toEqual([]);
  expect([...found.keys()]).toContain(but);
});
