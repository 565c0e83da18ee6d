import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { codeOf, importsOf, sourceFiles } from './source.ts';

const ROOT = join(__dirname, '../..');
const files = sourceFiles(ROOT);
const files400 = files.filter((file) => codeLines(file) > 400);

function codeLines(file: string): number {
  return codeOf(join(ROOT, file)).split('\n').length;
}

/** Who may import whom: a file imports its own layer and those above it in this list. The first match counts. */
const LAYERS: readonly [name: string, files: RegExp, layer: number][] = [
  ['a function', /^lambda\//, 4],
  ['the command', /^cli\//, 6],
  ['the deployment', /^deploy\//, 5],
  [
    'a reader, a report',
    /^(account\/(live|snapshot|template|services\/(index|live|changes|gather|loaders|on-demand)\.ts|services\/[\w-]+\/(live|changes|client|generate-report)\.ts)|report|automation|catalogue)/,
    4,
  ],
  ["what a document's function answers", /^tasks\//, 3],
  ['the AWS Config contract, waivers', /^(config|waivers)\//, 2],
  ['a rule', /^(rules|remediation-docs)\//, 1],
  ['the account, the package itself', /^(account\/|package\.ts$)/, 0],
];
const layerOf = (file: string) => LAYERS.find(([, pattern]) => pattern.test(file))?.[2];
/** What drives the house from outside: it may import everything, and nothing imports it. */
const isOutside = (file: string) => /^(scripts|bench|test)\//.test(file);
const isRule = (file: string) => layerOf(file) === 1;

test('every file has a place in the order', () => {
  expect(files.filter((file) => layerOf(file) === undefined && !isOutside(file))).toEqual([]);
});

test('imports go downwards only', () => {
  const upwards = files
    .filter((file) => !isOutside(file))
    .flatMap((file) =>
      importsOf(ROOT, file)
        .filter((target) => target.endsWith('.ts'))
        .filter((target) => isOutside(target) || (layerOf(target) ?? Infinity) > (layerOf(file) ?? -1))
        .map((target) => `${file} imports ${target}`),
    );
  expect(upwards).toEqual([]);
});

test('a rule imports neither the AWS SDK nor anything of Node', () => {
  const builtin = new Set(builtinModules);
  const impure = files.filter(isRule).flatMap((file) =>
    importsOf(ROOT, file)
      .filter((target) => /^(node:|@aws-sdk\/|@smithy\/)/.test(target) || builtin.has(target))
      .map((target) => `${file} imports ${target}`),
  );
  expect(impure).toEqual([]);
});

test('a rule reads no clock, no environment and no chance', () => {
  const impure = files
    .filter(isRule)
    .flatMap((file) =>
      [
        ...codeOf(join(ROOT, file)).matchAll(
          /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\)|\bprocess\.\w+|\bperformance\.\w+|\bMath\.random\b|\bfetch\(/g,
        ),
      ].map(([what]) => `${file}: ${what}`),
    );
  expect(impure).toEqual([]);
});

// Full zod is four times the size of zod/mini, in every function.
test('what a function bundles uses zod/mini', () => {
  const bundled = files.filter((file) => (layerOf(file) ?? 5) < 4 || file.startsWith('account/'));
  expect(bundled.filter((file) => importsOf(ROOT, file).includes('zod'))).toEqual([]);
});

// A function has no room for what AWS Config does not show.
test('only reports and the command line read Korean', () => {
  const readers = /\.ko\.ts$|^rules\/korean\.ts$|^report\/language\.ts$/;
  const carriers = files
    .filter((file) => !isOutside(file) && !readers.test(file))
    .filter((file) => importsOf(ROOT, file).some((target) => readers.test(target)))
    .filter((file) => !/^(report|cli)\//.test(file) || file.startsWith('report/asff/'));
  expect(carriers).toEqual([]);
});

test('no file is over 400 lines', () => {
  expect(files400).toEqual([]);
});

test('the checks above look at something', () => {
  expect(files.filter(isRule).length).toBeGreaterThan(5);
  expect(importsOf(ROOT, 'rules/evaluate.ts')).toContain('account/account.ts');
});
