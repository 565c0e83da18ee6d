import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as logs from 'aws-cdk-lib/aws-logs';
import { parse } from 'yaml';
import { documentName, functionName, loadDocument, permissionsOf } from '../../automation/index.ts';
import { documentText } from '../../automation/rule-document.ts';
import { controls, DOMAINS, isOn } from '../../catalogue/index.ts';
import { changeActions, functionActions } from '../../deploy/account/function-actions.ts';
import { functionNamesIn } from '../../deploy/account/stack.ts';
import { controlsOf, fixOf } from '../../deploy/packs/index.ts';
import { readSettings, type SettingsInput, settingsSchema } from '../../deploy/settings/index.ts';
import { awsOwned } from '../../remediation-docs/aws-owned.ts';
import { fixes, rules } from '../../rules/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { type Resource, resolved, resourcesOf, synth, type Template, VARIANTS } from './support/account.ts';

const home = synth();
const TWO: SettingsInput = { regions: ['us-east-1', 'eu-west-1'] };
const away = synth(TWO, 'eu-west-1');
const byRule = [...rules, ...fixes];
/** Those that a control is for which is on unless told otherwise. */
const isUsed = ({ id }: AnyRule) =>
  controls.some((control) => isOn(control) && (control.kind === 'custom' ? control.rule : control.id) === id);

const functionNames = ({ template }: { template: Template }) =>
  resourcesOf(template, 'AWS::Lambda::Function').map(
    ([, { Properties }]) => Properties.FunctionName as string,
  );
const packOf = (template: Template, name: string, region = 'us-east-1') => {
  const [, pack] =
    resourcesOf(template, 'AWS::Config::ConformancePack').find(
      ([, { Properties }]) => Properties.ConformancePackName === name,
    ) ?? [];
  return parse(resolved(pack?.Properties.TemplateBody, region));
};
/** The statements of the role that a function or a document runs as. */
const statementsOf = (template: Template, isMeant: (role: Resource) => boolean) => {
  const roles = resourcesOf(template, 'AWS::IAM::Role').filter(([, role]) => isMeant(role));
  expect(roles).toHaveLength(1);
  return roles[0]?.[1].Properties.Policies.flatMap(
    ({ PolicyDocument }: Resource['Properties']) => PolicyDocument.Statement,
  ) as {
    Action: string | string[];
    Resource: unknown;
    Effect: string;
  }[];
};
const actionsOf = (statements: readonly { Action: string | string[] }[]) =>
  [...new Set(statements.flatMap(({ Action }) => Action))].sort();
const dependenciesOf = ({ DependsOn = [] }: Resource) => [DependsOn].flat();

