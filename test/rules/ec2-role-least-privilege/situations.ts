import rule from '../../../rules/ec2-role-least-privilege/rule.ts';
import {
  AWS,
  allow,
  attached,
  bounded,
  DETAILS,
  deny,
  details,
  document,
  encoded,
  iamArn,
  inline,
  policy,
  role,
} from '../../support/iam-details.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;
type Parameters = Record<string, string>;

const INSTANCES = 'us-east-1/ec2/describe-instances.json';
const PROFILE = iamArn('instance-profile/web');
const OK: Says = ['COMPLIANT', ''];
const bad = (...what: readonly string[]): Says => ['NON_COMPLIANT', what.join('; ')];
const unknown = (code = 'IncompleteAnswer'): Says => ['UNKNOWN', code];
const notApplicable = (why: string): Says => ['NOT_APPLICABLE', why];
const when = (operator: string, key: string, value: unknown): Json => ({
  Condition: { [operator]: { [key]: value } },
});
const MFA = when('Bool', 'aws:MultiFactorAuthPresent', 'true');

const instance = (InstanceId: string, more: Json = {}): Json => ({
  InstanceId,
  State: { Code: 16, Name: 'running' },
  LaunchTime: '2026-10-01T00:00:00Z',
  IamInstanceProfile: { Arn: PROFILE, Id: 'AIPAWEB' },
  ...more,
});
const listed = (...instances: readonly Json[]): Json => ({
  [INSTANCES]: {
    Reservations: instances.map((one, index) => ({
      ReservationId: `r-${index}`,
      OwnerId: ACCOUNT,
      Instances: [one],
    })),
  },
});
const web = (more: Json = {}): Json =>
  role('web', {
    InstanceProfileList: [
      {
        InstanceProfileName: 'web',
        InstanceProfileId: 'AIPAWEB',
        Arn: PROFILE,
        Path: '/',
        Roles: [],
        CreateDate: '2026-01-01T00:00:00Z',
      },
    ],
    CreateDate: '2026-01-01T00:00:00Z',
    ...more,
  });
/** An instance whose role is so. */
const having = (more: Json, policies: readonly unknown[] = []): Json => ({
  ...listed(instance('i-0a')),
  ...details({ roles: [web(more)], policies }),
});
const statements = (...given: readonly object[]) => inline('RolePolicyList', ...given);

const ADMIN = 'inline policy inline of role web allows everything';
const allBut = (what: string) => `inline policy inline of role web allows everything but ${what}`;
const wildcard = (services: string) =>
  `inline policy inline of role web allows all of ${services} on all resources`;
const notAction = (NotAction: unknown, Resource: unknown = '*', more: Json = {}) => ({
  Effect: 'Allow',
  NotAction,
  Resource,
  ...more,
});

