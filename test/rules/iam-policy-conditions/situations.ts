import rule from '../../../rules/iam-policy-conditions/rule.ts';
import {
  AWS,
  allow,
  DETAILS,
  deny,
  details,
  document,
  encoded,
  iamArn,
  policy,
} from '../../support/iam-details.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;

const OK: Says = ['COMPLIANT', ''];
const bad = (what: string, conditions = '', statement = 'statement 0'): Says => [
  'NON_COMPLIANT',
  `${statement} allows ${what} without a condition that restricts it${conditions && ` (its conditions: ${conditions})`}`,
];
const unknown = (code: string): Says => ['UNKNOWN', code];
const when = (operator: string, key: string, value: unknown): Json => ({
  Condition: { [operator]: { [key]: value } },
});
const variable = (name: string) => `\${${name}}`;
const MFA = 'aws:MultiFactorAuthPresent';
const AGE = 'aws:MultiFactorAuthAge';
const ORG = 'aws:PrincipalOrgID';
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** One policy with these statements. */
type One = readonly [
  situation: string,
  statements: readonly object[],
  says: Says,
  parameters?: Record<string, string>,
];

const iam = (condition: Json) => [allow('iam:*', '*', condition)];
const noMfa = (key: string, operator = 'BoolIfExists', value: unknown = 'false') =>
  when(operator, key, value);
