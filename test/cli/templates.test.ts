// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub has the same placeholders.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { type IVpc, Peer, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { parseDocument, stringify } from 'yaml';
import { folderOf } from '../account/snapshot/support.ts';
import { evaluate } from './support.ts';

const PARAMETERS = 'Parameters: {Open: {Type: String}}\nConditions: {Maybe: !Equals [!Ref Open, x]}\n';
const only = async (resources: string, options: object = {}) => {
  const folder = await folderOf({ 't.yaml': `${PARAMETERS}Resources:\n${resources}` });
  return evaluate([join(folder, 't.yaml')], { config: false, waivers: false, ...options });
};

const group = (rule: string, more = '') => `  A:
    Type: AWS::EC2::SecurityGroup${more}
    Properties: {GroupDescription: a, SecurityGroupIngress: [${rule}]}
`;
const bucket = (statement: string, block = '{BlockPublicAcls: true}') => `  A:
    Type: AWS::S3::Bucket
    Properties: {PublicAccessBlockConfiguration: ${block}}
  P:
    Type: AWS::S3::BucketPolicy
    Properties: {Bucket: !Ref A, PolicyDocument: {Statement: [${statement}]}}
`;
const PUBLIC = "{Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: !Sub '${A.Arn}/*'}";
const database = (more: string) =>
  `  A: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, ${more}}}\n`;
/** A cluster, and the group that lets the internet in on a port. */
const cluster = (type: string, port: number, more = '') => `  A:
    Type: AWS::${type}
    Properties: {VpcSecurityGroupIds: [!GetAtt G.GroupId]${more}}
  G:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: g, SecurityGroupIngress: [${ssh('0.0.0.0/0', String(port))}]}
`;
const instance = (data: string) =>
  `  A: {Type: AWS::EC2::Instance, Properties: {UserData: {Fn::Base64: ${data}}}}\n`;
const OPEN_BLOCK =
  '{BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false}';
const from = (range: string) =>
  `{Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: !Sub '\${A.Arn}/*', Condition: {IpAddress: {aws:SourceIp: ${range}}}}`;
/** Resources whose attributes are not made up by AWS, but for a volume's. */
const SAYING = `  K: {Type: AWS::IAM::AccessKey, Properties: {UserName: u}}
  C: {Type: 'Custom::Any', Properties: {ServiceToken: t}}
  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: u}}
  S: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: v}}
  V: {Type: AWS::EC2::Volume, Properties: {Size: 1}}
  E: {Type: AWS::EC2::EIP}
`;
const managed = (statement: string) =>
  `  A: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [${statement}]}}}\n`;
const role = (statement: string) => `  A:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: x.amazonaws.com}, Action: sts:AssumeRole}]}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [${statement}]}}]
`;
const user = (policy: string, boundary?: string) => `  A:
    Type: AWS::IAM::User
    Properties:
      ManagedPolicyArns: [!Sub 'arn:aws:iam::aws:policy/${policy}']
${boundary === undefined ? '' : `      PermissionsBoundary: arn:aws:iam::aws:policy/${boundary}\n`}`;
const machine = (policy: string) => `  A: {Type: AWS::EC2::Instance, Properties: {IamInstanceProfile: !Ref P}}
  P: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref R]}}
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}]}
      ManagedPolicyArns: [!Sub 'arn:\${AWS::Partition}:iam::aws:policy/${policy}']
`;
const trail = (
  lock: string,
) => `  A: {Type: AWS::CloudTrail::Trail, Properties: {IsLogging: true, S3BucketName: !Ref L}}
  L: {Type: AWS::S3::Bucket, Properties: {${lock}}}
`;
const LOCK = (days: string) =>
  `ObjectLockEnabled: true, ObjectLockConfiguration: {ObjectLockEnabled: Enabled, Rule: {DefaultRetention: {Mode: GOVERNANCE, Days: ${days}}}}`;
