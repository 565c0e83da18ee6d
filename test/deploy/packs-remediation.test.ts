import { checkValue } from '../../automation/document/parameters.ts';
import { documentName } from '../../automation/index.ts';
import { openRuleDocument } from '../../automation/rule-document.ts';
import { partitionOf, regions } from '../../catalogue/availability.ts';
import { type Control, controls, isOn } from '../../catalogue/index.ts';
import { namesOf } from '../../deploy/account/names.ts';
import {
  awsRoleId,
  fixOf,
  logicalId,
  type PackTemplate,
  packTemplate,
  remediationFor,
  remediations,
} from '../../deploy/packs/index.ts';
import { readSettings, type SettingsInput } from '../../deploy/settings/index.ts';
import { awsOwned } from '../../remediation-docs/aws-owned.ts';
import { documentParameter } from '../../rules/fix.ts';
import { fixes, rules } from '../../rules/index.ts';
import type { AnyRule } from '../../rules/rule.ts';

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/fixer`;
/** Of what nobody but the user knows: something that each document takes. */
const KNOWN: Readonly<Record<string, string>> = {
  BillingEmailAddress: 'billing@example.com',
  BillingName: 'Finance',
  BillingPhoneNumber: '+1 555 0100',
  BillingTitle: 'Team',
  ContactName: 'Security team',
  ContactTitle: 'Security',
  EmailAddress: 'security@example.com',
  MonthlyLimit: '500',
  NotificationEmail: 'security@example.com',
  PhoneNumber: '+1 555 0100',
  Threshold: '500',
  TopicArn: `arn:aws:sns:us-east-1:${ACCOUNT}:cost`,
};
/** With everything on that has a document of ours, each of which can run. */
const OWN: SettingsInput = {
  controls: Object.fromEntries(
    controls.flatMap((control) => {
      const needed = (fixOf(control)?.fix.needs ?? []).map((one) => [one].flat()[0] ?? '');
      if (!fixOf(control) || (!control.off && needed.length === 0)) return [];
      const parameters = Object.fromEntries(needed.map((name) => [name, KNOWN[name] ?? '']));
      return [
        [
          control.id,
          {
            ...(control.off && { enabled: true }),
            ...(needed.length > 0 && { remediation: { parameters } }),
          },
        ],
      ];
    }),
  ),
};

interface Fix {
  readonly Condition?: string;
  readonly DependsOn?: string;
  readonly Properties: {
    readonly ConfigRuleName: string;
    readonly TargetId: string;
    readonly Parameters: Readonly<Record<string, Value>>;
    readonly Automatic: boolean;
  };
}
interface Value {
  readonly ResourceValue?: { readonly Value: string };
  readonly StaticValue?: { readonly Values: readonly unknown[] };
  readonly 'Fn::If'?: readonly [string, Value, object];
}

const byId = (id: string) => controls.find((one) => one.id === id) as Control;

function fixIn(
  id: string,
  input: SettingsInput,
  {
    region = 'us-east-1',
    account = ACCOUNT,
    topicArn,
  }: { region?: string; account?: string; topicArn?: string } = {},
) {
  const settings = readSettings({ homeRegion: region, ...input });
  const place = { settings, account, region, ...(topicArn !== undefined && { topicArn }) };
  const { domain } = byId(id);
  const template = packTemplate({ settings, domain, region, remediationOf: remediations(place) });
  return { template, fix: template?.Resources[`${logicalId(id)}Remediation`] as unknown as Fix | undefined };
}

/** What a document would get: the pack's defaults in place of references; nothing where a condition fails. */
function resolved({ Parameters = {} }: PackTemplate, { Properties }: Fix): Record<string, unknown> {
  const text = (one: unknown): unknown => {
    const { Ref } = Object(one) as { Ref?: string };
    return Ref === undefined ? one : Parameters[Ref]?.Default;
  };
  return Object.fromEntries(
    Object.entries(Properties.Parameters).flatMap(([name, given]) => {
      // The condition is that the value is another than the default.
      if (given.ResourceValue || given['Fn::If']) return [];
      const [one, more] = given.StaticValue?.Values ?? [];
      expect([typeof one, more]).toEqual([expect.stringMatching(/string|object/), undefined]);
      return [[name, text(one)]];
    }),
  );
}

const withFix = controls.filter((control) => fixOf(control) !== undefined);

test('every rule and every fix of a managed rule has its control', () => {
  const expected = [...rules, ...fixes.filter(({ detectedBy }) => detectedBy)].map(({ id }) => id);
  expect([...new Set(withFix.map((control) => fixOf(control)?.id))].sort()).toEqual(expected.sort());
});

describe.each(withFix.map((control) => ({ id: control.id, rule: fixOf(control) as AnyRule })))(
  '$id',
  ({ id, rule }) => {
    const { template, fix } = fixIn(id, OWN);
    const { document, resourceParameter } = openRuleDocument(rule);

    test('is remediated by its document, as its role', () => {
      expect(fix).toMatchObject({
        Type: 'AWS::Config::RemediationConfiguration',
        DependsOn: logicalId(id),
        Condition: 'HasFunctions',
        Properties: {
          ConfigRuleName: id,
          TargetType: 'SSM_DOCUMENT',
          TargetId: documentName(rule.id),
          ExecutionControls: { SsmControls: { ConcurrentExecutionRatePercentage: 10, ErrorPercentage: 50 } },
          Automatic: false,
          Parameters: {
            AutomationAssumeRole: {
              StaticValue: { Values: [`arn:aws:iam::${ACCOUNT}:role/${documentName(rule.id)}-us-east-1`] },
            },
            [resourceParameter]: { ResourceValue: { Value: 'RESOURCE_ID' } },
            Mode: { StaticValue: { Values: ['Apply'] } },
          },
        },
      });
      expect(fix?.Properties).not.toHaveProperty('MaximumAutomaticAttempts');
    });

    test("gives the document parameters that it has, of their types, and RESOURCE_ID alone to the resource's", () => {
      const given = resolved(template as PackTemplate, fix as Fix);
      for (const [name, value] of Object.entries(given)) {
        const fields = document.parameters[name];
        expect([name, fields?.type]).toEqual([name, expect.any(String)]);
        if (fields) expect([name, checkValue(value, fields)]).toEqual([name, undefined]);
      }
      const required = Object.keys(document.parameters).filter(
        (name) => document.parameters[name]?.default === undefined,
      );
      expect(required).toEqual([resourceParameter]);
      const resources = Object.entries(fix?.Properties.Parameters ?? {}).filter(
        ([, value]) => value.ResourceValue,
      );
      expect(resources.map(([name]) => name)).toEqual([resourceParameter]);
      const names = Object.keys(fix?.Properties.Parameters ?? {}).map((name) => name.toLowerCase());
      expect(names.length).toBeLessThanOrEqual(25);
      // SSM does not say whether it tells names apart by letter case.
      expect(new Set(names).size).toBe(names.length);
    });

    test('the document judges with the parameters of the rule', () => {
      const inputs = Object(template?.Resources[logicalId(id)]?.Properties).InputParameters ?? {};
      for (const name of Object.keys(rule.parameters).filter((one) => Object.hasOwn(inputs, one))) {
        const expected = JSON.stringify(inputs[name]).match(/"Ref":"(\w+Param\w+)"/)?.[1];
        expect(JSON.stringify(fix?.Properties.Parameters[documentParameter(rule.fix, name)])).toContain(
          `{"Ref":"${expected}"}`,
        );
      }
    });
  },
);

test("role names are in IAM's limit in every Region, with the longest prefix, too", () => {
  const names = namesOf({ namePrefix: 'sixteenletterslo' });
  for (const region of Object.keys(regions)) {
    const ids = [...[...rules, ...fixes].map(({ id }) => id), ...awsOwned.map(awsRoleId)];
    for (const id of ids) expect(names.documentRole(id, region).length).toBeLessThanOrEqual(64);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

describe('when', () => {
  test('it is automatic: attempts, and how fast', () => {
    const input = {
      controls: {
        's3-public': {
          remediation: {
            mode: 'automatic',
            attempts: 3,
            retrySeconds: 300,
            concurrencyPercent: 25,
            errorPercent: 5,
          },
        },
      },
    } satisfies SettingsInput;
    expect(fixIn('s3-public', input).fix?.Properties).toMatchObject({
      Automatic: true,
      MaximumAutomaticAttempts: 3,
      RetryAttemptSeconds: 300,
      ExecutionControls: { SsmControls: { ConcurrentExecutionRatePercentage: 25, ErrorPercentage: 5 } },
    });
    expect(fixIn('sg-open-ports', input).fix?.Properties.Automatic).toBe(false);
  });

  test('it is off', () => {
    expect(fixIn('s3-public', { remediation: { mode: 'off' } }).fix).toBeUndefined();
    const kept = {
      remediation: { mode: 'off' },
      controls: { 's3-public': { remediation: { mode: 'manual' } } },
    };
    expect(fixIn('s3-public', kept as SettingsInput).fix).toBeDefined();
  });

  test('nobody says how: no remediation', () => {
    const template = packTemplate({ settings: readSettings({}), domain: 'workloads', region: 'us-east-1' });
    expect(JSON.stringify(template)).not.toContain('RemediationConfiguration');
  });

  test('AWS Config has no remediations in the Region', () => {
    expect(regions['ap-southeast-5']?.remediation).toBe('no');
    expect(fixIn('s3-public', {}, { region: 'ap-southeast-5' }).fix).toBeUndefined();
  });

  test.each(['cn-north-1', 'us-gov-east-1'])('it is in another partition: %s', (region) => {
    expect(fixIn('s3-public', {}, { region }).fix?.Properties.Parameters.AutomationAssumeRole).toEqual({
      StaticValue: {
        Values: [`arn:${partitionOf(region)}:iam::${ACCOUNT}:role/Groundrules-S3Public-${region}`],
      },
    });
  });

  test('the account is a CDK token', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what CDK's tokens look like.
    const account = '${Token[AWS.AccountId.4]}';
    const { AutomationAssumeRole } = fixIn('s3-public', {}, { account }).fix?.Properties.Parameters ?? {};
    expect(AutomationAssumeRole?.StaticValue?.Values).toEqual([
      `arn:aws:iam::${account}:role/Groundrules-S3Public-us-east-1`,
    ]);
    const owned = { controls: { 'unused-eip': { remediation: { roleArn: ROLE } } } };
    expect(fixIn('unused-eip', owned, { account }).fix?.Properties.Parameters.AutomationAssumeRole).toEqual({
      StaticValue: { Values: [`arn:aws:iam::${account}:role/fixer`] },
    });
  });
});

describe("the document's own parameters", () => {
  test("the control's are given, if they fit", () => {
    const input = { controls: { 's3-public': { remediation: { parameters: { Scope: 'All' } } } } };
    expect(fixIn('s3-public', input).fix?.Properties.Parameters.Scope).toEqual({
      StaticValue: { Values: ['All'] },
    });
  });
  test('what is said of all is for the documents that have it', () => {
    const input = { remediation: { parameters: { Scope: 'All' } } };
    expect(fixIn('s3-public', input).fix?.Properties.Parameters).toHaveProperty('Scope');
    expect(fixIn('sg-open-ports', input).fix?.Properties.Parameters).not.toHaveProperty('Scope');
  });
  test.each([
    ['a value that is none', { Scope: 'Some' }, /remediation\.parameters.*Scope/],
    ['a name that is none', { scope: 'All' }, /remediation\.parameters\.scope/],
    ['what the pack itself says', { Mode: 'Preview' }, /remediation\.parameters\.Mode/],
  ])('%s is refused', (_situation, parameters, message) => {
    expect(() => fixIn('s3-public', { controls: { 's3-public': { remediation: { parameters } } } })).toThrow(
      message,
    );
  });
  test('a value of all controls that does not fit is refused', () => {
    expect(() => fixIn('s3-public', { remediation: { parameters: { Scope: 'Some' } } })).toThrow(/Scope/);
  });
  test('an empty one is left to the document: AWS Config passes none on', () => {
    const input = { controls: { 'root-mfa': { remediation: { parameters: { TopicArn: '' } } } } };
    expect(fixIn('root-mfa', input).fix?.Properties.Parameters).not.toHaveProperty('TopicArn');
  });
  test('the topic goes to documents that publish, unless the settings name another', () => {
    const topicArn = `arn:aws:sns:us-east-1:${ACCOUNT}:ours`;
    const other = `arn:aws:sns:us-east-1:${ACCOUNT}:other`;
    const at = (input: SettingsInput, id = 'root-mfa') =>
      fixIn(id, input, { topicArn }).fix?.Properties.Parameters.TopicArn?.StaticValue?.Values;
    expect(at({})).toEqual([topicArn]);
    expect(at({ controls: { 'root-mfa': { remediation: { parameters: { TopicArn: other } } } } })).toEqual([
      other,
    ]);
    expect(at({}, 'access-key-age')).toBeUndefined();
    // Its own policy would have to let AWS Budgets publish.
    expect(at(OWN, 'budget-alert')).toBeUndefined();
  });
  test('of several parameters of which one is needed, any will do', () => {
    const told = { MonthlyLimit: '500', TopicArn: `arn:aws:sns:us-east-1:${ACCOUNT}:ours` };
    const input = { controls: { 'budget-alert': { remediation: { parameters: told } } } };
    expect(fixIn('budget-alert', input).fix?.Properties.Parameters).toMatchObject({
      MonthlyLimit: { StaticValue: { Values: ['500'] } },
      TopicArn: { StaticValue: { Values: [told.TopicArn] } },
    });
  });
  test('a fix that cannot do without what nobody said is left out, and says what it wants', () => {
    expect(fixIn('security-contact', {}).fix).toBeUndefined();
    const settings = readSettings({});
    const place = { settings, account: ACCOUNT, region: 'us-east-1' };
    expect(remediationFor(byId('security-contact'), settings.remediation, place)).toEqual({
      none: expect.stringContaining('set ContactName, ContactTitle, EmailAddress, PhoneNumber'),
    });
    expect(remediationFor(byId('budget-alert'), settings.remediation, place)).toEqual({
      none: 'set MonthlyLimit, EmailAddress or TopicArn in controls.budget-alert.remediation.parameters',
    });
  });
});

describe('a document of AWS', () => {
  const owned = (id: string, remediation: object, account = ACCOUNT) =>
    fixIn(id, { controls: { [id]: { enabled: true, remediation } } }, { account }).fix;

  test('every one that the catalogue names has been looked up under that very name', () => {
    const named = controls.flatMap(({ id, remediation }) =>
      remediation.kind === 'aws-owned-document' ? [`${id} ${remediation.document}`] : [],
    );
    const known = new Set(awsOwned.flatMap(({ name, controls: ids }) => ids.map((id) => `${id} ${name}`)));
    expect(named.filter((one) => !known.has(one))).toEqual([]);
    expect(named.length).toBeGreaterThan(25);
  });

  test.each([
    ['RESOURCE_ID and its defaults', 'unused-ebs-volumes', {}, 'VolumeId', { CreateSnapshot: 'true' }],
    [
      'what the settings say',
      'ec2-iam-role',
      { RoleName: 'web' },
      'InstanceId',
      { RoleName: 'web', ForceReplace: 'false' },
    ],
    ['no resource where it is about the account', 'ebs-encryption-default', {}, undefined, {}],
  ])('is given %s', (_what, id, parameters, resource, expected) => {
    const fix = owned(id, { roleArn: ROLE, parameters });
    const { AutomationAssumeRole, ...rest } = fix?.Properties.Parameters ?? {};
    expect(AutomationAssumeRole).toEqual({ StaticValue: { Values: [ROLE] } });
    expect(rest).toEqual({
      ...(resource && { [resource]: { ResourceValue: { Value: 'RESOURCE_ID' } } }),
      ...Object.fromEntries(
        Object.entries(expected).map(([name, value]) => [name, { StaticValue: { Values: [value] } }]),
      ),
    });
    // It needs no function of ours.
    expect(fix?.Condition).toBeUndefined();
  });

  test('is never run without a role', () => {
    for (const control of controls.filter((one) => one.kind === 'managed' && isOn(one) && !fixOf(one))) {
      expect([control.id, fixIn(control.id, {}).fix]).toEqual([control.id, undefined]);
    }
  });

  test.each([
    ['what it requires is not there', { roleArn: ROLE }, /ec2-iam-role.*RoleName/],
    [
      'the pack itself says what is given',
      { roleArn: ROLE, parameters: { RoleName: 'a', InstanceId: 'i-1' } },
      /InstanceId/,
    ],
    [
      'the role is of another account',
      { roleArn: 'arn:aws:iam::210987654321:role/x', parameters: { RoleName: 'a' } },
      /210987654321.*123456789012/,
    ],
  ])('is refused when %s', (_situation, remediation, message) => {
    expect(() => owned('ec2-iam-role', remediation)).toThrow(message);
  });

  test('that wants another id than AWS Config has is left to people', () => {
    const settings = readSettings({ remediation: { roleArn: ROLE } });
    const control = byId('least-privilege-admin-attachments');
    const place = { settings, account: ACCOUNT, region: 'us-east-1' };
    expect(remediationFor(control, settings.remediation, place)).toEqual({
      none: expect.stringContaining('by hand'),
    });
  });

  test('does not start by itself because all controls do, unless that is sensible', () => {
    const all: SettingsInput = { remediation: { mode: 'automatic', roleArn: ROLE } };
    expect(fixIn('unused-eip', all).fix?.Properties.Automatic).toBe(false);
    expect(fixIn('cloudfront-https', all).fix?.Properties.Automatic).toBe(true);
    expect(fixIn('ec2-iam-role', all).fix).toBeUndefined();
    const own = { ...all, controls: { 'unused-eip': { remediation: { mode: 'automatic', roleArn: ROLE } } } };
    expect(fixIn('unused-eip', own as SettingsInput).fix?.Properties).toMatchObject({
      Automatic: true,
      MaximumAutomaticAttempts: 3,
      RetryAttemptSeconds: 86_400,
    });
  });
});

describe('a default of more characters than AWS Config passes on', () => {
  const [id, name] = ['policy-conditions', 'acceptedConditionKeys'];
  const parameter = 'PolicyConditionsParamAcceptedConditionKeys';

  test('is left to the document, which has the same', () => {
    const { template, fix } = fixIn(id, OWN);
    const value = template?.Parameters?.[parameter]?.Default ?? '';
    expect(value.length).toBeGreaterThan(256);
    expect(fix?.Properties.Parameters[name]?.['Fn::If']?.[0]).toBe(`Has${parameter}`);
    expect(template?.Conditions?.[`Has${parameter}`]).toEqual({
      'Fn::Not': [{ 'Fn::Equals': [{ Ref: parameter }, value] }],
    });
    const { document } = openRuleDocument(fixOf(byId(id)) as AnyRule);
    expect(document.parameters[name]?.default).toBe(value);
    expect(template?.Resources.PolicyConditions).toMatchObject({
      Properties: { InputParameters: { [name]: { Ref: parameter } } },
    });
  });

  test('another long value is refused', () => {
    const input = {
      ...OWN,
      controls: { [id]: { parameters: { [name]: 'aws:PrincipalTag/team,'.repeat(15) } } },
    };
    expect(() => fixIn(id, input)).toThrow(
      /acceptedConditionKeys has 330 characters, AWS Config passes on 256/,
    );
  });
});
