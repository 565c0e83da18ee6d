/** What the settings of an organization mean together: groups laid over what all have, and what cannot be meant. */
import { readSettings, type Settings, SettingsError, settingsSchema } from '../../deploy/settings/index.ts';
import { ORGANIZATION } from './support/organization.ts';

const PRODUCTION = 'ou-ab12-production';
const OTHERS = 'ou-ab12-elsewhere';
const organization = (own: object) => ({ organization: { ...ORGANIZATION, ...own } });
const group = (own: object = {}) => ({ name: 'production', organizationalUnits: [PRODUCTION], ...own });
const groupSettings = (all: object, own: object): Settings => {
  const { organization: read } = readSettings({ ...all, ...organization({ groups: [group(own)] }) });
  const [found] = read ? read.groups : [];
  if (!found) throw new Error('there is no group');
  return found.settings;
};

test('what is left out is as it was: everybody at once but for the home Region, from the management account', () => {
  const { organization: read } = readSettings(organization({}));
  expect(read).toMatchObject({ excludedAccounts: [], groups: [], regionConcurrencyType: 'PARALLEL' });
  for (const unset of ['canary', 'delegatedAdministratorAccountId', 'failureToleranceCount', 'regionOrder']) {
    expect(read).not.toHaveProperty(unset);
  }
});

describe("a group's settings", () => {
  const ALL = {
    packs: ['root', 'workloads', 'identity'],
    controls: {
      's3-public': { parameters: { exemptBuckets: 'a', allowPublicWebsite: 'true' } },
      'sg-open-ports': { remediation: { mode: 'automatic', attempts: 5 } },
      'root-mfa': { parameters: { requireHardware: 'true' } },
    },
    remediation: { attempts: 2, parameters: { Scope: 'All' } },
  };

  test.each<[situation: string, own: object, expected: object]>([
    ['nothing of its own: as all have it', {}, {}],
    [
      'a parameter: that one, and the others of the control',
      { controls: { 's3-public': { parameters: { exemptBuckets: 'b' } } } },
      { controls: { 's3-public': { parameters: { exemptBuckets: 'b', allowPublicWebsite: 'true' } } } },
    ],
    [
      'a control of which nobody else says anything',
      { controls: { 'access-key-age': { enabled: false } } },
      { controls: { 'access-key-age': { enabled: false }, 'root-mfa': {} } },
    ],
    [
      "a control's remediation: what it says, then what the control has for all, then what all controls have",
      { controls: { 'sg-open-ports': { remediation: { mode: 'off' } } } },
      { controls: { 'sg-open-ports': { remediation: { mode: 'off', attempts: 5, parameters: {} } } } },
    ],
    [
      'the remediation of all: not of a control that says its own',
      { remediation: { mode: 'automatic', attempts: 9 } },
      {
        remediation: { mode: 'automatic', attempts: 9, parameters: { Scope: 'All' } },
        controls: { 'sg-open-ports': { remediation: { mode: 'automatic', attempts: 5 } } },
      },
    ],
    ['packs: in place of those of all', { packs: ['root'] }, { packs: ['root'] }],
  ])('%s', (_, own, expected) => {
    const read = groupSettings(ALL, own);
    expect(read).toMatchObject(expected);
    expect(read).toMatchObject({ homeRegion: 'us-east-1', namePrefix: 'groundrules' });
  });

  test('nothing of its own is exactly what all have, and a group has no groups', () => {
    const all = readSettings({ ...ALL, ...organization({}) });
    expect(groupSettings(ALL, {})).toEqual(all);
  });

  test('it does not change what all have', () => {
    const own = {
      packs: ['root'],
      remediation: { mode: 'off' },
      controls: { 'root-mfa': { enabled: false } },
    };
    const { organization: _with, ...read } = readSettings({
      ...ALL,
      ...organization({ groups: [group(own)] }),
    });
    const { organization: _without, ...all } = readSettings({ ...ALL, ...organization({}) });
    expect(read).toEqual(all);
  });

  test('a control that all have turned on is no mistake of a group without its pack', () => {
    const all = { controls: { 's3-public': { enabled: true } } };
    expect(() => groupSettings(all, { packs: ['root'] })).not.toThrow();
    expect(() => groupSettings(all, { packs: ['root'], controls: { 's3-public': {} } })).toThrow(
      'organization.groups.0.controls.s3-public.enabled: its pack, workloads, is not among packs',
    );
  });
});

const CANARY = { canary: { organizationalUnits: ['ou-ab12-canaries'] } };
const REGIONS = { regions: ['us-east-1', 'eu-west-1'] };

