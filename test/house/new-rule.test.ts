import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEMPLATE } from '../../scripts/scaffold.ts';

const ROOT = join(__dirname, '../..');
/** A name that nobody would use, of a type that no rule and no reading is about. */
const ID = 'zz-walrus-inspection';
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'groundrules-new-rule-'));
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const path of new Set(
    tracked
      .trim()
      .split('\n')
      .map((file) => file.split('/')[0] as string),
  )) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs a tool in the copy: its exit status, and all that it printed. */
function run(tool: string, ...args: string[]): { status: number; printed: string } {
  try {
    const printed = execFileSync(join(ROOT, 'node_modules/.bin', tool), args, {
      cwd: copy,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    return { status: 0, printed };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { status, printed: stdout + stderr };
  }
}

const OK = { status: 0, printed: expect.anything() };
const change = (path: string, by: (text: string) => string) =>
  writeFileSync(join(copy, path), by(readFileSync(join(copy, path), 'utf8')));

/** Tests that go over all rules and take no minute. */
const TESTS = [
  ...[
    'complete',
    'contract',
    'docs',
    'documents',
    'examples',
    'fixes',
    'imports',
    'korean',
    'notices',
    'sample',
  ].map((name) => `test/house/${name}.test.ts`),
  'test/catalogue/controls.test.ts',
  'test/cli/controls.test.ts',
  'test/deploy/packs-remediation.test.ts',
];
const SITUATIONS = 'test/rules/situations.test.ts';

/** What fails of them, by its full title. */
function failing(tests: readonly string[], ...options: string[]): string[] {
  const file = join(copy, 'results.json');
  run('jest', '-i', '--json', `--outputFile=${file}`, ...options, ...tests);
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as {
    testResults: { message: string; assertionResults: { status: string; fullName: string }[] }[];
  };
  expect(testResults).toHaveLength(tests.length);
  return testResults
    .flatMap(({ assertionResults, message }) =>
      assertionResults.length === 0
        ? [message]
        : assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    )
    .sort();
}

/** What nobody but the rule's author can write: its cases, and the resources of the sample that it fails and passes. */
const CASES = [
  `${ID} has a good and a bad case`,
  `${ID} write the situations here`,
  `the page of ${ID} has an example that fails, and then one that passes`,
  `the page of ${ID} example 0: the rule judges it so, and asks for each answer`,
  `the page of ${ID} example 1: the rule judges it so, and asks for each answer`,
];

test('a new rule is in the index, a pack and the controls, and its pages wait to be written', () => {
  expect(run('tsx', 'scripts/new-rule.ts', ID, '--resource', 'AWS::EC2::VPC')).toMatchObject({
    status: 0,
    printed: expect.stringContaining(`rules/${ID}/rule.ts`),
  });
  const { controls } = JSON.parse(
    run('tsx', 'cli/groundrules.ts', 'controls', ID, '--format', 'json').printed,
  );
  expect(controls).toMatchObject([{ id: ID, kind: 'custom', rule: ID, domain: 'workloads', on: true }]);
  const stack = `import { functionNamesIn } from './deploy/account/stack.ts';
    import { readSettings } from './deploy/settings/index.ts';
    console.log(functionNamesIn(readSettings({ regions: ['us-east-1'] }), 'us-east-1').join('\\n'));`;
  expect(run('tsx', '--eval', stack).printed).toMatch(new RegExp(`${ID}$`, 'm'));
  expect(run('biome', 'check', 'rules', 'catalogue', 'test/rules')).toMatchObject(OK);
  expect(failing(['test/house/complete.test.ts'])).toEqual(
    ['en', 'ko'].map((language) => `${ID} nothing of the template is left in ${language}`),
  );
}, 120_000);

test('once its pages say something, nothing but its own cases fails: stack, pages, sample and all', () => {
  for (const language of ['en', 'ko'] as const) {
    const written = { en: 'Walruses are inspected.', ko: '바다코끼리를 점검합니다.' }[language];
    for (const file of ['README.md', 'README.ko.md', 'controls.json', 'fix.ts']) {
      change(`rules/${ID}/${file}`, (text) =>
        Object.values(TEMPLATE).reduce((all, words) => all.replaceAll(words[language], written), text),
      );
    }
  }
  expect(run('tsx', 'scripts/docs.ts')).toMatchObject(OK);
  expect(run('tsx', 'scripts/docs.ts', '--check')).toMatchObject(OK);
  expect(run('tsc', '--noEmit')).toMatchObject(OK);
  expect([...failing(TESTS), ...failing([SITUATIONS], `-t=${ID}`)].sort()).toEqual([...CASES].sort());
}, 300_000);

test('controls that wait for a rule move into its folder', () => {
  const waiting = 'zz-narwhal-census';
  const row = (id: string) => ({
    id,
    kind: 'custom',
    rule: waiting,
    title: { en: 'Narwhals are counted', ko: '일각돌고래를 셉니다' },
    severity: 'LOW',
    parameters: {},
    resourceTypes: ['AWS::::Account'],
    trigger: 'periodic',
    remediation: { kind: 'none', why: 'Narwhals are counted by people.' },
    frameworks: {},
  });
  change('catalogue/controls/root.json', (text) =>
    JSON.stringify([...JSON.parse(text), row(waiting), row('zz-narwhals-at-sea')]),
  );
  expect(run('tsx', 'scripts/new-rule.ts', waiting, '--fix', 'own')).toMatchObject(OK);
  const { controls } = JSON.parse(
    run('tsx', 'cli/groundrules.ts', 'controls', '--format', 'json').printed,
  ) as {
    controls: { id: string; rule?: string; planned: boolean }[];
  };
  expect(controls.filter((one) => one.rule === waiting).map(({ id, planned }) => [id, planned])).toEqual([
    [waiting, false],
    ['zz-narwhals-at-sea', false],
  ]);
  expect(readFileSync(join(copy, 'catalogue/controls/root.json'), 'utf8')).not.toContain(waiting);
}, 120_000);

test.each([
  ['not kebab-case', ['VpcFlowLogs'], 'is not a rule id'],
  ['a path', ['../escape'], 'is not a rule id'],
  ['taken', ['root-mfa'], 'rules/root-mfa exists already'],
  ['of no type', ['a-b', '--resource', 'VPC'], 'is not a resource type'],
])('an id that is %s is refused', (_, args, reason) => {
  const { status, printed } = run('tsx', 'scripts/new-rule.ts', ...args);
  expect(status).toBe(1);
  expect(printed).toContain(reason);
});
