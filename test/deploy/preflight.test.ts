/** What the preflight says of what AWS answers; the real services are asked in test/integration/preflight.test.ts. */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  ConfigServiceClient,
  DescribeConfigRulesCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  DescribeConformancePacksCommand,
  type RecordingGroup,
} from '@aws-sdk/client-config-service';
import {
  GetAccountSettingsCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  DescribeOrganizationCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import {
  DescribeHubCommand,
  GetAdministratorAccountCommand,
  ListMembersCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { DescribeDocumentCommand, GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { type Checked, type Clients, preflight } from '../../deploy/preflight/index.ts';
import { readSettings, type SettingsInput } from '../../deploy/settings/index.ts';

const ACCOUNT = '111122223333';
const aws = {
  cloudformation: mockClient(CloudFormationClient),
  config: mockClient(ConfigServiceClient),
  lambda: mockClient(LambdaClient),
  organizations: mockClient(OrganizationsClient),
  securityHub: mockClient(SecurityHubClient),
  ssm: mockClient(SSMClient),
};
const clients: Clients = {
  cloudformation: (region) => new CloudFormationClient({ region }),
  config: (region) => new ConfigServiceClient({ region }),
  lambda: (region) => new LambdaClient({ region }),
  organizations: (region) => new OrganizationsClient({ region }),
  securityHub: (region) => new SecurityHubClient({ region }),
  ssm: (region) => new SSMClient({ region }),
};

const refusal = (name: string, message = name) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
const records = (recordingGroup: RecordingGroup, name = 'default') =>
  aws.config
    .on(DescribeConfigurationRecordersCommand)
    .resolves({ ConfigurationRecorders: [{ name, recordingGroup }] });

/** An account that is ready, with nothing of Groundrules in it. */
beforeEach(() => {
  for (const client of Object.values(aws)) client.reset();
  records({ allSupported: true, includeGlobalResourceTypes: true });
  aws.config
    .on(DescribeConfigurationRecorderStatusCommand)
    .callsFake(async () => {
      const { ConfigurationRecorders = [] } = await clients
        .config('us-east-1')
        .send(new DescribeConfigurationRecordersCommand({}));
      return {
        ConfigurationRecordersStatus: ConfigurationRecorders.map(({ name }) => ({ name, recording: true })),
      };
    })
    .on(DescribeConfigRulesCommand)
    .resolves({ ConfigRules: [] })
    .on(DescribeConformancePacksCommand)
    .rejects(refusal('NoSuchConformancePackException'));
  aws.cloudformation.on(DescribeStacksCommand).rejects(refusal('ValidationError'));
  aws.lambda
    .on(GetAccountSettingsCommand)
    .resolves({ AccountLimit: { ConcurrentExecutions: 1_000 } })
    .on(GetFunctionConfigurationCommand)
    .rejects(refusal('ResourceNotFoundException'));
  aws.ssm
    .on(GetParameterCommand)
    .resolves({ Parameter: { Value: '28' } })
    .on(DescribeDocumentCommand)
    .rejects(refusal('InvalidDocument'));
  aws.securityHub
    .on(DescribeHubCommand)
    .resolves({})
    .on(GetAdministratorAccountCommand)
    .resolves({})
    .on(ListMembersCommand)
    .resolves({ Members: [] });
});

const run = (settings: SettingsInput = {}, without: string[] = []): Promise<Checked[]> =>
  preflight({ settings: readSettings(settings), accountId: ACCOUNT, clients, without });
const wrong = async (settings: SettingsInput = {}) =>
  (await run(settings)).filter(({ level }) => level !== 'ok');

test('an account that is ready', async () => {
  const found = await run({ securityHub: {} });
  expect(found.map(({ check, level }) => `${check} ${level}`)).toEqual([
    'recorder ok',
    'bootstrap ok',
    'names ok',
    'rules ok',
    'concurrency ok',
    'security-hub ok',
  ]);
});

test('each Region is looked at, the home Region first', async () => {
  const found = await run({ homeRegion: 'us-east-1', regions: ['eu-west-1', 'us-east-1'] });
  expect([...new Set(found.map(({ region }) => region))]).toEqual(['us-east-1', 'eu-west-1']);
});

test('bootstrapping does not matter without the CDK', async () => {
  expect((await run({}, ['bootstrap'])).map(({ check }) => check)).not.toContain('bootstrap');
});

test('what could not be told is never fine, and keeps no other check from its say', async () => {
  aws.ssm.on(GetParameterCommand).rejects(refusal('AccessDeniedException', 'not authorized'));
  const found = await run();
  expect(found.find(({ check }) => check === 'bootstrap')).toMatchObject({
    level: 'unknown',
    message: expect.stringMatching(/access denied .*Allow ssm:GetParameter/),
  });
  expect(found.filter(({ level }) => level === 'ok').length).toBeGreaterThan(3);
});

test('a mistake of ours is no finding', async () => {
  aws.ssm.on(GetParameterCommand).rejects(new TypeError('undefined is not a function'));
  await expect(run()).rejects.toThrow(TypeError);
});

type Situation = [situation: string, arrange: () => unknown, finding: object, settings?: SettingsInput];
const finding = (check: string, level: string, message: RegExp, command?: RegExp) => ({
  check,
  level,
  message: expect.stringMatching(message),
  ...(command && { command: expect.stringMatching(command) }),
});
const ORGANIZATION: SettingsInput = {
  organization: {
    organizationId: 'o-abcdefghij',
    organizationalUnits: ['r-ab12'],
    auditAccountId: '222222222222',
  },
};
const inOrganization = (Id = 'o-abcdefghij', services: string[] = [], administrators: string[] = []) =>
  aws.organizations
    .on(DescribeOrganizationCommand)
    .resolves({ Organization: { Id } })
    .on(ListAWSServiceAccessForOrganizationCommand)
    .resolves({ EnabledServicePrincipals: services.map((ServicePrincipal) => ({ ServicePrincipal })) })
    .on(ListDelegatedAdministratorsCommand)
    .resolves({ DelegatedAdministrators: administrators.map((Id) => ({ Id })) });
const STACK_SETS = 'member.org.stacksets.cloudformation.amazonaws.com';
const CONFIG = 'config.amazonaws.com';
const isThere = (rules: number, CreatedBy?: string) =>
  aws.config.on(DescribeConfigRulesCommand).resolves({
    ConfigRules: Array.from({ length: rules }, (_, number) => ({
      ConfigRuleName: `theirs-${number}`,
      Source: { Owner: 'AWS' },
      ...(CreatedBy && { CreatedBy }),
    })),
  });

const situations: Situation[] = [
  [
    'no recorder',
    () => aws.config.on(DescribeConfigurationRecordersCommand).resolves({ ConfigurationRecorders: [] }),
    finding('recorder', 'error', /no recorder/, /put-configuration-recorder --region us-east-1/),
  ],
  [
    'a recorder that is stopped',
    () =>
      aws.config
        .on(DescribeConfigurationRecorderStatusCommand)
        .resolves({ ConfigurationRecordersStatus: [{ name: 'default', recording: false }] }),
    finding(
      'recorder',
      'error',
      /default is stopped/,
      /^aws configservice start-configuration-recorder --region us-east-1 --configuration-recorder-name default$/,
    ),
  ],
  [
    'a recorder that fails to deliver',
    () =>
      aws.config.on(DescribeConfigurationRecorderStatusCommand).resolves({
        ConfigurationRecordersStatus: [
          { name: 'default', recording: true, lastStatus: 'Failure', lastErrorCode: 'AccessDenied' },
        ],
      }),
    finding('recorder', 'warning', /fails to deliver \(AccessDenied\)/),
  ],
  [
    'a recorder without global types',
    () => records({ allSupported: true, includeGlobalResourceTypes: false }),
    finding('recorder', 'error', /leaves out AWS::IAM::/, /includeGlobalResourceTypes=true/),
  ],
  [
    'a recorder that says so by its strategy',
    () => records({ recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } }),
    finding('recorder', 'error', /leaves out AWS::IAM::/),
  ],
  [
    "Control Tower's recorder, away from its home",
    () =>
      records(
        { allSupported: true, includeGlobalResourceTypes: false },
        'aws-controltower-BaselineConfigRecorder',
      ),
    finding('recorder', 'error', /Control Tower's recorder leaves out AWS::IAM::/, /set homeRegion/),
  ],
  [
    'a home Region that cannot record IAM',
    () => records({ allSupported: true, includeGlobalResourceTypes: false }),
    finding('recorder', 'error', /cannot record IAM's .* after February 2022/, /set homeRegion/),
    { homeRegion: 'eu-south-2' },
  ],
  [
    'a recorder of chosen types, without the buckets',
    () => records({ resourceTypes: ['AWS::IAM::User', 'AWS::IAM::Policy', 'AWS::EC2::SecurityGroup'] }),
    finding('recorder', 'warning', /leaves out .*AWS::S3::Bucket/),
  ],
  [
    'a recorder of all but buckets',
    () =>
      records({
        recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
        exclusionByResourceTypes: { resourceTypes: ['AWS::S3::Bucket'] },
      }),
    finding('recorder', 'warning', /leaves out AWS::S3::Bucket: /),
  ],
  [
    'no bootstrapping',
    () => aws.ssm.on(GetParameterCommand).rejects(refusal('ParameterNotFound')),
    finding('bootstrap', 'error', /not bootstrapped/, /^npx cdk bootstrap aws:\/\/111122223333\/us-east-1$/),
  ],
  [
    'an old bootstrapping',
    () => aws.ssm.on(GetParameterCommand).resolves({ Parameter: { Value: '5' } }),
    finding('bootstrap', 'error', /version 5, and 6 is needed/, /npx cdk bootstrap/),
  ],
  [
    'a bootstrapping that says no number',
    () => aws.ssm.on(GetParameterCommand).resolves({ Parameter: { Value: 'new' } }),
    finding('bootstrap', 'error', /version new/),
  ],
  [
    'a function of the same name',
    () =>
      aws.lambda
        .on(GetFunctionConfigurationCommand, { FunctionName: 'groundrules-root-mfa' })
        .resolves({ FunctionName: 'groundrules-root-mfa' }),
    finding('names', 'error', /function groundrules-root-mfa is there already/, /delete-function|namePrefix/),
  ],
  [
    'a document of the same name',
    () => aws.ssm.on(DescribeDocumentCommand, { Name: 'Groundrules-RootMfa' }).resolves({ Document: {} }),
    finding('names', 'error', /document Groundrules-RootMfa is there already/, /delete-document/),
  ],
  [
    'a pack of the same name',
    () =>
      aws.config
        .on(DescribeConformancePacksCommand, { ConformancePackNames: ['groundrules-root'] })
        .resolves({ ConformancePackDetails: [{ ConformancePackName: 'groundrules-root' } as never] }),
    finding('names', 'error', /pack groundrules-root is there already/, /delete-conformance-pack/),
  ],
  [
    'a thousand rules',
    () => isThere(1_000),
    finding('rules', 'error', /rules come to 1000 that are there: AWS Config takes 1000/, /leave out/),
  ],
  [
    '149 rules of other packs',
    () => isThere(149, 'config-conforms.amazonaws.com'),
    finding('rules', 'error', /in conformance packs come to 149 .* takes 150/),
  ],
  [
    'a new account',
    () => aws.lambda.on(GetAccountSettingsCommand).resolves({ AccountLimit: { ConcurrentExecutions: 10 } }),
    finding('concurrency', 'warning', /^10 functions may run/, /request-service-quota-increase .*L-B99A9384/),
  ],
  [
    'more reserved than Lambda gives',
    () => aws.lambda.on(GetAccountSettingsCommand).resolves({ AccountLimit: { ConcurrentExecutions: 100 } }),
    finding('concurrency', 'error', /reservedConcurrency is 5 of 100/),
    { functions: { reservedConcurrency: 5 } },
  ],
  [
    'Security Hub off',
    () => aws.securityHub.on(DescribeHubCommand).rejects(refusal('InvalidAccessException')),
    finding('security-hub', 'error', /CSPM is off/, /^aws securityhub enable-security-hub .*us-east-1$/),
    { securityHub: {} },
  ],
  [
    'a member of Security Hub, with automation rules',
    () =>
      aws.securityHub
        .on(GetAdministratorAccountCommand)
        .resolves({ Administrator: { AccountId: '222222222222' } }),
    finding('security-hub', 'error', /only 222222222222, its administrator/, /automationRules to false/),
    { securityHub: { automationRules: true } },
  ],
  [
    'another organization',
    () => inOrganization('o-otherother'),
    finding('organization', 'error', /is in o-otherother, and organization\.organizationId is o-abcdefghij/),
    ORGANIZATION,
  ],
  [
    'no trusted access for StackSets',
    () => inOrganization(undefined, [CONFIG], ['222222222222']),
    finding(
      'organization',
      'error',
      /StackSets may not/,
      /^aws cloudformation activate-organizations-access$/,
    ),
    ORGANIZATION,
  ],
  [
    'no trusted access for AWS Config',
    () => inOrganization(undefined, [STACK_SETS], ['222222222222']),
    finding(
      'organization',
      'error',
      /AWS Config may not/,
      /enable-aws-service-access .*config\.amazonaws\.com$/,
    ),
    ORGANIZATION,
  ],
  [
    'no delegated administrator',
    () => inOrganization(undefined, [STACK_SETS, CONFIG]),
    finding(
      'organization',
      'error',
      /222222222222 is no delegated administrator/,
      /register-delegated-administrator .*--account-id 222222222222$/,
    ),
    ORGANIZATION,
  ],
];
test.each(situations)('%s', async (_situation, arrange, expected, settings = {}) => {
  arrange();
  expect(await wrong(settings)).toEqual([expect.objectContaining(expected)]);
});

test('a stack that is there is updated: its names are its own, and so are its rules', async () => {
  aws.cloudformation
    .on(DescribeStacksCommand)
    .resolves({ Stacks: [{ StackStatus: 'UPDATE_COMPLETE' } as never] });
  aws.lambda.on(GetFunctionConfigurationCommand).resolves({});
  aws.config.on(DescribeConfigRulesCommand).resolves({
    ConfigRules: Array.from({ length: 150 }, () => ({
      ConfigRuleName: 'root-mfa-conformance-pack-n0q8yfwsp',
      Source: { Owner: 'CUSTOM_LAMBDA' },
      CreatedBy: 'config-conforms.amazonaws.com',
    })),
  });
  expect(await wrong()).toEqual([]);
});

test('a Region that records no global types need not: they are judged at home', async () => {
  aws.config.on(DescribeConfigurationRecordersCommand).callsFake(async (_input, getClient) => ({
    ConfigurationRecorders: [
      {
        name: 'default',
        recordingGroup: {
          allSupported: true,
          includeGlobalResourceTypes: (await getClient().config.region()) === 'us-east-1',
        },
      },
    ],
  }));
  expect(await wrong({ regions: ['us-east-1', 'eu-west-1'] })).toEqual([]);
});

test('the audit account needs no trusted access of its own', async () => {
  aws.organizations.on(DescribeOrganizationCommand).resolves({ Organization: { Id: 'o-abcdefghij' } });
  const settings = readSettings({ ...ORGANIZATION, regions: ['us-east-1', 'eu-west-1'] });
  const found = await preflight({ settings, accountId: '222222222222', clients });
  // Its rules come by StackSets, as a member's do.
  expect(found.map(({ check, region, level }) => `${check} ${region} ${level}`)).toEqual([
    'organization us-east-1 ok',
    'bootstrap us-east-1 ok',
  ]);
});

test('an administrator of Security Hub is told what it may have', async () => {
  aws.securityHub.on(ListMembersCommand).resolves({ Members: [{ AccountId: '222222222222' }] });
  const messages = (found: Checked[]) =>
    found.flatMap(({ check, message }) => (check === 'security-hub' ? message : []));
  expect(messages(await run({ securityHub: {} }))).toEqual([
    expect.stringContaining('automationRules may be true'),
  ]);
  expect(messages(await run({ securityHub: { automationRules: true } }))).toEqual([
    'Security Hub CSPM is on, and this account administers others',
  ]);
});
