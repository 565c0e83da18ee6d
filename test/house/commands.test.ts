/** Every command has one shape: a folder with what it is and what it does, and a line in the list. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { commands } from '../../cli/commands.ts';
import { nameOf, wordsFor } from '../../cli/program/define.ts';
import { programOf } from '../../cli/program/program.ts';
import { worldOf } from '../cli/support.ts';
import { codeOf, importsOf, sourceFiles } from './source.ts';

const ROOT = join(__dirname, '../..');
/** What several commands share, or what runs around them. */
const ROOMS = ['cdk', 'fleet', 'inputs', 'options', 'program'];
const folders = readdirSync(join(ROOT, 'cli'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const names = commands.map(({ name }) => name);

test('each folder of cli/ is a command’s, or shared; beside them there are only the list and the start', () => {
  expect(folders.filter((folder) => !ROOMS.includes(folder)).sort()).toEqual([...names].sort());
  const files = readdirSync(join(ROOT, 'cli'), { withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name).sort()).toEqual(['commands.ts', 'groundrules.ts']);
});

test.each(names)('%s says what it is in one file, and does it in another', async (name) => {
  for (const file of ['command.ts', 'run.ts']) expect(existsSync(join(ROOT, 'cli', name, file))).toBe(true);
  const { run } = (await commands.find((one) => one.name === name)?.run()) ?? {};
  expect(run).toBeInstanceOf(Function);
});

test('the list only lists, and the start only starts', () => {
  expect(importsOf(ROOT, 'cli/commands.ts').sort()).toEqual(
    [...names.map((name) => `cli/${name}/command.ts`), 'cli/program/define.ts'].sort(),
  );
  expect(readFileSync(join(ROOT, 'cli/groundrules.ts'), 'utf8').split('\n').filter(Boolean)).toHaveLength(4);
});

// Each is loaded at every start: `--version` waits for what they import.
test('what a command is imports nothing large', () => {
  const light = [
    'cli/program/define.ts',
    'cli/options/declared.ts',
    'cli/options/words.ts',
    'cli/cdk/declared.ts',
    'cli/fleet/declared.ts',
    'report/both.ts',
    'report/formats/names.ts',
  ];
  for (const name of names) {
    const eager = importsOf(ROOT, `cli/${name}/command.ts`).filter(
      (target) => target !== `cli/${name}/run.ts`,
    );
    expect(eager.filter((target) => !light.includes(target))).toEqual([]);
  }
  for (const file of light) {
    const eager = [...codeOf(join(ROOT, file)).matchAll(/^import (?!type )[^;]*;/gm)].map(([line]) => line);
    expect(
      eager.filter(
        (line) => !/'\.\.?\/(?:program\/define|words|\.\.\/report\/(?:both|formats\/names))\.ts'/.test(line),
      ),
    ).toEqual([]);
  }
});

test('nothing outside of cli/ imports it, but what drives the house', () => {
  const importing = sourceFiles(ROOT)
    .filter((file) => !/^(cli|scripts|bench|test)\//.test(file))
    .filter((file) => importsOf(ROOT, file).some((target) => target.startsWith('cli/')));
  expect(importing).toEqual([]);
});

test('a command touches the process only through its world', () => {
  const touching = sourceFiles(ROOT)
    .filter((file) => file.startsWith('cli/') && !file.startsWith('cli/program/'))
    .flatMap((file) =>
      [...codeOf(join(ROOT, file)).matchAll(/\bprocess\.(?!platform\b|execPath\b|getuid\b)\w+/g)].map(
        ([what]) => `${file}: ${what}`,
      ),
    );
  expect(touching).toEqual([
    // A build says on standard error what it does; the key lies in the user's own folder.
    'cli/cdk/missing-build.ts: process.stderr',
    'cli/cdk/missing-build.ts: process.stderr',
    'cli/remediate/key.ts: process.env',
  ]);
});

test('settings that are wrong become the caller’s mistake in one place', () => {
  const naming = sourceFiles(ROOT).filter(
    (file) => file.startsWith('cli/') && /SettingsError|InvalidSettings/.test(codeOf(join(ROOT, file))),
  );
  expect(naming).toEqual(['cli/options/settings.ts']);
});

describe.each(commands)('$name', (command) => {
  test('has a page of help, with examples and exit statuses, that fits', async () => {
    for (const width of [60, 80, 120]) {
      const { world, text } = worldOf({ env: { COLUMNS: String(width) } });
      const program = programOf(world, '0', () => {});
      await program.parseAsync(['help', command.name], { from: 'user' });
      const page = text();
      for (const spec of command.options) expect(page).toContain(nameOf(spec));
      for (const [status] of command.exit) expect(page).toMatch(new RegExp(`^  ${status} `, 'm'));
      const long = page.split('\n').filter((line) => stringWidth(line) > width);
      // An option with a value that is longer than a narrow line is to be copied whole.
      expect(long.filter((line) => !/^ +--\w+ (?:'.*'|\S+)(?: \\)?$/.test(line))).toEqual([]);
    }
  });

  test('has examples that call it, or a command beside it, with options that there are', () => {
    expect(command.examples.length).toBeGreaterThan(0);
    for (const [line] of command.examples) {
      const [, name = ''] = /groundrules (\w+)/.exec(line) ?? [];
      const called = commands.find((one) => one.name === name);
      expect([line, called?.name]).toEqual([line, name]);
      const known = called?.options.map(nameOf) ?? [];
      const given = [...line.replace(/'[^']*'/g, "''").matchAll(/ (--[\w-]+)/g)].map(
        ([, option]) => option as string,
      );
      expect([line, given.filter((option) => !known.includes(option))]).toEqual([line, []]);
    }
  });

  test('offers only values that it knows', async () => {
    for (const spec of [...command.arguments, ...command.options]) {
      const words = await wordsFor(spec);
      expect(words).toEqual([...new Set(words)]);
      expect(words.filter((word) => /\s/.test(word))).toEqual([]);
    }
  });
});
