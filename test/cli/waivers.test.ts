import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, removeFolders } from '../account/snapshot/support.ts';
import { call, evaluate, worldOf } from './support.ts';

afterAll(removeFolders);

const NOW = '2026-11-28T00:00:00Z';
const entry = (fields: object) => JSON.stringify({ reason: 'r', ticket: 'SEC-1', owner: 'o', ...fields });
async function file(...entries: object[]): Promise<string> {
  const path = join(await folderOf({}), 'waivers.yaml');
  writeFileSync(path, `waivers:\n${entries.map((one) => `  - ${entry(one)}\n`).join('')}`);
  return path;
}
const sample = (waivers: string, more: object = {}) =>
  evaluate([], { sample: true, rule: ['sg-open-ports'], onError: 'ignore', now: NOW, waivers, ...more });
const ALL = { rule: 'sg-open-ports', resource: '*' };

test('what is waived is NON_COMPLIANT still, with the waiver beside it, and does not fail the run', async () => {
  const waivers = await file({ ...ALL, until: '2026-12-31' });
  const { status, report } = await sample(waivers);
  const bad = report.results.filter(({ compliance }) => compliance === 'NON_COMPLIANT');
  expect(status).toBe(0);
  expect(bad.length).toBeGreaterThan(3);
  for (const { waivers: by } of bad) {
    expect(by).toEqual([{ reason: 'r', ticket: 'SEC-1', owner: 'o', until: '2026-12-31' }]);
  }
  expect(report.summary).toMatchObject({ nonCompliant: bad.length, waived: bad.length, failing: 0 });
  expect(
    report.results.filter(({ compliance }) => compliance !== 'NON_COMPLIANT').some((one) => one.waivers),
  ).toBe(false);
});

test('a waiver never makes "could not tell" pass', async () => {
  const waivers = await file({ ...ALL, until: '2026-12-31' });
  const { status, report } = await sample(waivers, { onError: 'fail' });
  expect(report.errors.length).toBeGreaterThan(0);
  expect(status).toBe(2);
});

test('an expired waiver waives nothing, and is told', async () => {
  const waivers = await file({ ...ALL, until: '2026-11-27' });
  const { status, report } = await sample(waivers);
  expect(status).toBe(1);
  expect(report.summary).toMatchObject({
    waived: 0,
    waivers: {
      file: waivers,
      expired: [{ line: 2, rule: 'sg-open-ports', until: '2026-11-27' }],
      unused: [],
    },
  });
});

describe('--fail-on-waivers', () => {
  const cases: [status: number, which: string | undefined, situation: string, entries: object[]][] = [
    [
      3,
      'expired',
      'one that has expired',
      [
        { ...ALL, until: '2026-12-31' },
        { ...ALL, until: '2026-01-01' },
      ],
    ],
    [
      0,
      undefined,
      'one that has expired',
      [
        { ...ALL, until: '2026-12-31' },
        { ...ALL, until: '2026-01-01' },
      ],
    ],
    [0, 'expiring', 'one that ends in a month', [{ ...ALL, until: '2026-12-31' }]],
    [3, 'expired,expiring', 'one that ends in a week', [{ ...ALL, until: '2026-12-05' }]],
    [
      3,
      'unused',
      'one of nothing',
      [
        { ...ALL, until: '2026-12-31' },
        { ...ALL, resource: 'none', until: '2026-12-31' },
      ],
    ],
    [
      0,
      'unused',
      'one of a rule that was not judged',
      [
        { ...ALL, until: '2026-12-31' },
        { rule: 'root-mfa', resource: '*', until: '2026-12-31' },
      ],
    ],
    [
      0,
      'unused',
      'one of an account that was not judged',
      [
        { ...ALL, until: '2026-12-31' },
        { ...ALL, account: '999999999999', until: '2026-12-31' },
      ],
    ],
    [1, 'expired', 'one that has expired, beside a failure: 1 wins', [{ ...ALL, until: '2026-01-01' }]],
  ];
  test.each(cases)('gives %i for %s: %s', async (status, failOnWaivers, _situation, entries) => {
    expect((await sample(await file(...entries), { failOnWaivers })).status).toBe(status);
  });

  test('takes only what it knows', async () => {
    await expect(sample(await file(), { failOnWaivers: 'expird' })).rejects.toThrow(/did you mean expired/);
  });
});

test('a mistake in the file is an error with line and column, and nothing is judged', async () => {
  const waivers = await file({ ...ALL, until: '2026-13-31' });
  await expect(sample(waivers)).rejects.toThrow(
    /waivers\.yaml:2:\d+: waivers\.0\.until: there is no such day/,
  );
  await expect(sample('no.yaml')).rejects.toThrow(/--waivers no\.yaml: .*no such file/);
});

test('remediate --from leaves out what is waived', async () => {
  const waivers = await file({ ...ALL, until: '2026-12-31' });
  const output = join(await folderOf({}), 'results.json');
  const { world } = worldOf();
  await call(
    'evaluate',
    [],
    { sample: true, rule: ['sg-open-ports'], now: NOW, waivers, format: 'json', output },
    world,
  );
  const { fixable, readResults } = await import('../../cli/remediate/results.ts');
  const results = await readResults(output, world.input);
  const { found, leftOut } = fixable(results, { rules: [], accountId: '123456789012' });
  expect(found).toEqual([]);
  expect(leftOut.map(({ en }) => en).join()).toMatch(/left out: \d+ that are waived/);
});
