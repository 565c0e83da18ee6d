/** What is said to people is said in Korean, too. That each language is there is held by the types; that it is Korean, here. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from './source.ts';

const ROOT = join(__dirname, '../..');
/** A text after `ko:`, or within `ko: { … }` of words, up to its end. */
const TEXT = /(?<quote>['"`])(?<text>(?:\\.|(?!\k<quote>).)*)\k<quote>/gs;

/** The texts of a file that stand after `ko:`, without what is put into them. */
const koreanOf = (code: string): string[] =>
  [...code.matchAll(/\bko: *\n? *(?=['"`])/g)].flatMap(({ index, 0: start }) => {
    TEXT.lastIndex = index + start.length;
    const found = TEXT.exec(code)?.groups?.text;
    return found === undefined ? [] : [found.replace(/\$\{[^}]*\}/g, '')];
  });

/** Small English words in a row: ids, options and AWS's own terms are none. */
const ENGLISH = /(?<![\w-])[a-z]{2,}(?: [a-z]{2,}){2,}(?![\w-])/;
/** A command as it is typed. */
const typed = (text: string): string =>
  text.replace(/"[^"]*"|npm [a-z -]+|groundrules [\w -]+|configure (?:sso )?login/g, '');

test('no Korean text is English', () => {
  const files = sourceFiles(ROOT).filter((file) => /^(cli|report)\//.test(file));
  const texts = files.flatMap((file) =>
    koreanOf(readFileSync(join(ROOT, file), 'utf8')).map((text) => ({ file, text })),
  );
  expect(texts.length).toBeGreaterThan(200);
  expect(texts.filter(({ text }) => ENGLISH.test(typed(text)))).toEqual([]);
});

/** One word for one thing: AWS's Korean console has the second. */
const INSTEAD: readonly [not: string, but: string][] = [
  ['매개' + '변수', '파라미터'],
  ['고쳐' + '짐', '해결됨'],
  ['패스' + '워드', '암호'],
];
test.each(INSTEAD)('nobody says %s, but %s', (word) => {
  const pages = execFileSync('git', ['ls-files', '*.md', '*.ts'], { cwd: ROOT, encoding: 'utf8' });
  const files = pages
    .trim()
    .split('\n')
    .filter((file) => existsSync(join(ROOT, file)));
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((file) => readFileSync(join(ROOT, file), 'utf8').includes(word))).toEqual([]);
});