const ssh = (cidr: string, port = '22') =>
  `{IpProtocol: tcp, FromPort: ${port}, ToPort: ${port}, CidrIp: ${cidr}}`;

describe('what each rule says of a resource that is good, bad, and not known', () => {
  test.each<[rule: string, what: string, resources: string, said: string]>([
    ['sg-open-ports', 'a private range', group(ssh('10.0.0.0/8')), 'COMPLIANT'],
    ['sg-open-ports', 'the internet', group(ssh('0.0.0.0/0')), 'NON_COMPLIANT'],
    ['sg-open-ports', 'a range that is not known', group(ssh('!Ref Open')), 'Unresolved'],
    ['sg-open-ports', 'the same on a port that is allowed', group(ssh('!Ref Open', '443')), 'COMPLIANT'],
    ['sg-open-ports', 'a port that is not known', group(ssh('0.0.0.0/0', '!Ref Open')), 'Unresolved'],
    ['sg-open-ports', 'the same for a private range', group(ssh('10.0.0.0/8', '!Ref Open')), 'COMPLIANT'],
    [
      'sg-open-ports',
      'what is open beside what is not known',
      group(`${ssh('0.0.0.0/0')}, ${ssh('!Ref Open')}`),
      'NON_COMPLIANT',
    ],
    [
      'sg-open-ports',
      'open under a condition',
      group(`!If [Maybe, ${ssh('0.0.0.0/0')}, ${ssh('10.0.0.0/8')}]`),
      'Unresolved',
    ],
    [
      'sg-open-ports',
      'open either way',
      group(`!If [Maybe, ${ssh('0.0.0.0/0')}, ${ssh('::/0')}]`.replace('CidrIp: ::/0', "CidrIpv6: '::/0'")),
      'NON_COMPLIANT',
    ],
    [
      'sg-open-ports',
      'a group that may not be made',
      group(ssh('0.0.0.0/0'), '\n    Condition: Maybe'),
      'NON_COMPLIANT',
    ],
    [
      'sg-open-ports',
      'a rule of its own',
      `${group('')}  R: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !GetAtt A.GroupId, IpProtocol: -1, CidrIp: 0.0.0.0/0}}\n`,
      'NON_COMPLIANT',
    ],
    ['s3-public', 'as S3 makes buckets', '  A: {Type: AWS::S3::Bucket}\n', 'COMPLIANT'],
    ['s3-public', 'a public policy', bucket(PUBLIC), 'NON_COMPLIANT'],
    [
      's3-public',
      'a public policy that is cut off',
      bucket(PUBLIC, '{RestrictPublicBuckets: true}'),
      'COMPLIANT',
    ],
    [
      's3-public',
      'one that may be cut off',
      bucket(PUBLIC, '{RestrictPublicBuckets: !Ref Open}'),
      'Unresolved',
    ],
    ['s3-public', 'a principal that is not known', bucket(PUBLIC.replace("'*'", '!Ref Open')), 'Unresolved'],
    [
      's3-public',
      'an account that is not known',
      bucket(PUBLIC.replace("'*'", "{AWS: !Sub 'arn:aws:iam::${Open}:root'}")),
      'COMPLIANT',
    ],
    ['s3-public', 'a policy that is not known', bucket('!ImportValue x'), 'Unresolved'],
    [
      's3-public',
      'a public statement beside one that is not known',
      bucket(`${PUBLIC}, !ImportValue x`),
      'NON_COMPLIANT',
    ],
    [
      's3-public',
      'a Deny that is not known',
      bucket(
        `${PUBLIC}, {Effect: Deny, Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::A', 'arn:aws:s3:::A/*'], Condition: !ImportValue x}`,
      ),
      'Unresolved',
    ],
    ['rds-managed-master-secret', 'a password', database('MasterUserPassword: x'), 'NON_COMPLIANT'],
    ['rds-managed-master-secret', 'a secret', database('ManageMasterUserPassword: true'), 'COMPLIANT'],
    [
      'rds-managed-master-secret',
      'what is not known',
      database('ManageMasterUserPassword: !Ref Open'),
      'Unresolved',
    ],
    ['rds-ingress-sources', "the VPC's default group", database('Port: 1'), 'Unresolved'],
    ...['RDS::DBCluster', 'DocDB::DBCluster', 'Neptune::DBCluster'].flatMap(
      (type, at): [string, string, string, string][] => {
        const aurora = at === 0 ? ', Engine: aurora-mysql' : '';
        const usual = [3306, 27_017, 8182][at] as number;
        const own = `${aurora}, ${at === 2 ? 'DBPort' : 'Port'}: 9000`;
        const restored = `${aurora}, SnapshotIdentifier: s`;
        const known = 'NON_COMPLIANT';
        return [
          ['rds-ingress-sources', `its usual port, ${type}`, cluster(type, usual, aurora), known],
          ['rds-ingress-sources', `another port, ${type}`, cluster(type, 22, aurora), 'COMPLIANT'],
          ['rds-ingress-sources', `a port of its own, ${type}`, cluster(type, 9000, own), known],
          ['rds-ingress-sources', `not that port, ${type}`, cluster(type, usual, own), 'COMPLIANT'],
          ['rds-ingress-sources', `a snapshot's port, ${type}`, cluster(type, usual, restored), 'Unresolved'],
        ];
      },
    ),
    ...['DocDB', 'Neptune'].flatMap((service): [string, string, string, string][] => [
      [
        'rds-ingress-sources',
        `an instance of a cluster, ${service}`,
        `  A: {Type: AWS::${service}::DBInstance, Properties: {DBClusterIdentifier: c, DBInstanceClass: x}}\n`,
        'NOT_APPLICABLE',
      ],
      [
        'rds-managed-master-secret',
        `no master password of RDS's, ${service}`,
        cluster(`${service}::DBCluster`, 1),
        'NOT_APPLICABLE',
      ],
    ]),
    ['ec2-no-embedded-keys', 'a key', instance("'x AKIAQWERTYUIOPASDFGH'"), 'NON_COMPLIANT'],
    ['ec2-no-embedded-keys', 'none', instance("!Sub 'x ${AWS::Region} ${AWS::StackName}'"), 'COMPLIANT'],
    ...[
      'x ${K}',
      'x ${K.SecretAccessKey}',
      'x ${C.Token}',
      'x ${C}',
      'x ${N.Outputs.Key}',
      'x ${S.Value}',
    ].map((text): [string, string, string, string] => [
      'ec2-no-embedded-keys',
      `what another resource says: ${text}`,
      `${instance(`!Sub '${text}'`)}${SAYING}`,
      'Unresolved',
    ]),
    ...['x ${S}', 'x ${N}', 'x ${V.AvailabilityZone}'].map((text): [string, string, string, string] => [
      'ec2-no-embedded-keys',
      `what AWS makes up of it: ${text}`,
      `${instance(`!Sub '${text}'`)}${SAYING}`,
      'COMPLIANT',
    ]),
    ...(
      [
        ['${E}/32', 'COMPLIANT'],
        ['${E}', 'COMPLIANT'],
        ['${E}/0', 'NON_COMPLIANT'],
        ['${C.Range}', 'Unresolved'],
      ] as const
    ).map(([range, said]): [string, string, string, string] => [
      's3-public',
      `an address that AWS gives: ${range}`,
      `${bucket(from(`!Sub '${range}'`), OPEN_BLOCK)}${SAYING}`,
      said,
    ]),
    [
      's3-public',
      'addresses that are worked out',
      bucket(from("!Select [0, !Cidr ['0.0.0.0/0', 4, 31]]"), OPEN_BLOCK),
      'Unresolved',
    ],
    ...['UserData', 'IamInstanceProfile'].map((part): [string, string, string, string] => [
      part === 'UserData' ? 'ec2-no-embedded-keys' : 'ec2-role-least-privilege',
      `a launch template of another's, for its ${part}`,
      "  A: {Type: AWS::EC2::Instance, Properties: {LaunchTemplate: {LaunchTemplateId: lt-1, Version: '1'}}}\n",
      'Unresolved',
    ]),
    [
      'ec2-role-least-privilege',
      'a profile that the template does not have',
      '  A: {Type: AWS::EC2::Instance, Properties: {IamInstanceProfile: web}}\n',
      'Unresolved',
    ],
    ...['other', '!Ref Open'].map((of): [string, string, string, string] => [
      'ec2-role-least-privilege',
      `a profile of a role that the template does not have: ${of}`,
      `  A: {Type: AWS::EC2::Instance, Properties: {IamInstanceProfile: !Ref P}}
  P: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [${of}]}}
`,
      'Unresolved',
    ]),
    [
      'rds-managed-master-secret',
      'a restored instance',
      database('SourceDbiResourceId: db-X, UseLatestRestorableTime: true'),
      'NON_COMPLIANT',
    ],
    [
      'rds-managed-master-secret',
      'a restored cluster',
      '  A: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, SourceDBClusterIdentifier: c}}\n',
      'NON_COMPLIANT',
    ],
    [
      'rds-managed-master-secret',
      'a replica of a cluster',
      database('SourceDBClusterIdentifier: c'),
      'NOT_APPLICABLE',
    ],
    [
      's3-public',
      "a principal of a custom resource's",
      `${bucket("{Effect: Allow, Principal: {AWS: !GetAtt C.Who}, Action: s3:GetObject, Resource: !Sub '${A.Arn}/*'}", OPEN_BLOCK)}${SAYING}`,
      'Unresolved',
    ],
    ['ec2-no-embedded-keys', 'what somebody chooses', instance("!Sub 'x ${Open}'"), 'Unresolved'],
    [
      'ec2-no-embedded-keys',
      'a key beside that',
      instance("!Sub 'x ${Open} AKIAQWERTYUIOPASDFGH'"),
      'NON_COMPLIANT',
    ],
    [
      'iam-policy-conditions',
      'everything',
      managed("{Effect: Allow, Action: 'iam:*', Resource: '*'}"),
      'NON_COMPLIANT',
    ],
    [
      'iam-policy-conditions',
      'one bucket',
      managed("{Effect: Allow, Action: s3:GetObject, Resource: '*'}"),
      'COMPLIANT',
    ],
    [
      'iam-policy-conditions',
      'actions that are not known',
      managed("{Effect: Allow, Action: !Ref Open, Resource: '*'}"),
      'Unresolved',
    ],
    [
      'iam-s3-admin-restricted',
      'buckets',
      role("{Effect: Allow, Action: 's3:*', Resource: '*'}"),
      'NON_COMPLIANT',
    ],
    [
      'iam-s3-admin-restricted',
      'objects',
      role('{Effect: Allow, Action: s3:GetObject, Resource: !Ref Open}'),
      'COMPLIANT',
    ],
    [
      'iam-s3-admin-restricted',
      'what is not known',
      role("{Effect: Allow, Action: !Ref Open, Resource: '*'}"),
      'Unresolved',
    ],
    [
      'iam-s3-admin-restricted',
      'who may be an administrator, and may be less',
      role("{Effect: Allow, Action: '*', Resource: !Ref Open}"),
      'Unresolved',
    ],
    ['iam-s3-admin-restricted', "AWS's administrator", user('AdministratorAccess'), 'COMPLIANT'],
    ['iam-s3-admin-restricted', "AWS's full access to S3", user('AmazonS3FullAccess'), 'NON_COMPLIANT'],
    ['iam-s3-admin-restricted', "AWS's power user", user('PowerUserAccess'), 'NON_COMPLIANT'],
    // There may be more in it than is known, and in another policy anything.
    ['iam-s3-admin-restricted', "AWS's full access to SQS", user('AmazonSQSFullAccess'), 'Unresolved'],
    ['iam-s3-admin-restricted', 'another policy of AWS', user('ReadOnlyAccess'), 'Unresolved'],
    ['iam-s3-admin-restricted', 'a policy by that name', user('team/AmazonS3FullAccess'), 'Unresolved'],
    [
      'iam-s3-admin-restricted',
      "AWS's, of a name that is not known",
      user('${Open}FullAccess'),
      'Unresolved',
    ],
    [
      'iam-s3-admin-restricted',
      "full access within AWS's boundary of everything",
      user('AmazonS3FullAccess', 'AdministratorAccess'),
      'NON_COMPLIANT',
    ],
    [
      'iam-s3-admin-restricted',
      'full access within a boundary that is not known',
      user('AmazonS3FullAccess', 'AmazonSQSFullAccess'),
      'Unresolved',
    ],
    ['ec2-role-least-privilege', "AWS's power user", machine('PowerUserAccess'), 'NON_COMPLIANT'],
    ['ec2-role-least-privilege', "AWS's full access to SQS", machine('AmazonSQSFullAccess'), 'NON_COMPLIANT'],
    ['ec2-role-least-privilege', 'another', machine('AmazonSSMManagedInstanceCore'), 'Unresolved'],
    ['trail-object-lock', 'a lock', trail(LOCK('400')), 'COMPLIANT'],
    ['trail-object-lock', 'none', trail(''), 'NON_COMPLIANT'],
    ['trail-object-lock', 'days that are not known', trail(LOCK('!Ref Open')), 'Unresolved'],
    ['trail-log-retention', 'kept for ever', trail(''), 'COMPLIANT'],
    [
      'trail-log-retention',
      'for ten days',
      trail('LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 10}]}'),
      'NON_COMPLIANT',
    ],
    [
      'trail-log-retention',
      'for days that are not known',
      trail('LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: !Ref Open}]}'),
      'Unresolved',
    ],
  ])('%s: %s', async (rule, _, resources, verdict) => {
    const { said } = await only(resources, { rule: [rule] });
    expect(said).toEqual([`${rule} A: ${verdict}`]);
  });
});

