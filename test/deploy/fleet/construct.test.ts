import validate from 'asl-validator';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { resultsPrefix, runKey } from '../../../deploy/fleet/layout.ts';
import { QUESTIONS } from '../../../deploy/fleet/tables.ts';
import { stackNames } from '../../../deploy/organization/index.ts';
import type { SettingsInput } from '../../../deploy/settings/index.ts';
import { resolved, resourcesOf, type Template } from '../support/account.ts';
import { bundles, ORGANIZATION, type Synthesized, synthOrganization } from '../support/organization.ts';

const NAMES = stackNames({ namePrefix: 'groundrules' });
jest.setTimeout(120_000);
const { folderOf, remove } = bundles();
afterAll(remove);

/** Athena's own placeholder. */
const DAY = '$' + '{day}';
const KEY = 'arn:aws:kms:us-east-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const EVERYTHING: SettingsInput = {
  packs: ['cost'],
  kmsKeyArn: KEY,
  rolePath: '/acme/',
  permissionsBoundary: 'boundaries/workloads',
  functions: { timeoutSeconds: 120, memoryMegabytes: 256, reservedConcurrency: 2 },
  organization: {
    ...ORGANIZATION,
    fleet: {
      schedule: 'rate(7 days)',
      maxConcurrency: 500,
      toleratedFailurePercentage: 3,
      externalId: 'audit',
      roleName: 'audit/Reader',
      retentionDays: 90,
      memoryMegabytes: 1769,
      timeoutSeconds: 600,
    },
  },
};
const DELIVERY_KEY = 'arn:aws:kms:eu-west-1:333344445555:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const DELIVERED: SettingsInput = {
  packs: ['cost'],
  organization: {
    ...ORGANIZATION,
    fleet: {
      deliveryBucket: {
        ...{ bucket: 'config-logs', prefix: 'central', kmsKeyArn: DELIVERY_KEY },
        ownerAccountId: '333344445555',
      },
    },
  },
};
let plain: Synthesized;
let delivered: Synthesized;
let everything: Synthesized;
beforeAll(() => {
  plain = synthOrganization({ packs: ['cost'], organization: { ...ORGANIZATION, fleet: {} } }, folderOf);
  everything = synthOrganization(EVERYTHING, folderOf);
  delivered = synthOrganization(DELIVERED, folderOf);
});

const templateOf = ({ assembly }: Synthesized): Template => assembly.getStackByName(NAMES.audit).template;
const one = (from: Synthesized, type: string) => resourcesOf(templateOf(from), type)[0]?.[1].Properties;
const functionNamed = (from: Synthesized, name: string) =>
  resourcesOf(templateOf(from), 'AWS::Lambda::Function').find(
    ([, { Properties }]) => Properties.FunctionName === name,
  )?.[1].Properties;
const actionsOf = (from: Synthesized, role: string): string[] =>
  resourcesOf(templateOf(from), 'AWS::IAM::Role')
    .filter(([id]) => id.startsWith(role))
    .flatMap(([, { Properties }]) => Properties.Policies)
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action }: { Action: string | string[] }) => Action)
    .sort();

test('nothing of it is there unless the settings have it', () => {
  const off = synthOrganization({ packs: ['cost'], organization: ORGANIZATION }, folderOf);
  expect(JSON.stringify(templateOf(off))).not.toMatch(/StateMachine|fleet/);
});

test.each([
  ['nothing set', () => plain],
  ['everything set', () => everything],
  ['by a delivery bucket', () => delivered],
])('cdk-nag finds nothing that is not acknowledged: %s', (_, from) => {
  for (const pack of [new AwsSolutionsChecks(), new NIST80053R5Checks()]) {
    const found = pack
      .validateScope(from().app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
      );
    expect(found).toEqual([]);
  }
});

test('the definition that is deployed is what the Amazon States Language takes', () => {
  const definition = JSON.parse(
    resolved(one(everything, 'AWS::StepFunctions::StateMachine')?.DefinitionString),
  );
  expect(validate(definition, { checkPaths: true, checkArn: false })).toMatchObject({
    isValid: true,
    errors: [],
  });
  expect(definition.States.Judge).toMatchObject({ MaxConcurrency: 500, ToleratedFailurePercentage: 3 });
  expect(definition.States.Judge.ItemProcessor.States.JudgeAccount.TimeoutSeconds).toBe(660);
});

