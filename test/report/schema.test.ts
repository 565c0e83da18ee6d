import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { Result } from '../../report/result.ts';
import { resultsJsonSchema } from '../../report/schema.ts';
import { evaluate } from '../cli/support.ts';

const ajv = new Ajv({ allErrors: true });
addFormats(ajv);
/** As published, but for one thing: a field that it does not name is an error. */
const isOurs = ajv.compile(resultsJsonSchema(true));
const isPublished = ajv.compile(
  JSON.parse(readFileSync(join(__dirname, '../../groundrules.results.schema.json'), 'utf8')),
);

test('the output for the sample accounts is what the schema says, and nothing besides', async () => {
  const { report } = await evaluate([], { sample: true });
  isOurs(report);
  expect(isOurs.errors).toBeNull();
  isPublished(report);
  expect(isPublished.errors).toBeNull();
  expect(report.results.length).toBeGreaterThan(20);
  expect(report.errors.length).toBeGreaterThan(0);
});

test('a field that the schema does not name, or that is missing, is found', async () => {
  const { report } = await evaluate([], { sample: true, rule: ['root-mfa'] });
  const [first] = report.results;
  expect(isOurs({ ...report, results: [{ ...first, more: 1 }] })).toBe(false);
  expect(isPublished({ ...report, results: [{ ...first, more: 1 }] })).toBe(true);
  const { findingId, ...less } = first as Result;
  expect(findingId).toMatch(/^root-mfa\//);
  expect(isPublished({ ...report, results: [less] })).toBe(false);
});

test('every NON_COMPLIANT result of the sample has a control, its frameworks and a fix, and each id is met once', async () => {
  const { report } = await evaluate([], { sample: true });
  const bad = report.results.filter(({ compliance }) => compliance === 'NON_COMPLIANT');
  for (const { controls, frameworks, fix, rule } of bad) {
    expect(controls.length).toBeGreaterThan(0);
    expect(Object.keys(frameworks).length).toBeGreaterThan(0);
    expect(fix).toMatch(new RegExp(`^groundrules remediate ${rule}`));
  }
  const ids = report.results.map(({ findingId }) => findingId);
  expect(new Set(ids).size).toBe(ids.length);
});
