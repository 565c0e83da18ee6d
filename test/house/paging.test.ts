/** A list that ends early must not look like a whole one: whoever takes pages of AWS's takes them by what notices. */
import { join } from 'node:path';
import { codeOf, sourceFiles } from './source.ts';

const ROOT = join(__dirname, '../..');
/** What stands in for AWS in measurements, and what makes the beginning of a reading. */
const OWN = /^(bench\/aws\/|scripts\/reading-scaffold)/;
/** Each answer of a reading is held to what it says of more (account/cut.ts), whoever gives it. */
const READING = /^account\/services\//;
/** What says how AWS's answers go on, and takes it for an error; names of members in what people save. */
const NOTICES = [
  'account/cut.ts',
  'account/live/objects.ts',
  'account/pages.ts',
  'account/snapshot/config-answers.ts',
  'account/snapshot/config-files.ts',
];
const files = sourceFiles(ROOT).filter(
  (file) => !OWN.test(file) && !READING.test(file) && !NOTICES.includes(file),
);

/** Where pages are taken and nothing looks at how they end. */
function unheld(code: string): string[] {
  const held = /\b(?:whole|objectPages)\(\s*(?:'[^']*'|`[^`]*`|\w+),\s*$/;
  return [...[...code.matchAll(/\bpaginate[A-Z]\w*\(/g)], ...[...code.matchAll(/\bpagesBy\(/g)]]
    .filter(({ index }) => !held.test(code.slice(0, index)))
    .map(([what]) => what)
    .concat(
      // A loop of one's own around a token.
      [
        ...code.matchAll(
          /\.(?:next\w*(?:Token|Marker|Key)|(?:Next)?(?:Continuation|Page|Pagination)Token|Next(?:Token|Marker)|Marker|IsTruncated)\b/g,
        ),
      ].map(([what]) => what),
    );
}

test.each([
  ['for await (const page of paginateListUsers({ client }, {})) {', ['paginateListUsers(']],
  ["for await (const page of whole('iam:ListUsers', paginateListUsers({ client }, {}))) {", []],
  ["const all = whole(\n  'iam:ListUsers',\n  pagesBy('Marker', ask),\n);", []],
  [
    'next = page.IsTruncated ? page.NextContinuationToken : undefined;',
    ['.IsTruncated', '.NextContinuationToken'],
  ],
  ['token = page.NextToken;', ['.NextToken']],
])('%s', (code, found) => {
  expect(unheld(code)).toEqual(found);
});

test('pages are taken by what notices that there are more', () => {
  const past = files.flatMap((file) => unheld(codeOf(join(ROOT, file))).map((what) => `${file}: ${what}`));
  expect(past).toEqual([]);
});
