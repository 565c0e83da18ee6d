import { parse } from 'yaml';
import { managedRules, regions } from '../../catalogue/availability.ts';
import { type Control, controls, DOMAINS, isOn } from '../../catalogue/index.ts';
import {
  controlsOf,
  leftOut,
  logicalId,
  type PackTemplate,
  packTemplate,
  packYaml,
  remediations,
} from '../../deploy/packs/index.ts';
import { readSettings, type Settings, type SettingsInput } from '../../deploy/settings/index.ts';

const ACCOUNT = '123456789012';
const everything = Object.fromEntries(
  controls.filter(({ off }) => off).map(({ id }) => [id, { enabled: true }]),
);

/** The packs of a Region that have something there. */
const packsIn = (settings: Settings, region: string) =>
  DOMAINS.flatMap((domain) => {
    const remediationOf = remediations({ settings, account: ACCOUNT, region });
    const template = packTemplate({ settings, domain, region, remediationOf });
    return template ? [{ domain, template }] : [];
  });

interface Rule {
  readonly ConfigRuleName: string;
  readonly Source: {
    readonly Owner: string;
    readonly SourceIdentifier: unknown;
    readonly SourceDetails?: unknown;
  };
  readonly MaximumExecutionFrequency?: string;
  readonly Scope?: object;
  readonly InputParameters?: Record<string, unknown>;
}

const propertiesOf = (template: PackTemplate, type: string) =>
  Object.values(template.Resources)
    .filter(({ Type }) => Type === `AWS::Config::${type}`)
    .map(({ Properties }) => Properties as Rule);
const rulesOf = (template: PackTemplate) => propertiesOf(template, 'ConfigRule');
const rule = (id: string, region = 'us-east-1', input: SettingsInput = {}): Rule | undefined => {
  const settings = readSettings(input);
  const found = packsIn(settings, region).flatMap(({ template }) => rulesOf(template));
  return found.find(({ ConfigRuleName }) => ConfigRuleName === id);
};

const SETTINGS: readonly [string, SettingsInput][] = [
  ['the defaults', {}],
  [
    'a home Region elsewhere',
    { homeRegion: 'ap-northeast-2', regions: ['ap-northeast-2', 'us-east-1', 'eu-west-1'] },
  ],
  ['no us-east-1', { homeRegion: 'eu-central-1', regions: ['eu-central-1', 'eu-west-1'] }],
  ['everything on', { controls: everything, regions: ['us-east-1', 'us-west-2', 'af-south-1'] }],
  [
    'GovCloud',
    { homeRegion: 'us-gov-west-1', regions: ['us-gov-west-1', 'us-gov-east-1'], controls: everything },
  ],
  ['China', { homeRegion: 'cn-north-1', regions: ['cn-north-1', 'cn-northwest-1'], controls: everything }],
  ['a home Region that lacks much', { homeRegion: 'eu-south-2', regions: ['eu-south-2', 'eu-west-1'] }],
  ['every commercial Region', { regions: Object.keys(regions).filter((one) => !/^(cn|us-gov)-/.test(one)) }],
];

describe.each(SETTINGS)('with %s', (_situation, input) => {
  const settings = readSettings(input);
  const packs = settings.regions.flatMap((region) =>
    packsIn(settings, region).map((pack) => ({ region, ...pack })),
  );

  test('a control that is on is in one pack, its own, once a Region at most, or there is a reason', () => {
    for (const control of controls) {
      const found = packs.flatMap(({ region, domain, template }) =>
        rulesOf(template)
          .filter(({ ConfigRuleName }) => ConfigRuleName === control.id)
          .map(() => ({ region, domain })),
      );
      const reasons = settings.regions.filter((region) =>
        leftOut({ settings, domain: control.domain, region }).some((one) => one.control.id === control.id),
      );
      const isWanted = settings.controls[control.id]?.enabled ?? isOn(control);
      expect([control.id, ...found.map(({ domain }) => domain)]).toEqual([
        control.id,
        ...found.map(() => control.domain),
      ]);
      expect([control.id, ...[...found.map(({ region }) => region), ...reasons].sort()]).toEqual([
        control.id,
        ...(isWanted ? [...settings.regions].sort() : []),
      ]);
    }
  });

  test('what is global is judged in one Region', () => {
    const global = controls.filter(
      (control) =>
        control.kind === 'process-check' || (control.kind === 'managed' && control.placement === 'home'),
    );
    for (const { id } of global) {
      const where = packs.filter(({ template }) => Object.hasOwn(template.Resources, logicalId(id)));
      expect([id, ...where.map(({ region }) => region)]).toEqual([
        id,
        ...where.map(() => settings.homeRegion),
      ]);
    }
  });

  test('no managed rule is where AWS Config does not have it', () => {
    for (const { region, template } of packs) {
      for (const { Source } of rulesOf(template).filter(({ Source }) => Source.Owner === 'AWS')) {
        if (Source.SourceIdentifier === 'AWS_CONFIG_PROCESS_CHECK') continue;
        const where = managedRules[String(Source.SourceIdentifier)];
        if (!where) throw new Error(`${Source.SourceIdentifier} is unknown`);
        expect('only' in where ? !where.only.includes(region) : where.missing.includes(region)).toBe(false);
      }
    }
  });

  test('the text reads the same as YAML 1.1 and 1.2, and has neither anchors nor folded lines', () => {
    for (const { template } of packs) {
      const text = packYaml(template);
      expect(parse(text, { version: '1.1' })).toEqual(template);
      expect(parse(text, { version: '1.2' })).toEqual(template);
      expect(text).not.toMatch(/[&*][a-z0-9]+$|[>|][-+]?$/m);
      expect(packYaml(structuredClone(template))).toBe(text);
    }
  });
});

