/** Who gets which StackSets: accounts left out, a canary, groups with settings of their own, a delegated administrator. */
import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { OrganizationError, stackNames } from '../../deploy/organization/index.ts';
import { StackSetsStack } from '../../deploy/organization/stack-sets.ts';
import { readSettings, type SettingsInput } from '../../deploy/settings/index.ts';
import { resolved, resourcesOf, type Template } from './support/account.ts';
import {
  bundles,
  memberTemplateOf,
  ORGANIZATION,
  type Synthesized,
  stackSetNamed,
  stackSetsOf,
  synthOrganization,
  uploadsOf,
} from './support/organization.ts';

jest.setTimeout(240_000);

const NAMES = stackNames({ namePrefix: 'groundrules' });
const [FIRST, SECOND] = ORGANIZATION.organizationalUnits;
const ADMINISTRATOR = '333333333333';
const SUSPENDED = '444444444444';
const CANARIES = ['555555555555', '666666666666'];
const RECORDER =
  'arn:aws:cloudformation:us-east-1:111122223333:stackset/EnableConfig:5f8e2c1a-0d6b-4b7e-9a3c-1f2e3d4c5b6a';

const { folderOf, remove } = bundles();
afterAll(remove);

/** Of as few rules as there can be, unless a test is about them. */
const synth = (own: object, all: SettingsInput = { packs: ['cost'] }): Synthesized =>
  synthOrganization({ ...all, organization: { ...ORGANIZATION, ...own } } as SettingsInput, folderOf);
const names = (from: Synthesized) => stackSetsOf(from).map(([, { Properties }]) => Properties.StackSetName);
const targetsOf = (name: string, from: Synthesized) =>
  stackSetNamed(name, from).Properties.StackInstancesGroup[0].DeploymentTargets;
/** The names of the StackSets that one is made after. */
const madeAfter = (name: string, from: Synthesized): string[] => {
  const ids = [stackSetNamed(name, from).DependsOn ?? []].flat();
  return stackSetsOf(from)
    .filter(([id]) => ids.includes(id))
    .map(([, { Properties }]) => Properties.StackSetName)
    .sort();
};

describe('accounts that are left out', () => {
  test('are the difference, once each; nobody left out is no filter', () => {
    const from = synth({ excludedAccounts: [SUSPENDED, SUSPENDED] });
    expect(targetsOf('Groundrules-us-east-1', from)).toEqual({
      OrganizationalUnitIds: [FIRST, SECOND],
      AccountFilterType: 'DIFFERENCE',
      Accounts: [SUSPENDED],
    });
    expect(targetsOf('Groundrules-us-east-1', synth({}))).toEqual({ OrganizationalUnitIds: [FIRST, SECOND] });
  });

  test('are left out everywhere: of canary units and of groups, too', () => {
    const from = synth({
      excludedAccounts: [SUSPENDED],
      canary: { organizationalUnits: ['ou-ab12-canaries'] },
      groups: [{ name: 'production', organizationalUnits: ['ou-ab12-production'] }],
    });
    for (const name of names(from)) {
      expect(targetsOf(name, from)).toMatchObject({ AccountFilterType: 'DIFFERENCE', Accounts: [SUSPENDED] });
    }
  });

  test('are known to the weekly mail, which does not miss them', () => {
    const inputOf = (from: Synthesized) => {
      const template: Template = from.assembly.getStackByName(NAMES.audit).template;
      const [[, schedule] = []] = resourcesOf(template, 'AWS::Scheduler::Schedule');
      return JSON.parse(resolved(schedule?.Properties.Target.Input));
    };
    expect(inputOf(synth({ excludedAccounts: [SUSPENDED] }))).toMatchObject({
      excludedAccounts: [SUSPENDED],
    });
    expect(inputOf(synth({}))).not.toHaveProperty('excludedAccounts');
  });
});

