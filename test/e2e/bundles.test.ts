/** The functions as they are built: what is in them, and what is left out. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Reading } from '../../account/reading.ts';
import { READINGS } from '../../account/services/index.ts';
import { fixes, rules } from '../../rules/index.ts';
import { korean } from '../../rules/korean.ts';
import { built } from '../support/command.ts';
import { readingOf } from '../support/readings.ts';

const LIMIT = 370 * 1024;
/** A client of the SDK's with what it calls, for a function that asks more services than four, for its fix or itself included. */
const MORE = 45 * 1024;

/** What a configuration item answers of a resource, though the rule does not ask. */
const ANSWERED: Readonly<Record<string, string[]>> = { 's3-public': ['s3:GetObjectLockConfiguration'] };

describe.each([...rules, ...fixes])('the function $id', ({ id, reads, fix }) => {
  const path = join(process.cwd(), 'dist/lambda', id, 'index.mjs');
  beforeAll(() => built(path, 'functions'));

  test('fits into 370 KB, and more for more than four services', () => {
    const asked = [...reads, ...fix.reads].map(({ service }) => service.name);
    // A function that makes the changes looks up the run that asks for them.
    const services = new Set([...asked, ...(fix.byFunction ? ['ssm'] : [])]).size;
    expect(statSync(path).size).toBeLessThan(LIMIT + Math.max(0, services - 4) * MORE);
  });

  test('has the Korean sentences of its rule where its OpsItems say them, and only there', () => {
    const file = join(process.cwd(), 'rules', id, 'findings.ko.ts');
    const text = korean.has(id) ? readFileSync(file, 'utf8') : '';
    const code = readFileSync(path, 'utf8').replace(/\\u([0-9a-f]{4})/gi, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    const said = [...text.matchAll(/[가-힣]+(?: [가-힣]+)+/g)].filter(([words]) => code.includes(words));
    expect(said.length > 0).toBe(fix.notifies !== undefined);
  });

  test('has the readings that its rule and its fix name, and no others but the lists that these are asked about', () => {
    const code = readFileSync(path, 'utf8');
    const own = new Set<Reading>([...reads, ...fix.reads, ...(ANSWERED[id] ?? []).map(readingOf)]);
    for (const { about } of own) {
      if (about && Array.isArray(about.from)) for (const { reading } of about.from) own.add(reading);
    }
    // Quoted whole: the name of one operation may begin like another's.
    const has = (text: string) =>
      ["'", '"', '`'].some((quote) => code.includes(`api:${quote}${text}${quote}`));
    const operations = (all: readonly Reading[]) => [...new Set(all.map(({ api }) => api))].sort();
    expect(operations(READINGS).filter(has)).toEqual(operations([...own]));
  });
});
