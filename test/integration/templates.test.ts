import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AT_LEAST, printedPolicy } from '../../account/template/kinds/aws-policies.ts';
import { readerRoleTemplate } from '../../cli/fleet/reader-role.ts';
import { plainDeployment } from '../../deploy/account/plain.ts';
import { readSettings } from '../../deploy/settings/index.ts';
import { rules } from '../../rules/index.ts';
import { synth, VARIANTS } from '../deploy/support/account.ts';
import { smallBundles } from '../deploy/support/bundles.ts';
import { cfnLint } from './support/cfn-lint.ts';
import { PYTHON } from './support/moto.ts';

jest.setTimeout(120_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'groundrules-templates-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lint(name: string, template: object, region: string): Promise<string[]> {
  const file = join(folder, `${name.replaceAll(' ', '-')}.json`);
  writeFileSync(file, JSON.stringify(template));
  return cfnLint(region, file);
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

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

test("what is known of AWS's own policies is in their texts", async () => {
  const names = ['AdministratorAccess', 'PowerUserAccess', ...Object.keys(AT_LEAST)];
  const texts = `
import json
from moto.iam.aws_managed_policies import aws_managed_policies_data
texts = json.loads(aws_managed_policies_data)
print(json.dumps([[name, texts[name]["Document"]["Statement"]] for name in ${JSON.stringify(names)}]))`;
  const { stdout } = await promisify(execFile)(PYTHON, ['-c', texts]);
  const asList = (value: string | readonly string[] = []) => [value].flat();
  for (const [name, real] of JSON.parse(stdout) as [string, Statement | Statement[]][]) {
    const statements = [real].flat();
    const printed = printedPolicy(`arn:aws:iam::aws:policy/${name}`, 'best') as {
      readonly PolicyVersionList: readonly [
        { readonly Document: { readonly Statement: readonly [Statement] } },
      ];
    };
    const [{ Action, NotAction }] = printed.PolicyVersionList[0].Document.Statement;
    // Allowed without a condition, of everything, and nothing is taken away again.
    const given = statements.filter(
      ({ Effect, Resource, Condition }) => Effect === 'Allow' && asList(Resource).includes('*') && !Condition,
    );
    const allowed = given.flatMap((one) => asList(one.Action));
    expect([name, allowed]).toEqual([name, expect.arrayContaining(asList(Action))]);
    expect([name, given.flatMap((one) => one.NotAction ?? [])]).toEqual([name, NotAction ?? []]);
    expect([name, statements.filter(({ Effect }) => Effect !== 'Allow')]).toEqual([name, []]);
    // One that is said to be whole is nothing else.
    if (printedPolicy(`arn:aws:iam::aws:policy/${name}`, 'worst'))
      expect([name, statements.flatMap((one) => one.Action)]).toEqual([name, Action]);
  }
});
