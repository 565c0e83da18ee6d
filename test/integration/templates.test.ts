import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { readerRoleTemplate } from '../../cli/fleet/reader-role.ts';
import { plainDeployment } from '../../deploy/account/plain.ts';
import { readSettings } from '../../deploy/settings/index.ts';
import { rules } from '../../rules/index.ts';
import { synth, VARIANTS } from '../deploy/support/account.ts';
import { smallBundles } from '../deploy/support/bundles.ts';
import { PYTHON } from './support/moto.ts';

jest.setTimeout(120_000);

const CFN_LINT = join(dirname(PYTHON), 'cfn-lint');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'groundrules-templates-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What cfn-lint says of a template: errors, warnings, and things with data that do not say what becomes of it (I3011). */
async function lint(name: string, template: object, region: string): Promise<string[]> {
  const file = join(folder, `${name.replaceAll(' ', '-')}.json`);
  writeFileSync(file, JSON.stringify(template));
  const args = ['--format', 'json', '--include-checks', 'I3011', '--regions', region, '--', file];
  const { stdout } = await promisify(execFile)(CFN_LINT, args).catch((error) => error);
  return (JSON.parse(stdout || '[]') as Finding[]).map(
    ({ Rule, Message, Location }) => `${Rule.Id} ${Message} ${Location.Path?.join('/')}`,
  );
}
interface Finding {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path?: readonly (string | number)[] };
}

test.each(VARIANTS)('cfn-lint has nothing to say of: $title', async ({ title, settings, region }) => {
  const { stack, template } = synth(settings, region);
  expect(await lint(title, template, stack.region)).toEqual([]);
});

test('cfn-lint has nothing to say of the templates for plain CloudFormation', async () => {
  const { folderOf, remove } = smallBundles();
  const settings = readSettings({ homeRegion: 'us-east-1', regions: ['us-east-1', 'eu-west-1'] });
  const { files } = plainDeployment(settings, undefined, folderOf);
  remove();
  for (const region of settings.regions) {
    const template = files.find(({ path }) => path === `${region}.template.json`)?.content as string;
    expect(await lint(`plain ${region}`, JSON.parse(template), region)).toEqual([]);
  }
});

test('cfn-lint has nothing to say of the role that reads an account', async () => {
  expect(await lint('reader role', readerRoleTemplate(rules), 'us-east-1')).toEqual([]);
});

test('cfn-lint would say something', async () => {
  const template = {
    Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 'long' } } },
  };
  expect(await lint('broken', template, 'us-east-1')).toEqual([
    expect.stringContaining('E3012'),
    expect.stringContaining('DeletionPolicy'),
    expect.stringContaining('UpdateReplacePolicy'),
  ]);
});
