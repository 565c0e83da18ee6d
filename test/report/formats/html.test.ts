import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { controls } from '../../../catalogue/index.ts';
import { PACKAGE_ROOT } from '../../../package.ts';
import { rulePage } from '../../../report/formats/html/markdown.ts';
import type { PageData } from '../../../report/formats/html/model.ts';
import { SEVERITY_NAMES, STATUSES } from '../../../report/formats/html/model.ts';
import { headlineOf, judgedControls, scoreOf } from '../../../report/formats/html/scores.ts';
import { statusOf, Tally } from '../../../report/formats/html/tally.ts';
import { printable } from '../../../report/printable.ts';
import type { Result, ResultError } from '../../../report/result.ts';
import { REPORT_DATA, reportData } from '../../../scripts/report-data.ts';
import { evaluate } from '../../cli/support.ts';
import { error, result } from '../support.ts';
import { printed } from './support.ts';

async function dataOf(results: readonly Result[], errors: readonly ResultError[]): Promise<PageData> {
  const text = await printed('html', results, errors);
  const [, json = ''] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(text) ?? [];
  return JSON.parse(json);
}

test('has every result and error of the sample once, in their order, as what it is', async () => {
  const { report } = await evaluate([], { sample: true, config: false });
  const data = await dataOf(report.results, report.errors);
  const rows = data.rows.map(([status, severity, rule, account, region, type, id]) => [
    ...[STATUSES[status], SEVERITY_NAMES[severity], data.rules[rule]?.id, data.accounts[account]],
    ...[data.regions[region], data.types[type], id],
  ]);
  const said = [...report.results, ...report.errors].map((one) => [
    ...[statusOf(one), 'severity' in one ? one.severity : expect.any(String), one.rule, one.accountId],
    ...[one.region, one.resourceType, printable(one.resourceId)],
  ]);
  expect(rows).toEqual(said);
  for (const [status, , , , , , , , more] of data.rows) {
    if (status === STATUSES.indexOf('fail')) expect(more?.why?.length).toBeGreaterThan(0);
  }
});

test('says where a template declares what it judged', async () => {
  const location = { file: 'cdk.out/app.template.json', line: 12 };
  const pass = result({ compliance: 'COMPLIANT', annotation: '', findings: [], location });
  const data = await dataOf([result({ location }), pass, result()], [error({ location })]);
  expect(data.rows.map(([, , , , , , , , more]) => more?.location)).toEqual([
    'cdk.out/app.template.json:12',
    'cdk.out/app.template.json:12',
    undefined,
    'cdk.out/app.template.json:12',
  ]);
});

test('has of the sample what was reviewed (npm run docs)', async () => {
  expect(await reportData()).toBe(readFileSync(join(PACKAGE_ROOT, REPORT_DATA), 'utf8'));
});

describe('what the verdicts mean', () => {
  const numbersOf = (...all: readonly (Result | ResultError)[]) => {
    const tally = new Tally();
    for (const one of all) tally.add(one);
    return headlineOf(judgedControls(tally.rules));
  };
  const pass = result({ compliance: 'COMPLIANT', annotation: '' });
  const waivers = [{ reason: 'x', ticket: 'x', owner: 'x', until: '2027-03-31' }];
  const unknown = error({ rule: 'sg-open-ports' });
  const attested = controls.find(({ kind }) => kind === 'process-check')?.id as string;

  test.each<[string, readonly (Result | ResultError)[], object]>([
    ['one failure among many that pass fails the check', [pass, result(), pass], { failing: 1, judged: 1 }],
    ['what fails beside what nobody can tell fails', [unknown, result()], { failing: 1, unknown: 0 }],
    ['what passes beside what nobody can tell is not told', [pass, unknown], { judged: 0, unknown: 1 }],
    ['what is waived is judged, and does not pass', [pass, result({ waivers })], { waived: 1, judged: 1 }],
    ['a waiver of one failure hides no other', [result({ waivers }), result()], { failing: 1, waived: 0 }],
    [
      'a waiver makes nothing of what nobody can tell',
      [result({ waivers }), unknown],
      { unknown: 1, judged: 0 },
    ],
    [
      'what does not apply is in no score',
      [result({ compliance: 'NOT_APPLICABLE' })],
      { notApplicable: 1, judged: 0 },
    ],
    ['an attested procedure counts', [result({ ...pass, rule: attested })], { judged: 1, procedures: 42 }],
    [
      'one that AWS Config has no attestation of is not attested',
      [result({ rule: attested, compliance: 'NOT_APPLICABLE' })],
      { judged: 0, notApplicable: 0, procedures: 43 },
    ],
  ])('%s', (_, all, expected) => {
    expect(numbersOf(...all)).toMatchObject(expected);
  });

  test('every control is judged, or has a reason why not', () => {
    const judged = judgedControls(new Map());
    const { pass: passing, fail, waived, notJudged } = scoreOf(judged);
    expect([passing, fail, waived]).toEqual([0, 0, 0]);
    expect(Object.values(notJudged).reduce((sum, count) => sum + count, 0)).toBe(controls.length);
  });
});

test('of a page it shows no link to its neighbours, and nothing that is markup in it', () => {
  const { why } = rulePage(
    '# rule\n\n## Why\n\nSee [that](../x/README.md), [AWS](https://aws.amazon.com) and <img src=x>.\n\n## Undo\n',
    'en',
  );
  expect(why?.text).toContain('See that,');
  expect(why?.text).toContain('href="https://aws.amazon.com"');
  expect(why?.text).not.toMatch(/<img|README/);
});