test('a result says where its finding is, and is the same when lines move', async () => {
  const first = await only(group(ssh('0.0.0.0/0')), { rule: ['sg-open-ports'] });
  const [result] = first.report.results;
  expect(result?.location).toEqual({ file: expect.stringMatching(/t\.yaml$/), line: 6 });
  expect(result?.fix).toBeNull();
  expect(result?.findingId).toMatch(/^sg-open-ports\/000000000000\/global\/.*t\.yaml\/A\/openPorts$/);
  expect(first.status).toBe(1);
  const known = await only(group(ssh('!Ref Open')), {
    rule: ['sg-open-ports'],
    parameterOverrides: ['Open=10.0.0.0/8'],
  });
  expect([known.said, known.status]).toEqual([['sg-open-ports A: COMPLIANT'], 0]);
});

test('a parameter that no template has is refused', async () => {
  await expect(only(group(''), { parameterOverrides: ['Opne=1'] })).rejects.toThrow(
    /Opne: no template has this parameter \(they have Open\)/,
  );
});

test('YAML in both forms and JSON say the same', async () => {
  const yaml = `${PARAMETERS}Resources:\n${bucket(PUBLIC)}${group(ssh('!Ref Open')).replace('  A:', '  B:')}`;
  const long = yaml
    .replace(/!(Equals) (\[.*?\])(?=\})/, '{Fn::Equals: [{Ref: Open}, x]}')
    .replace(/!Ref (\w+)/g, '{Ref: $1}')
    .replace(/!Sub ('[^']*')/g, '{Fn::Sub: $1}');
  const json = JSON.stringify(parseDocument(long).toJS());
  const folder = await folderOf({
    'a.yaml': yaml,
    'b.yaml': long,
    'c.json': json,
    'd.yaml': stringify(JSON.parse(json)),
  });
  const all = await Promise.all(
    ['a.yaml', 'b.yaml', 'c.json', 'd.yaml'].map((name) =>
      evaluate([join(folder, name)], { config: false, waivers: false }),
    ),
  );
  expect(new Set(all.map(({ said }) => said.join()))).toEqual(new Set([all[0]?.said.join()]));
  expect(all[0]?.said).toContain('s3-public A: NON_COMPLIANT');
  const mixed = await evaluate([folder], { config: false, waivers: false });
  expect(mixed.said).toHaveLength(4 * (all[0]?.said.length ?? 0));
});

