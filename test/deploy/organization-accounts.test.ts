import { controls } from '../../catalogue/index.ts';
import { stackNames } from '../../deploy/organization/index.ts';
import { documentHash } from '../../tasks/run.ts';
import { resolved, resourcesOf, type Template } from './support/account.ts';
import {
  bundles,
  ORGANIZATION,
  SETTINGS,
  type Synthesized,
  synthOrganization,
} from './support/organization.ts';

const NAMES = stackNames({ namePrefix: 'groundrules' });

jest.setTimeout(120_000);

const APPROVERS = ['arn:aws:iam::111122223333:user/alice', 'arn:aws:iam::111122223333:role/security'];
const { folderOf, remove } = bundles();
let whole: Synthesized;
beforeAll(() => {
  // What members get is not looked at here.
  const organization = { ...ORGANIZATION, rootCredentialApprovers: APPROVERS };
  whole = synthOrganization({ ...SETTINGS, packs: ['cost'], organization }, folderOf);
});
afterAll(remove);

const templateOf = (name: string, { assembly } = whole): Template => assembly.getStackByName(name).template;

describe('the bucket of a Region', () => {
  test('can be read by the organization, over TLS, and by nobody else', () => {
    const template = templateOf(NAMES.code('eu-west-1'));
    const [[, bucket] = []] = resourcesOf(template, 'AWS::S3::Bucket');
    expect(bucket?.DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(resolved(bucket?.Properties, 'eu-west-1')).toMatchObject({
      BucketName: 'groundrules-code-111122223333-eu-west-1',
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    const [[, policy] = []] = resourcesOf(template, 'AWS::S3::BucketPolicy');
    const statements = policy?.Properties.PolicyDocument.Statement;
    expect(statements.filter(({ Effect }: { Effect: string }) => Effect === 'Allow')).toEqual([
      {
        Sid: 'OrganizationReads',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 's3:GetObject',
        Resource: expect.anything(),
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
      },
    ]);
    expect(statements.find(({ Effect }: { Effect: string }) => Effect === 'Deny').Condition).toEqual({
      Bool: { 'aws:SecureTransport': 'false' },
    });
  });
});

describe('the management account', () => {
  test('alone may open root sessions, for three tasks, in members', () => {
    const roles = resourcesOf(templateOf(NAMES.management), 'AWS::IAM::Role');
    const statements = roles.flatMap(([, { Properties }]) =>
      Properties.Policies.flatMap(
        ({ PolicyDocument }: { PolicyDocument: { Statement: { Action: string | string[] }[] } }) =>
          PolicyDocument.Statement,
      ),
    );
    const rooted = statements.filter(({ Action }) =>
      [Action].flat().some((one: string) => one.startsWith('sts:')),
    );
    expect(resolved(rooted)).toEqual([
      {
        Action: 'sts:AssumeRoot',
        Effect: 'Allow',
        Resource: 'arn:aws:iam::*:root',
        Condition: {
          StringEquals: {
            'sts:TaskPolicyArn': [
              'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials',
              'arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials',
              'arn:aws:iam::aws:policy/root-task/IAMCreateRootUserPassword',
            ],
          },
        },
      },
    ]);
    expect(
      resourcesOf(templateOf(NAMES.management), 'AWS::SSM::Document').map(
        ([, { Properties }]) => Properties.Name,
      ),
    ).toEqual(['Groundrules-MemberRootCredentials']);
  });

  test("lets the document's role alone invoke the function", () => {
    const roles = resourcesOf(templateOf(NAMES.management), 'AWS::IAM::Role');
    const [role] =
      roles.find(([, { Properties }]) => /^Runs the document /.test(Properties.Description)) ?? [];
    const permissions = resourcesOf(templateOf(NAMES.management), 'AWS::Lambda::Permission');
    expect(permissions.map(([, { Properties }]) => Properties)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: expect.anything(),
        Principal: { 'Fn::GetAtt': [role, 'Arn'] },
      },
    ]);
  });

  test('tells the function whose approval counts, of which text of the document, and lets it ask SSM', () => {
    const [[, document] = []] = resourcesOf(templateOf(NAMES.management), 'AWS::SSM::Document');
    const { Content } = document?.Properties ?? {};
    expect(Content.parameters.Approvers.default).toEqual(APPROVERS);
    const [[, made] = []] = resourcesOf(templateOf(NAMES.management), 'AWS::Lambda::Function');
    expect(made?.Properties.Environment.Variables).toMatchObject({
      GROUNDRULES_APPROVERS: JSON.stringify(APPROVERS),
      GROUNDRULES_DOCUMENT_SHA256: documentHash(Content),
    });
    const roles = resourcesOf(templateOf(NAMES.management), 'AWS::IAM::Role');
    const [, role] =
      roles.find(([, { Properties }]) => /^Runs the function /.test(Properties.Description)) ?? [];
    const [{ PolicyDocument }] = role?.Properties.Policies ?? [{}];
    const asking = PolicyDocument.Statement.filter(({ Action }: { Action: unknown }) =>
      /ssm:/.test(String(Action)),
    );
    expect(
      asking.map(({ Action, Resource }: { Action: unknown; Resource: unknown }) => [
        Action,
        JSON.stringify(Resource),
      ]),
    ).toEqual([
      ['ssm:GetAutomationExecution', expect.stringContaining('automation-execution/*')],
      ['ssm:GetDocument', expect.stringContaining('document/Groundrules-MemberRootCredentials')],
    ]);
  });
});

describe('the audit account', () => {
  test('is where the settings say, and aggregates the organization in all Regions', () => {
    const { environment } = whole.assembly.getStackByName(NAMES.audit);
    expect(environment).toMatchObject({ account: '222222222222', region: 'ap-northeast-2' });
    const [[, aggregator] = []] = resourcesOf(
      templateOf(NAMES.audit),
      'AWS::Config::ConfigurationAggregator',
    );
    expect(aggregator?.Properties).toMatchObject({
      ConfigurationAggregatorName: 'groundrules',
      OrganizationAggregationSource: { AllAwsRegions: true },
    });
  });

  test('gathers findings, and has the views that members do not', () => {
    const [[, findings] = []] = resourcesOf(templateOf(NAMES.audit), 'AWS::SecurityHub::FindingAggregator');
    expect(findings?.Properties).toEqual({ RegionLinkingMode: 'ALL_REGIONS' });
    expect(resourcesOf(templateOf(NAMES.audit), 'AWS::SecurityHub::Insight')).toHaveLength(3);
    expect(resourcesOf(templateOf(NAMES.audit), 'AWS::SecurityHub::AutomationRule').length).toBeGreaterThan(
      0,
    );
  });

  test('leaves the finding aggregator alone that the account has, and still has the views', () => {
    const other = synthOrganization(
      { packs: ['cost'], securityHub: {}, organization: { ...ORGANIZATION, findingAggregator: false } },
      folderOf,
    );
    expect(resourcesOf(templateOf(NAMES.audit, other), 'AWS::SecurityHub::FindingAggregator')).toEqual([]);
    const views = resourcesOf(templateOf(NAMES.audit, other), 'AWS::SecurityHub::AutomationRule');
    expect(views.length).toBeGreaterThan(0);
    for (const [, view] of views) expect(view.DependsOn).toBeUndefined();
  });

  test('does neither where Security Hub is off', () => {
    const off = synthOrganization({ packs: ['cost'], organization: ORGANIZATION }, folderOf);
    expect(JSON.stringify(templateOf(NAMES.audit, off))).not.toContain('AWS::SecurityHub::');
  });

  test('writes every Monday, to those who are told', () => {
    const template = templateOf(NAMES.audit);
    const [[, schedule] = []] = resourcesOf(template, 'AWS::Scheduler::Schedule');
    expect(schedule?.Properties).toMatchObject({
      ScheduleExpression: 'cron(23 6 ? * MON *)',
      ScheduleExpressionTimezone: 'UTC',
    });
    const input = JSON.parse(resolved(schedule?.Properties.Target.Input));
    expect(input).toMatchObject({ time: '<aws.scheduler.scheduled-time>', aggregator: 'groundrules' });
    expect(Object.values(input.controls).flat().sort()).toEqual(controls.map(({ id }) => id).sort());
    expect(
      resourcesOf(template, 'AWS::SNS::Subscription').map(([, { Properties }]) => Properties.Endpoint),
    ).toEqual(['security@example.com']);
  });

  test("lets the mail's function do what it does, and nothing else (organization-summary.test.ts has its calls)", () => {
    const roles = resourcesOf(templateOf(NAMES.audit), 'AWS::IAM::Role');
    const [, role] = roles.find(([id]) => id.startsWith('SummaryRole')) ?? [];
    const statements: { Action: string | string[] }[] = role?.Properties.Policies[0].PolicyDocument.Statement;
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
      'config:DescribeAggregateComplianceByConfigRules',
      'config:DescribeAggregateComplianceByConformancePacks',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'organizations:ListAccounts',
      'sns:Publish',
      'sqs:SendMessage',
    ]);
  });

  test('has alarms of its own names, beside those that it has as a member', () => {
    const alarms = resourcesOf(templateOf(NAMES.audit), 'AWS::CloudWatch::Alarm').map(
      ([, { Properties }]) => Properties,
    );
    expect(alarms.map(({ AlarmName }) => AlarmName).sort()).toEqual([
      'groundrules-organization-summary-errors',
      'groundrules-organization-summary-failures',
      'groundrules-organization-summary-throttles',
    ]);
    for (const { AlarmActions, TreatMissingData } of alarms) {
      expect(AlarmActions).toHaveLength(1);
      expect(TreatMissingData).toBe('notBreaching');
    }
  });

  test('publishes to a topic of the settings where that is its own, in its home Region', () => {
    const topicArn = 'arn:aws:sns:us-east-1:222222222222:ours';
    const topics = (arn: string) => {
      const from = synthOrganization(
        { packs: ['cost'], notifications: { topicArn: arn }, organization: ORGANIZATION },
        folderOf,
      );
      const template = templateOf(NAMES.audit, from);
      const [[, schedule] = []] = resourcesOf(template, 'AWS::Scheduler::Schedule');
      return {
        made: resourcesOf(template, 'AWS::SNS::Topic').length,
        told: JSON.parse(resolved(schedule?.Properties.Target.Input)).topicArn,
      };
    };
    expect(topics(topicArn)).toEqual({ made: 0, told: topicArn });
    expect(topics('arn:aws:sns:us-east-1:333333333333:ours')).toMatchObject({ made: 1 });
  });
});
