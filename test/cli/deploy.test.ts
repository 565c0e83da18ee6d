import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Options } from '../../cli/cdk/declared.ts';
import { cdkCall, readDeployed } from '../../cli/cdk/run.ts';
import { UsageError } from '../../cli/program/errors.ts';
import { BIN, built, groundrules } from '../support/command.ts';

jest.setTimeout(60_000);

const ORGANIZATION = {
  organizationalUnits: ['r-ab12'],
  organizationId: 'o-abcdefghij',
  auditAccountId: '222222222222',
};

/** A project with a CDK that says what it was called with, and ends with 7. */
let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'groundrules-project-'));
  const cdk = join(project, 'node_modules', 'aws-cdk');
  mkdirSync(join(cdk, 'bin'), { recursive: true });
  writeFileSync(join(cdk, 'package.json'), JSON.stringify({ name: 'aws-cdk', bin: { cdk: 'bin/cdk' } }));
  writeFileSync(
    join(cdk, 'bin', 'cdk'),
    'console.log(JSON.stringify({ args: process.argv.slice(2), region: process.env.AWS_REGION })); process.exit(7);',
  );
  writeFileSync(join(project, 'groundrules.config.json'), '{}');
  writeFileSync(join(project, 'other.json'), '{"homeRegion": "eu-west-1"}');
  writeFileSync(join(project, 'wrong.json'), '{"homeRegio": "eu-west-1"}');
  writeFileSync(join(project, 'organization.json'), JSON.stringify({ organization: ORGANIZATION }));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

async function call(
  command: 'deploy' | 'synth' | 'diff' | 'destroy',
  rest: string[] = [],
  own: Partial<Options> = {},
) {
  const options = { config: 'groundrules.config.json', ...own };
  return cdkCall(command, rest, options, await readDeployed(options, project), project);
}
const app = () => `node ${relative(project, join(process.cwd(), 'dist/deploy/app.mjs'))}`;
const config = (name = 'groundrules.config.json') => [
  '--context',
  `groundrules:config=${join(project, name)}`,
];

test.each([
  ['deploy', [], {}, ['--all']],
  ['destroy', [], {}, ['--all']],
  // What a template holds is in cdk.out.
  ['synth', [], {}, ['--quiet']],
  ['synth', ['-q'], {}, ['-q']],
  ['synth', ['--quiet=false'], {}, ['--quiet=false']],
  ['diff', [], {}, []],
  ['deploy', ['Groundrules-us-east-1'], {}, ['Groundrules-us-east-1']],
  ['deploy', ['Groundrules*', '--concurrency', '4'], {}, ['Groundrules*', '--concurrency', '4']],
  // The 4 is no stack.
  ['deploy', ['--concurrency', '4'], {}, ['--all', '--concurrency', '4']],
  ['destroy', ['--all', '--force'], {}, ['--all', '--force']],
  [
    'deploy',
    [],
    { profile: 'audit', requireApproval: 'never' },
    ['--profile', 'audit', '--require-approval', 'never', '--all'],
  ],
] as const)('%s %j %j', async (command, rest, options, more) => {
  const { cdk, args } = await call(command, [...rest], options);
  expect(cdk).toBe(join(project, 'node_modules/aws-cdk/bin/cdk'));
  expect(args).toEqual([command, '--app', app(), ...config(), ...more]);
});

test('--config names another file', async () => {
  const { args } = await call('synth', [], { config: 'other.json' });
  expect(args).toEqual(expect.arrayContaining(config('other.json')));
});

test('settings that are not there, or wrong, are said before the CDK is started', async () => {
  await expect(call('deploy', [], { config: 'none.json' })).rejects.toThrow(UsageError);
  await expect(call('deploy', [], { config: 'none.json' })).rejects.toThrow(
    /^none\.json is missing: .* the least is \{"homeRegion": "us-east-1"\}/,
  );
  await expect(call('deploy', [], { config: 'wrong.json' })).rejects.toThrow(
    /wrong\.json:1:15: homeRegio: there is no such setting \(did you mean homeRegion\?\)$/,
  );
});

describe('an organization, whose stacks are in several accounts', () => {
  const options = { config: 'organization.json' };
  test.each(['deploy', 'diff', 'destroy'] as const)('%s wants to be told which', async (command) => {
    await expect(call(command, [], options)).rejects.toThrow(UsageError);
    await expect(call(command, ['--force'], options)).rejects.toThrow(/are in several accounts: name those/);
  });
  test.each([
    ['deploy', ['GroundrulesAudit']],
    ['destroy', ['Groundrules-*', 'GroundrulesMembers']],
    ['deploy', ['--all']],
    ['diff', ['GroundrulesAudit']],
    ['synth', ['--quiet']],
  ] as const)('%s %j goes on', async (command, rest) => {
    const { args } = await call(command, [...rest], options);
    expect(args).toEqual([command, '--app', app(), ...config('organization.json'), ...rest]);
  });
});

describe('the built command', () => {
  beforeAll(() => built(BIN, 'cli'));

  test('passes on what it is given, and the exit status', async () => {
    const { status, stdout } = await groundrules(
      [
        'deploy',
        '--no-preflight',
        '--profile',
        'audit',
        '--outputs-file',
        'out.json',
        'Groundrules-us-east-1',
      ],
      { cwd: project, env: { AWS_REGION: 'eu-west-1' } },
    );
    expect(status).toBe(7);
    const { args, region } = JSON.parse(stdout);
    expect(region).toBe('eu-west-1');
    expect(args.slice(5)).toEqual([
      '--profile',
      'audit',
      '--outputs-file',
      'out.json',
      'Groundrules-us-east-1',
    ]);
  });

  test('says what to install where there is no CDK', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'groundrules-elsewhere-'));
    try {
      const bin = join(elsewhere, 'dist/cli/groundrules.mjs');
      cpSync(dirname(BIN), dirname(bin), { recursive: true });
      cpSync('package.json', join(elsewhere, 'package.json'));
      cpSync('rules', join(elsewhere, 'rules'), { recursive: true });
      writeFileSync(join(elsewhere, 'groundrules.config.json'), '{}');
      const { status, stderr } = await groundrules(['deploy'], { cwd: elsewhere, bin });
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr:
          'groundrules: the AWS CDK is not installed (aws-cdk, aws-cdk-lib, constructs): npm install --save-dev groundrules aws-cdk@2 aws-cdk-lib@2 constructs@10, in this project\n',
      });
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });
});
