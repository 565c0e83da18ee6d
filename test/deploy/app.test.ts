/** The assembly that the app writes: what deploy, update and destroy go by. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { built, environment } from '../support/command.ts';
import type { Template } from './support/account.ts';

jest.setTimeout(120_000);

const SETTINGS = { homeRegion: 'eu-west-1', regions: ['eu-west-1', 'us-east-1'], securityHub: {} };

let folder: string;
/** The assembly of {@link SETTINGS}. */
let out: string;
beforeAll(async () => {
  built('dist/lambda/security-hub-bridge/index.mjs', 'functions');
  folder = mkdtempSync(join(tmpdir(), 'groundrules-app-'));
  out = (await synth('one', SETTINGS)).out;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the app as the CDK would, with nobody's credentials, and gives the assembly's folder. */
async function synth(name: string, settings: object): Promise<{ out: string; stderr: string }> {
  const out = join(folder, name);
  const config = join(folder, 'groundrules.config.json');
  writeFileSync(config, JSON.stringify(settings));
  const { stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'deploy/app.ts'], {
    env: environment({
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: JSON.stringify({ 'groundrules:config': config }),
      CDK_VALIDATION: 'false',
    }),
  });
  return { out, stderr };
}

/** Every file of a folder, by its path. */
const filesOf = (out: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(out, { recursive: true, encoding: 'utf8' })
      .map((file) => join(out, file))
      .filter((file) => statSync(file).isFile())
      .map((file) => [relative(out, file), readFileSync(file, 'latin1')]),
  );
const templateOf = (out: string, region: string): Template =>
  JSON.parse(readFileSync(join(out, `Groundrules-${region}.template.json`), 'utf8'));

test('two runs write the same assembly, byte for byte, without credentials', async () => {
  const other = await synth('other', SETTINGS);
  const files = filesOf(out);
  expect(filesOf(other.out)).toEqual(files);
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(['Groundrules-eu-west-1.template.json', 'Groundrules-us-east-1.template.json']),
  );
});

test('what it writes holds nothing of this machine, and no template is too large', () => {
  for (const [file, text] of Object.entries(filesOf(out)).filter(([name]) =>
    name.endsWith('.template.json'),
  )) {
    expect([file, text.includes(process.cwd()), text.includes(folder)]).toEqual([file, false, false]);
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    expect(Object.keys(JSON.parse(text).Resources).length).toBeLessThan(500);
  }
});

test('destroyed in the reverse order: no pack depends on anything that goes before it', () => {
  const { Resources } = templateOf(out, 'eu-west-1');
  const packs = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::Config::ConformancePack');
  const others = Object.entries(Resources).filter(([, { Type }]) => Type !== 'AWS::Config::ConformancePack');
  expect(packs.length).toBeGreaterThan(0);
  for (const [id] of packs) {
    const dependents = others
      .filter(([, one]) => JSON.stringify(one).includes(`"${id}"`))
      .map(([name]) => name);
    expect(dependents).toEqual([]);
  }
});

test('every function runs the bundle of its own rule', () => {
  const { Resources } = templateOf(out, 'eu-west-1');
  const functions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  for (const { Properties } of functions) {
    const asset = String(Properties.Code.S3Key).replace(/\.zip$/, '');
    const id = Properties.FunctionName.replace(/^groundrules-/, '');
    const bundle = readFileSync(join('dist/lambda', id, 'index.mjs'));
    expect([id, readFileSync(join(out, `asset.${asset}`, 'index.mjs')).equals(bundle)]).toEqual([id, true]);
  }
});

test('settings that are wrong are one line, and no assembly', async () => {
  const failed = synth('wrong', { homeRegio: 'eu-west-1' }).catch((error) => error);
  expect(await failed).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^\S+groundrules\.config\.json:1:\d+: homeRegio: .*\(did you mean homeRegion\?\)\n$/,
    ),
  });
});
