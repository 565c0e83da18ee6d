import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { controls } from '../../catalogue/index.ts';
import { stackNames } from '../../deploy/organization/index.ts';
import {
  checkLimits,
  MAX_RESOURCES,
  MAX_TEMPLATE_BYTES,
  memberSettings,
  memberStack,
  OrganizationError,
} from '../../deploy/organization/member.ts';
import { StackSetsStack } from '../../deploy/organization/stack-sets.ts';
import { readSettings, type SettingsInput } from '../../deploy/settings/index.ts';
import { resolved, resourcesOf } from './support/account.ts';
import {
  bundles,
  memberTemplateOf,
  ORGANIZATION,
  SETTINGS,
  type Synthesized,
  stackSetNamed,
  stackSetsOf,
  synthOrganization,
  uploadsOf,
} from './support/organization.ts';

const NAMES = stackNames({ namePrefix: 'groundrules' });

jest.setTimeout(240_000);

const REGIONS = SETTINGS.regions as string[];
const RECORDER =
  'arn:aws:cloudformation:us-east-1:111122223333:stackset/EnableConfig:5f8e2c1a-0d6b-4b7e-9a3c-1f2e3d4c5b6a';
const { folderOf, remove } = bundles();
let whole: Synthesized;
let again: Synthesized;
const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'groundrules-organization-'));
  folders.push(made);
  return made;
};
beforeAll(() => {
  // From one line: where things were made is in the assembly's metadata.
  [whole, again] = [0, 1].map(() => synthOrganization(SETTINGS, folderOf, folder())) as [
    Synthesized,
    Synthesized,
  ];
});
afterAll(() => {
  remove();
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

const stackSets = (from = whole) => stackSetsOf(from);
const stackSetIn = (region: string, from = whole) => stackSetNamed(`Groundrules-${region}`, from);
const memberTemplateIn = (region: string, from = whole) => memberTemplateOf(stackSetIn(region, from), from);
const uploads = (from = whole) => uploadsOf(from);

describe('the StackSets', () => {
  test('one a Region, service-managed, deploying by themselves to accounts that join', () => {
    expect(
      stackSets()
        .map(([, { Properties }]) => Properties.StackSetName)
        .sort(),
    ).toEqual(REGIONS.map((region) => `Groundrules-${region}`).sort());
    for (const region of REGIONS) {
      const { AutoDeployment, ...properties } = resolved(stackSetIn(region).Properties);
      expect(AutoDeployment).toEqual({ Enabled: true, RetainStacksOnAccountRemoval: false });
      expect(properties).toMatchObject({
        PermissionModel: 'SERVICE_MANAGED',
        CallAs: 'SELF',
        ManagedExecution: { Active: true },
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        StackInstancesGroup: [
          {
            Regions: [region],
            DeploymentTargets: { OrganizationalUnitIds: ORGANIZATION.organizationalUnits },
          },
        ],
        OperationPreferences: { FailureTolerancePercentage: 10, MaxConcurrentPercentage: 25 },
        Parameters: [{ ParameterKey: 'CodeBuckets', ParameterValue: 'groundrules-code-111122223333' }],
      });
    }
  });

  test('the home Region first, and its stack after all buckets', () => {
    const home = stackSetIn('ap-northeast-2');
    expect(home.DependsOn).toBeUndefined();
    for (const region of ['us-east-1', 'eu-west-1']) expect(stackSetIn(region).DependsOn).toEqual([home.id]);
    expect(whole.assembly.getStackByName(NAMES.stackSets).dependencies.map(({ id }) => id)).toEqual(
      expect.arrayContaining(REGIONS.map(NAMES.code)),
    );
  });

  test('units, tolerance, order and Regions are as the settings say', () => {
    const other = synthOrganization(
      {
        packs: ['root'],
        organization: {
          ...ORGANIZATION,
          organizationalUnits: ['r-ab12', 'r-ab12'],
          failureTolerancePercent: 0,
          maxConcurrentPercent: 100,
          dependsOn: [RECORDER],
        },
      },
      folderOf,
    );
    expect(stackSets(other)).toHaveLength(1);
    expect(stackSetIn('us-east-1', other).Properties).toMatchObject({
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false, DependsOn: [RECORDER] },
      StackInstancesGroup: [
        { Regions: ['us-east-1'], DeploymentTargets: { OrganizationalUnitIds: ['r-ab12'] } },
      ],
      OperationPreferences: {
        FailureTolerancePercentage: 0,
        MaxConcurrentPercentage: 100,
        ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
      },
    });
  });

  test.each<[string, SettingsInput, RegExp]>([
    ['no organization', {}, /organization is off/],
    [
      '51 units',
      {
        organization: {
          ...ORGANIZATION,
          organizationalUnits: Array.from({ length: 51 }, (_, index) => `ou-ab12-${10000000 + index}`),
        },
      },
      /51 units, StackSets take 50: name a unit that they are in/,
    ],
  ])('refuses %s', (_, input, message) => {
    const settings = readSettings(input);
    expect(() => new StackSetsStack(new App(), 'Members', { settings, folderOf })).toThrow(message);
    expect(() => new StackSetsStack(new App(), 'Others', { settings, folderOf })).toThrow(OrganizationError);
  });
});

describe("a member's template", () => {
  test.each(REGIONS)('in %s has none of the assets and nothing of the bootstrapping', (region) => {
    const template = memberTemplateIn(region);
    const sections: Readonly<Record<string, unknown>> = { ...template };
    expect(Object.keys(sections)).toEqual(expect.arrayContaining(['Parameters', 'Resources']));
    expect(Object.keys(sections.Parameters ?? {})).toEqual(['CodeBuckets']);
    expect(JSON.stringify(template)).not.toMatch(
      /AssetParameters|cdk-hnb659fds|BootstrapVersion|AWS::CDK::Metadata/,
    );
    expect(sections.Rules).toBeUndefined();
    expect(sections.Transform).toBeUndefined();
  });

  test.each(REGIONS)(
    'in %s takes each function from the bucket there, and each is uploaded there',
    (region) => {
      const functions = resourcesOf(memberTemplateIn(region), 'AWS::Lambda::Function');
      expect(functions.length).toBeGreaterThan(0);
      const there = uploads().filter(
        (upload) => upload.region === region && upload.objectKey.endsWith('.zip'),
      );
      const keys = functions.map(([, { Properties }]) => {
        expect(resolved(Properties.Code, region).S3Bucket).toBe(`ref:CodeBuckets-${region}`);
        return Properties.Code.S3Key;
      });
      expect(there.map(({ objectKey }) => objectKey).sort()).toEqual([...new Set(keys)].sort());
      for (const { bucketName, path } of there) {
        expect(bucketName).toBe(`groundrules-code-\${AWS::AccountId}-${region}`);
        expect(readdirSync(join(whole.assembly.directory, path))).toEqual(['index.mjs']);
      }
    },
  );

  test('is uploaded with the credentials of who deploys', () => {
    expect(uploads().length).toBeGreaterThan(3);
    expect(uploads().filter(({ assumeRoleArn }) => assumeRoleArn)).toEqual([]);
  });

  test('has what is home only in the home Region only', () => {
    const names = (region: string) =>
      resourcesOf(memberTemplateIn(region), 'AWS::Lambda::Function').map(
        ([, { Properties }]) => Properties.FunctionName,
      );
    expect(names('ap-northeast-2')).toContain('groundrules-root-mfa');
    expect(names('eu-west-1')).not.toContain('groundrules-root-mfa');
    expect(names('eu-west-1')).toContain('groundrules-sg-open-ports');
    for (const region of REGIONS) expect(names(region)).not.toContain('groundrules-member-root-credentials');
  });

  test('asks nobody to confirm a subscription in each account', () => {
    expect(resourcesOf(memberTemplateIn('ap-northeast-2'), 'AWS::SNS::Subscription')).toEqual([]);
  });

  test('has alarms only where somebody hears them, and no dashboard', () => {
    const types = (region: string) =>
      Object.values(memberTemplateIn(region).Resources).map(({ Type }) => Type);
    for (const region of REGIONS) {
      expect(types(region)).not.toContain('AWS::CloudWatch::Dashboard');
      expect(types(region)).not.toContain('AWS::CloudWatch::Alarm');
    }
    const topicArn = 'arn:aws:sns:eu-west-1:333333333333:alarms';
    const heard = readSettings({
      ...SETTINGS,
      notifications: { topicArn, emails: ['security@example.com'] },
    });
    expect(memberSettings(heard, 'eu-west-1').notifications).toMatchObject({
      topicArn,
      alarms: true,
      emails: [],
    });
    expect(memberSettings(heard, 'us-east-1').notifications).toMatchObject({ topicArn, alarms: false });
    const silent = readSettings({ ...SETTINGS, notifications: { topicArn, alarms: false } });
    expect(memberSettings(silent, 'eu-west-1').notifications.alarms).toBe(false);
  });

  test('leaves insights and automation rules to the audit account', () => {
    for (const region of REGIONS) {
      expect(JSON.stringify(memberTemplateIn(region))).not.toContain('AWS::SecurityHub::');
    }
  });

  test.each(REGIONS)('in %s is within what CloudFormation takes', (region) => {
    const template = memberTemplateIn(region);
    expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(MAX_RESOURCES);
    expect(Buffer.byteLength(JSON.stringify(template))).toBeLessThanOrEqual(MAX_TEMPLATE_BYTES);
  });

  test('even with every control on is within what CloudFormation takes', () => {
    const enabled = controls.filter(({ kind }) => kind !== 'custom').map(({ id }) => [id, { enabled: true }]);
    const settings = readSettings({ ...SETTINGS, controls: Object.fromEntries(enabled) });
    const { app, stack } = memberStack(settings, 'ap-northeast-2', folderOf);
    const { template } = app.synth().getStackByName(stack.stackName);
    expect(() => checkLimits('ap-northeast-2', template)).not.toThrow();
  });

  const many = (length: number) =>
    Object.fromEntries(Array.from({ length }, (_, index) => [`R${index}`, { Type: 'AWS::SNS::Topic' }]));
  test('is refused when it is too much', () => {
    expect(() => checkLimits('eu-west-1', { Resources: many(MAX_RESOURCES) })).not.toThrow();
    expect(() => checkLimits('eu-west-1', { Resources: many(MAX_RESOURCES + 1) })).toThrow(
      'the template for members in eu-west-1 has too many resources (501, CloudFormation takes 500)',
    );
    const empty = JSON.stringify({ Resources: { One: '' } }).length;
    const long = (bytes: number) => ({ Resources: { One: 'x'.repeat(bytes - empty) } });
    expect(() => checkLimits('eu-west-1', long(MAX_TEMPLATE_BYTES))).not.toThrow();
    expect(() => checkLimits('eu-west-1', long(MAX_TEMPLATE_BYTES + 1))).toThrow(/too many bytes \(1048577,/);
  });
});

describe('all stacks', () => {
  const found = (pack: AwsSolutionsChecks | NIST80053R5Checks, app: App) =>
    pack
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
      );
  test('cdk-nag finds nothing that is not acknowledged', () => {
    expect(found(new AwsSolutionsChecks(), whole.app)).toEqual([]);
    expect(found(new NIST80053R5Checks(), whole.app)).toEqual([]);
  });
  test("nor in a member's", () => {
    const { app } = memberStack(readSettings(SETTINGS), 'ap-northeast-2', folderOf);
    expect(found(new AwsSolutionsChecks(), app)).toEqual([]);
    expect(found(new NIST80053R5Checks(), app)).toEqual([]);
  });

  test('come out the same a second time, byte for byte', () => {
    const contents = ({ assembly: { directory } }: Synthesized) =>
      Object.fromEntries(
        readdirSync(directory, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((file) => [
            file.slice(directory.length),
            createHash('sha256').update(readFileSync(file)).digest('hex'),
          ]),
      );
    expect(contents(again)).toEqual(contents(whole));
  });
});