// The heart of it: what is not known makes nothing better.
test('a value that is no longer known never makes a resource COMPLIANT', async () => {
  const texts = [
    group(`${ssh('0.0.0.0/0')}, ${ssh('10.0.0.0/8')}`),
    bucket(`${PUBLIC}, {Effect: Deny, Principal: '*', Action: s3:PutObject, Resource: '*'}`),
    database('MasterUserPassword: x, ManageMasterUserPassword: false'),
    managed("{Effect: Allow, Action: ['iam:*', s3:GetObject], Resource: '*'}"),
    role("{Effect: Allow, Action: 's3:*', Resource: '*'}"),
    instance("'x AKIAQWERTYUIOPASDFGH'"),
    trail('LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 10}]}'),
  ];
  const verdictsOf = async (text: string) => {
    const { report } = await only(text);
    return new Map(report.results.map((one) => [`${one.rule} ${one.resourceId}`, one.compliance]));
  };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...texts), fc.nat(), async (text, at) => {
      const values = [...text.matchAll(/(?<=(?:: |\[))(?:'[^']*'|[\w.:/*-]+)(?=[,}\]\n])/g)].filter(
        ([value]) => !/^AWS::\w+::\w+$|^[AL]$/.test(value),
      );
      const chosen = values[at % values.length];
      if (!chosen) return;
      const [before, after] = [text.slice(0, chosen.index), text.slice(chosen.index + chosen[0].length)];
      const known = await verdictsOf(text);
      for (const [key, verdict] of await verdictsOf(`${before}!Ref Open${after}`)) {
        if (verdict === 'COMPLIANT')
          expect([key, known.get(key), chosen[0]]).toEqual([key, 'COMPLIANT', chosen[0]]);
      }
    }),
    { numRuns: 40 },
  );
});

test('what cdk synth writes is judged, with the environments of its stacks', async () => {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk-'));
  const app = new App({ outdir });
  const stack = new Stack(app, 'Web', { env: { account: '123456789012', region: 'eu-west-1' } });
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 1 }) as unknown as IVpc;
  const open = new SecurityGroup(stack, 'Open', { vpc });
  open.addIngressRule(Peer.anyIpv4(), Port.tcp(22));
  new SecurityGroup(stack, 'Closed', { vpc }).addIngressRule(open, Port.tcp(5432));
  new Bucket(stack, 'Files', { enforceSSL: true });
  app.synth();
  const { report } = await evaluate([outdir], { config: false, waivers: false });
  expect(report.accountIds).toEqual(['123456789012']);
  const said = report.results
    .filter(({ rule }) => rule === 'sg-open-ports' || rule === 's3-public')
    .map(
      (one) => `${one.rule} ${one.resourceId.replace(/[0-9A-F]{8}$/, '')} ${one.compliance} ${one.region}`,
    );
  expect(said.sort()).toEqual([
    's3-public Files COMPLIANT eu-west-1',
    'sg-open-ports Closed COMPLIANT eu-west-1',
    'sg-open-ports Open NON_COMPLIANT eu-west-1',
  ]);
});
