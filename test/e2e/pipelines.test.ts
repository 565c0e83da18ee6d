/** The pipelines that the pages show: the action's steps run as GitHub runs them, and every command in them is one of ours. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { BIN, built } from '../support/command.ts';

interface Step {
  readonly id?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
const yaml = (path: string) => parse(readFileSync(path, 'utf8'));
const action = yaml('action.yml') as {
  inputs: Record<string, { default: string }>;
  outputs: Record<string, { value: string }>;
  runs: { steps: Step[] };
};
const evaluate = action.runs.steps.find(({ id }) => id === 'evaluate') as Step;

const root = mkdtempSync(join(tmpdir(), 'groundrules-pipeline-'));
beforeAll(() => built(BIN, 'cli'));
afterAll(() => rmSync(root, { recursive: true }));

/** Runs the action's step with these inputs, as a composite action does. */
function run(inputs: Record<string, string>) {
  const folder = mkdtempSync(join(root, 'job-'));
  const all = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, inputs[name] ?? input.default]),
  );
  const env = Object.fromEntries(
    Object.entries(evaluate.env ?? {}).map(([name, value]) => [
      name,
      value
        .replace(/\$\{\{ inputs\.([a-z-]+) \}\}/g, (_, input) => all[input] ?? 'NO SUCH INPUT')
        .replace(/\$\{\{ github\.action_path \}\}/g, process.cwd()),
    ]),
  );
  expect(Object.values(env).join()).not.toMatch(/\$\{\{|NO SUCH INPUT/);
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };
  const { status } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', evaluate.run as string], {
    cwd: folder,
    env: { PATH: process.env.PATH, TMPDIR: tmpdir(), HOME: folder, CI: 'true', ...files, ...env },
    encoding: 'utf8',
  });
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  return { status, folder, output: read(files.GITHUB_OUTPUT), summary: read(files.GITHUB_STEP_SUMMARY) };
}

test('the action judges, tells the job, and says what changed since the baseline', () => {
  const first = run({ arguments: '--sample --rule sg-open-ports root-mfa', 'on-error': 'ignore' });
  expect([first.status, first.output]).toEqual([1, 'status=1\n']);
  const reports = join(first.folder, 'groundrules-reports');
  expect(first.summary).toBe(readFileSync(join(reports, 'results.md'), 'utf8'));
  for (const file of ['results.json', 'results.sarif', 'results.junit.xml']) {
    expect(existsSync(join(reports, file))).toBe(true);
  }
  const second = run({
    arguments: '--sample --rule sg-open-ports',
    'on-error': 'ignore',
    baseline: join(reports, 'results.json'),
  });
  expect(second.status).toBe(1);
  const changes = readFileSync(join(second.folder, 'groundrules-reports', 'changes.md'), 'utf8');
  expect(changes).toMatch(/not judged|no longer judged/i);
  expect(second.summary.endsWith(changes)).toBe(true);
});

test('a call that is wrong, and nothing that fails: the job ends as the command does', () => {
  expect(run({ arguments: '--sample --rule no-such-rule' })).toMatchObject({ status: 2, summary: '' });
  const mild = run({ arguments: '--sample --rule root-mfa', 'fail-on': 'CRITICAL', 'on-error': 'ignore' });
  expect(mild.output).toBe(`status=${mild.status}\n`);
  // A baseline that is not there yet is no error.
  expect(run({ arguments: '--sample --rule root-mfa', baseline: 'none.json' }).status).toBe(1);
});

test('the example gives the action inputs that it has, and asks for outputs that it has', () => {
  const { jobs } = yaml('examples/pipelines/github.yml') as { jobs: Record<string, { steps: Step[] }> };
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const ours = steps.find(({ uses }) => uses?.includes('/groundrules@')) as Step;
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(ours.with ?? {})));
  const asked = [
    ...readFileSync('examples/pipelines/github.yml', 'utf8').matchAll(/groundrules\.outputs\.(\w+)/g),
  ];
  expect(asked.length).toBeGreaterThan(0);
  for (const [, name = ''] of asked) expect(Object.keys(action.outputs)).toContain(name);
});

test('the GitLab job runs, and its report is where it says', () => {
  const { baseline } = yaml('examples/pipelines/gitlab.yml') as {
    baseline: { script: string[]; artifacts: { reports: { junit: string } } };
  };
  const [line = ''] = baseline.script;
  const args = line.replace('--live', '--sample').split(' ').slice(1);
  const folder = mkdtempSync(join(root, 'gitlab-'));
  expect(() =>
    execFileSync(process.execPath, [BIN, ...args, '--exit-zero'], { cwd: folder, stdio: 'ignore' }),
  ).not.toThrow();
  expect(existsSync(join(folder, baseline.artifacts.reports.junit))).toBe(true);
});
