// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub has the same placeholders.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from 'sarif';
import { PLACES } from '../../cli/inputs/template-places.ts';
import { canJudge } from '../../cli/inputs/templates.ts';
import { rules } from '../../rules/index.ts';
import { folderOf } from '../account/snapshot/support.ts';
import { call, evaluate, worldOf } from './support.ts';

const HEAD = `Parameters: {Open: {Type: String}}
Conditions: {Maybe: !Equals [!Ref Open, x], Sure: !Equals [a, a]}
Resources:
`;
const GROUP = `  G:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: a
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8}
        - !If [Sure, !Ref AWS::NoValue, {IpProtocol: tcp, FromPort: 23, ToPort: 23, CidrIp: 0.0.0.0/0}]
`;
const OPEN = (port: number, where = '') => `        - IpProtocol: tcp${where}
          FromPort: ${port}
          ToPort: '${port}'
          CidrIp: 0.0.0.0/0
`;
const DATABASE = `  D:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      PubliclyAccessible: true
      VPCSecurityGroups: [!GetAtt G.GroupId]
`;
const BUCKET = `  B:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration: {BlockPublicAcls: false}
      OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}
`;
const statement = (effect: string, where = '') => `          - Sid: ${effect}${where}
            Effect: ${effect}
            Principal: '*'
            Action: s3:GetObject
            Resource: !Sub '\${B.Arn}/*'
`;
const POLICY = (statements: string) => `${BUCKET}  P:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref B
      PolicyDocument:
        Statement:
          - !If [Sure, !Ref AWS::NoValue, {Effect: Allow, Principal: '*', Action: 's3:*', Resource: '*'}]
          - {Effect: !Ref Open, Principal: '*', Action: s3:PutObject, Resource: !Sub '\${B.Arn}/x'}
${statements}`;
const TRAIL = `  T: {Type: AWS::CloudTrail::Trail, Properties: {IsLogging: true, S3BucketName: !Ref L}}
  L:
    Type: AWS::S3::Bucket
    Properties:
`;
const TRUST =
  'AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}]}';
const ROLE = (more: string) => `  R:
    Type: AWS::IAM::Role
    Properties:
      ${TRUST}
${more}`;
const MACHINE = `  F: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref R]}}
  I:
    Type: AWS::EC2::Instance
    Properties: {IamInstanceProfile: !Ref F}
`;
const BUCKETS = "{Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]}";

