/** The package as `npm pack` makes it, in a folder that has nothing but it. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { BIN, built, environment, groundrules } from '../support/command.ts';

jest.setTimeout(300_000);
const run = promisify(execFile);
const MEGABYTE = 1_000_000;
/** Peer dependencies, which an installation does not bring. */
const USERS_OWN = ['aws-cdk', 'aws-cdk-lib', 'constructs'];

let folder: string;
let files: { readonly path: string; readonly size: number }[];
beforeAll(async () => {
  built(BIN, 'cli');
  built(join(process.cwd(), 'dist/lambda/root-mfa/index.mjs'), 'functions');
  built(join(process.cwd(), 'dist/deploy/app.mjs'), 'deploy');
  folder = mkdtempSync(join(tmpdir(), 'groundrules-package-'));
  // What prepack would build is there.
  const pack = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]);
  const [{ filename, files: packed }] = JSON.parse(pack.stdout);
  files = packed;
  writeFileSync(join(folder, 'package.json'), '{ "name": "somebody", "private": true, "type": "module" }');
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'groundrules'), { recursive: true });
  await run('tar', [
    '-xzf',
    join(folder, filename),
    '-C',
    join(modules, 'groundrules'),
    '--strip-components=1',
  ]);
  // What it declares, and no more, as an installation would bring it: this repository's copies, so that no registry is asked.
  const { dependencies } = JSON.parse(readFileSync(join(modules, 'groundrules/package.json'), 'utf8'));
  for (const name of [...Object.keys(dependencies), ...USERS_OWN]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules', name), join(modules, name));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** test/e2e/synth.test.ts has the CDK's own validation, which takes seven seconds of each synthesis. */
const CDK = { CDK_VALIDATION: 'false' };
const bin = () => join(folder, 'node_modules/groundrules/dist/cli/groundrules.mjs');

test('it is under 9 MB, and has all that its pages link to but nothing of a machine', () => {
  const paths = files.map(({ path }) => path);
  const tarball = statSync(
    join(folder, `groundrules-${JSON.parse(readFileSync('package.json', 'utf8')).version}.tgz`),
  );
  expect(tarball.size).toBeLessThan(9 * MEGABYTE);
  expect(
    paths.filter((path) => /\.map$|(^|\/)\.|node_modules|cdk\.out|groundrules-executions/.test(path)),
  ).toEqual([]);
  expect(paths).toEqual(
    expect.arrayContaining([
      'README.md',
      'README.ko.md',
      'CHANGELOG.md',
      'LICENSE',
      'groundrules.comparison.schema.json',
      'groundrules.results.schema.json',
      'groundrules.schema.json',
      'groundrules.waivers.schema.json',
      'docs/deploy.md',
      'dist/lambda/root-mfa/index.mjs',
      'dist/deploy/index.mjs',
      'dist/types/deploy/index.d.ts',
      'rules/root-mfa/remediation.yaml',
    ]),
  );
});

test('the command judges the sample accounts', async () => {
  const { status, stdout } = await groundrules(['evaluate'], { bin: bin(), cwd: folder });
  expect(status).toBe(2);
  expect(stdout).toMatch(/NON_COMPLIANT[\s\S]*non-compliant/);
});

test('the command synthesises the stack with the user’s own CDK', async () => {
  writeFileSync(join(folder, 'groundrules.config.json'), '{ "homeRegion": "us-east-1" }');
  const { status, stderr } = await groundrules(['synth', '--quiet'], { bin: bin(), cwd: folder, env: CDK });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const template = JSON.parse(
    readFileSync(join(folder, 'cdk.out/Groundrules-us-east-1.template.json'), 'utf8'),
  );
  expect(Object.keys(template.Resources).length).toBeGreaterThan(50);
});

test('a CDK app of the user’s own is made of it', async () => {
  writeFileSync(
    join(folder, 'app.js'),
    `import { App, Stack } from 'aws-cdk-lib';
     import { bundledCode, FailureQueue, GroundrulesPack, readSettings } from 'groundrules/deploy';
     const app = new App({ outdir: 'own.out' });
     const stack = new Stack(app, 'Compliance', { env: { region: 'eu-west-1' } });
     new GroundrulesPack(stack, 'Groundrules', {
       settings: readSettings({ homeRegion: 'eu-west-1', packs: ['workloads'] }),
       region: 'eu-west-1',
       code: bundledCode,
       failures: new FailureQueue(stack, 'Failures'),
     });
     app.synth();`,
  );
  await run(process.execPath, ['app.js'], { cwd: folder, env: environment(CDK) });
  const { Resources } = JSON.parse(readFileSync(join(folder, 'own.out/Compliance.template.json'), 'utf8'));
  const types = Object.values(Resources as Record<string, { Type: string }>).map(({ Type }) => Type);
  expect(types).toEqual(
    expect.arrayContaining(['AWS::Config::ConformancePack', 'AWS::Lambda::Function', 'AWS::SSM::Document']),
  );
});

test('the command writes the deployment as plain CloudFormation, and the commands that create it', async () => {
  const { status, stdout } = await groundrules(
    ['template', '--output', 'cfn', '--region', 'eu-west-1', 'us-east-1'],
    { bin: bin(), cwd: folder },
  );
  // The settings that lie here have us-east-1 alone.
  expect(status).toBe(2);
  rmSync(join(folder, 'groundrules.config.json'));
  const written = await groundrules(['template', '--output', 'cfn', '--region', 'eu-west-1', 'us-east-1'], {
    bin: bin(),
    cwd: folder,
  });
  expect([written.status, stdout]).toEqual([0, '']);
  const page = readFileSync(join(folder, 'cfn/README.md'), 'utf8');
  for (const region of ['eu-west-1', 'us-east-1']) {
    const command = `aws s3 cp cfn/code s3://BUCKET-${region}/groundrules/ --recursive --region ${region}`;
    expect(written.stdout).toContain(command);
    expect(page).toContain(command);
    expect(JSON.parse(readFileSync(join(folder, `cfn/${region}.template.json`), 'utf8'))).toHaveProperty(
      'Parameters',
    );
  }
});