describe('a canary', () => {
  const REGIONS: SettingsInput = { packs: ['cost'], regions: ['us-east-1', 'eu-west-1', 'us-west-2'] };

  test('unit goes before everybody, and its joining accounts get the rules', () => {
    const from = synth(
      { canary: { organizationalUnits: ['ou-ab12-canaries'] }, dependsOn: [RECORDER] },
      REGIONS,
    );
    expect(names(from)).toHaveLength(6);
    expect(madeAfter('Groundrules-us-east-1-canary', from)).toEqual([]);
    expect(madeAfter('Groundrules-eu-west-1-canary', from)).toEqual(['Groundrules-us-east-1-canary']);
    expect(madeAfter('Groundrules-us-east-1', from)).toEqual([
      'Groundrules-eu-west-1-canary',
      'Groundrules-us-east-1-canary',
      'Groundrules-us-west-2-canary',
    ]);
    expect(madeAfter('Groundrules-eu-west-1', from)).toEqual(['Groundrules-us-east-1']);
    expect(targetsOf('Groundrules-us-west-2-canary', from)).toEqual({
      OrganizationalUnitIds: ['ou-ab12-canaries'],
    });
    expect(stackSetNamed('Groundrules-us-east-1-canary', from).Properties.AutoDeployment).toEqual({
      Enabled: true,
      RetainStacksOnAccountRemoval: false,
      DependsOn: [RECORDER],
    });
  });

  test('accounts are the intersection, without automatic deployment, and the rest is without them', () => {
    const from = synth({
      canary: { accounts: CANARIES },
      excludedAccounts: [SUSPENDED],
      dependsOn: [RECORDER],
    });
    expect(targetsOf('Groundrules-us-east-1-canary', from)).toEqual({
      OrganizationalUnitIds: [FIRST, SECOND],
      AccountFilterType: 'INTERSECTION',
      Accounts: CANARIES,
    });
    // It would deploy to every account that joins the units: it knows no filters.
    expect(stackSetNamed('Groundrules-us-east-1-canary', from).Properties.AutoDeployment).toEqual({
      Enabled: false,
    });
    expect(targetsOf('Groundrules-us-east-1', from)).toEqual({
      OrganizationalUnitIds: [FIRST, SECOND],
      AccountFilterType: 'DIFFERENCE',
      Accounts: [SUSPENDED, ...CANARIES],
    });
    expect(stackSetNamed('Groundrules-us-east-1', from).Properties.AutoDeployment.Enabled).toBe(true);
  });

  test('goes before groups, too; none of it may fail, whatever may of the others', () => {
    const from = synth({
      canary: { accounts: CANARIES },
      groups: [{ name: 'production', organizationalUnits: ['ou-ab12-production'] }],
      failureTolerancePercent: 50,
    });
    expect(madeAfter('Groundrules-us-east-1-production', from)).toEqual(['Groundrules-us-east-1-canary']);
    const preferences = (name: string) => stackSetNamed(name, from).Properties.OperationPreferences;
    expect(preferences('Groundrules-us-east-1-canary')).toEqual({
      FailureToleranceCount: 0,
      MaxConcurrentPercentage: 25,
      ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
    });
    expect(preferences('Groundrules-us-east-1-production')).toMatchObject({ FailureTolerancePercentage: 50 });
  });

  test('gets what the rest gets, from the same file', () => {
    const from = synth({ canary: { accounts: CANARIES } });
    const url = (name: string) => stackSetNamed(name, from).Properties.TemplateURL;
    expect(url('Groundrules-us-east-1-canary')).toEqual(url('Groundrules-us-east-1'));
  });

  test('changes nothing about the StackSets that are there: same names, same logical ids', () => {
    const ids = (from: Synthesized) =>
      stackSetsOf(from).map(([id, { Properties }]) => [id, Properties.StackSetName]);
    expect(ids(synth({ canary: { accounts: CANARIES } }))).toEqual(expect.arrayContaining(ids(synth({}))));
  });
});