test('a pack has rules and remediations, and nothing that AWS Config does not take', () => {
  const settings = readSettings({ controls: everything });
  for (const { template } of packsIn(settings, 'us-east-1')) {
    expect(
      Object.keys(template).filter((key) => !['Parameters', 'Conditions', 'Resources'].includes(key)),
    ).toEqual([]);
    for (const { Type } of Object.values(template.Resources)) {
      expect(Type).toMatch(/^AWS::Config::(ConfigRule|RemediationConfiguration)$/);
    }
  }
});

test('keys that AWS Config reads are in Pascal case', () => {
  const keys = (value: unknown): string[] =>
    value === null || typeof value !== 'object'
      ? []
      : Object.entries(value).flatMap(([key, inner]) => [
          ...(Array.isArray(value) ? [] : [key]),
          // Names in there are the rule's and the document's own.
          ...(['InputParameters', 'Parameters'].includes(key)
            ? Object.values(inner as object).flatMap(keys)
            : keys(inner)),
        ]);
  const settings = readSettings({ controls: everything, remediation: { mode: 'automatic' } });
  const all = packsIn(settings, 'us-east-1').flatMap(({ template }) => keys(template));
  expect(all.filter((key) => !/^(Fn::)?[A-Z][A-Za-z0-9]*$/.test(key))).toEqual([]);
  expect(all.length).toBeGreaterThan(500);
});