test.each<[situation: string, own: object, message: string | RegExp, all?: object]>([
  [
    'a canary that is left out',
    { excludedAccounts: ['333333333333'], canary: { accounts: ['444444444444', '333333333333'] } },
    'organization.canary.accounts: 333333333333 is in organization.excludedAccounts, too: it cannot get the rules first and not at all',
  ],
  ['a canary of nobody', { canary: {} }, 'organization.canary: give either organizationalUnits or accounts'],
  [
    'a canary of units and accounts',
    { canary: { ...CANARY.canary, accounts: ['333333333333'] } },
    'organization.canary: give either organizationalUnits or accounts',
  ],
  [
    'a canary unit that is among all',
    { canary: { organizationalUnits: [ORGANIZATION.organizationalUnits[1]] } },
    /organization\.canary\.organizationalUnits: ou-ab12-klmnopqr is in organization\.organizationalUnits, too: a unit has one place/,
  ],
  [
    'a unit in two groups',
    { groups: [group(), group({ name: 'more', organizationalUnits: [OTHERS, PRODUCTION] })] },
    /organization\.groups\.1\.organizationalUnits: ou-ab12-production is in organization\.groups\.0\.organizationalUnits, too/,
  ],
  [
    'a group within the root',
    { organizationalUnits: ['r-ab12'], groups: [group()] },
    /organization\.organizationalUnits: r-ab12 is the root, which has the accounts of all units, .*: name the units themselves$/,
  ],
  [
    'a canary unit within the root',
    { organizationalUnits: ['r-ab12'], ...CANARY },
    /r-ab12 is the root.*: name the units themselves, or single accounts as canary$/,
  ],
  [
    'two groups of one name',
    { groups: [group(), group({ organizationalUnits: [OTHERS] })] },
    'organization.groups.1.name: organization.groups.0 is named production, too',
  ],
  [
    "a group with the canary's name",
    { groups: [group({ name: 'canary' })] },
    "organization.groups.0.name: canary is what the canary's StackSets are named by",
  ],
  [
    'a name that no StackSet can have',
    { groups: [group({ name: 'Production OU' })] },
    /organization\.groups\.0\.name: expected small letters, digits and single hyphens/,
  ],
  [
    'a setting that a group cannot have',
    { groups: [group({ homeRegion: 'eu-west-1' })] },
    /organization\.groups\.0\.homeRegion: there is no such setting/,
  ],
  [
    "a group's control misspelt",
    { groups: [group({ controls: { 's3-publik': {} } })] },
    'organization.groups.0.controls.s3-publik: there is no such control (did you mean s3-public?)',
  ],
  [
    "a group's value that the rule would refuse",
    { groups: [group({ controls: { 'sg-open-ports': { parameters: { allowedTcpPorts: 'https' } } } })] },
    /^settings: organization\.groups\.0\.controls\.sg-open-ports\.parameters: sg-open-ports: .*https/,
  ],
  [
    "a role that a group's mode wants, and nobody else's",
    { groups: [group({ controls: { 'ec2-managed-by-ssm': { remediation: { mode: 'manual' } } } })] },
    /^settings: organization\.groups\.0\.controls\.ec2-managed-by-ssm\.remediation\.roleArn: is missing/,
  ],
  [
    'a mistake in what all have, which is said once, whatever groups there are',
    { groups: [group(), group({ name: 'more', organizationalUnits: [OTHERS] })] },
    'controls.s3-publik: there is no such control (did you mean s3-public?)',
    { controls: { 's3-publik': {} } },
  ],
  [
    'two tolerances',
    { failureTolerancePercent: 10, failureToleranceCount: 1 },
    'organization.failureToleranceCount: failureTolerancePercent is given, too, and CloudFormation takes one of them',
  ],
  [
    'two concurrencies',
    { maxConcurrentPercent: 10, maxConcurrentCount: 1 },
    'organization.maxConcurrentCount: maxConcurrentPercent is given, too, and CloudFormation takes one of them',
  ],
  [
    'an order among Regions together',
    { regionOrder: ['eu-west-1', 'us-east-1'] },
    'organization.regionOrder: there is no order among Regions together: set regionConcurrencyType to SEQUENTIAL',
    REGIONS,
  ],
  [
    'an order that lacks a Region, has one of elsewhere, and one twice',
    { regionConcurrencyType: 'SEQUENTIAL', regionOrder: ['us-east-1', 'us-west-2', 'us-east-1'] },
    'organization.regionOrder: lacks eu-west-1; organization.regionOrder: us-west-2: not in regions; organization.regionOrder: has us-east-1 twice',
    REGIONS,
  ],
  ['an account that is none', { excludedAccounts: ['prod'] }, /excludedAccounts\.0: expected twelve digits/],
  [
    'an administrator that is none',
    { delegatedAdministratorAccountId: 'security' },
    /delegatedAdministratorAccountId: expected twelve digits/,
  ],
])('refuses %s', (_, own, message, all = {}) => {
  const read = () => readSettings({ ...all, ...organization(own) });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(typeof message === 'string' ? new Error(`settings: ${message}`) : message);
});

test('the schema explains each of the settings, for editors', () => {
  type Node = { description?: string; properties?: Record<string, Node>; items?: Node; anyOf?: Node[] };
  const { properties } = settingsSchema() as Node;
  const all = properties?.organization?.anyOf?.find((one) => one.properties)?.properties ?? {};
  const settings = Object.entries({
    ...all,
    ...all.canary?.properties,
    ...all.groups?.items?.properties,
  }).filter(([name]) => name !== 'organizationId');
  expect(settings.length).toBeGreaterThan(18);
  expect(settings.filter(([, { description }]) => !description).map(([name]) => name)).toEqual([]);
});
