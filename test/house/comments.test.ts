/** Comments that a newcomer can follow: each says one thing of one declaration, and names sources that there are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from './source.ts';

const ROOT = join(__dirname, '../..');
const files = sourceFiles(ROOT).map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

/** A comment that is left above another one when its declaration goes elsewhere. The first of a file is about the file. */
const DOUBLED = /(?<!^)\/\*\*(?:(?!\*\/).)*\*\/\n\s*\/\*\*/gs;

test('no declaration has two comments, of which one is about another', () => {
  expect(
    files.flatMap(({ file, text }) => (text.match(DOUBLED) ?? []).map((it) => `${file}: ${it}`)),
  ).toEqual([]);
});

test('no comment cites a section of notes that are not in the repository', () => {
  expect(files.filter(({ text }) => /§ ?\d/.test(text)).map(({ file }) => file)).toEqual([]);
});
