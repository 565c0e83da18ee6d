import rule from '../../../rules/iam-s3-admin-restricted/rule.ts';
import {
  AWS,
  allow,
  attached,
  bounded,
  DETAILS,
  type Details,
  deny,
  details,
  document,
  encoded,
  group,
  iamArn,
  inline,
  policy,
  role,
  trust,
  user,
} from '../../support/iam-details.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;
type Parameters = Record<string, string>;

const OK: Says = ['COMPLIANT', ''];
const bad = (what: string, by = 'inline policy inline'): Says => ['NON_COMPLIANT', `${by} allows ${what}`];
const unknown = (code = 'IncompleteAnswer'): Says => ['UNKNOWN', code];
const notApplicable = (why: string): Says => ['NOT_APPLICABLE', why];
const ALL = bad('s3:CreateBucket, s3:DeleteBucket, s3:PutBucketPolicy and 12 more');
/** All but that of the account. */
const ALL_OF_BUCKETS = bad('s3:CreateBucket, s3:DeleteBucket, s3:PutBucketPolicy and 11 more');
const BUCKET = 'arn:aws:s3:::b';
const when = (operator: string, key: string, value: unknown): Json => ({
  Condition: { [operator]: { [key]: value } },
});
const noMfa = when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false');

/** A user with these statements. */
const statements: readonly (readonly [string, readonly object[], Says, Parameters?])[] = [
  ['nothing of S3', [allow(['ec2:*', 'iam:*'])], OK],
  ['no statements', [], OK],
  ['reading', [allow(['s3:Get*', 's3:List*'])], OK],
  ['writing objects', [allow('s3:PutObject', `${BUCKET}/*`)], OK],
  ['s3:* on everything', [allow('s3:*')], ALL],
  [
    's3:Put*',
    [allow('s3:Put*')],
    bad('s3:PutBucketPolicy, s3:PutBucketAcl, s3:PutBucketPublicAccessBlock and 9 more'),
  ],
  [
    's3:*Bucket*',
    [allow('s3:*Bucket*')],
    bad('s3:CreateBucket, s3:DeleteBucket, s3:PutBucketPolicy and 8 more'),
  ],
  ['s3:PutBucketPolicy on one bucket', [allow('s3:PutBucketPolicy', BUCKET)], bad('s3:PutBucketPolicy')],
  ['s3:* on objects', [allow('s3:*', `${BUCKET}/*`)], OK],
  ['s3:* on objects of any bucket', [allow('s3:*', 'arn:aws:s3:::*/*')], OK],
  ['s3:* on a bucket and its objects', [allow('s3:*', [BUCKET, `${BUCKET}/*`])], ALL_OF_BUCKETS],
  ['s3:* on any bucket', [allow('s3:*', 'arn:aws:s3:::*')], ALL_OF_BUCKETS],
  ['s3:* on buckets by how they begin', [allow('s3:*', 'arn:aws:s3:::app-*')], ALL_OF_BUCKETS],
  ['s3:* on what may be a bucket', [allow('s3:*', 'arn:*')], ALL_OF_BUCKETS],
  ["s3:* on a bucket of the user's name", [allow('s3:*', `arn:aws:s3:::\${aws:username}`)], ALL_OF_BUCKETS],
  ["s3:* on objects of the user's name", [allow('s3:*', `${BUCKET}/\${aws:username}/*`)], OK],
  ['s3:* on access points', [allow('s3:*', `arn:aws:s3:us-east-1:${ACCOUNT}:accesspoint/a`)], OK],
  ['s3:* in another partition', [allow('s3:*', 'arn:aws-cn:s3:::*')], OK],
  ['all but everything', [{ Effect: 'Allow', Action: 's3:*', NotResource: '*' }], OK],
  [
    'a bucket in any partition, and a Deny on it',
    [allow('s3:CreateBucket', 'arn:*:s3:::app-x'), deny('s3:*', 'arn:aws:s3:::app-*')],
    OK,
  ],
  ['all but a bucket', [{ Effect: 'Allow', Action: 's3:*', NotResource: BUCKET }], ALL],
  [
    'all but all buckets',
    [{ Effect: 'Allow', Action: 's3:DeleteBucket', NotResource: 'arn:aws:s3:::*' }],
    OK,
  ],
  [
    "the account's block on *",
    [allow('s3:PutAccountPublicAccessBlock')],
    bad('s3:PutAccountPublicAccessBlock'),
  ],
  ["the account's block on buckets", [allow('s3:PutAccountPublicAccessBlock', 'arn:aws:s3:::*')], OK],
  [
    'all but IAM, as PowerUserAccess',
    [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }],
    ALL,
  ],
  ['all but S3', [{ Effect: 'Allow', NotAction: 'S3:*', Resource: '*' }], OK],
  ['Allow * on *', [allow('*')], OK],
  ['Allow * on *, with MFA', [allow('*', '*', when('Bool', 'aws:MultiFactorAuthPresent', 'true'))], OK],
  ['Allow * on *, where that does not count', [allow('*')], ALL, { administratorsAreApproved: 'false' }],
  ['Allow * on buckets', [allow('*', 'arn:aws:s3:::*')], ALL_OF_BUCKETS],
  ['odd case', [allow('S3:pUTbucketpolicy')], bad('s3:PutBucketPolicy')],
  ['a ? in the place of a character', [allow('s3:CreateBucke?')], bad('s3:CreateBucket')],
  [
    'an action as a text, resources as a list',
    [allow('s3:DeleteBucket', ['arn:aws:s3:::a', `${BUCKET}/*`])],
    bad('s3:DeleteBucket'),
  ],
  [
    'with MFA',
    [allow('s3:CreateBucket', '*', when('Bool', 'aws:MultiFactorAuthPresent', 'true'))],
    bad('s3:CreateBucket'),
  ],
  [
    'by its own ARN',
    [allow('s3:CreateBucket', '*', when('ArnEquals', 'aws:PrincipalArn', iamArn('user/ana')))],
    bad('s3:CreateBucket'),
  ],
  [
    "by another's ARN",
    [allow('s3:CreateBucket', '*', when('ArnEquals', 'aws:PrincipalArn', iamArn('user/bo')))],
    OK,
  ],
  [
    'by another account',
    [allow('s3:CreateBucket', '*', when('StringEquals', 'aws:PrincipalAccount', '999988887777'))],
    OK,
  ],
  [
    'by a tag that it has',
    [allow('s3:CreateBucket', '*', when('StringEquals', 'aws:PrincipalTag/Team', 'ops'))],
    bad('s3:CreateBucket'),
  ],
  [
    'by a tag that it does not have',
    [allow('s3:CreateBucket', '*', when('StringEquals', 'aws:PrincipalTag/stage', 'ops'))],
    OK,
  ],
  [
    'as a role',
    [allow('s3:CreateBucket', '*', when('StringEquals', 'aws:PrincipalType', 'AssumedRole'))],
    OK,
  ],
  [
    'in an organization',
    [allow('s3:CreateBucket', '*', when('StringEquals', 'aws:PrincipalOrgID', 'o-1'))],
    bad('s3:CreateBucket'),
  ],
  [
    'a Deny of some',
    [allow('s3:*'), deny('s3:PutBucket*')],
    bad('s3:CreateBucket, s3:DeleteBucket, s3:DeleteBucketPolicy and 4 more'),
  ],
  [
    'a Deny of all of them',
    [allow('s3:*'), deny(['s3:*Bucket*', 's3:Put*Configuration', 's3:PutAccount*'])],
    OK,
  ],
  ['a Deny on one bucket', [allow('s3:DeleteBucket'), deny('s3:*', BUCKET)], bad('s3:DeleteBucket')],
  [
    'a Deny on the bucket that is allowed',
    [allow('s3:DeleteBucket', BUCKET), deny('s3:*', 'arn:aws:s3:::*')],
    OK,
  ],
  [
    'a Deny on all but objects',
    [allow('s3:DeleteBucket'), { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::*/*' }],
    OK,
  ],
  [
    'a Deny of all but S3',
    [allow('s3:DeleteBucket'), { Effect: 'Deny', NotAction: 's3:*', Resource: '*' }],
    bad('s3:DeleteBucket'),
  ],
  ['a Deny of all but reading', [allow('s3:*'), { Effect: 'Deny', NotAction: 's3:Get*', Resource: '*' }], OK],
  [
    'a Deny of all principals but one',
    [allow('s3:*'), deny('s3:*', '*', when('ArnNotLike', 'aws:PrincipalArn', iamArn('role/Admin')))],
    OK,
  ],
  [
    'a Deny of all principals but this',
    [allow('s3:*'), deny('s3:*', '*', when('ArnNotLike', 'aws:PrincipalArn', iamArn('user/an*')))],
    ALL,
  ],
  ['a Deny unless MFA', [allow('s3:*'), deny('s3:*', '*', noMfa)], ALL],
  [
    'a Deny in one Region',
    [allow('s3:CreateBucket'), deny('s3:*', '*', when('StringEquals', 'aws:RequestedRegion', 'us-east-1'))],
    bad('s3:CreateBucket'),
  ],
  [
    'other restricted actions',
    [allow('s3:PutBucketTagging')],
    bad('s3:PutBucketT*'),
    { restrictedActions: 's3:PutBucketT*' },
  ],
  ['none that are restricted', [allow('s3:*')], OK, { restrictedActions: ',' }],
  [
    'restricted actions of the account by a wildcard',
    [allow('s3:PutAccountPublicAccessBlock')],
    bad('S3:PutAccount*'),
    { restrictedActions: 'S3:PutAccount*' },
  ],
];

const FULL = `${AWS}/AmazonS3FullAccess`;
const ADMIN = `${AWS}/AdministratorAccess`;
const aws = (arn: string, ...given: readonly object[]) =>
  policy(`${arn.split('/').at(-1)}`, document(...given), { Arn: arn });
const full = aws(FULL, allow(['s3:*', 's3-object-lambda:*']));
const admin = aws(ADMIN, allow('*'));
const FULL_BAD = bad('s3:CreateBucket, s3:DeleteBucket, s3:PutBucketPolicy and 12 more', `policy ${FULL}`);
const of = (name: string) => iamArn(`policy/${name}`);
const inRole = (...given: readonly object[]) => inline('RolePolicyList', ...given);
const inUser = (...given: readonly object[]) => inline('UserPolicyList', ...given);
const inGroup = (...given: readonly object[]) => inline('GroupPolicyList', ...given);
const create = allow('s3:CreateBucket');
const CREATE = bad('s3:CreateBucket');
const ec2 = { AssumeRolePolicyDocument: trust({ Service: 'ec2.amazonaws.com' }) };
const LINKED = {
  Path: '/aws-service-role/s3.amazonaws.com/',
  Arn: iamArn('role/aws-service-role/s3.amazonaws.com/linked'),
};

type Whole = readonly [string, Details, Situation['says'], Parameters?];
const wholes: readonly Whole[] = [
  ['a user without policies', { users: [user('ana')] }, OK],
  ['nobody', {}, {}],
  ['AmazonS3FullAccess of a user', { users: [user('ana', attached(FULL))], policies: [full] }, FULL_BAD],
  ['AmazonS3FullAccess of a role', { roles: [role('app', attached(FULL))], policies: [full] }, FULL_BAD],
  [
    'AmazonS3FullAccess of a group without members',
    { groups: [group('dev', attached(FULL))], policies: [full] },
    FULL_BAD,
  ],
  [
    'a user with it through a group',
    {
      users: [user('ana', { GroupList: ['dev'] })],
      groups: [group('dev', attached(FULL))],
      policies: [full],
    },
    {
      AIDAANA: bad(
        's3:CreateBucket, s3:DeleteBucket, s3:PutBucketPolicy and 12 more',
        `policy ${FULL} of group dev`,
      ),
      AGPADEV: FULL_BAD,
    },
  ],
  [
    'a user with an inline policy of its group',
    { users: [user('ana', { GroupList: ['dev'] })], groups: [group('dev', inGroup(create))] },
    { AIDAANA: bad('s3:CreateBucket', 'inline policy inline of group dev'), AGPADEV: CREATE },
  ],
  [
    'a user whom a Deny of the group holds',
    {
      users: [user('ana', { ...inUser(create), GroupList: ['dev'] })],
      groups: [group('dev', inGroup(deny('s3:*')))],
    },
    { AIDAANA: OK, AGPADEV: OK },
  ],
  [
    'a group with a Deny that only a member may be held by',
    {
      groups: [
        group(
          'dev',
          inGroup(create, deny('s3:*', '*', when('ArnLike', 'aws:PrincipalArn', iamArn('user/*')))),
        ),
      ],
    },
    CREATE,
  ],
  [
    'two policies',
    { users: [user('ana', { ...attached(FULL), ...inUser(create) })], policies: [full] },
    [
      'NON_COMPLIANT',
      `policy ${FULL} allows s3:CreateBucket, s3:DeleteBucket, s3:PutBucketPolicy and 12 more; inline policy inline allows s3:CreateBucket`,
    ],
  ],
  [
    'AdministratorAccess',
    {
      users: [user('ana', attached(ADMIN))],
      roles: [role('adm', attached(ADMIN))],
      groups: [group('adms', attached(ADMIN))],
      policies: [admin],
    },
    { AIDAANA: OK, AROAADM: OK, AGPAADMS: OK },
  ],
  ['AdministratorAccess without its document', { users: [user('ana', attached(ADMIN))] }, OK],
  [
    'AdministratorAccess through a group',
    {
      users: [user('ana', { GroupList: ['adms'] })],
      groups: [group('adms', attached(ADMIN))],
      policies: [admin],
    },
    { AIDAANA: OK, AGPAADMS: OK },
  ],
  [
    'AdministratorAccess, where that does not count',
    { users: [user('ana', attached(ADMIN))], policies: [admin] },
    bad('s3:CreateBucket, s3:DeleteBucket, s3:PutBucketPolicy and 12 more', `policy ${ADMIN}`),
    { administratorsAreApproved: 'false' },
  ],
  [
    'AdministratorAccess within a boundary of S3',
    {
      users: [user('ana', { ...attached(ADMIN), ...bounded(of('edge')) })],
      policies: [admin, policy('edge', document(allow('s3:*')))],
    },
    bad('s3:CreateBucket, s3:DeleteBucket, s3:PutBucketPolicy and 12 more', `policy ${ADMIN}`),
  ],
  [
    'a boundary without S3',
    {
      roles: [role('app', { ...inRole(create), ...bounded(of('edge')) })],
      policies: [policy('edge', document(allow('ec2:*')))],
    },
    OK,
  ],
  [
    'a boundary with S3',
    {
      roles: [role('app', { ...inRole(create), ...bounded(of('edge')) })],
      policies: [policy('edge', document(allow('s3:*')))],
    },
    CREATE,
  ],
  [
    'a boundary that denies it',
    {
      roles: [role('app', { ...inRole(create), ...bounded(of('edge')) })],
      policies: [policy('edge', document(allow('*'), deny('s3:Create*')))],
    },
    OK,
  ],
  [
    'a boundary of some buckets, and a Deny on these',
    {
      users: [
        user('ana', {
          ...attached(FULL),
          ...inUser(deny('s3:*', 'arn:aws:s3:::team-*')),
          ...bounded(of('edge')),
        }),
      ],
      policies: [full, policy('edge', document(allow('s3:*', 'arn:aws:s3:::team-a*')))],
    },
    OK,
  ],
  [
    'a boundary without its document',
    { roles: [role('app', { ...inRole(create), ...bounded(of('edge')) })] },
    unknown(),
  ],
  [
    'a boundary without its document, and nothing to bound',
    { roles: [role('app', bounded(of('edge')))] },
    OK,
  ],
  ['a policy without its document', { users: [user('ana', attached(of('gone')))] }, unknown()],
  [
    'a policy without its document, and a Deny of all',
    { users: [user('ana', { ...attached(of('gone')), ...inUser(deny('s3:*')) })] },
    OK,
  ],
  [
    'a policy without its document, and another that allows',
    { users: [user('ana', { ...attached(of('gone')), ...inUser(create) })] },
    CREATE,
  ],
  [
    'a policy that is none',
    {
      users: [user('ana', attached(of('odd')))],
      policies: [policy('odd', { Statement: [{ Effect: 'Maybe' }] })],
    },
    unknown(),
  ],
  ['a group that is not in the answer', { users: [user('ana', { GroupList: ['gone'] })] }, unknown()],
  [
    'documents that are URL-encoded',
    {
      users: [
        user('ana', {
          UserPolicyList: [{ PolicyName: 'inline', PolicyDocument: encoded(document(create)) }],
        }),
      ],
    },
    CREATE,
  ],
  [
    'approved by name',
    { users: [user('ana', inUser(create)), user('anabel', inUser(create))] },
    { AIDAANA: notApplicable('approved by parameter approvedPrincipals'), AIDAANABEL: CREATE },
    { approvedPrincipals: 'bo, ana' },
  ],
  [
    'approved by a wildcard',
    { roles: [role('S3Ops', inRole(create))] },
    notApplicable('approved by parameter approvedPrincipals'),
    { approvedPrincipals: 'S3*' },
  ],
  [
    'approved by ARN',
    { groups: [group('ops', inGroup(create))] },
    notApplicable('approved by parameter approvedPrincipals'),
    { approvedPrincipals: 'arn:aws:iam::*:group/ops' },
  ],
  [
    'approved by tag',
    {
      users: [user('ana', { ...inUser(create), Tags: [{ Key: 's3-admin', Value: '' }] })],
      roles: [role('app', { ...inRole(create), Tags: [{ Key: 's3-admin', Value: 'no' }] })],
    },
    {
      AIDAANA: notApplicable('approved by tag s3-admin'),
      AROAAPP: notApplicable('approved by tag s3-admin'),
    },
    { approvedTagKey: 's3-admin' },
  ],
  [
    'another tag',
    { users: [user('ana', { ...inUser(create), Tags: [{ Key: 'S3-admin', Value: '' }] })] },
    CREATE,
    { approvedTagKey: 's3-admin' },
  ],
  ['a role for EC2', { roles: [role('app', { ...inRole(create), ...ec2 })] }, CREATE],
  [
    'a role for EC2, left out',
    { roles: [role('app', { ...inRole(create), ...ec2 })] },
    notApplicable('only AWS services can assume the role'),
    { includeServiceRoles: 'false' },
  ],
  [
    'a role for EC2 and people',
    {
      roles: [
        role('app', {
          ...inRole(create),
          AssumeRolePolicyDocument: trust({ Service: 'ec2.amazonaws.com', AWS: ACCOUNT }),
        }),
      ],
    },
    CREATE,
    { includeServiceRoles: 'false' },
  ],
  [
    'a role for everybody but a service',
    {
      roles: [
        role('app', {
          ...inRole(create),
          AssumeRolePolicyDocument: document({
            Effect: 'Allow',
            NotPrincipal: { Service: 'ec2.amazonaws.com' },
            Action: 'sts:AssumeRole',
          }),
        }),
      ],
    },
    CREATE,
    { includeServiceRoles: 'false' },
  ],
  [
    'a role whose trust makes no sense, where that counts',
    { roles: [role('app', { ...inRole(create), AssumeRolePolicyDocument: { Statement: 7 } })] },
    unknown(),
    { includeServiceRoles: 'false' },
  ],
  [
    'a role whose trust makes no sense',
    { roles: [role('app', { ...inRole(create), AssumeRolePolicyDocument: { Statement: 7 } })] },
    CREATE,
  ],
  [
    'a role without restricted actions whose trust makes no sense',
    { roles: [role('app', { AssumeRolePolicyDocument: { Statement: 7 } })] },
    OK,
    { includeServiceRoles: 'false' },
  ],
  [
    'a service-linked role',
    { roles: [role('linked', { ...inRole(create), ...LINKED })] },
    notApplicable('a service-linked role, whose permissions AWS decides'),
  ],
  [
    'a role of IAM Identity Center',
    {
      roles: [
        role('AWSReservedSSO_S3Admin_0123456789abcdef', {
          ...inRole(create),
          Path: '/aws-reserved/sso.amazonaws.com/',
          AssumeRolePolicyDocument: trust(
            { Federated: iamArn('saml-provider/AWSSSO_1_DO_NOT_DELETE') },
            'sts:AssumeRoleWithSAML',
          ),
        }),
      ],
    },
    CREATE,
  ],
  [
    'a role with a tag that the policy wants',
    {
      roles: [
        role('app', {
          ...inRole(allow('s3:CreateBucket', '*', when('StringEquals', 'aws:PrincipalTag/team', 'ops'))),
          Tags: [{ Key: 'team', Value: 'web' }],
        }),
      ],
    },
    OK,
  ],
  [
    'a role whose sessions may have other tags',
    {
      roles: [
        role('app', {
          ...inRole(allow('s3:CreateBucket', '*', when('StringEquals', 'aws:PrincipalTag/team', 'ops'))),
          Tags: [{ Key: 'team', Value: 'web' }],
          AssumeRolePolicyDocument: document({
            Effect: 'Allow',
            Principal: { AWS: ACCOUNT },
            Action: ['sts:AssumeRole', 'sts:TagSession'],
          }),
        }),
      ],
    },
    CREATE,
  ],
];

const files: readonly Situation[] = [
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
  { situation: 'nobody collected the details', readings: {}, says: { [ACCOUNT]: unknown('NotCollected') } },
  {
    situation: 'a user that makes no sense',
    readings: details({ users: [user('ana', { GroupList: 'dev' }), user('bo', inUser(create))] }),
    says: { AIDAANA: unknown('Malformed'), AIDABO: CREATE },
    filesOnly: 'the API gives groups as a list',
  },
  {
    situation: 'an answer of users alone',
    readings: { [DETAILS]: { UserDetailList: [user('ana', inUser(create))] } },
    says: { AIDAANA: CREATE, [ACCOUNT]: unknown('Malformed') },
  },
  {
    situation: 'an answer that goes on',
    readings: {
      [DETAILS]: {
        ...(details({ users: [user('ana', inUser(create))] })[DETAILS] as Json),
        IsTruncated: true,
        Marker: 'a',
      },
    },
    says: { AIDAANA: CREATE, [ACCOUNT]: unknown('CutAnswer') },
  },
];

const situations: Situations = {
  rule,
  situations: [
    ...statements.map(
      ([situation, given, says, parameters]): Situation => ({
        situation: `a user: ${situation}`,
        readings: details({
          users: [user('ana', { ...inUser(...given), Tags: [{ Key: 'team', Value: 'ops' }] })],
        }),
        says,
        ...(parameters && { parameters }),
      }),
    ),
    ...wholes.map(
      ([situation, given, says, parameters]): Situation => ({
        situation,
        readings: details(given),
        says,
        ...(parameters && { parameters }),
      }),
    ),
    ...files,
  ],
};
export default situations;
