/** The formats that a model of somebody else's checks, in Python. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON } from '../../scripts/moto.ts';
import { folderOf, removeFolders } from '../account/snapshot/support.ts';
import { call } from '../cli/support.ts';
import { AFTER, BEFORE, HARMFUL, told } from '../report/comparison/support.ts';
import { ERRORS, printed, RESULTS } from '../report/formats/support.ts';

afterAll(removeFolders);

const ask = (script: string, input: string): string[] =>
  JSON.parse(
    execFileSync(PYTHON, [join(__dirname, 'support', script)], {
      input,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    }),
  );
const ofHub = (findings: unknown) =>
  ask('check_findings.py', JSON.stringify({ findings, types: [], rules: [], insights: [] }));

test('ocsf is what the published classes say, of whatever there is in an account', async () => {
  expect(ask('check_ocsf.py', await printed('ocsf', RESULTS, ERRORS))).toEqual([]);
});

test('a comparison is, too, in both', async () => {
  for (const [before, after] of [[BEFORE, AFTER], HARMFUL] as const) {
    expect(ask('check_ocsf.py', await told('ocsf', before, after))).toEqual([]);
    expect(ofHub(JSON.parse(await told('asff', before, after)))).toEqual([]);
  }
});

test('the classes of OCSF would complain', async () => {
  const [finding] = JSON.parse(await printed('ocsf', RESULTS)) as Record<string, unknown>[];
  const wrong = [
    { ...finding, finding_info: undefined },
    { ...finding, severity_id: 77 },
    { ...finding, more: 1 },
  ];
  const said = ask('check_ocsf.py', JSON.stringify(wrong)).join('\n');
  expect(said).toMatch(/finding_info: Field required/);
  expect(said).toMatch(/severity_id: /);
  expect(said).toMatch(/more: not in the schema/);
});

test('asff is what the service model of Security Hub says, of whatever there is in an account', async () => {
  const findings = JSON.parse(await printed('asff', RESULTS, ERRORS)) as { Id: string }[];
  expect(findings).toHaveLength(RESULTS.length + ERRORS.length);
  expect(ofHub(findings)).toEqual([]);
});

test('both hold for the sample accounts, each format in a file of its own', async () => {
  const output = join(await folderOf({}), 'reports');
  const status = await call('evaluate', [], { sample: true, format: 'ocsf,asff', output });
  expect(status).toBe(2);
  const ocsf = readFileSync(join(output, 'results.ocsf.json'), 'utf8');
  expect(ask('check_ocsf.py', ocsf)).toEqual([]);
  expect(JSON.parse(ocsf).length).toBeGreaterThan(30);
  expect(ofHub(JSON.parse(readFileSync(join(output, 'results.asff.json'), 'utf8')))).toEqual([]);
});