test('the bucket is private, encrypted, for TLS alone, and forgets', () => {
  const bucket = resolved(one(plain, 'AWS::S3::Bucket'));
  expect(bucket).toMatchObject({
    BucketName: 'groundrules-results-111122223333-us-east-1',
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
  });
  const days = (from: Synthesized, folder: string) =>
    one(from, 'AWS::S3::Bucket')?.LifecycleConfiguration.Rules.find(
      ({ Prefix }: { Prefix?: string }) => Prefix === folder,
    )?.ExpirationInDays;
  expect([days(plain, 'results/'), days(everything, 'results/'), days(plain, 'queries/')]).toEqual([
    400, 90, 7,
  ]);
  expect(days(plain, 'reports/')).toBe(30);
  const statements = one(plain, 'AWS::S3::BucketPolicy')?.PolicyDocument.Statement;
  expect(statements).toEqual([
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  ]);
  expect(
    one(everything, 'AWS::S3::Bucket')?.BucketEncryption.ServerSideEncryptionConfiguration[0],
  ).toMatchObject({
    ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY },
  });
});

test('each function may do what it does, and nothing else', () => {
  const own = ['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage'];
  expect(actionsOf(plain, 'Fleetfleetaccounts')).toEqual(
    [
      ...own,
      'organizations:DescribeOrganization',
      'organizations:ListAccountsForParent',
      'organizations:ListOrganizationalUnitsForParent',
      'organizations:ListRoots',
      's3:PutObject',
    ].sort(),
  );
  expect(actionsOf(plain, 'Fleetfleetjudge')).toEqual([...own, 's3:PutObject', 'sts:AssumeRole'].sort());
  expect(actionsOf(plain, 'Fleetfleetreport')).toEqual(
    [...own, 's3:GetObject', 's3:ListBucket', 's3:PutObject'].sort(),
  );
  const [, report] =
    resourcesOf(templateOf(plain), 'AWS::IAM::Role').find(([id]) => id.startsWith('Fleetfleetreport')) ?? [];
  const written = resolved(report?.Properties.Policies[0].PolicyDocument.Statement).find(
    ({ Action }: { Action: string }) => Action === 's3:PutObject',
  );
  expect(written.Resource.map((arn: string) => arn.split('/')[1]).sort()).toEqual([
    'asked',
    'reports',
    'results',
    'runs',
  ]);
  const [, judge] =
    resourcesOf(templateOf(everything), 'AWS::IAM::Role').find(([id]) => id.startsWith('Fleetfleetjudge')) ??
    [];
  expect(resolved(judge?.Properties.Policies[0].PolicyDocument.Statement)).toContainEqual(
    expect.objectContaining({
      Action: 'sts:AssumeRole',
      Resource: 'arn:aws:iam::*:role/audit/Reader',
      Condition: { StringEquals: { 'aws:ResourceOrgID': ORGANIZATION.organizationId } },
    }),
  );
});

test('by a delivery bucket, it may list and read what is delivered, and decrypt that, and enters no account', () => {
  const statementsOf = (from: Synthesized, role: string) =>
    resourcesOf(templateOf(from), 'AWS::IAM::Role')
      .filter(([id]) => id.startsWith(role))
      .flatMap(([, { Properties }]) => resolved(Properties.Policies[0].PolicyDocument.Statement))
      .filter(({ Sid }) => Sid === undefined);
  const bucket = 'arn:aws:s3:::config-logs';
  const owner = { StringEquals: { 's3:ResourceAccount': '333344445555' } };
  const logs = ['central/AWSLogs/*', 'central/o-*/AWSLogs/*'];
  expect(statementsOf(delivered, 'Fleetfleetjudge')).toEqual([
    {
      ...{ Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket },
      Condition: { StringLike: { 's3:prefix': logs }, ...owner },
    },
    {
      ...{ Effect: 'Allow', Action: 's3:GetObject', Resource: logs.map((one) => `${bucket}/${one}`) },
      Condition: owner,
    },
    {
      ...{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: DELIVERY_KEY },
      Condition: {
        StringLike: {
          'kms:ViaService': 's3.*.amazonaws.com',
          'kms:EncryptionContext:aws:s3:arn': [bucket, `${bucket}/*`],
        },
      },
    },
    expect.objectContaining({ Action: 's3:PutObject' }),
  ]);
  expect(statementsOf(delivered, 'Fleetfleetaccounts')).toContainEqual({
    ...{ Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket },
    Condition: { StringLike: { 's3:prefix': ['central/', ...logs] }, ...owner },
  });
  expect(actionsOf(delivered, 'Fleetfleetreport')).toEqual(actionsOf(plain, 'Fleetfleetreport'));
  const { Outputs: outputs } = delivered.assembly.getStackByName(NAMES.audit).template;
  expect(Object.keys(outputs)).toEqual(expect.arrayContaining(['FleetRole', 'FleetListingRole']));
});

