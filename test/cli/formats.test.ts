import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMAT_FILES, FORMAT_NAMES } from '../../report/formats/names.ts';
import { folderOf, removeFolders } from '../account/snapshot/support.ts';
import { call } from './support.ts';

afterAll(removeFolders);

const evaluate = async (format: string, output?: string) =>
  call('evaluate', [], { sample: true, format, output });

test('several formats are files in a folder, which is made', async () => {
  const output = join(await folderOf({}), 'new', 'reports');
  expect(await evaluate(FORMAT_NAMES.join(','), output)).toBe(2);
  expect(readdirSync(output).sort()).toEqual(Object.values(FORMAT_FILES).sort());
  for (const file of readdirSync(output)) {
    expect(statSync(join(output, file)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(output, file), 'utf8')).toContain('210987654321');
  }
});

test('a format twice is one, and letter case does not matter', async () => {
  const output = join(await folderOf({}), 'reports');
  await evaluate('CSV, json,csv', output);
  expect(readdirSync(output).sort()).toEqual(['results.csv', 'results.json']);
});

describe('is refused, and nothing is written:', () => {
  const cases: [situation: string, format: string, output: string | undefined, message: RegExp][] = [
    [
      'several formats without a folder',
      'csv,json',
      undefined,
      /several formats need a folder: give --output/,
    ],
    ['several formats on standard output', 'csv,json', '-', /several formats need a folder: give --output/],
    ['a format of several that there is not', 'csv,jsn', 'x', /--format jsn: expected .*did you mean json/],
    ['no format', '', 'x', /--format : expected/],
  ];
  test.each(cases)('%s', async (_situation, format, output, message) => {
    await expect(evaluate(format, output)).rejects.toThrow(message);
  });

  test('a file where the folder should be', async () => {
    const file = join(await folderOf({}), 'reports');
    writeFileSync(file, 'mine');
    await expect(evaluate('csv,json', file)).rejects.toThrow(/several formats need a folder/);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('a folder where one of the files should be', async () => {
    const output = await folderOf({});
    mkdirSync(join(output, 'results.json'), { recursive: true });
    await expect(evaluate('csv,json', output)).rejects.toThrow(/results\.json: it is a folder/);
    expect(readdirSync(output)).toEqual(['results.json']);
  });
});
