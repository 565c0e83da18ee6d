import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { regions } from '../../catalogue/availability.ts';
import { DOMAINS } from '../../catalogue/index.ts';
import { derivedPage, PAGE } from '../../scripts/packs-page.ts';
import { writePacks } from '../../scripts/write-packs.ts';

const ROOT = join(__dirname, '../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'groundrules-packs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What `npm run packs -- …` does: its exit status, and all that it printed. */
function run(...args: string[]): { status: number; printed: string } {
  let printed = '';
  const status = writePacks(['--output', join(folder, 'out'), ...args], {
    out: (line) => {
      printed += `${line}\n`;
    },
    err: (text) => {
      printed += text;
    },
  });
  return { status, printed };
}

/** The same, as a process. */
function runProcess(...args: string[]): { status: number | null; printed: string } {
  const { status, stdout, stderr } = spawnSync(
    join(ROOT, 'node_modules/.bin/tsx'),
    ['scripts/packs.ts', '--output', join(folder, 'out'), ...args],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return { status, printed: `${stdout}${stderr}` };
}

const written = () =>
  Object.fromEntries(
    readdirSync(join(folder, 'out')).map((file) => [file, readFileSync(join(folder, 'out', file), 'utf8')]),
  );

test('without anything said: a file a pack, no role of any account, and the command for each', () => {
  const { status, printed } = run();
  expect(status).toBe(0);
  const files = written();
  expect([runProcess(), written()]).toEqual([{ status, printed }, files]);
  expect(Object.keys(files).sort()).toEqual(DOMAINS.map((domain) => `${domain}.yaml`).sort());
  for (const [file, text] of Object.entries(files)) {
    expect(text).not.toMatch(/arn:aws:(?!iam::aws:policy\/)|RemediationConfiguration/);
    const { Resources, Parameters = {} } = parse(text);
    expect(printed).toContain(
      `${join(folder, 'out', file)}: rules ${Object.keys(Resources).length}, remediations 0, parameters ${Object.keys(Parameters).length}, bytes ${Buffer.byteLength(text)}`,
    );
    expect(printed).toContain(
      `aws configservice put-conformance-pack --region us-east-1 --conformance-pack-name groundrules-${file.replace('.yaml', '')} --template-body file://${join(folder, 'out', file)}`,
    );
  }
  expect(printed).toMatch(/off until FunctionArnPrefix is given: (?:.*, )?root-mfa/);
});

test('with functions, an account and settings; the same twice; nothing left over from another Region', () => {
  const config = join(folder, 'groundrules.config.json');
  const controls = { 's3-public': { remediation: { mode: 'automatic' } }, 'unused-eip': { enabled: false } };
  writeFileSync(config, JSON.stringify({ homeRegion: 'eu-west-1', controls }));
  const functions = 'arn:aws:lambda:eu-west-1:123456789012:function:groundrules-';
  const args = ['--config', config, '--account', '123456789012', '--functions', functions];
  expect(run(...args)).toMatchObject({ status: 0, printed: expect.not.stringContaining('off until') });
  const first = written();
  run(...args);
  expect(written()).toEqual(first);

  const { Parameters, Resources } = parse(first['workloads.yaml'] as string);
  expect(Parameters.FunctionArnPrefix.Default).toBe(functions);
  expect(Resources.S3PublicRemediation.Properties.Automatic).toBe(true);
  expect(Object.keys(parse(first['cost.yaml'] as string).Resources)).not.toContain('UnusedEip');

  const elsewhere = run('--config', config, '--region', 'eu-west-2');
  expect(elsewhere.printed).toContain('attestations: nothing in eu-west-2');
  // Whichever global rules there are.
  expect(elsewhere.printed).toMatch(
    /^ {2}- judged in eu-west-1, the home Region, alone: (?:.*, )?root-mfa, (?:.*, )?root-no-access-keys/m,
  );
  expect(Object.keys(written())).not.toContain('attestations.yaml');
});

test.each([
  ['a Region that is none', ['--region', 'eu-wst-1'], 2, /eu-wst-1.*did you mean eu-west-1\?/],
  [
    'functions of another Region',
    ['--functions', 'arn:aws:lambda:eu-west-1:123456789012:function:groundrules-'],
    2,
    /expected arn:aws:lambda:us-east-1:<account>:function:groundrules-/,
  ],
  ['an account that is none', ['--account', '123'], 1, /twelve digits/],
  [
    'settings that are not there',
    ['--config', '/nonexistent.json'],
    2,
    /nonexistent\.json: there is no such file/,
  ],
])('%s is refused by name', (_situation, args, status, message) => {
  expect(run(...args)).toEqual({ status, printed: expect.stringMatching(message) });
});

test('a refusal is the status of the process', () => {
  expect(runProcess('--config', '/nonexistent.json')).toEqual(run('--config', '/nonexistent.json'));
});

test('the page is up to date: npm run docs', () => {
  const text = readFileSync(join(ROOT, PAGE), 'utf8');
  expect(derivedPage(text)).toBe(text);
  for (const { name, remediation } of Object.values(regions)) {
    const short = name.replace(/.*\((.*)\)/, '$1').replace('Central', 'Mexico');
    if (remediation === 'no') expect(text).toContain(short);
  }
  expect(() => derivedPage('no marks')).toThrow(/docs\/packs\.md lacks <!-- packs -->/);
});
