import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SOURCE_FOLDERS } from './source.ts';

const ROOT = join(__dirname, '../..');
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'groundrules-new-rule-'));
  for (const path of [...SOURCE_FOLDERS, 'test', 'README.md', 'README.ko.md', 'docs'].filter((one) =>
    existsSync(join(ROOT, one)),
  )) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  for (const path of [
    'package.json',
    'package.ts',
    'tsconfig.json',
    'biome.json',
    'jest.config.mjs',
    '.gitignore',
  ]) {
    cpSync(join(ROOT, path), join(copy, path));
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

test('a new rule passes every check but its own case', () => {
  expect(run('tsx', 'scripts/new-rule.ts', 'vpc-flow-logs')).toMatchObject({
    status: 0,
    printed: expect.stringContaining('rules/vpc-flow-logs/rule.ts'),
  });

  const files = [
    'rules/vpc-flow-logs',
    'rules/index.ts',
    'test/rules/vpc-flow-logs/situations.ts',
    'test/rules/vpc-flow-logs.fix.test.ts',
  ];
  expect(readFileSync(join(copy, 'rules/index.ts'), 'utf8')).toContain('vpcFlowLogs,');
  expect(run('biome', 'check', ...files)).toMatchObject({ status: 0 });
  expect(run('tsc', '--noEmit')).toMatchObject({ status: 0 });
  expect(run('jest', 'test/house/complete.test.ts', 'test/house/docs.test.ts')).toMatchObject({ status: 0 });

  const own = run('jest', 'test/rules/situations.test.ts', '-t', 'vpc-flow-logs');
  expect(own.status).toBe(1);
  expect(own.printed).toContain('vpc-flow-logs does not judge anything yet');
}, 120_000);

test.each([
  ['not kebab-case', 'VpcFlowLogs', 'is not a rule id'],
  ['a path', '../escape', 'is not a rule id'],
  ['taken', 'root-mfa', 'rules/root-mfa exists already'],
])('an id that is %s is refused', (_, id, reason) => {
  const { status, printed } = run('tsx', 'scripts/new-rule.ts', id);
  expect(status).toBe(1);
  expect(printed).toContain(reason);
});
