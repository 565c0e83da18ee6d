import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { controls, isOn, isPlanned } from '../../catalogue/index.ts';
import { FailureQueue } from '../../deploy/account/monitoring.ts';
import { SecurityHubBridge } from '../../deploy/security-hub/construct.ts';
import { FindingViews } from '../../deploy/security-hub/views.ts';
import { readSettings, type SettingsInput } from '../../deploy/settings/index.ts';
import { noCode, resolved } from './support/account.ts';

const organization = {
  organizationalUnits: ['ou-ab12-cdefghij'],
  organizationId: 'o-abcdefghij',
  auditAccountId: '111122223333',
};

function make(input: SettingsInput, parts: 'bridge' | 'views' = 'bridge') {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Hub', { env: { region: 'us-east-1' } });
  const settings = readSettings(input);
  const failures = new FailureQueue(stack, 'Failures');
  const bridge =
    parts === 'bridge'
      ? new SecurityHubBridge(stack, 'SecurityHub', { settings, code: noCode(), failures })
      : undefined;
  if (parts === 'views') new FindingViews(stack, 'Views', { settings });
  return { app, bridge, template: Template.fromStack(stack) };
}

/** Of an account that is Security Hub's administrator. */
const ADMINISTRATOR = { automationRules: true };

const bridged = make({ securityHub: {} });
const types = ({ template }: { template: Template }) => {
  const all = Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map(
    ({ Type }) => Type,
  );
  return (type: string) => all.filter((one) => one === `AWS::SecurityHub::${type}`).length;
};

test("AWS Config's verdicts come to the queue, but for Security Hub's own rules", () => {
  bridged.template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.config'],
      'detail-type': ['Config Rules Compliance Change'],
      detail: {
        messageType: ['ComplianceChangeNotification'],
        configRuleName: [{ 'anything-but': { prefix: 'securityhub-' } }],
      },
    },
    State: 'ENABLED',
    Targets: [
      Match.objectLike({
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SecurityHubQueue'), 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Failures'), 'Arn'] } },
      }),
    ],
  });
});

test('the queue is encrypted, waits six times as long as the function, and hands over what fails', () => {
  bridged.template.hasResource('AWS::SQS::Queue', {
    Properties: {
      SqsManagedSseEnabled: true,
      VisibilityTimeout: 370,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Failures'), 'Arn'] } },
    },
    DeletionPolicy: 'Delete',
  });
  const slow = make({ securityHub: {}, functions: { timeoutSeconds: 900 } });
  slow.template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 5410 });
});

test('only this rule may put something into the queue, and nobody without TLS', () => {
  const policies = Object.values(bridged.template.findResources('AWS::SQS::QueuePolicy'));
  expect(policies).toHaveLength(2);
  for (const { Properties } of policies) {
    const statements = Properties.PolicyDocument.Statement as { Effect: string; Condition: object }[];
    expect(statements.filter(({ Effect }) => Effect === 'Deny')).toEqual([
      expect.objectContaining({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ]);
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toEqual([
      expect.objectContaining({
        Principal: { Service: 'events.amazonaws.com' },
        Condition: {
          ArnEquals: {
            'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^SecurityHubRule/), 'Arn'] },
          },
        },
      }),
    ]);
  }
});

test('a hundred messages a run, at most two runs at a time, and what failed by itself', () => {
  bridged.template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 10,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 2 },
  });
});

