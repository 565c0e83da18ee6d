/** What a command prints goes through one gate (report/printable.ts): nobody writes past it. */
import { join } from 'node:path';
import { codeOf, importsOf, sourceFiles } from './source.ts';

const ROOT = join(__dirname, '../..');
const files = sourceFiles(ROOT).filter((file) => /^(cli|report)\//.test(file));
const GATES = ['cli/program/terminal.ts', 'cli/program/progress.ts', 'report/lines.ts'];

test('nobody writes to the terminal but the gates', () => {
  const past = files
    .filter((file) => !GATES.includes(file))
    .flatMap((file) =>
      [...codeOf(join(ROOT, file)).matchAll(/\bconsole\.\w+\(|\b(?:stdout|stderr|out|stream)\.write\(/g)].map(
        ([what]) => `${file}: ${what}`,
      ),
    );
  expect(past).toEqual([]);
});

test('the gates encode', () => {
  for (const gate of GATES) expect(importsOf(ROOT, gate)).toContain('report/printable.ts');
});

test('what prints JSON on a terminal escapes it', () => {
  const raw = files.filter((file) =>
    /\b(?:write|print)\([^\n]*JSON\.stringify/.test(codeOf(join(ROOT, file))),
  );
  expect(raw).toEqual([]);
});
