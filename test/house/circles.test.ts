import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { sourceFiles } from './source.ts';

const ROOT = join(__dirname, '../..');

/** What each file imports when it runs: types are gone by then, and what is imported only when it is needed is no circle. */
async function importsAtRunTime(root: string, files: readonly string[]): Promise<Map<string, string[]>> {
  const { metafile } = await build({
    absWorkingDir: root,
    // One that imports them all: as many entries would each be bundled whole.
    stdin: { contents: files.map((file) => `import './${file}';`).join('\n'), resolveDir: root },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outfile: 'out.js',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  return new Map(
    Object.entries(metafile.inputs).map(([file, { imports }]) => [
      file,
      imports
        .filter(({ kind, external }) => kind === 'import-statement' && !external)
        .map(({ path }) => path),
    ]),
  );
}

/** Each circle once, from its first file by name back to it. */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    const begin = path.indexOf(file);
    if (begin >= 0) circles.push(inWords(path.slice(begin)));
    if (begin >= 0 || done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return circles;
}

function inWords(circle: readonly string[]): string {
  const first = circle.indexOf([...circle].sort()[0] as string);
  const turned = [...circle.slice(first), ...circle.slice(0, first)];
  return [...turned, turned[0]].join(' → ');
}

test('no import goes round in a circle', async () => {
  const imports = await importsAtRunTime(ROOT, sourceFiles(ROOT));
  expect(circlesIn(imports)).toEqual([]);
  expect(imports.get('rules/evaluate.ts')?.length).toBeGreaterThan(0);
});

describe('a circle', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'groundrules-circles-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const found = async (back: string) => {
    writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "verbatimModuleSyntax": true } }');
    writeFileSync(join(folder, 'a.ts'), "import { b } from './b.ts';\nexport const a = () => b;\n");
    writeFileSync(join(folder, 'b.ts'), back);
    return circlesIn(await importsAtRunTime(folder, ['a.ts', 'b.ts']));
  };

  test.each([
    ['of values is one', "import { a } from './a.ts';\nexport const b = () => a;\n", ['a.ts → b.ts → a.ts']],
    ['of a module for what it does', "import './a.ts';\nexport const b = 1;\n", ['a.ts → b.ts → a.ts']],
    ['of types is none', "import type { a } from './a.ts';\nexport const b = (x: typeof a) => x;\n", []],
    ['that is closed when it is needed is none', "export const b = () => import('./a.ts');\n", []],
  ])('%s', async (_, back, circles) => {
    expect(await found(back)).toEqual(circles);
  });
});