test('every reference is to a parameter or condition that there is, and none is there for nothing', () => {
  const settings = readSettings({ controls: everything });
  for (const { template } of packsIn(settings, 'us-east-1')) {
    const text = JSON.stringify([template.Conditions, template.Resources]);
    const refs = new Set([...text.matchAll(/"Ref":"([^"]+)"/g)].map(([, name]) => name));
    refs.delete('AWS::NoValue');
    expect([...refs].sort()).toEqual(Object.keys(template.Parameters ?? {}).sort());
    const used = new Set(
      [...text.matchAll(/"(?:Condition":"|Fn::If":\[")([^"]+)"/g)].map(([, name]) => name),
    );
    expect([...used].sort()).toEqual(Object.keys(template.Conditions ?? {}).sort());
  }
});

test('logical ids are unique, names short enough for the suffix that AWS Config adds', () => {
  expect(new Set(controls.map(({ id }) => logicalId(id))).size).toBe(controls.length);
  const suffix = '-conformance-pack-'.length + 9;
  for (const { id } of controls) {
    expect(logicalId(id)).toMatch(/^[A-Z][A-Za-z0-9]{1,200}$/);
    expect(id.length + suffix).toBeLessThanOrEqual(128);
    expect(controls.some((other) => logicalId(other.id) === `${logicalId(id)}Remediation`)).toBe(false);
  }
});

test.each([
  [
    'a process check',
    'root-dual-control',
    { Source: { Owner: 'AWS', SourceIdentifier: 'AWS_CONFIG_PROCESS_CHECK' } },
  ],
  [
    'a periodic managed rule',
    'root-no-access-keys',
    {
      MaximumExecutionFrequency: 'TwentyFour_Hours',
      Source: { Owner: 'AWS', SourceIdentifier: 'IAM_ROOT_ACCESS_KEY_CHECK' },
    },
  ],
  [
    'a managed rule of changes',
    'unused-eip',
    {
      Scope: { ComplianceResourceTypes: ['AWS::EC2::EIP'] },
      Source: { Owner: 'AWS', SourceIdentifier: 'EIP_ATTACHED' },
    },
  ],
  [
    'a hybrid one',
    'ssh-not-world-open',
    {
      Scope: { ComplianceResourceTypes: ['AWS::EC2::SecurityGroup'] },
      Source: { Owner: 'AWS', SourceIdentifier: 'INCOMING_SSH_DISABLED' },
    },
  ],
])('%s', (_kind, id, expected) => {
  const { ConfigRuleName, Description, ...rest } = rule(id) as Rule & { Description: string };
  expect(ConfigRuleName).toBe(id);
  expect(Description).toMatch(/^.{1,256}$/);
  expect(rest).toEqual(expected);
});

test('a custom rule runs the function that the prefix names, on both triggers', () => {
  expect(rule('sg-open-ports')).toMatchObject({
    Scope: { ComplianceResourceTypes: ['AWS::EC2::SecurityGroup'] },
    InputParameters: {
      allowedTcpPorts: { Ref: 'SgOpenPortsParamAllowedTcpPorts' },
      allowedUdpPorts: {
        'Fn::If': [
          'HasSgOpenPortsParamAllowedUdpPorts',
          { Ref: 'SgOpenPortsParamAllowedUdpPorts' },
          { Ref: 'AWS::NoValue' },
        ],
      },
    },
    Source: {
      Owner: 'CUSTOM_LAMBDA',
      SourceIdentifier: { 'Fn::Join': ['', [{ Ref: 'FunctionArnPrefix' }, 'sg-open-ports']] },
      SourceDetails: [
        { EventSource: 'aws.config', MessageType: 'ConfigurationItemChangeNotification' },
        { EventSource: 'aws.config', MessageType: 'OversizedConfigurationItemChangeNotification' },
        {
          EventSource: 'aws.config',
          MessageType: 'ScheduledNotification',
          MaximumExecutionFrequency: 'TwentyFour_Hours',
        },
      ],
    },
  });
  expect(rule('root-mfa')).not.toHaveProperty('Scope');
});

test('without functions, what rests on one is left out, and all else is there', () => {
  const settings = readSettings({});
  for (const { template } of packsIn(settings, 'us-east-1')) {
    for (const { Condition, Properties } of Object.values(template.Resources)) {
      const { Source, TargetId } = Properties as Rule & { TargetId?: string };
      const rests = Source?.Owner === 'CUSTOM_LAMBDA' || TargetId?.startsWith('Groundrules-') === true;
      expect(Condition).toBe(rests ? 'HasFunctions' : undefined);
    }
  }
});

test('the default of the prefix can be said', () => {
  const functions = 'arn:aws:lambda:us-east-1:123456789012:function:groundrules-';
  const template = packTemplate({
    settings: readSettings({}),
    domain: 'root',
    region: 'us-east-1',
    functions,
  });
  expect(template?.Parameters?.FunctionArnPrefix).toMatchObject({ Type: 'String', Default: functions });
});

test('the settings tune a rule, and can turn a control on or off', () => {
  const ports = { 'sg-open-ports': { parameters: { allowedTcpPorts: '443', allowedUdpPorts: '53' } } };
  const template = packTemplate({
    settings: readSettings({ controls: ports }),
    domain: 'workloads',
    region: 'us-east-1',
  });
  expect(template?.Parameters).toMatchObject({
    SgOpenPortsParamAllowedTcpPorts: { Default: '443' },
    SgOpenPortsParamAllowedUdpPorts: { Default: '53' },
  });
  expect(rule('iam-user-mfa')).toBeUndefined();
  expect(
    rule('iam-user-mfa', 'us-east-1', { controls: { 'iam-user-mfa': { enabled: true } } }),
  ).toBeDefined();
  expect(rule('unused-eip', 'us-east-1', { controls: { 'unused-eip': { enabled: false } } })).toBeUndefined();
});

test("AWS's own policies are those of the partition", () => {
  const settings = readSettings({ homeRegion: 'cn-north-1', controls: everything });
  const template = packTemplate({ settings, domain: 'identity', region: 'cn-north-1' });
  expect(template?.Parameters?.LeastPrivilegeAdminAttachmentsParamPolicyArns?.Default).toBe(
    'arn:aws-cn:iam::aws:policy/AdministratorAccess',
  );
});

test.each([
  [
    'a name that is none',
    'unused-ec2-stopped',
    { allowedDays: '3' },
    /controls\.unused-ec2-stopped\.parameters\.allowedDays: .*did you mean AllowedDays\?/,
  ],
  ['no number', 'unused-ec2-stopped', { AllowedDays: 'ten' }, /AllowedDays: expected a whole number/],
  [
    'True where only true counts',
    'iam-password-policy',
    { RequireSymbols: 'True' },
    /RequireSymbols: expected true or false/,
  ],
  [
    'nothing where something is required',
    'access-key-not-in-task-env',
    { secretKeys: '' },
    /secretKeys: is required/,
  ],
  [
    'a value that our rule refuses',
    'sg-open-ports',
    { allowedTcpPorts: '99999' },
    /controls\.sg-open-ports\.parameters: .*allowedTcpPorts/,
  ],
  [
    'an empty list that would become the default',
    'sg-open-ports',
    { allowedTcpPorts: '' },
    /allowedTcpPorts is empty: .*"80,443".*","/,
  ],
])('%s is refused by name', (_situation, id, parameters, message) => {
  const { domain } = controls.find((one) => one.id === id) as Control;
  expect(() => {
    const settings = readSettings({ controls: { [id]: { parameters } } });
    packTemplate({ settings, domain, region: 'us-east-1' });
  }).toThrow(message);
});

test('an empty value of a managed rule leaves the parameter out', () => {
  const input = { controls: { 'unused-ec2-stopped': { parameters: { AllowedDays: '' } } } };
  expect(rule('unused-ec2-stopped', 'us-east-1', input)).not.toHaveProperty('InputParameters');
});

test('a Region that nobody has looked up has no packs', () => {
  expect(() =>
    controlsOf({ settings: readSettings({}), domain: 'attestations', region: 'eu-north-9' }),
  ).toThrow(/eu-north-9/);
});
