/** What the settings say of every resource: names, tags, roles, keys, processors. Looked for in everything that a stack has. */
import { readSettings, type SettingsInput } from '../../deploy/settings/index.ts';
import { type Resource, resolved, resourcesOf, synth } from './support/account.ts';
import { bundles, ORGANIZATION, synthOrganization } from './support/organization.ts';

/** Everything that an account stack can have. */
const ALL: SettingsInput = {
  securityHub: { automationRules: true },
  notifications: { emails: ['security@example.com'], functionAlarms: true },
};
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const propertiesOf = (input: SettingsInput, type: string): Resource['Properties'][] =>
  resourcesOf(synth({ ...ALL, ...input }).template, type).map(([, { Properties }]) => resolved(Properties));

test('namePrefix begins every name, and the names of the functions that documents call', () => {
  const { template, stack } = synth({ ...ALL, namePrefix: 'acme-rules' });
  expect(stack.stackName).toBe('Groundrules-us-east-1'); // The test's own, not the app's.
  const names = Object.values(template.Resources).flatMap(({ Type, Properties }) =>
    [
      'FunctionName',
      'RoleName',
      'LogGroupName',
      'QueueName',
      'TopicName',
      'AlarmName',
      'DashboardName',
      'ConformancePackName',
      ...(Type === 'AWS::SSM::Document' ? ['Name'] : []),
    ].flatMap((key) => (typeof Properties?.[key] === 'object' ? [] : (Properties?.[key] ?? []))),
  ) as string[];
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name) => !/^(\/aws\/lambda\/)?acme-rules|^AcmeRules/.test(name))).toEqual([]);
  const called = JSON.stringify(resourcesOf(template, 'AWS::SSM::Document')).match(/"FunctionName":"[^"]+"/g);
  expect(called?.length).toBeGreaterThan(10);
  expect(called?.filter((one) => !one.startsWith('"FunctionName":"acme-rules-'))).toEqual([]);
});

test('two prefixes share no name', () => {
  const names = (input: SettingsInput) =>
    ['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::SSM::Document', 'AWS::Config::ConformancePack'].flatMap(
      (type) =>
        propertiesOf(input, type).flatMap(
          (one) => one.RoleName ?? one.FunctionName ?? one.Name ?? one.ConformancePackName ?? [],
        ),
    );
  const first = new Set(names({}));
  expect(names({ namePrefix: 'second' }).filter((name) => first.has(name))).toEqual([]);
});

test('tags are on everything that takes tags', () => {
  const plain = synth(ALL).template;
  const { template } = synth({ ...ALL, tags: { CostCenter: '4711' } });
  for (const type of [
    'AWS::IAM::Role',
    'AWS::Lambda::Function',
    'AWS::Logs::LogGroup',
    'AWS::SQS::Queue',
    'AWS::SNS::Topic',
    'AWS::SSM::Document',
    'AWS::CloudWatch::Alarm',
  ]) {
    const all = resourcesOf(template, type);
    expect([type, all.length]).toEqual([type, resourcesOf(plain, type).length]);
    for (const [, { Properties }] of all) {
      expect([type, Properties.Tags]).toEqual([type, [{ Key: 'CostCenter', Value: '4711' }]]);
    }
  }
});

test('permissionsBoundary and rolePath are of every role, and of the roles that packs name', () => {
  const roles = propertiesOf({ permissionsBoundary: 'team/boundary', rolePath: '/acme/' }, 'AWS::IAM::Role');
  expect(roles.length).toBeGreaterThan(20);
  for (const { PermissionsBoundary, Path } of roles) {
    expect([PermissionsBoundary, Path]).toEqual(['arn:aws:iam::111122223333:policy/team/boundary', '/acme/']);
  }
  const packs = propertiesOf(
    { permissionsBoundary: 'team/boundary', rolePath: '/acme/' },
    'AWS::Config::ConformancePack',
  );
  const named = packs.flatMap(({ TemplateBody }) => String(TemplateBody).match(/:role\/\S+/g) ?? []);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((one) => !one.startsWith(':role/acme/'))).toEqual([]);
  const arn = 'arn:aws:iam::aws:policy/PowerUserAccess';
  const [role] = propertiesOf({ permissionsBoundary: arn }, 'AWS::IAM::Role');
  expect(role?.PermissionsBoundary).toBe(arn);
});

test('architecture is of every function', () => {
  const of = (input: SettingsInput) =>
    new Set(propertiesOf(input, 'AWS::Lambda::Function').flatMap(({ Architectures }) => Architectures));
  expect([[...of({})], [...of({ architecture: 'x86_64' })]]).toEqual([['arm64'], ['x86_64']]);
});