/** The line that is marked is the one that the result has to name. */
describe('a result names the line that its finding is about', () => {
  test.each<[rule: string, what: string, resource: string, resources: string]>([
    ['sg-open-ports', 'an entry', 'G', GROUP + OPEN(22, ' # here')],
    ['sg-open-ports', 'the one of two that is open', 'G', GROUP + OPEN(443) + OPEN(22, ' # here')],
    [
      'sg-open-ports',
      'a rule of its own',
      'G',
      `${GROUP}  X: # here
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !Ref G, IpProtocol: -1, CidrIpv6: '::/0'}
`,
    ],
    [
      'sg-open-ports',
      'a rule of a group that is elsewhere',
      'X',
      `  X: # here
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: sg-1, IpProtocol: -1, CidrIp: 0.0.0.0/0}
`,
    ],
    [
      'sg-open-ports',
      'the branch that is taken',
      'G',
      `  G:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - Fn::If:
            - Sure
            - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0} # here
            - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.0.0.0/8}
`,
    ],
    [
      'rds-ingress-sources',
      'the entry of its group',
      'D',
      GROUP + OPEN(22) + OPEN(5432, ' # here') + DATABASE,
    ],
    ['rds-managed-master-secret', 'a password', 'D', `${DATABASE}      MasterUserPassword: x # here\n`],
    ['rds-managed-master-secret', 'a flag', 'D', `${DATABASE}      ManageMasterUserPassword: false # here\n`],
    ['rds-managed-master-secret', 'what is not there', 'D', DATABASE.replace('D:', 'D: # here')],
    ['s3-public', 'an ACL', 'B', `${BUCKET}      AccessControl: PublicRead # here\n`],
    ['s3-public', 'a statement', 'B', POLICY(statement('Allow', ' # here'))],
    [
      'ec2-no-embedded-keys',
      'user data',
      'I',
      '  I:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData: {Fn::Base64: x AKIAQWERTYUIOPASDFGH} # here\n',
    ],
    [
      'ec2-no-embedded-keys',
      'user data of a launch template',
      'I',
      '  I:\n    Type: AWS::EC2::LaunchTemplate\n    Properties:\n      LaunchTemplateData:\n        UserData: {Fn::Base64: x AKIAQWERTYUIOPASDFGH} # here\n',
    ],
    [
      'iam-policy-conditions',
      'a statement',
      'M',
      `  M:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - {Effect: Allow, Action: s3:GetObject, Resource: '*'}
          - {Effect: Allow, Action: 'iam:*', Resource: '*'} # here
`,
    ],
    [
      'iam-s3-admin-restricted',
      'an inline policy',
      'R',
      ROLE(`      Policies:
        - {PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: s3:GetObject, Resource: '*'}]}}
        - {PolicyName: b, PolicyDocument: ${BUCKETS}} # here
`),
    ],
    [
      'iam-s3-admin-restricted',
      'an inline policy of its own',
      'R',
      `${ROLE('')}  A:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: a
      Roles: [!Ref R]
      PolicyDocument: ${BUCKETS} # here
`,
    ],
    [
      'iam-s3-admin-restricted',
      'a managed policy',
      'R',
      `${ROLE('      ManagedPolicyArns:\n        - !Ref M # here\n')}  M:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: ${BUCKETS}}
`,
    ],
    [
      'ec2-role-least-privilege',
      'a policy of its role',
      'I',
      `${MACHINE}${ROLE('      ManagedPolicyArns:\n        - !Sub arn:${AWS::Partition}:iam::aws:policy/PowerUserAccess # here\n')}`,
    ],
    [
      'trail-object-lock',
      'a short lock',
      'T',
      `${TRAIL}      ObjectLockEnabled: true
      ObjectLockConfiguration:
        ObjectLockEnabled: Enabled
        Rule:
          DefaultRetention:
            Mode: GOVERNANCE
            Days: 3 # here
`,
    ],
    ['trail-object-lock', 'no retention', 'T', `${TRAIL}      ObjectLockEnabled: true # here\n`],
    ['trail-object-lock', 'no lock', 'T', `${TRAIL.replace('}}\n', '}} # here\n')}      BucketName: l\n`],
    [
      'trail-log-retention',
      'the rule that deletes',
      'T',
      `${TRAIL}      LifecycleConfiguration:
        Rules:
          - {Status: Enabled, ExpirationInDays: 900}
          - {Status: Disabled, ExpirationInDays: 1}
          - {Status: Enabled, ExpirationInDays: 10} # here
`,
    ],
  ])('%s: %s', async (rule, _, resource, resources) => {
    const text = HEAD + resources;
    const folder = await folderOf({ 't.yaml': text });
    const { report } = await evaluate([join(folder, 't.yaml')], {
      config: false,
      waivers: false,
      rule: [rule],
    });
    const result = report.results.find((one) => one.resourceId === resource);
    const line = 1 + text.split('\n').findIndex((one) => one.endsWith('# here'));
    expect([result?.compliance, result?.location?.line]).toEqual(['NON_COMPLIANT', line]);
  });

  test('each rule that judges templates has a place for its findings', () => {
    const able = rules.filter(canJudge).map(({ id }) => id);
    expect(Object.keys(PLACES).sort()).toEqual(able.sort());
  });

  test('what complies, or could not be told, is at its resource', async () => {
    const folder = await folderOf({
      't.yaml': `${HEAD}${GROUP}        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Open}\n  B:\n    Type: AWS::S3::Bucket\n`,
    });
    const { report } = await evaluate([folder], {
      config: false,
      waivers: false,
      rule: ['sg-open-ports', 's3-public'],
    });
    const line = (id: string) => 1 + `${HEAD}`.split('\n').length - 1 + (id === 'G' ? 0 : 8);
    expect(report.results.map(({ resourceId: id, location }) => [id, location?.line])).toEqual([
      ['B', line('B')],
    ]);
    expect(report.errors.map(({ resourceId: id, location }) => [id, location?.line])).toEqual([
      ['G', line('G')],
    ]);
  });

  test('SARIF points at the line', async () => {
    const text = HEAD + GROUP + OPEN(22, ' # here');
    const folder = await folderOf({ 't.yaml': text });
    const output = join(folder, 'out.sarif');
    const options = { config: false, waivers: false, rule: ['sg-open-ports'], format: 'sarif', output };
    await call('evaluate', [join(folder, 't.yaml')], options, worldOf().world);
    const { runs } = JSON.parse(readFileSync(output, 'utf8')) as Log;
    const [place] = runs[0]?.results?.[0]?.locations ?? [];
    expect(place?.physicalLocation?.region?.startLine).toBe(
      1 + text.split('\n').findIndex((one) => one.endsWith('# here')),
    );
  });
});
