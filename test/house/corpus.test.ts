/** The corpus that others test their tools by: every rule is in it, each situation is whole, and Groundrules is right on all. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { judge } from '../../bench/corpus/groundrules.ts';
import { lines, outcomeOf, wholeOf } from '../../bench/corpus/score.ts';
import { readCorpus, type Verdict } from '../../bench/corpus/situations.ts';
import { rules } from '../../rules/index.ts';

const ROOT = join(__dirname, '../..');
const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const all = readCorpus();

test('it has every rule, and at least 300 situations', () => {
  expect(all.map(({ rule }) => rule).sort()).toEqual(rules.map(({ id }) => id).sort());
  const count = all.reduce((sum, { situations }) => sum + situations.length, 0);
  expect(count).toBeGreaterThanOrEqual(300);
  expect(readFileSync(join(ROOT, 'corpus/README.md'), 'utf8')).toContain(
    `${count} of them, for the ${rules.length} rules`,
  );
  expect(readFileSync(join(ROOT, 'corpus/README.ko.md'), 'utf8')).toContain(
    `규칙 ${rules.length}개에 걸쳐 ${count}가지`,
  );
});

describe.each(all)('$rule', (corpus) => {
  const { rule, situations } = corpus;

  test('its file is as the JSON Schema says', () => {
    const ajv = new Ajv({ allErrors: true });
    addFormats(ajv);
    const isValid = ajv.compile(json('corpus/corpus.schema.json'));
    expect([isValid(json(`corpus/${rule}.json`)), isValid.errors]).toEqual([true, null]);
    expect(isValid({ ...json(`corpus/${rule}.json`), now: 'today' })).toBe(false);
  });

  test('it has situations that pass, that fail, and of which nobody can tell', () => {
    const verdicts = new Set(situations.flatMap(({ expected }) => expected.map(({ verdict }) => verdict)));
    expect([...verdicts]).toEqual(expect.arrayContaining(['COMPLIANT', 'NON_COMPLIANT', 'COULD_NOT_TELL']));
    expect(new Set(situations.map(({ id }) => id)).size).toBe(situations.length);
  });

  test("each has a reason in whole sentences, and a page of AWS's documentation", () => {
    for (const { reason, source } of situations) {
      expect(reason).toMatch(/^[A-Z0-9].*\.$/s);
      expect(source).toMatch(/^https:\/\/docs\.(aws\.amazon\.com|amazonaws\.cn)\//);
    }
  });

  test('Groundrules says what is right of each', async () => {
    for (const situation of situations)
      expect([situation.id, lines(await judge(corpus, situation))]).toEqual([
        situation.id,
        lines(situation.expected),
      ]);
  });
});

test('a situation is as its worst resource, and one without any does not apply', () => {
  const of = (...verdicts: Verdict[]) => wholeOf(verdicts.map((verdict) => ({ verdict })));
  expect(of('COMPLIANT', 'NON_COMPLIANT', 'COULD_NOT_TELL')).toBe('NON_COMPLIANT');
  expect(of('COMPLIANT', 'COULD_NOT_TELL')).toBe('COULD_NOT_TELL');
  expect(of('NOT_APPLICABLE', 'COMPLIANT')).toBe('COMPLIANT');
  expect(of()).toBe('NOT_APPLICABLE');
});

test.each<[expected: Verdict, said: Verdict, outcome: string]>([
  ['NON_COMPLIANT', 'NON_COMPLIANT', 'right'],
  ['NON_COMPLIANT', 'COMPLIANT', 'missed'],
  ['NON_COMPLIANT', 'NOT_APPLICABLE', 'missed'],
  ['NON_COMPLIANT', 'COULD_NOT_TELL', 'silent'],
  ['COMPLIANT', 'NOT_APPLICABLE', 'right'],
  ['COMPLIANT', 'NON_COMPLIANT', 'falseAlarm'],
  ['NOT_APPLICABLE', 'NON_COMPLIANT', 'falseAlarm'],
  ['COMPLIANT', 'COULD_NOT_TELL', 'silent'],
  ['COULD_NOT_TELL', 'COMPLIANT', 'guessed'],
  ['COULD_NOT_TELL', 'NON_COMPLIANT', 'guessed'],
  ['COULD_NOT_TELL', 'COULD_NOT_TELL', 'right'],
])('%s is right, and it says %s: %s', (expected, said, outcome) => {
  expect(outcomeOf(expected, said)).toBe(outcome);
});