describe('a group', () => {
  const packOf = (name: string, from: Synthesized, pack: string) => {
    const packs = resourcesOf(
      memberTemplateOf(stackSetNamed(name, from), from),
      'AWS::Config::ConformancePack',
    );
    const found = packs.find(
      ([, { Properties }]) => Properties.ConformancePackName === `groundrules-${pack}`,
    );
    return found && resolved(found[1].Properties.TemplateBody);
  };

  test('has its own StackSet a Region, in its units, with its parameters and remediation', () => {
    const from = synth(
      {
        groups: [
          {
            name: 'production',
            organizationalUnits: ['ou-ab12-production', 'ou-ab12-production'],
            controls: { 'sg-open-ports': { parameters: { allowedTcpPorts: '8443' } } },
            remediation: { mode: 'off' },
          },
          { name: 'sandbox-2', organizationalUnits: ['ou-ab12-sandboxes'], packs: ['cost'] },
        ],
      },
      {
        packs: ['workloads', 'cost'],
        regions: ['us-east-1', 'eu-west-1'],
        controls: { 'sg-open-ports': { parameters: { allowedTcpPorts: '443' } } },
      },
    );
    expect(names(from).sort()).toEqual([
      'Groundrules-eu-west-1',
      'Groundrules-eu-west-1-production',
      'Groundrules-eu-west-1-sandbox-2',
      'Groundrules-us-east-1',
      'Groundrules-us-east-1-production',
      'Groundrules-us-east-1-sandbox-2',
    ]);
    expect(targetsOf('Groundrules-eu-west-1-production', from)).toEqual({
      OrganizationalUnitIds: ['ou-ab12-production'],
    });
    // Its Regions in order, and nobody else's before it.
    expect(madeAfter('Groundrules-us-east-1-production', from)).toEqual([]);
    expect(madeAfter('Groundrules-eu-west-1-production', from)).toEqual(['Groundrules-us-east-1-production']);
    for (const region of ['us-east-1', 'eu-west-1']) {
      const all = packOf(`Groundrules-${region}`, from, 'workloads');
      const own = packOf(`Groundrules-${region}-production`, from, 'workloads');
      expect(all).toMatch(/ SgOpenPortsParamAllowedTcpPorts:\n.*\n +Default: "443"/);
      expect(own).toMatch(/ SgOpenPortsParamAllowedTcpPorts:\n.*\n +Default: "8443"/);
      expect(all).toContain('RemediationConfiguration');
      expect(own).not.toContain('RemediationConfiguration');
      expect(packOf(`Groundrules-${region}-sandbox-2`, from, 'workloads')).toBeUndefined();
      expect(packOf(`Groundrules-${region}-sandbox-2`, from, 'cost')).toBeDefined();
    }
  });

  test('is told what its packs lack in a Region, as all are where the account stacks are made', () => {
    const group = { name: 'production', organizationalUnits: ['ou-ab12-production'], packs: ['workloads'] };
    const from = synth({ groups: [group] }, { packs: ['cost'], regions: ['us-east-1', 'eu-south-1'] });
    const told = from.assembly
      .getStackByName(NAMES.stackSets)
      .messages.map(({ entry }) => String(entry.data));
    expect(told).toEqual([
      expect.stringMatching(/^production: AWS Config has no rule in eu-south-1 for \d of \d+ controls/),
    ]);
  });

  test('brings no code that the others have not got: each function is uploaded once a Region', () => {
    const one = synth({}, { packs: ['workloads'] });
    const two = synth(
      {
        groups: [
          { name: 'production', organizationalUnits: ['ou-ab12-production'], remediation: { mode: 'off' } },
        ],
      },
      { packs: ['workloads'] },
    );
    const zips = (from: Synthesized) =>
      uploadsOf(from).flatMap(({ objectKey, bucketName }) =>
        objectKey.endsWith('.zip') ? `${bucketName}/${objectKey}` : [],
      );
    expect(zips(two).sort()).toEqual(zips(one).sort());
    expect(new Set(zips(two)).size).toBe(zips(two).length);
  });

  test.each<[situation: string, own: object, message: RegExp]>([
    [
      '51 units',
      {
        groups: [
          {
            name: 'production',
            organizationalUnits: Array.from({ length: 51 }, (_, index) => `ou-ab12-${10000000 + index}`),
          },
        ],
      },
      /organization\.groups: production: organizationalUnits: 51 units, StackSets take 50/,
    ],
    [
      'more StackSets than a stack has resources',
      {
        groups: Array.from({ length: 250 }, (_, index) => ({
          name: `g${index}`,
          organizationalUnits: [`ou-ab12-${10000000 + index}`],
        })),
      },
      /251 kinds of accounts in 2 Regions are 502 StackSets, and CloudFormation takes 500 resources in a stack/,
    ],
  ])('is refused with %s', (_, own, message) => {
    const settings = readSettings({
      regions: ['us-east-1', 'eu-west-1'],
      organization: { ...ORGANIZATION, ...own },
    } as SettingsInput);
    const make = () => new StackSetsStack(new App(), 'Members', { settings, folderOf });
    expect(make).toThrow(message);
    expect(make).toThrow(OrganizationError);
  });
});