describe('kmsKeyArn', () => {
  const given = { kmsKeyArn: KEY };

  test('encrypts log groups, queues, topic and environment', () => {
    const keys = (type: string, key: string) => new Set(propertiesOf(given, type).map((one) => one[key]));
    expect([...keys('AWS::Logs::LogGroup', 'KmsKeyId')]).toEqual([KEY]);
    expect([...keys('AWS::SQS::Queue', 'KmsMasterKeyId')]).toEqual([KEY]);
    expect([...keys('AWS::SQS::Queue', 'SqsManagedSseEnabled')]).toEqual([undefined]);
    expect([...keys('AWS::SNS::Topic', 'KmsMasterKeyId')]).toEqual([KEY]);
    expect([...keys('AWS::Lambda::Function', 'KmsKeyArn')]).toEqual([KEY]);
  });

  test('may be used by every function, and by the documents that publish', () => {
    const using = propertiesOf(given, 'AWS::IAM::Role').filter((role) =>
      JSON.stringify(role.Policies).includes(`"kms:GenerateDataKey"],"Effect":"Allow","Resource":"${KEY}"`),
    );
    const described = (role: Resource['Properties']) => String(role.Description);
    expect(using.filter((one) => described(one).startsWith('Runs the function')).length).toBe(
      propertiesOf(given, 'AWS::Lambda::Function').length,
    );
    const publishing = propertiesOf(given, 'AWS::IAM::Role').filter((role) =>
      JSON.stringify(role.Policies).includes('sns:Publish'),
    );
    expect(publishing.length).toBeGreaterThan(0);
    for (const role of publishing) expect(using).toContainEqual(role);
  });

  test('is a key a Region, and a multi-Region key is its replicas', () => {
    const id = 'key/mrk-1234abcd12ab34cd56ef1234567890ab';
    const { kmsKeyArn } = readSettings({
      regions: ['us-east-1', 'eu-west-1'],
      kmsKeyArn: `arn:aws:kms:us-east-1:111122223333:${id}`,
    });
    expect(kmsKeyArn).toEqual({
      'us-east-1': `arn:aws:kms:us-east-1:111122223333:${id}`,
      'eu-west-1': `arn:aws:kms:eu-west-1:111122223333:${id}`,
    });
  });
});

test('a member, and what an organization has besides, go by them, too', () => {
  const { folderOf, remove } = bundles();
  try {
    const { assembly } = synthOrganization(
      {
        ...ALL,
        ...{ organization: ORGANIZATION, namePrefix: 'acme', tags: { Team: 'a' }, rolePath: '/acme/' },
      },
      folderOf,
    );
    expect(assembly.stacks.map(({ stackName }) => stackName).sort()).toEqual([
      'AcmeAudit',
      'AcmeCode-us-east-1',
      'AcmeManagement',
      'AcmeMembers',
    ]);
    for (const { template } of assembly.stacks) {
      for (const [, { Properties }] of resourcesOf(template, 'AWS::IAM::Role')) {
        expect([Properties.Path, Properties.Tags]).toEqual(['/acme/', [{ Key: 'Team', Value: 'a' }]]);
      }
    }
    const [[, set] = []] = resourcesOf(
      assembly.getStackByName('AcmeMembers').template,
      'AWS::CloudFormation::StackSet',
    );
    expect([set?.Properties.StackSetName, set?.Properties.Tags]).toEqual([
      'Acme-us-east-1',
      [{ Key: 'Team', Value: 'a' }],
    ]);
  } finally {
    remove();
  }
});

const wrong: [situation: string, settings: SettingsInput, message: RegExp][] = [
  [
    'a prefix that documents cannot have',
    { namePrefix: 'aws-rules' },
    /namePrefix: expected 3 to 16 small letters/,
  ],
  ['a prefix with two hyphens', { namePrefix: 'a--b' }, /namePrefix: expected/],
  ["a tag of AWS's own", { tags: { 'aws:team': 'x' } }, /tags\.aws:team: /],
  ['a path without its end', { rolePath: '/acme' }, /rolePath: expected a path that begins and ends with \//],
  [
    'a boundary that is no policy',
    { permissionsBoundary: 'arn:aws:iam::111122223333:role/x' },
    /permissionsBoundary: expected/,
  ],
  ['an alias of a key', { kmsKeyArn: 'alias/x' }, /kmsKeyArn: expected the ARN of a KMS key/],
  [
    'a Region without a key',
    { kmsKeyArn: KEY, regions: ['us-east-1', 'eu-west-1'] },
    /kmsKeyArn: has no key for eu-west-1/,
  ],
  [
    'a key of another Region',
    { kmsKeyArn: { 'us-east-1': KEY.replace('us-east-1', 'us-west-2') } },
    /kmsKeyArn\.us-east-1: .* is in another Region/,
  ],
  [
    'a boundary of one account, for all of an organization',
    { organization: ORGANIZATION, permissionsBoundary: 'arn:aws:iam::111122223333:policy/b' },
    /permissionsBoundary: .* is in one account/,
  ],
  [
    'alarms on functions, and alarms off',
    { notifications: { alarms: false, functionAlarms: true } },
    /notifications\.functionAlarms: alarms are off/,
  ],
];
test.each(wrong)('refuses %s', (_, settings, message) => {
  expect(() => readSettings(settings)).toThrow(message);
});