describe('functions', () => {
  test('are where their control is, and nowhere else', () => {
    const global = byRule.filter(({ scope }) => scope === 'global').map(({ id }) => functionName(id));
    expect(
      functionNames(home)
        .filter((name) => global.includes(name))
        .sort(),
    ).toEqual(
      byRule
        .filter((rule) => rule.scope === 'global' && isUsed(rule))
        .map(({ id }) => functionName(id))
        .sort(),
    );
    expect(functionNames(away).filter((name) => global.includes(name))).toEqual([]);
    expect(functionNames(away)).toEqual(
      expect.arrayContaining(
        ['s3-public', 'sg-open-ports', 'trail-object-lock'].map((id) => functionName(id)),
      ),
    );
    // The management account alone.
    expect(functionNames(home)).not.toContain(functionName('member-root-credentials'));
  });

  test('of a fix is left out where remediation is off, and the rule then reads no more than it judges by', () => {
    const { template } = synth({ remediation: { mode: 'off' } });
    const names = functionNames({ template });
    expect(names.filter((name) => fixes.some(({ id }) => functionName(id) === name))).toEqual([]);
    expect(resourcesOf(template, 'AWS::SSM::Document')).toEqual([]);
    const statements = statementsOf(template, ({ Properties }) =>
      /trail-object-lock/.test(Properties.Description),
    );
    expect(actionsOf(statements)).toContain('s3:GetBucketObjectLockConfiguration');
    expect(actionsOf(statements)).not.toContain('s3:GetBucketLogging');
  });

  test.each(VARIANTS)(
    'have the names that the dashboard and others go by: $title',
    ({ settings, region }) => {
      const { template, stack } = synth(settings, region);
      expect(functionNames({ template }).sort()).toEqual(
        functionNamesIn(readSettings(settings), stack.region).sort(),
      );
    },
  );

  test('run Node.js on arm64, log as JSON for as long as is said, and hand failures on', () => {
    const { template } = synth({ functions: { logRetentionDays: 30, reservedConcurrency: 3 } });
    const all = resourcesOf(template, 'AWS::Lambda::Function');
    for (const [id, { Properties }] of all) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        ReservedConcurrentExecutions: 3,
        LoggingConfig: { LogFormat: 'JSON' },
      });
      expect(Properties.TracingConfig).toBeUndefined();
      const [, events] =
        resourcesOf(template, 'AWS::Lambda::EventInvokeConfig').find(
          ([, one]) => one.Properties.FunctionName.Ref === id,
        ) ?? [];
      expect(events?.Properties).toMatchObject({ MaximumRetryAttempts: 2 });
      expect(resolved(events?.Properties.DestinationConfig.OnFailure.Destination)).toMatch(
        /^att:Failures.*\.Arn$/,
      );
    }
    const groups = resourcesOf(template, 'AWS::Logs::LogGroup').map(([, { Properties }]) => Properties);
    expect(groups.map(({ LogGroupName }) => LogGroupName).sort()).toEqual(
      all.map(([, { Properties }]) => `/aws/lambda/${Properties.FunctionName}`).sort(),
    );
    expect(groups.every(({ RetentionInDays }) => RetentionInDays === 30)).toBe(true);
  });

  test('take their size from the settings, when these have one', () => {
    const size = ({ template }: { template: Template }, id: string) => {
      const [, one] =
        resourcesOf(template, 'AWS::Lambda::Function').find(
          ([, { Properties }]) => Properties.FunctionName === functionName(id),
        ) ?? [];
      return [one?.Properties.MemorySize, one?.Properties.Timeout];
    };
    expect([size(home, 's3-public'), size(home, 'root-mfa')]).toEqual([
      [1024, 900],
      [512, 300],
    ]);
    const set = synth({ functions: { memoryMegabytes: 256, timeoutSeconds: 60 } });
    expect([size(set, 's3-public'), size(set, 'root-mfa')]).toEqual([
      [256, 60],
      [256, 60],
    ]);
  });

  test('may be invoked by AWS Config for this account, and by nobody else', () => {
    const permissions = resourcesOf(home.template, 'AWS::Lambda::Permission').map(([, { Properties }]) =>
      resolved(Properties),
    );
    const config = permissions.filter(({ Principal }) => Principal === 'config.amazonaws.com');
    expect(config).toHaveLength(rules.filter(isUsed).length);
    for (const permission of permissions) {
      expect(permission.Action).toBe('lambda:InvokeFunction');
      expect(permission.SourceAccount ?? permission.SourceArn).toMatch(/^111122223333$|^att:.*Arn$/);
    }
  });
});