describe('how operations go', () => {
  test.each<[situation: string, own: object, expected: object]>([
    ['nothing set', {}, { FailureTolerancePercentage: 10, MaxConcurrentPercentage: 25 }],
    [
      'numbers of accounts',
      { failureToleranceCount: 3, maxConcurrentCount: 20 },
      { FailureToleranceCount: 3, MaxConcurrentCount: 20 },
    ],
    [
      'a number and a percentage',
      { failureToleranceCount: 0, maxConcurrentPercent: 100 },
      { FailureToleranceCount: 0, MaxConcurrentPercentage: 100 },
    ],
  ])('%s', (_, own, expected) => {
    expect(stackSetNamed('Groundrules-us-east-1', synth(own)).Properties.OperationPreferences).toEqual({
      ...expected,
      ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
    });
  });

  test.each<[situation: string, own: object, order: (string | string[])[]]>([
    ['together: home, then all others', {}, ['us-east-1', ['eu-west-1', 'us-west-2']]],
    [
      'one after the other: home, then as regions has them',
      { regionConcurrencyType: 'SEQUENTIAL' },
      ['us-east-1', 'eu-west-1', 'us-west-2'],
    ],
    [
      'one after the other, in an order of their own',
      { regionConcurrencyType: 'SEQUENTIAL', regionOrder: ['us-west-2', 'us-east-1', 'eu-west-1'] },
      ['us-west-2', 'us-east-1', 'eu-west-1'],
    ],
  ])('Regions %s', (_, own, order) => {
    const from = synth(
      { ...own, canary: { accounts: CANARIES } },
      { packs: ['cost'], regions: ['eu-west-1', 'us-east-1', 'us-west-2'] },
    );
    const canaries = order.flat().map((region) => `Groundrules-${region}-canary`);
    for (const [suffix, first] of [
      ['-canary', []],
      ['', canaries.sort()],
    ] as const) {
      for (const [place, wave] of order.entries()) {
        const before =
          place === 0 ? first : [order[place - 1] ?? []].flat().map((one) => `Groundrules-${one}${suffix}`);
        for (const region of [wave].flat()) {
          expect([region, madeAfter(`Groundrules-${region}${suffix}`, from)]).toEqual([region, before]);
        }
      }
    }
  });
});

describe('a delegated administrator of StackSets', () => {
  let from: Synthesized;
  beforeAll(() => {
    from = synth({ delegatedAdministratorAccountId: ADMINISTRATOR, canary: { accounts: CANARIES } });
  });

  test('has the StackSets, called as one, and the buckets of the code, in its account', () => {
    for (const [, { Properties }] of stackSetsOf(from)) expect(Properties.CallAs).toBe('DELEGATED_ADMIN');
    for (const name of [NAMES.stackSets, NAMES.code('us-east-1')]) {
      expect(from.assembly.getStackByName(name).environment.account).toBe(ADMINISTRATOR);
    }
  });

  test('has code where the members look for it: both names are of the account that deploys', () => {
    const bucket = resourcesOf(
      from.assembly.getStackByName(NAMES.code('us-east-1')).template as Template,
      'AWS::S3::Bucket',
    )[0]?.[1];
    const [parameter] = stackSetNamed('Groundrules-us-east-1', from).Properties.Parameters;
    expect(resolved(bucket?.Properties.BucketName)).toBe(`${resolved(parameter.ParameterValue)}-us-east-1`);
    for (const { bucketName } of uploadsOf(from)) {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CDK's own placeholder
      expect(bucketName).toBe('groundrules-code-${AWS::AccountId}-us-east-1');
    }
  });

  test('leaves the management account what it alone can do, and the audit account its own', () => {
    const account = (name: string) => from.assembly.getStackByName(name).environment.account;
    expect(account(NAMES.management)).toBe('unknown-account');
    expect(account(NAMES.audit)).toBe(ORGANIZATION.auditAccountId);
    expect(from.assembly.getStackByName(NAMES.management).dependencies.map(({ id }) => id)).not.toContain(
      NAMES.stackSets,
    );
  });

  test('is the management account where nobody is delegated', () => {
    const other = synth({});
    expect(stackSetNamed('Groundrules-us-east-1', other).Properties.CallAs).toBe('SELF');
    expect(other.assembly.getStackByName(NAMES.stackSets).environment.account).toBe('unknown-account');
  });

  test('cdk-nag finds nothing that is not acknowledged', () => {
    for (const pack of [new AwsSolutionsChecks(), new NIST80053R5Checks()]) {
      expect(pack.validateScope(from.app).violations).toEqual([]);
    }
  });
});