test("its functions have settings of their own, whatever the rules' functions have", () => {
  expect(functionNamed(everything, 'groundrules-fleet-judge')).toMatchObject({
    Timeout: 600,
    MemorySize: 1769,
  });
  expect(functionNamed(everything, 'groundrules-fleet-judge')?.ReservedConcurrentExecutions).toBeUndefined();
  expect(functionNamed(plain, 'groundrules-fleet-judge')).toMatchObject({ Timeout: 900, MemorySize: 1024 });
});

test('EventBridge Scheduler starts it, and a run that fails is told of', () => {
  const schedules = (from: Synthesized) =>
    resourcesOf(templateOf(from), 'AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties);
  const fleet = schedules(everything).find(({ Name }) => Name === 'groundrules-fleet');
  expect(fleet).toMatchObject({ ScheduleExpression: 'rate(7 days)', ScheduleExpressionTimezone: 'UTC' });
  expect(actionsOf(plain, 'FleetScheduleRole')).toEqual(['sqs:SendMessage', 'states:StartExecution']);
  const alarms = resourcesOf(templateOf(plain), 'AWS::CloudWatch::Alarm').map(
    ([, { Properties }]) => Properties.AlarmName,
  );
  expect(alarms).toContain('groundrules-fleet-failed');
});

test('tables project their days, so that nothing crawls, and no other day is read', () => {
  const tables = resourcesOf(templateOf(plain), 'AWS::Glue::Table').map(
    ([, { Properties }]) => resolved(Properties).TableInput,
  );
  const bucket = 's3://groundrules-results-111122223333-us-east-1';
  expect(tables.find(({ Name }) => Name === 'results')).toMatchObject({
    PartitionKeys: [{ Name: 'day', Type: 'string' }],
    Parameters: {
      'projection.enabled': 'true',
      'projection.day.type': 'date',
      'projection.day.range': 'NOW-400DAYS,NOW',
      'storage.location.template': `${bucket}/${resultsPrefix(DAY)}`,
    },
  });
  expect(tables.find(({ Name }) => Name === 'runs').Parameters['storage.location.template']).toBe(
    `${bucket}/${runKey(DAY).replace('run.json', '')}`,
  );
  const view = tables.find(({ Name }) => Name === 'latest');
  const [, kept = ''] = /^\/\* Presto View: (.+) \*\/$/.exec(view.ViewOriginalText) ?? [];
  const content = JSON.parse(Buffer.from(kept, 'base64').toString());
  expect(content).toMatchObject({ catalog: 'awsdatacatalog', schema: 'groundrules' });
  expect(content.columns).toContainEqual({
    name: 'controls',
    type: 'array(row(id varchar, title varchar))',
  });
  expect(content.originalSql).toContain('max(day)');
});

test('who asks is held to what the settings say, and leaves answers in the bucket, encrypted', () => {
  expect(resolved(one(plain, 'AWS::Athena::WorkGroup'))).toMatchObject({
    WorkGroupConfiguration: {
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 100 * 1024 ** 3,
      ResultConfiguration: {
        OutputLocation: 's3://groundrules-results-111122223333-us-east-1/queries/',
        EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
      },
    },
  });
  expect(resourcesOf(templateOf(plain), 'AWS::Athena::NamedQuery').length).toBe(QUESTIONS.length);
});
