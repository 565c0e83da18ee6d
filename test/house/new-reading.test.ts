import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SOURCE_FOLDERS } from './source.ts';

const ROOT = join(__dirname, '../..');
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'groundrules-new-reading-'));
  const paths = [
    ...SOURCE_FOLDERS,
    'test',
    'package.json',
    'package.ts',
    'tsconfig.json',
    'biome.json',
    '.gitignore',
  ];
  for (const path of paths)
    if (existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const run = (tool: string, ...args: string[]) =>
  execFileSync(join(ROOT, 'node_modules/.bin', tool), args, { cwd: copy, encoding: 'utf8', stdio: 'pipe' });
const text = (path: string) => readFileSync(join(copy, path), 'utf8');

test('new readings are declared, asked, listed, formatted and type-checked', () => {
  // A list of a service that has readings; one of a new service with an identifier that is no name of JavaScript's.
  run('tsx', 'scripts/new-reading.ts', 'ec2:DescribeFlowLogs');
  run('tsx', 'scripts/new-reading.ts', 'kms:ListKeys');
  run('tsx', 'scripts/new-reading.ts', 'cognito-idp:ListUserPools');
  expect(text('account/services/ec2/readings.ts')).toMatch(/export const flowLogs = \{.*member: 'FlowLogs'/s);
  expect(text('account/services/ec2/live.ts')).toContain(
    "allPages(paginateDescribeFlowLogs({ client }, {}), 'FlowLogs')",
  );
  expect(text('account/services/kms/live.ts')).toContain('reading: readings.keys');
  expect(text('account/services/index.ts')).toMatch(
    /import \* as cognitoIdp from '.\/cognito-idp\/readings.ts'/,
  );
  // There is no client of it here: it is declared alone.
  expect(existsSync(join(copy, 'account/services/cognito-idp/live.ts'))).toBe(false);
  run('tsx', 'scripts/new-reading.ts', 'opensearch:ListDomainNames');
  expect(text('account/services/opensearch/readings.ts')).toContain("iam: 'es'");
  run('biome', 'check', 'account/services');
  run('tsc', '--noEmit');
  expect(() => run('tsx', 'scripts/new-reading.ts', 'ec2:DescribeFlowLogs')).toThrow(/is there already/);
  expect(() => run('tsx', 'scripts/new-reading.ts', 'ec2:DescribeNothing')).toThrow(/DescribeNothing/);
}, 180_000);