test('the function may import findings of its own account, take its messages, and no more', () => {
  const [role, more] = Object.values(bridged.template.findResources('AWS::IAM::Role'));
  expect(more).toBeUndefined();
  expect(role?.Properties.ManagedPolicyArns).toBeUndefined();
  const statements = resolved(role?.Properties.Policies[0].PolicyDocument.Statement) as {
    Action: string | string[];
    Resource: string;
  }[];
  expect(
    Object.fromEntries(statements.map(({ Action, Resource }) => [[Action].flat().join(), Resource])),
  ).toEqual({
    'logs:CreateLogStream,logs:PutLogEvents': expect.stringContaining(
      'log-group:/aws/lambda/groundrules-security-hub-bridge:',
    ),
    'sqs:SendMessage': expect.stringMatching(/^att:Failures/),
    'securityhub:BatchUpdateFindings': 'arn:aws:securityhub:us-east-1:111122223333:hub/default',
    'securityhub:BatchImportFindings':
      'arn:aws:securityhub:us-east-1:111122223333:product/111122223333/default',
    'sqs:DeleteMessage,sqs:GetQueueAttributes,sqs:ReceiveMessage':
      expect.stringMatching(/^att:SecurityHubQueue/),
  });
  bridged.template.resourceCountIs('AWS::IAM::Policy', 0);
  expect(bridged.bridge?.function.functionArn).toBeDefined();
});

test('the function knows where pages are published only if somebody said so', () => {
  const variables = (input: SettingsInput) =>
    Object.values(make(input).template.findResources('AWS::Lambda::Function'))[0]?.Properties.Environment
      ?.Variables;
  expect(variables({ securityHub: {} })).toBeUndefined();
  const documentationUrl = 'https://example.org/groundrules';
  expect(variables({ securityHub: { documentationUrl } })).toEqual({
    GROUNDRULES_DOCUMENTATION_URL: documentationUrl,
  });
  expect(() => readSettings({ securityHub: { documentationUrl: 'javascript:alert(1)' } })).toThrow(
    'documentationUrl',
  );
});

/** A rule suppresses the duplicates of so many controls at most. */
const suppressing = (count: number) => Math.ceil(count / 100);
const byDefault = suppressing(controls.filter(isOn).length);
const withAll = suppressing(Object.keys(everything()).length);

test.each<[what: string, input: SettingsInput, parts: 'bridge' | 'views', insights: number, rules: number]>([
  // Only an administrator can make automation rules: a member's deployment would fail.
  ['an account that may be a member', { securityHub: {} }, 'bridge', 3, 0],
  ['the administrator', { securityHub: ADMINISTRATOR }, 'bridge', 3, 1 + byDefault],
  ['no insights', { securityHub: { insights: false } }, 'bridge', 0, 0],
  ['duplicates stay', { securityHub: { ...ADMINISTRATOR, suppressDuplicates: false } }, 'bridge', 3, 1],
  [
    "rules off in the organization's",
    { securityHub: { automationRules: false }, organization },
    'views',
    3,
    0,
  ],
  ['a member of an organization', { securityHub: {}, organization }, 'bridge', 0, 0],
  ["an organization's audit account", { securityHub: {}, organization }, 'views', 3, 1 + byDefault],
  [
    'more than a hundred controls are on',
    { securityHub: ADMINISTRATOR, controls: everything() },
    'bridge',
    3,
    1 + withAll,
  ],
  ['off', {}, 'views', 0, 0],
  // Suppressing AWS's findings without sending any would hide what fails.
  ['no findings', { securityHub: { findings: false } }, 'views', 0, 0],
])('insights and automation rules: %s', (_, input, parts, insights, rules) => {
  const count = types(make(input, parts));
  expect([count('Insight'), count('AutomationRule')]).toEqual([insights, rules]);
});

function everything(): NonNullable<SettingsInput['controls']> {
  return Object.fromEntries(
    controls.filter((one) => !isPlanned(one)).map(({ id }) => [id, { enabled: true }]),
  );
}

test.each<[SettingsInput]>([[{}], [{ securityHub: { findings: false } }]])(
  'there is no bridge to nowhere: %j',
  (input) => {
    expect(() => make(input)).toThrow('securityHub.findings is off');
  },
);

const criteria = (template: Template, name: RegExp) =>
  Object.values(template.findResources('AWS::SecurityHub::AutomationRule'))
    .map(({ Properties }) => Properties)
    .filter(({ RuleName }) => name.test(RuleName));