const byStatements: readonly (readonly [string, readonly object[], Says, Parameters?])[] = [
  ['no policies', [], OK],
  ['some actions', [allow(['s3:GetObject', 'sqs:SendMessage'])], OK],
  ['everything', [allow('*')], bad(ADMIN)],
  ['*:*', [allow('*:*')], bad(ADMIN)],
  ['**', [allow(['ec2:DescribeTags', '**'])], bad(ADMIN)],
  ['everything with MFA', [allow('*', '*', MFA)], bad(ADMIN)],
  ['everything on arn:*', [allow('*', 'arn:*')], bad(ADMIN)],
  ['everything on all buckets', [allow('*', 'arn:aws:s3:::*')], bad(ADMIN)],
  ['everything on one bucket', [allow('*', 'arn:aws:s3:::b')], OK],
  ['everything on a bucket and on all', [allow('*', ['arn:aws:s3:::b', '*'])], bad(ADMIN)],
  ['everything on the objects of a bucket', [allow('*', 'arn:aws:s3:::b/*')], OK],
  [
    'everything on all but a bucket',
    [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b' }],
    bad(allBut('arn:aws:s3:::b')),
  ],
  [
    'all but IAM',
    [notAction(['iam:*', 'organizations:*', 'account:*', 'sso:*'])],
    bad(allBut('iam:*, organizations:*, account:* and 1 more')),
  ],
  ['all but IAM, as a text', [notAction('iam:*')], bad(allBut('iam:*'))],
  ['all but IAM on one bucket', [notAction('iam:*', 'arn:aws:s3:::b')], OK],
  ['all but everything', [notAction('*')], OK],
  ['all of S3', [allow('s3:*')], bad(wildcard('s3'))],
  [
    'all of several services',
    [allow(['S3:*', 'dynamodb:**', 'sqs:?*', 'ec2:Describe*'])],
    bad(wildcard('s3, dynamodb, sqs')),
  ],
  ['all of services in two statements', [allow('s3:*'), allow('sqs:*')], bad(wildcard('s3, sqs'))],
  ['all of EC2 on all of a Region', [allow('ec2:*', 'arn:aws:ec2:*:*:*')], bad(wildcard('ec2'))],
  ['all of S3 on a bucket', [allow('s3:*', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'])], OK],
  [
    'all of S3 on all but a bucket',
    [{ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::b' }],
    bad(wildcard('s3')),
  ],
  [
    'all of S3 under a condition',
    [allow('s3:*', '*', when('StringEquals', 'aws:ResourceAccount', ACCOUNT))],
    OK,
  ],
  ['all of S3 under no condition', [allow('s3:*', '*', { Condition: {} })], bad(wildcard('s3'))],
  ['all reading of S3', [allow(['s3:Get*', 's3:List*'])], OK],
  ['all of S3, where that is fine', [allow('s3:*')], OK, { forbidServiceWildcards: 'false' }],
  [
    'everything, where all of a service is fine',
    [allow('*')],
    bad(ADMIN),
    { forbidServiceWildcards: 'false' },
  ],
  ['a Deny of everything', [allow('*'), deny('*')], OK],
  ['a Deny of everything under a condition', [allow('*'), deny('*', '*', MFA)], bad(ADMIN)],
  ['a Deny of some', [allow('*'), deny(['iam:*', 'ec2:RunInstances'])], bad(ADMIN)],
  ['a Deny of everything on one bucket', [allow('*'), deny('*', 'arn:aws:s3:::b')], bad(ADMIN)],
  ['a Deny of the same service', [allow('s3:*'), deny('S3:*')], OK],
  ['a Deny of more', [allow('s3:*'), deny('*')], OK],
  ['a Deny of less', [allow('s3:*'), deny('s3:Put*')], bad(wildcard('s3'))],
  [
    'a Deny of all but another service',
    [allow('s3:*'), { Effect: 'Deny', NotAction: 'ec2:*', Resource: '*' }],
    OK,
  ],
  [
    'a Deny of all but what is left out',
    [notAction('iam:*'), { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }],
    OK,
  ],
];

const managed = (name: string, ...given: readonly object[]) => policy(name, document(...given));
const aws = (name: string, ...given: readonly object[]) =>
  policy(name, document(...given), { Arn: `${AWS}/${name}` });
const of = (name: string) => iamArn(`policy/${name}`);
const forbidden = (arn: string) => `role web has the forbidden policy ${arn}`;
const SSM = aws(
  'AmazonSSMManagedInstanceCore',
  allow(['ssm:UpdateInstanceInformation', 'ssmmessages:OpenDataChannel']),
);
const S3 = aws('AmazonS3FullAccess', allow(['s3:*', 's3-object-lambda:*']));
const FULL = aws('AdministratorAccess', allow('*'));
const IAM = aws('IAMFullAccess', allow(['iam:*', 'organizations:DescribeAccount']));
const POWER = aws(
  'PowerUserAccess',
  notAction(['iam:*', 'organizations:*', 'account:*']),
  allow('iam:ListRoles'),
);
const edge = (...given: readonly object[]) => managed('edge', ...given);
const within = (more: Json): Json => ({ ...more, ...bounded(of('edge')) });

type Whole = readonly [string, Json, Situation['says'], Parameters?];
const wholes: readonly Whole[] = [
  [
    'an instance without a profile',
    { ...listed(instance('i-0a', { IamInstanceProfile: undefined })), ...details({}) },
    notApplicable('without an instance profile'),
  ],
  [
    'a profile that no role is in',
    { ...listed(instance('i-0a')), ...details({ roles: [role('web')] }) },
    notApplicable('no role is in the instance profile web'),
  ],
  ['no instances', { ...listed(), ...details({ roles: [web()] }) }, {}],
  ['policies of Systems Manager', having(attached(`${AWS}/AmazonSSMManagedInstanceCore`), [SSM]), OK],
  [
    'AmazonS3FullAccess',
    having(attached(`${AWS}/AmazonS3FullAccess`), [S3]),
    bad(`policy ${AWS}/AmazonS3FullAccess of role web allows all of s3, s3-object-lambda on all resources`),
  ],
  [
    'AdministratorAccess',
    having(attached(`${AWS}/AdministratorAccess`), [FULL]),
    bad(forbidden(`${AWS}/AdministratorAccess`)),
  ],
  [
    'PowerUserAccess',
    having(attached(`${AWS}/PowerUserAccess`), [POWER]),
    bad(forbidden(`${AWS}/PowerUserAccess`)),
  ],
  ['IAMFullAccess', having(attached(`${AWS}/IAMFullAccess`), [IAM]), bad(forbidden(`${AWS}/IAMFullAccess`))],
  [
    'IAMFullAccess, where all of a service is fine',
    having(attached(`${AWS}/IAMFullAccess`), [IAM]),
    bad(forbidden(`${AWS}/IAMFullAccess`)),
    { forbidServiceWildcards: 'false' },
  ],
  [
    'AdministratorAccess without its document',
    having(attached(`${AWS}/AdministratorAccess`)),
    bad(forbidden(`${AWS}/AdministratorAccess`)),
  ],
  [
    'AdministratorAccess of another partition',
    having(attached('arn:aws-cn:iam::aws:policy/AdministratorAccess')),
    bad(forbidden('arn:aws-cn:iam::aws:policy/AdministratorAccess')),
  ],
  [
    'AdministratorAccess, where it may be',
    having(attached(`${AWS}/AdministratorAccess`), [FULL]),
    bad(`policy ${AWS}/AdministratorAccess of role web allows everything`),
    { forbiddenPolicyArns: ',' },
  ],
  [
    'a policy that is forbidden',
    having(attached(of('legacy')), [managed('legacy', allow('s3:GetObject'))]),
    bad(forbidden(of('legacy'))),
    { forbiddenPolicyArns: of('legacy') },
  ],
  [
    'two policies',
    having({ ...attached(`${AWS}/AdministratorAccess`), ...statements(allow('s3:*')) }, [FULL]),
    bad(forbidden(`${AWS}/AdministratorAccess`), wildcard('s3')),
  ],
  [
    'a customer managed policy',
    having(attached(of('p')), [managed('p', allow('*'))]),
    bad(`policy ${of('p')} of role web allows everything`),
  ],
  [
    'an old version that allows everything',
    having(attached(of('p')), [
      policy('p', undefined, {
        DefaultVersionId: 'v2',
        PolicyVersionList: [
          { VersionId: 'v1', IsDefaultVersion: false, Document: document(allow('*')) },
          { VersionId: 'v2', IsDefaultVersion: true, Document: document(allow('s3:GetObject')) },
        ],
      }),
    ]),
    OK,
  ],
  [
    'a document that is URL-encoded',
    having({ RolePolicyList: [{ PolicyName: 'inline', PolicyDocument: encoded(document(allow('*'))) }] }),
    bad(ADMIN),
  ],
  [
    'AdministratorAccess, and a Deny of everything',
    having({ ...attached(`${AWS}/AdministratorAccess`), ...statements(deny('*')) }, [FULL]),
    OK,
  ],
  ['a policy without its document', having(attached(of('gone'))), unknown()],
  [
    'a policy without its document, beside one that allows everything',
    having({ ...attached(of('gone')), ...statements(allow('*')) }),
    bad(ADMIN),
  ],
  [
    'a policy without its document, and a Deny of everything',
    having({ ...attached(of('gone')), ...statements(deny('*')) }),
    OK,
  ],
  [
    'a policy without its document, within a tight boundary',
    having(within(attached(of('gone'))), [edge(allow('s3:GetObject'))]),
    OK,
  ],
  [
    'a policy without its document, within a boundary of all of S3',
    having(within(attached(of('gone'))), [edge(allow('s3:*'))]),
    unknown(),
  ],
  [
    'a document that is no policy',
    having(attached(of('odd')), [policy('odd', { Statement: [{ Effect: 'Allow' }] })]),
    unknown(),
  ],
  [
    'an inline document that is no policy',
    having({ RolePolicyList: [{ PolicyName: 'inline', PolicyDocument: { Statement: 'all' } }] }),
    unknown(),
  ],
  [
    'AdministratorAccess within a boundary of reading',
    having(within(attached(`${AWS}/AdministratorAccess`)), [FULL, edge(allow('s3:GetObject'))]),
    OK,
  ],
  [
    'AdministratorAccess within a boundary of everything',
    having(within(attached(`${AWS}/AdministratorAccess`)), [FULL, edge(allow('*'))]),
    bad(forbidden(`${AWS}/AdministratorAccess`)),
  ],
  [
    'AdministratorAccess within a boundary that denies everything',
    having(within(attached(`${AWS}/AdministratorAccess`)), [FULL, edge(allow('*'), deny('*'))]),
    OK,
  ],
  [
    'PowerUserAccess within a boundary of the same',
    having(within(attached(`${AWS}/PowerUserAccess`)), [
      POWER,
      edge(notAction(['iam:*', 'organizations:*', 'account:*'])),
    ]),
    bad(forbidden(`${AWS}/PowerUserAccess`)),
  ],
  [
    'all of S3 within a boundary of the same',
    having(within(statements(allow('s3:*'))), [edge(allow(['S3:*', 'ec2:*']))]),
    bad(wildcard('s3')),
  ],
  [
    'all of S3 within a boundary of all but IAM',
    having(within(statements(allow('s3:*'))), [edge(notAction('iam:*'))]),
    bad(wildcard('s3')),
  ],
  [
    'all of S3 within a boundary of a bucket',
    having(within(statements(allow('s3:*'))), [edge(allow('s3:*', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*']))]),
    OK,
  ],
  [
    'all of S3 within a boundary of all but S3',
    having(within(statements(allow('s3:*'))), [edge(notAction('s3:*'))]),
    OK,
  ],
  ['everything within a boundary without its document', having(within(statements(allow('*')))), unknown()],
  [
    'nothing much within a boundary without its document',
    having(within(statements(allow('s3:GetObject')))),
    OK,
  ],
  [
    'a stopped instance',
    {
      ...listed(instance('i-0a', { State: { Code: 80, Name: 'stopped' } })),
      ...details({ roles: [web(statements(allow('*')))] }),
    },
    bad(ADMIN),
  ],
  [
    'instances that are gone',
    {
      ...listed(
        instance('i-0a', { State: { Code: 48, Name: 'terminated' } }),
        instance('i-0b', { State: { Code: 32, Name: 'shutting-down' } }),
      ),
      ...details({ roles: [web(statements(allow('*')))] }),
    },
    {},
  ],
  [
    'three instances with one role',
    {
      ...listed(instance('i-0a'), instance('i-0b'), instance('i-0c')),
      ...details({ roles: [web(statements(allow('*')))] }),
    },
    { 'i-0a': bad(ADMIN), 'i-0b': bad(ADMIN), 'i-0c': bad(ADMIN) },
  ],
  [
    'a role under /service-role/',
    having({ ...statements(allow('*')), Path: '/service-role/', Arn: iamArn('role/service-role/web') }),
    bad(ADMIN),
  ],
  [
    'an exempt instance',
    {
      ...listed(
        instance('i-0a', { Tags: [{ Key: 'lab', Value: '' }] }),
        instance('i-0b', { Tags: [{ Key: 'Lab', Value: '' }] }),
      ),
      ...details({ roles: [web(statements(allow('*')))] }),
    },
    { 'i-0a': notApplicable('exempt by tag lab'), 'i-0b': bad(ADMIN) },
    { exemptTagKey: 'lab' },
  ],
  [
    'an instance without the time of its launch',
    {
      ...listed(instance('i-0a', { LaunchTime: undefined })),
      ...details({ roles: [web(statements(allow('*')))] }),
    },
    bad(ADMIN),
  ],
  [
    'details that are denied',
    { ...listed(instance('i-0a'), instance('i-0b', { IamInstanceProfile: undefined })), [DETAILS]: denied },
    { 'i-0a': unknown('AccessDenied'), 'i-0b': notApplicable('without an instance profile') },
  ],
  ['details that nobody collected', listed(instance('i-0a')), unknown('NotCollected')],
  [
    'instances that are denied',
    { [INSTANCES]: fails('UnauthorizedOperation'), ...details({}) },
    { [ACCOUNT]: unknown('UnauthorizedOperation') },
  ],
  [
    'details without a list of roles',
    { ...listed(instance('i-0a')), [DETAILS]: { Policies: [] } },
    unknown('Malformed'),
  ],
  [
    'details of roles alone',
    { ...listed(instance('i-0a')), [DETAILS]: { RoleDetailList: [web(statements(allow('*')))] } },
    bad(ADMIN),
  ],
];

const files: readonly Situation[] = [
  {
    situation: 'a role that makes no sense, which may be that of the profile',
    readings: { ...listed(instance('i-0a')), ...details({ roles: [web({ RolePolicyList: 'none' })] }) },
    says: unknown('Malformed'),
    filesOnly: 'the API gives policies as a list',
  },
  {
    situation: 'two Regions, of which one cannot be read',
    regions: ['us-east-1', 'eu-west-1'],
    readings: {
      ...having(statements(allow('*'))),
      'eu-west-1/ec2/describe-instances.json': fails('UnauthorizedOperation'),
    },
    says: { 'i-0a': bad(ADMIN), [ACCOUNT]: unknown('UnauthorizedOperation') },
  },
  {
    situation: 'no Region in view',
    regions: [],
    readings: details({}),
    says: { [ACCOUNT]: unknown('NotCollected') },
  },
];

const situations: Situations = {
  rule,
  situations: [
    ...byStatements.map(
      ([situation, given, says, parameters]): Situation => ({
        situation: `a role with ${situation}`,
        readings: having(statements(...given)),
        says,
        ...(parameters && { parameters }),
      }),
    ),
    ...wholes.map(
      ([situation, readings, says, parameters]): Situation => ({
        situation,
        readings,
        says,
        ...(parameters && { parameters }),
      }),
    ),
    ...files,
  ],
};
export default situations;
