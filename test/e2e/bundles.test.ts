/** The functions as they are built: what is in them, and what is left out. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { READS, type Read, type ReadName } from '../../account/reads.ts';
import { fixes, rules } from '../../rules/index.ts';
import { built } from '../support/command.ts';

const LIMIT = 400 * 1024;

describe.each([...rules, ...fixes])('the function $id', ({ id, reads, fix }) => {
  const path = join(process.cwd(), 'dist/lambda', id, 'index.mjs');
  beforeAll(() => built(path, 'functions'));

  test('fits into 400 KB', () => {
    expect(statSync(path).size).toBeLessThan(LIMIT);
  });

  test('has the rows of the readings that its rule and its fix name, whole, and no others', () => {
    const code = readFileSync(path, 'utf8');
    const own = new Set<string>([...reads, ...fix.reads]);
    // Quoted whole: the path of one reading may begin like another's.
    const has = (text: string) => ["'", '"', '`'].some((quote) => code.includes(`${quote}${text}${quote}`));
    const rows = Object.entries(READS) as [ReadName, Read][];
    expect(rows.filter(([, { file }]) => has(file)).map(([name]) => name)).toEqual(
      rows.map(([name]) => name).filter((name) => own.has(name)),
    );
    const codes = rows.flatMap(([name, { none = [] }]) => (own.has(name) ? none : []));
    expect(codes.filter((none) => !has(none))).toEqual([]);
  });
});