describe('roles', () => {
  // With the controls that are off unless somebody turns them on.
  const whole = synth({
    controls: { 'rds-audit-log': { enabled: true }, 'rds-aurora-audit-log': { enabled: true } },
  });
  const here = byRule.filter(({ id }) => functionNames(whole).includes(functionName(id)));
  /** To tell which run of its document asks for changes. */
  const RUNS = ['ssm:GetAutomationExecution', 'ssm:GetDocument'];
  const own = ['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage'];

  test.each(here)('of the function $id: what it reads, its log, the queue, and no more', (rule) => {
    const statements = statementsOf(
      whole.template,
      ({ Properties }) => Properties.Description === `Runs the function ${functionName(rule.id)}`,
    );
    expect(actionsOf(statements)).toEqual(
      [
        ...functionActions(rule),
        ...own,
        ...(rule.fix.byFunction ? [...RUNS, ...changeActions(rule)] : []),
      ].sort(),
    );
  });

  test.each(here)('of the document $id: what its steps call, and no more', (rule) => {
    const document = loadDocument(documentText(rule), documentName(rule.id));
    const statements = statementsOf(
      whole.template,
      ({ Properties }) => Properties.Description === `Runs the document ${documentName(rule.id)}`,
    );
    expect(actionsOf(statements)).toEqual(permissionsOf(document));
    const [invoke] = statements.filter(({ Action }) => Action === 'lambda:InvokeFunction');
    expect(resolved(invoke?.Resource)).toMatch(/^att:Pack.*\.Arn$/);
  });

  test.each(here)('of $id are held against what it calls', ({ id }) => {
    expect(existsSync(join(__dirname, `../integration/remediation/${id}.test.ts`))).toBe(true);
  });

  test.each(VARIANTS)('are assumed by one service, for this account: $title', ({ settings, region }) => {
    const roles = resourcesOf(synth(settings, region).template, 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThan(1);
    for (const [, { Properties }] of roles) {
      for (const { Action, Effect, Principal, Condition } of Properties.AssumeRolePolicyDocument.Statement) {
        expect([Action, Effect, Object.keys(Principal)]).toEqual(['sts:AssumeRole', 'Allow', ['Service']]);
        expect(Condition.StringEquals['aws:SourceAccount']).toEqual({ Ref: 'AWS::AccountId' });
      }
    }
  });

  test.each(VARIANTS)(
    "are there for AWS's documents in the packs, one each, with what AWS publishes: $title",
    ({ settings, region }) => {
      const { template, stack } = synth(settings, region);
      const used = resourcesOf(template, 'AWS::Config::ConformancePack')
        .flatMap(([, { Properties }]) =>
          Object.values<Resource>(parse(resolved(Properties.TemplateBody, stack.region)).Resources),
        )
        .filter(({ Properties }) => /^AWS/.test(Properties.TargetId ?? ''));
      const roles = resourcesOf(template, 'AWS::IAM::Role')
        .map(([, { Properties }]) => Properties)
        .filter(({ Description }) => /^Runs the document AWS/.test(Description));
      expect(roles.map(({ Description }) => Description.split(' ').at(-1)).sort()).toEqual(
        [...new Set(used.map(({ Properties }) => Properties.TargetId))].sort(),
      );
      for (const { Description, RoleName, Path = '/', Policies } of roles) {
        const name = Description.split(' ').at(-1);
        const [{ PolicyDocument } = { PolicyDocument: { Statement: [] } }] = Policies;
        expect(actionsOf(PolicyDocument.Statement)).toEqual(
          awsOwned.find((one) => one.name === name)?.actions,
        );
        const mine = used.filter(({ Properties }) => Properties.TargetId === name);
        for (const { Properties } of mine) {
          expect(Properties.Parameters.AutomationAssumeRole.StaticValue.Values).toEqual([
            `arn:aws:iam::111122223333:role${Path}${resolved(RoleName, stack.region)}`,
          ]);
        }
      }
    },
  );

  test("are not made for AWS's documents whose role the settings name, or whose remediation is off", () => {
    const named = (input: SettingsInput) =>
      resourcesOf(synth(input).template, 'AWS::IAM::Role').filter(([, { Properties }]) =>
        /AWS-ReleaseElasticIP/.test(Properties.Description),
      ).length;
    const roleArn = 'arn:aws:iam::111122223333:role/ours';
    const own = (remediation: object): SettingsInput => ({ controls: { 'unused-eip': { remediation } } });
    expect([named({}), named(own({ roleArn })), named(own({ mode: 'off' }))]).toEqual([1, 0, 0]);
  });

  test('have names that IAM takes in the Region with the longest code', () => {
    for (const { id } of byRule) expect(`${documentName(id)}-ap-southeast-1`.length).toBeLessThanOrEqual(64);
  });

  test('a document publishes to the topic that it is given, and to no other', () => {
    const topicArn = 'arn:aws:sns:us-east-1:111122223333:root-alerts';
    const { template } = synth({
      controls: { 'root-mfa': { remediation: { parameters: { TopicArn: topicArn } } } },
    });
    const publish = (one: Template) =>
      statementsOf(one, ({ Properties }) => /Groundrules-RootMfa/.test(Properties.Description))
        .filter(({ Action }) => Action === 'sns:Publish')
        .map(({ Resource }) => resolved(Resource));
    expect(publish(template)).toEqual([topicArn]);
    expect(publish(home.template)).toEqual([expect.stringMatching(/^ref:Notifications/)]);
    const given = (one: Template) =>
      packOf(one, 'groundrules-root').Resources.RootMfaRemediation.Properties.Parameters.TopicArn;
    expect(given(template)).toEqual({ StaticValue: { Values: [topicArn] } });
    expect(given(home.template)).toEqual({
      StaticValue: { Values: [expect.stringMatching(/^ref:Notifications/)] },
    });
  });
});

describe('packs', () => {
  test('name roles and functions literally, in whatever account and Region they are', () => {
    const { Resources } = packOf(away.template, 'groundrules-workloads', 'eu-west-1');
    expect(Resources.S3PublicRemediation.Properties.Parameters.AutomationAssumeRole).toEqual({
      StaticValue: { Values: ['arn:aws:iam::111122223333:role/Groundrules-S3Public-eu-west-1'] },
    });
    const roles = resourcesOf(away.template, 'AWS::IAM::Role').map(([, { Properties }]) =>
      resolved(Properties.RoleName, 'eu-west-1'),
    );
    expect(roles).toContain('Groundrules-S3Public-eu-west-1');
    const [, pack] =
      resourcesOf(away.template, 'AWS::Config::ConformancePack').find(
        ([, { Properties }]) => Properties.ConformancePackName === 'groundrules-workloads',
      ) ?? [];
    expect(pack?.Properties.ConformancePackInputParameters).toBeUndefined();
    expect(Resources.S3Public.Condition).toBeUndefined();
    expect(Resources.S3Public.Properties.Source.SourceIdentifier).toBe(
      'arn:aws:lambda:eu-west-1:111122223333:function:groundrules-s3-public',
    );
  });

  test.each(VARIANTS)('have no mark left in them, and fit: $title', ({ settings, region }) => {
    const { template, stack } = synth(settings, region);
    const packs = resourcesOf(template, 'AWS::Config::ConformancePack');
    expect(packs.length).toBeGreaterThan(0);
    for (const [, { Properties }] of packs) {
      const text: string = resolved(Properties.TemplateBody, stack.region);
      expect(text).not.toMatch(/@[A-Z-]+@|\$\{Token/);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(51_200);
      expect(Properties.ConformancePackName).toMatch(/^[a-zA-Z][-a-zA-Z0-9]*$/);
    }
  });

  test('come after the functions, permissions, documents and roles of their own rules, and go before them', () => {
    const { Resources } = home.template;
    const settings = readSettings({});
    for (const domain of settings.packs) {
      const [, pack] =
        resourcesOf(home.template, 'AWS::Config::ConformancePack').find(
          ([, { Properties }]) => Properties.ConformancePackName === `groundrules-${domain}`,
        ) ?? [];
      const needed = dependenciesOf(pack as Resource).map((id) => Resources[id] as Resource);
      // One after the other, in the order of the domains.
      const [before] = settings.packs.slice(0, settings.packs.indexOf(domain)).slice(-1);
      expect(
        needed
          .filter(({ Type }) => Type === 'AWS::Config::ConformancePack')
          .map(({ Properties }) => Properties.ConformancePackName),
      ).toEqual(before ? [`groundrules-${before}`] : []);
      const names = (type: string, key: string) =>
        needed.filter(({ Type }) => Type === type).map(({ Properties }) => Properties[key]);
      const mine = [
        ...new Set(controlsOf({ settings, domain, region: 'us-east-1' }).flatMap((one) => fixOf(one) ?? [])),
      ];
      expect(names('AWS::Lambda::Function', 'FunctionName').sort()).toEqual(
        mine.map(({ id }) => functionName(id)).sort(),
      );
      expect(names('AWS::SSM::Document', 'Name').sort()).toEqual(
        mine.map(({ id }) => documentName(id)).sort(),
      );
      expect(names('AWS::Lambda::Permission', 'Principal')).toHaveLength(
        mine.filter(({ triggers }) => triggers.length > 0).length,
      );
      expect(
        names('AWS::IAM::Role', 'Description').filter((one) => !/^Runs the document AWS/.test(one)),
      ).toHaveLength(2 * mine.length);
    }
  });

  test('know of no rule without its function', () => {
    for (const { template, stack } of [home, away]) {
      const names = functionNames({ template });
      for (const [, { Properties }] of resourcesOf(template, 'AWS::Config::ConformancePack')) {
        const { Resources = {} } = parse(resolved(Properties.TemplateBody, stack.region));
        for (const one of Object.values<Resource>(Resources)) {
          if (one.Properties.Source?.Owner !== 'CUSTOM_LAMBDA') continue;
          expect(names).toContain(String(one.Properties.Source.SourceIdentifier).split(':').at(-1));
        }
      }
    }
  });
});

describe('monitoring', () => {
  test('there is one alarm, on the queue', () => {
    for (const one of [home, away]) {
      const alarms = resourcesOf(one.template, 'AWS::CloudWatch::Alarm');
      expect(alarms.map(([, { Properties }]) => [Properties.AlarmName, Properties.Namespace])).toEqual([
        ['groundrules-failures', 'AWS/SQS'],
      ]);
    }
  });

  test('if asked for, there are two alarms a function besides, and no throttle of a first run rings', () => {
    const each = synth({ notifications: { functionAlarms: true } });
    const alarms = resourcesOf(each.template, 'AWS::CloudWatch::Alarm').map(
      ([, { Properties }]) => Properties,
    );
    const expected = functionNames(each).flatMap((name) => [`${name}-errors`, `${name}-throttles`]);
    for (const { AlarmName, Period, EvaluationPeriods, DatapointsToAlarm } of alarms) {
      const minutes = (Period * (DatapointsToAlarm ?? EvaluationPeriods)) / 60;
      expect([AlarmName, minutes]).toEqual([AlarmName, /-throttles$/.test(AlarmName) ? 60 : 5]);
    }
    expect(alarms.map(({ AlarmName }) => AlarmName).sort()).toEqual(
      [...expected, 'groundrules-failures'].sort(),
    );
    for (const { AlarmActions, TreatMissingData, Threshold } of alarms) {
      expect([resolved(AlarmActions), TreatMissingData, Threshold]).toEqual([
        [expect.stringMatching(/^ref:Notifications/)],
        'notBreaching',
        1,
      ]);
    }
  });

  test('alarms and dashboard can be left out', () => {
    const { template } = synth({ notifications: { alarms: false, dashboard: false } });
    expect(resourcesOf(template, 'AWS::CloudWatch::Alarm')).toEqual([]);
    expect(resourcesOf(template, 'AWS::CloudWatch::Dashboard')).toEqual([]);
  });

  test('the dashboard is in the home Region, and shows every Region', () => {
    const { template } = synth(TWO, 'us-east-1');
    const [[, dashboard] = []] = resourcesOf(template, 'AWS::CloudWatch::Dashboard');
    const { widgets } = JSON.parse(resolved(dashboard?.Properties.DashboardBody));
    const regions = widgets
      .map(({ properties }: Resource['Properties']) => properties.region)
      .filter(Boolean);
    expect([...new Set(regions)].sort()).toEqual(['eu-west-1', 'us-east-1']);
    expect(resourcesOf(away.template, 'AWS::CloudWatch::Dashboard')).toEqual([]);
  });

  test('a topic that is given serves its own Region, and in another one is made', () => {
    const topicArn = 'arn:aws:sns:us-east-1:111122223333:our-alarms';
    const settings: SettingsInput = { ...TWO, notifications: { topicArn, emails: ['a@example.com'] } };
    const topics = (region: string) =>
      resourcesOf(synth(settings, region).template, 'AWS::SNS::Topic').length;
    expect([topics('us-east-1'), topics('eu-west-1')]).toEqual([0, 1]);
    const [[, subscription] = []] = resourcesOf(
      synth(settings, 'eu-west-1').template,
      'AWS::SNS::Subscription',
    );
    expect(subscription?.Properties).toMatchObject({ Protocol: 'email', Endpoint: 'a@example.com' });
  });
});

describe('a resource that passes again', () => {
  const tellers = byRule.filter((rule) => rule.fix.notifies && isUsed(rule));
  const starters = resourcesOf(home.template, 'AWS::Events::Rule').filter(([id]) => /Resolution/.test(id));

  test('starts the document of every rule that only tells people, to resolve its OpsItem', () => {
    expect(starters).toHaveLength(tellers.length);
    for (const { id } of tellers) {
      const [, starter] =
        starters.find(([, { Properties }]) => Properties.Description.includes(` ${id} `)) ?? [];
      expect(starter?.Properties.EventPattern.detail).toEqual({
        messageType: ['ComplianceChangeNotification'],
        configRuleName: DOMAINS.flatMap((domain) =>
          controlsOf({ settings: readSettings({}), domain, region: 'us-east-1' }),
        )
          .filter((control) => fixOf(control)?.id === id)
          .map((control) => ({ prefix: `${control.id}-conformance-pack-` })),
        oldEvaluationResult: { complianceType: ['NON_COMPLIANT'] },
        newEvaluationResult: { complianceType: [{ 'anything-but': ['NON_COMPLIANT'] }] },
      });
      const [target] = starter?.Properties.Targets ?? [];
      expect(resolved(target.Arn)).toMatch(
        new RegExp(`:automation-definition/${documentName(id)}:\\$DEFAULT$`),
      );
      const given = JSON.parse(resolved(target.InputTransformer.InputTemplate));
      const { parameters } = loadDocument(documentText(tellers.find((rule) => rule.id === id) as never), id);
      expect(Object.keys(given).filter((name) => !(name in parameters))).toEqual([]);
      expect(given).toMatchObject({ Mode: ['Apply'], OnlyResolve: ['true'] });
      // All others have a default, which is what AWS Config's own remediation leaves them at.
      const wanted = Object.entries(parameters).filter(([, fields]) => fields.default === undefined);
      expect(wanted.map(([name]) => given[name])).toEqual([['<resource>']]);
    }
  });

  test('and an event that cannot start it is kept', () => {
    const policies = JSON.stringify(resourcesOf(home.template, 'AWS::SQS::QueuePolicy'));
    for (const [id, { Properties }] of starters) {
      expect(Properties.Targets[0].DeadLetterConfig).toBeDefined();
      expect(policies).toContain(id);
    }
  });
});

describe('an update', () => {
  /** The logical ids of what two settings make differently. */
  function changed(one: SettingsInput, other: SettingsInput, region?: string): string[] {
    const [before, after] = [one, other].map((input) => synth(input, region).template.Resources);
    const ids = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
    return [...ids].filter((id) => JSON.stringify(before?.[id]) !== JSON.stringify(after?.[id])).sort();
  }

  test('of a parameter touches the pack that has the rule', () => {
    const tuned: SettingsInput = {
      controls: { 'sg-open-ports': { parameters: { allowedTcpPorts: '443' } } },
    };
    expect(changed({}, tuned)).toEqual(['PackWorkloadsPack5F7480CE']);
  });

  test('of how a fix is run touches the pack that has it', () => {
    expect(changed({}, { controls: { 's3-public': { remediation: { mode: 'automatic' } } } })).toEqual([
      'PackWorkloadsPack5F7480CE',
    ]);
  });

  test('of the log retention touches the log groups', () => {
    const ids = changed({}, { functions: { logRetentionDays: 30 } });
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.filter((id) => home.template.Resources[id]?.Type !== 'AWS::Logs::LogGroup')).toEqual([]);
  });

  test('of another Region touches the dashboard', () => {
    expect(changed({}, TWO, 'us-east-1')).toEqual([expect.stringMatching(/^Dashboard/)]);
  });

  test('finds the packs and documents of the version before under the same logical ids', () => {
    // With another id CloudFormation would make a second one of the same name, before it removes the first, and fail.
    const ids = (type: string) => resourcesOf(home.template, type).map(([id]) => id);
    expect(ids('AWS::Config::ConformancePack')).toEqual([
      'PackRootPack08BF52E5',
      'PackIdentityPack53D49FE3',
      'PackLoggingPackD812EAF2',
      'PackCostPack76D9967D',
      'PackWorkloadsPack5F7480CE',
      'PackAttestationsPack7ABA9D5B',
    ]);
    expect(ids('AWS::SSM::Document')).toEqual(
      expect.arrayContaining([
        'PackRootMfaDocument3BA8D952',
        'PackAccessKeyAgeDocument934D2EF0',
        'PackTrailObjectLockDocument52CD4A09',
        'PackSgOpenPortsDocumentDF9DBBDE',
        'PackS3PublicDocumentE33BC804',
      ]),
    );
  });
});

test('the documented values of logRetentionDays are those of the CDK', () => {
  const known = Object.values(logs.RetentionDays).filter(
    (one): one is number => typeof one === 'number' && one !== logs.RetentionDays.INFINITE,
  );
  const { properties } = settingsSchema() as Resource['Properties'];
  expect(properties.functions.properties.logRetentionDays.enum).toEqual(known.sort((a, b) => a - b));
});

test('with 40 rules the stack is far below the 500 resources that CloudFormation takes', () => {
  // Everything on, but two alarms a function, which is a setting of its own.
  const { template, stack } = synth({
    securityHub: { automationRules: true },
    notifications: { emails: ['security@example.com'] },
  });
  const all = Object.entries(template.Resources);
  const own = [...stack.pack.functions.keys()];
  const [one = ''] = own.filter((id) => id === 's3-public');
  const prefix = `Pack${documentName(one).split('-')[1]}`;
  const each = all.filter(([id]) => id.startsWith(`${prefix}Function`) || id.startsWith(`${prefix}Document`));
  expect(each.length).toBeGreaterThan(4);
  expect(all.length + (40 - own.length) * each.length).toBeLessThan(400);
});