/** What is judged by its conditions alone. */
const conditions: readonly One[] = [
  ['iam:* on * without a condition', [allow('iam:*')], bad('iam:*')],
  ['an empty Condition', iam({ Condition: {} }), bad('iam:*')],
  ['MFA', iam(when('Bool', MFA, 'true')), OK],
  ['MFA, as a boolean', iam(when('Bool', MFA, true)), OK],
  ['MFA, in another letter case', iam(when('bool', 'AWS:multifactorauthpresent', 'TRUE')), OK],
  ['MFA if there is the key', iam(when('BoolIfExists', MFA, 'true')), bad('iam:*', MFA)],
  ['no MFA', iam(when('Bool', MFA, 'false')), bad('iam:*', MFA)],
  ['MFA or none', iam(when('Bool', MFA, ['true', 'false'])), bad('iam:*', MFA)],
  ['MFA as a text', iam(when('StringEquals', MFA, 'true')), OK],
  ['that MFA is not false', iam(when('StringNotEquals', MFA, 'false')), bad('iam:*', MFA)],
  ['MFA that is recent', iam(when('NumericLessThan', AGE, '3600')), OK],
  ['MFA that is recent, as a number', iam(when('NumericLessThanEquals', AGE, 3600)), OK],
  ['MFA that is old', iam(when('NumericGreaterThan', AGE, '3600')), bad('iam:*', AGE)],
  [
    'MFA that is recent if there is any',
    iam(when('NumericLessThanIfExists', AGE, '3600')),
    bad('iam:*', AGE),
  ],
  ['that there is an age of MFA', iam(when('Null', AGE, 'false')), OK],
  ['that there is an age of MFA, as a boolean', iam(when('Null', AGE, false)), OK],
  ['that there is no age of MFA', iam(when('Null', AGE, 'true')), bad('iam:*', AGE)],
  ['that there is an age or none', iam(when('Null', AGE, ['true', 'false'])), bad('iam:*', AGE)],
  ['TLS', iam(when('Bool', 'aws:SecureTransport', 'true')), OK],
  ['no TLS', iam(when('Bool', 'aws:SecureTransport', 'false')), bad('iam:*', 'aws:SecureTransport')],
  ['through a service', iam(when('Bool', 'aws:ViaAWSService', 'true')), OK],
  [
    'not through a service',
    iam(when('Bool', 'aws:ViaAWSService', 'false')),
    bad('iam:*', 'aws:ViaAWSService'),
  ],
  ['an address range', iam(when('IpAddress', 'aws:SourceIp', '203.0.113.0/24')), OK],
  ['a single address', iam(when('IpAddress', 'aws:SourceIp', '203.0.113.7')), OK],
  ['an IPv6 range', iam(when('IpAddress', 'aws:SourceIp', ['2001:db8::/32'])), OK],
  ['all IPv4', iam(when('IpAddress', 'aws:SourceIp', '0.0.0.0/0')), bad('iam:*', 'aws:SourceIp')],
  ['all IPv6', iam(when('IpAddress', 'aws:SourceIp', '::/0')), bad('iam:*', 'aws:SourceIp')],
  [
    'an address range, or all IPv6',
    iam(when('IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '::/0'])),
    bad('iam:*', 'aws:SourceIp'),
  ],
  [
    'the two halves of the internet',
    iam(when('IpAddress', 'aws:SourceIp', ['0.0.0.0/1', '128.0.0.0/1'])),
    bad('iam:*', 'aws:SourceIp'),
  ],
  ['what is no address', iam(when('IpAddress', 'aws:SourceIp', 'the office')), bad('iam:*', 'aws:SourceIp')],
  [
    'all addresses but some',
    iam(when('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24')),
    bad('iam:*', 'aws:SourceIp'),
  ],
  ['the organization', iam(when('StringEquals', ORG, 'o-abcdefghij')), OK],
  ['any organization', iam(when('StringLike', ORG, '*')), bad('iam:*', ORG)],
  ['any organization, as **', iam(when('StringLike', ORG, '**')), bad('iam:*', ORG)],
  ['any organization, as ?*', iam(when('StringLike', ORG, '?*')), bad('iam:*', ORG)],
  ['one organization, or any', iam(when('StringLike', ORG, ['o-1', '*'])), bad('iam:*', ORG)],
  ['* where it is no wildcard', iam(when('StringEquals', ORG, '*')), OK],
  ['another organization', iam(when('StringNotEquals', ORG, 'o-1')), bad('iam:*', ORG)],
  ['the organization, if any', iam(when('StringEqualsIfExists', ORG, 'o-1')), bad('iam:*', ORG)],
  [
    'all keys of none',
    iam(when('ForAllValues:StringEquals', 'aws:TagKeys', ['team'])),
    bad('iam:*', 'aws:TagKeys'),
  ],
  ['any of several keys', iam(when('ForAnyValue:StringEquals', 'aws:TagKeys', ['team'])), OK],
  ['no values', iam(when('StringEquals', ORG, [])), bad('iam:*', ORG)],
  ['a tag of the principal', iam(when('StringEquals', 'aws:PrincipalTag/team', 'admins')), OK],
  [
    'a tag of the principal, as the resource has it',
    iam(when('StringEquals', 'aws:ResourceTag/team', variable('aws:PrincipalTag/team'))),
    OK,
  ],
  ['the principal, by a pattern', iam(when('ArnLike', 'aws:PrincipalArn', iamArn('role/ops-*'))), OK],
  [
    'any principal',
    iam(when('ArnLike', 'aws:PrincipalArn', 'arn:aws:*:*:*:*')),
    bad('iam:*', 'aws:PrincipalArn'),
  ],
  [
    'any principal, where ArnEquals has wildcards',
    iam(when('ArnEquals', 'aws:PrincipalArn', '*')),
    bad('iam:*', 'aws:PrincipalArn'),
  ],
  ['a Region', iam(when('StringEquals', 'aws:RequestedRegion', 'eu-west-1')), OK],
  [
    'a key that does not count',
    iam(when('StringEquals', 'aws:UserAgent', 'cli')),
    bad('iam:*', 'aws:UserAgent'),
  ],
  [
    'a key that does not count, beside one that does',
    [
      allow('iam:*', '*', {
        Condition: { StringEquals: { 'aws:UserAgent': 'cli' }, Bool: { [MFA]: 'true' } },
      }),
    ],
    OK,
  ],
  ['an operator that IAM does not have', iam(when('StringResembles', ORG, 'o-1')), bad('iam:*', ORG)],
  ['an operator without a key', iam({ Condition: { StringEquals: {} } }), bad('iam:*', 'StringEquals')],
  [
    'a key that counts by the parameter',
    iam(when('StringEquals', 'aws:UserAgent', 'cli')),
    OK,
    { acceptedConditionKeys: 'AWS:User*' },
  ],
  [
    'MFA, if it does not count',
    iam(when('Bool', MFA, 'true')),
    bad('iam:*', MFA),
    { acceptedConditionKeys: ORG },
  ],
  ['no keys that count', iam(when('Bool', MFA, 'true')), bad('iam:*', MFA), { acceptedConditionKeys: '' }],
];

const actions: readonly One[] = [
  ['PassRole on any role', [allow('iam:PassRole')], bad('iam:PassRole')],
  [
    'PassRole on any role to one service',
    [allow('iam:PassRole', '*', when('StringEquals', 'iam:PassedToService', 'ec2.amazonaws.com'))],
    OK,
  ],
  ['PassRole on one role', [allow('iam:PassRole', iamArn('role/app'))], OK],
  ['reading', [allow(['iam:Get*', 'iam:List*'])], OK],
  [
    'reading, where that counts',
    [allow(['iam:Get*', 'iam:List*'])],
    bad('iam:Get*, iam:List*'),
    { ignoreReadOnly: 'false' },
  ],
  ['reading in odd case', [allow(['IAM:getUser', 'iam:SIMULATE*', 'kms:DescribeKey'])], OK],
  ['what reads and more', [allow('iam:G*')], bad('iam:G*')],
  ['one of several actions', [allow(['ec2:*', 'iam:GetUser', 'kms:Decrypt'])], bad('kms:Decrypt')],
  ['Decrypt on any key', [allow('kms:Decrypt')], bad('kms:Decrypt')],
  ['Decrypt on one key', [allow('kms:Decrypt', KEY)], OK],
  ['everything', [allow('*')], bad('*')],
  ['everything, as *:*', [allow('*:*')], bad('*:*')],
  [
    'all but some, as PowerUserAccess has it',
    [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }],
    bad('kms:*, s3:PutBucketPolicy, s3:DeleteBucket* and 2 more'),
  ],
  [
    'all but what is sensitive',
    [
      {
        Effect: 'Allow',
        NotAction: ['IAM:*', 'kms:*', 'organizations:*', 'account:*', 's3:*', 'cloudtrail:*'],
        Resource: '*',
      },
    ],
    OK,
  ],
  [
    'all but what is sensitive and writes',
    [
      {
        Effect: 'Allow',
        NotAction: ['kms:*', 'organizations:*', 'account:*', 's3:*', 'cloudtrail:*', 'iam:?r*'],
        Resource: '*',
      },
    ],
    bad('iam:*'),
  ],
  ['reading objects', [allow('s3:GetObject')], OK],
  ['an odd letter case', [allow('S3:putbucketpolicy')], bad('S3:putbucketpolicy')],
  ['a wildcard for a character', [allow('s3:PutBucketPolic?')], bad('s3:PutBucketPolic?')],
  ['a part of a sensitive pattern', [allow('s3:DeleteBucketWebsite')], bad('s3:DeleteBucketWebsite')],
  ['one action as a text', [allow('cloudtrail:StopLogging')], bad('cloudtrail:StopLogging')],
  ['no actions', [allow([])], OK],
  ['only a Deny', [deny('*')], OK],
  ['no statements', [], OK],
  [
    'what is sensitive by the parameter',
    [allow('ec2:TerminateInstances')],
    bad('ec2:TerminateInstances'),
    { sensitiveActions: 'EC2:Terminate*' },
  ],
  ['nothing sensitive', [allow('*')], OK, { sensitiveActions: '' }],
  [
    'two statements of which one fails',
    [allow('s3:GetObject'), { Sid: 'Keys', ...allow('kms:Decrypt') }],
    bad('kms:Decrypt', '', 'statement "Keys"'),
  ],
];

const resources: readonly One[] = [
  ['a list with *', [allow('iam:*', [iamArn('role/app'), '*'])], bad('iam:*')],
  ['all roles', [allow('iam:*', iamArn('role/*'))], bad('iam:*')],
  ['all roles of any account', [allow('iam:*', 'arn:aws:iam::*:role/*')], bad('iam:*')],
  ['all of the account', [allow('iam:*', iamArn('*'))], bad('iam:*')],
  ['arn:*', [allow('iam:*', 'arn:*')], bad('iam:*')],
  ['all of IAM', [allow('iam:*', 'arn:aws:iam::*')], bad('iam:*')],
  ['all roles of whatever', [allow('iam:*', '*:role/*')], bad('iam:*')],
  ['all keys', [allow('kms:*', 'arn:aws:kms:*:*:key/*')], bad('kms:*')],
  ['all buckets', [allow('s3:PutBucketPolicy', 'arn:aws:s3:::*')], bad('s3:PutBucketPolicy')],
  ['one bucket', [allow('s3:*', ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'])], OK],
  ['buckets by how they begin', [allow('s3:DeleteBucket', 'arn:aws:s3:::app-*')], OK],
  ['roles by how they begin', [allow('iam:*', iamArn('role/app-*'))], OK],
  ['roles of whatever by how they begin', [allow('iam:*', '*:role/app-*')], OK],
  ['roles of a path', [allow('iam:*', iamArn('role/app/*'))], OK],
  ["one's own user", [allow('iam:CreateAccessKey', iamArn(`user/${variable('aws:username')}`))], OK],
  ['no resources', [allow('iam:*', [])], OK],
  [
    'a type after a colon',
    [allow('lambda:*', 'arn:aws:lambda:*:*:function:*')],
    bad('lambda:*'),
    { sensitiveActions: 'lambda:*' },
  ],
  [
    'one log group',
    [allow('logs:*', 'arn:aws:logs:*:*:log-group:app:*')],
    OK,
    { sensitiveActions: 'logs:*' },
  ],
  ['all but one', [{ Effect: 'Allow', Action: 'iam:*', NotResource: iamArn('role/admin') }], bad('iam:*')],
  ['all but all', [{ Effect: 'Allow', Action: 'iam:*', NotResource: '*' }], OK],
  [
    'a named one, where that needs a condition',
    [allow('kms:Decrypt', KEY)],
    bad('kms:Decrypt'),
    { scopedResourcesNeedConditions: 'true' },
  ],
  [
    'a named one with a condition, where that needs one',
    [allow('kms:Decrypt', KEY, when('Bool', MFA, 'true'))],
    OK,
    { scopedResourcesNeedConditions: 'true' },
  ],
];

/** The statement, and a Deny in the same policy. */
const beside = (denial: Json, action: unknown = 'iam:*') => [allow(action), denial];
const besides: readonly One[] = [
  ['unless MFA', beside(deny('iam:*', '*', noMfa(MFA))), OK],
  ['unless MFA, everything', beside(deny('*', '*', noMfa(MFA, 'Bool', false))), OK],
  [
    "unless MFA, with what it takes to get it, as AWS's own policy has it",
    beside({
      Effect: 'Deny',
      NotAction: [
        'iam:CreateVirtualMFADevice',
        'iam:EnableMFADevice',
        'iam:GetUser',
        'iam:ListMFADevices',
        'sts:GetSessionToken',
      ],
      Resource: '*',
      ...noMfa(MFA),
    }),
    OK,
  ],
  [
    'unless MFA, with more than it takes to get it',
    beside({ Effect: 'Deny', NotAction: ['iam:DeactivateMFADevice'], Resource: '*', ...noMfa(MFA) }),
    bad('iam:*'),
  ],
  ['unless MFA, of some actions', beside(deny('iam:Create*', '*', noMfa(MFA))), bad('iam:*')],
  ['unless MFA, of other actions', beside(deny('ec2:*', '*', noMfa(MFA))), bad('iam:*')],
  ['unless MFA, of some resources', beside(deny('iam:*', iamArn('role/*'), noMfa(MFA))), bad('iam:*')],
  ['with MFA', beside(deny('iam:*', '*', noMfa(MFA, 'Bool', 'true'))), bad('iam:*')],
  ['unless TLS', beside(deny('*', '*', when('Bool', 'aws:SecureTransport', 'false'))), OK],
  ['outside a range', beside(deny('*', '*', when('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'))), OK],
  [
    'outside all addresses',
    beside(deny('*', '*', when('NotIpAddress', 'aws:SourceIp', '0.0.0.0/0'))),
    bad('iam:*'),
  ],
  [
    'inside a range',
    beside(deny('*', '*', when('IpAddress', 'aws:SourceIp', '203.0.113.0/24'))),
    bad('iam:*'),
  ],
  ['outside the organization', beside(deny('*', '*', when('StringNotEquals', ORG, 'o-1'))), OK],
  ['outside any organization', beside(deny('*', '*', when('StringNotLike', ORG, '*'))), bad('iam:*')],
  [
    'of all but one role',
    beside(deny('*', '*', when('ArnNotLike', 'aws:PrincipalArn', iamArn('role/Admin')))),
    OK,
  ],
  ['without a tag', beside(deny('*', '*', when('Null', 'aws:PrincipalTag/team', 'true'))), OK],
  ['with a tag', beside(deny('*', '*', when('Null', 'aws:PrincipalTag/team', 'false'))), bad('iam:*')],
  [
    'with MFA that is old, or none',
    beside(deny('*', '*', when('NumericGreaterThanIfExists', AGE, '3600'))),
    OK,
  ],
  ['with MFA that is old', beside(deny('*', '*', when('NumericGreaterThan', AGE, '3600'))), bad('iam:*')],
  [
    'by a key that does not count',
    beside(deny('*', '*', when('StringNotEquals', 'aws:UserAgent', 'cli'))),
    bad('iam:*'),
  ],
  [
    'unless MFA, in one Region',
    beside(
      deny('*', '*', {
        Condition: { BoolIfExists: { [MFA]: 'false' }, StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
      }),
    ),
    bad('iam:*'),
  ],
  ['in any case', beside(deny('iam:*')), OK],
  ['in any case, of a part', beside(deny('iam:Create*')), bad('iam:*')],
  [
    'of all that the Allow names',
    beside(deny(['iam:PassRole', 'iam:Create*']), ['iam:PassRole', 'iam:CreateUser']),
    OK,
  ],
  [
    'unless MFA, and outside a range of the rest',
    [
      allow(['iam:*', 'kms:*']),
      deny('iam:*', '*', noMfa(MFA)),
      deny('kms:*', '*', when('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24')),
    ],
    OK,
  ],
];

const ADMIN = document(allow('*'));
const only = (...policies: readonly unknown[]) => details({ policies });
const whole: readonly Situation[] = [
  {
    situation: 'a policy that nobody has',
    readings: only(policy('p', ADMIN, { AttachmentCount: 0 })),
    says: ['NOT_APPLICABLE', 'attached to nobody'],
  },
  {
    situation: 'a policy that is only a permissions boundary',
    readings: only(policy('p', ADMIN, { AttachmentCount: 0, PermissionsBoundaryUsageCount: 2 })),
    says: ['NOT_APPLICABLE', 'only a permissions boundary, which grants nothing'],
  },
  {
    situation: 'a policy that is a permissions boundary, and that somebody has',
    readings: only(policy('p', ADMIN, { PermissionsBoundaryUsageCount: 2 })),
    says: bad('*'),
  },
  {
    situation: 'a policy that nobody has, and that is no policy',
    readings: only(policy('p', { Statement: 'all' }, { AttachmentCount: 0 })),
    says: ['NOT_APPLICABLE', 'attached to nobody'],
  },
  {
    situation: 'a policy that fails, and does not say whether anybody has it',
    readings: only(policy('p', ADMIN, { AttachmentCount: undefined })),
    says: unknown('Malformed'),
  },
  {
    situation: 'a policy that passes, and does not say whether anybody has it',
    readings: only(policy('p', document(allow('s3:GetObject')), { AttachmentCount: undefined })),
    says: OK,
  },
  {
    situation: 'an old version that fails, and a default that passes',
    readings: only(
      policy('p', undefined, {
        DefaultVersionId: 'v2',
        PolicyVersionList: [
          { VersionId: 'v2', IsDefaultVersion: true, Document: document(allow('s3:GetObject')) },
          { VersionId: 'v1', IsDefaultVersion: false, Document: ADMIN },
        ],
      }),
    ),
    says: OK,
  },
  {
    situation: 'an old version that passes, and a default that fails',
    readings: only(
      policy('p', undefined, {
        PolicyVersionList: [
          { VersionId: 'v1', IsDefaultVersion: false, Document: document() },
          { VersionId: 'v2', IsDefaultVersion: true, Document: ADMIN },
        ],
      }),
    ),
    says: bad('*'),
  },
  {
    situation: 'a policy without a default version',
    readings: only(policy('p', undefined, { PolicyVersionList: [] })),
    says: unknown('Malformed'),
  },
  {
    situation: "a policy of AWS's",
    readings: only(
      policy('AdministratorAccess', ADMIN, { Arn: `${AWS}/AdministratorAccess` }),
      policy('job', ADMIN, { Arn: `${AWS}/job-function/job` }),
    ),
    says: {},
  },
  {
    situation: 'several policies',
    readings: only(policy('good', document(allow('s3:GetObject'))), policy('bad', ADMIN)),
    says: { ANPAGOOD: OK, ANPABAD: bad('*') },
  },
  {
    situation: 'a statement that is no list',
    readings: only(policy('p', { Version: '2012-10-17', Statement: allow('iam:*') })),
    says: bad('iam:*'),
  },
  {
    situation: 'a document that is URL-encoded',
    readings: only(policy('p', encoded(ADMIN))),
    says: bad('*'),
  },
  {
    situation: 'a document that is no policy',
    readings: only(policy('p', { Statement: [{ Effect: 'Allow', Action: 'iam:*' }] })),
    says: unknown('Malformed'),
  },
  {
    situation: 'a document that is no JSON',
    readings: only(policy('p', '{'), policy('good', document())),
    says: { ANPAP: unknown('Malformed'), ANPAGOOD: OK },
  },
  {
    situation: 'a document that is a number',
    readings: only(policy('p', 7), policy('good', document())),
    says: { ANPAP: unknown('Malformed'), ANPAGOOD: OK },
    filesOnly: 'the API gives documents as texts',
  },
  { situation: 'no policies', readings: only(), says: {} },
  {
    situation: 'the details are denied',
    readings: { [DETAILS]: denied },
    says: { [ACCOUNT]: unknown('AccessDenied') },
  },
  {
    situation: 'the details are throttled',
    readings: { [DETAILS]: fails('Throttling') },
    says: { [ACCOUNT]: unknown('Throttling') },
  },
  {
    situation: 'nobody collected the details',
    readings: {},
    says: { [ACCOUNT]: unknown('NotCollected') },
  },
  {
    situation: 'details without a list of policies',
    readings: { [DETAILS]: { UserDetailList: [], GroupDetailList: [], RoleDetailList: [] } },
    says: { [ACCOUNT]: unknown('Malformed') },
  },
  {
    situation: 'details of nothing but policies',
    readings: { [DETAILS]: { Policies: [policy('p', ADMIN)] } },
    says: bad('*'),
  },
  {
    situation: 'a user that makes no sense',
    readings: details({ users: [{ UserName: 'ana' }], policies: [policy('p', ADMIN)] }),
    says: bad('*'),
  },
  {
    situation: 'details that go on',
    readings: {
      [DETAILS]: { ...(only(policy('p', ADMIN))[DETAILS] as Json), IsTruncated: true, Marker: 'a' },
    },
    says: { ANPAP: bad('*'), [ACCOUNT]: unknown('CutAnswer') },
  },
];

/** The configuration item in the place of the details. */
const item = (name: string, configuration: Json, more: Json = {}): Json => ({
  version: '1.3',
  accountId: ACCOUNT,
  configurationItemCaptureTime: '2026-11-21T22:23:24.567Z',
  configurationItemStatus: 'OK',
  resourceType: 'AWS::IAM::Policy',
  resourceId: `ANPA${name.toUpperCase()}`,
  resourceName: name,
  ARN: iamArn(`policy/${name}`),
  awsRegion: 'global',
  availabilityZone: 'Not Applicable',
  tags: {},
  configuration: {
    policyName: name,
    policyId: `ANPA${name.toUpperCase()}`,
    arn: iamArn(`policy/${name}`),
    path: '/',
    defaultVersionId: 'v1',
    attachmentCount: 1,
    permissionsBoundaryUsageCount: 0,
    ...configuration,
  },
  supplementaryConfiguration: {},
  ...more,
});
const version = (policyDocument: Json, more: Json = {}) => ({
  versionId: 'v1',
  isDefaultVersion: true,
  document: encoded(policyDocument),
  ...more,
});
const GOOD = document(allow('s3:GetObject'));
const recorded = (situation: string, answer: unknown, configuration: Json, says: Says): Situation => ({
  situation: `${situation}, as AWS Config has it`,
  readings: only(answer),
  says,
  recorded: { items: [item('p', configuration)], insteadOf: [DETAILS] },
});
const items: readonly Situation[] = [
  recorded('a policy that fails', policy('p', ADMIN), { policyVersionList: [version(ADMIN)] }, bad('*')),
  recorded('a policy that passes', policy('p', GOOD), { policyVersionList: [version(GOOD)] }, OK),
  recorded(
    'a policy that nobody has',
    policy('p', ADMIN, { AttachmentCount: 0 }),
    { attachmentCount: 0, policyVersionList: [version(ADMIN)] },
    ['NOT_APPLICABLE', 'attached to nobody'],
  ),
  recorded(
    'a policy with two versions',
    policy('p', GOOD),
    { policyVersionList: [version(ADMIN, { versionId: 'v0', isDefaultVersion: false }), version(GOOD)] },
    OK,
  ),
  recorded(
    'a version that is the default by its id',
    policy('p', ADMIN),
    {
      policyVersionList: [
        version(GOOD, { versionId: 'v0', isDefaultVersion: undefined }),
        version(ADMIN, { isDefaultVersion: undefined }),
      ],
    },
    bad('*'),
  ),
];

const situations: Situations = {
  rule,
  situations: [
    ...(
      [
        ['under a condition', conditions],
        ['by its actions', actions],
        ['by its resources', resources],
        ['with a Deny beside it', besides],
      ] as const
    ).flatMap(([title, list]) =>
      list.map(
        ([situation, statements, says, parameters]): Situation => ({
          situation: `${title}: ${situation}`,
          readings: only(policy('p', document(...statements))),
          says,
          ...(parameters && { parameters }),
        }),
      ),
    ),
    ...whole,
    ...items,
  ],
};
export default situations;