test('duplicates are those of AWS Config whose title is the name of a rule in a pack', () => {
  const own = {
    'sg-open-ports': { enabled: false },
    'ssh-not-world-open': { enabled: true },
  };
  const [rule, more] = criteria(
    make({ securityHub: ADMINISTRATOR, packs: ['workloads'], controls: own }).template,
    /duplicates/,
  );
  expect(more).toBeUndefined();
  expect(rule?.Criteria.ProductName).toEqual([{ Comparison: 'EQUALS', Value: 'Config' }]);
  const titles = ((rule?.Criteria.Title ?? []) as { Comparison: string; Value: string }[]).map(
    ({ Comparison, Value }) => `${Comparison} ${Value}`,
  );
  expect(titles).toContain('PREFIX ssh-not-world-open-conformance-pack-');
  expect(titles).toContain('PREFIX s3-public-conformance-pack-');
  expect(titles.join()).not.toMatch(/sg-open-ports|root-mfa/);
  expect(rule?.Actions[0].FindingFieldsUpdate.Workflow).toEqual({ Status: 'SUPPRESSED' });
});

test('every control that is on is in one rule, and no rule has more titles than it can', () => {
  const rules = criteria(make({ securityHub: ADMINISTRATOR, controls: everything() }).template, /duplicates/);
  const titles = rules.map(({ Criteria }) =>
    (Criteria.Title as { Value: string }[]).map(({ Value }) => Value),
  );
  expect(Math.max(...titles.map(({ length }) => length))).toBe(100);
  expect(titles.flat()).toEqual(Object.keys(everything()).map((id) => `${id}-conformance-pack-`));
  expect(new Set(rules.map(({ RuleOrder }) => RuleOrder)).size).toBe(rules.length);
});

test('what passes is resolved, unless somebody has suppressed it', () => {
  const [rule] = criteria(make({ securityHub: ADMINISTRATOR }).template, /complies/);
  expect(rule?.Criteria).toEqual({
    GeneratorId: [{ Comparison: 'PREFIX', Value: 'groundrules/' }],
    ComplianceStatus: [{ Comparison: 'EQUALS', Value: 'PASSED' }],
    WorkflowStatus: [
      { Comparison: 'EQUALS', Value: 'NEW' },
      { Comparison: 'EQUALS', Value: 'NOTIFIED' },
    ],
  });
  expect(rule?.Actions[0].FindingFieldsUpdate).toEqual({ Workflow: { Status: 'RESOLVED' } });
});

test('insights count what fails and nobody has dealt with', () => {
  const insights = Object.values(bridged.template.findResources('AWS::SecurityHub::Insight')).map(
    ({ Properties }) => Properties,
  );
  expect(insights.map(({ GroupByAttribute }) => GroupByAttribute)).toEqual([
    'AwsAccountId',
    'GeneratorId',
    'ResourceId',
  ]);
  for (const { Filters } of insights) {
    expect(Filters).toMatchObject({
      GeneratorId: [{ Comparison: 'PREFIX', Value: 'groundrules/' }],
      ComplianceStatus: [{ Comparison: 'EQUALS', Value: 'FAILED' }],
      RecordState: [{ Comparison: 'EQUALS', Value: 'ACTIVE' }],
    });
  }
  expect(insights[2]?.Filters).toMatchObject({
    SeverityLabel: [{ Comparison: 'EQUALS', Value: 'CRITICAL' }],
    CreatedAt: [{ DateRange: { Unit: 'DAYS', Value: 7 } }],
  });
});

test('two syntheses are the same', () =>
  expect(JSON.stringify(make({ securityHub: {} }).template)).toBe(JSON.stringify(bridged.template)));

test('cdk-nag finds nothing', () => {
  for (const pack of [new AwsSolutionsChecks(), new NIST80053R5Checks()]) {
    const { violations } = pack.validateScope(bridged.app);
    expect(
      violations.map(({ ruleName, violatingResources }) => [
        ruleName,
        violatingResources.map(({ constructPath }) => constructPath),
      ]),
    ).toEqual([]);
  }
});
