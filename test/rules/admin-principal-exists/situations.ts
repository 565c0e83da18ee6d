import rule from '../../../rules/admin-principal-exists/rule.ts';
import {
  ADMINISTRATOR,
  administratorAccess,
  allow,
  awsPolicy,
  DETAILS,
  deny,
  details,
  document,
  group,
  iamArn,
  policy,
  role,
  trusts,
  user,
  type Who,
} from '../../support/authorization.ts';
import { denied } from '../../support/memory.ts';
import { REPORT, report, userRow } from '../../support/root-report.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;
type Parameters = Record<string, string>;
type Row = [string, Json, Says, Parameters?];

const password = (name: string) => userRow(name, { password_enabled: 'true' });
const key = (name: string) => userRow(name, { access_key_1_active: 'true' });
const nothing = (name: string) => userRow(name);

/** These, with AdministratorAccess's document, and a report of these users. */
const account = (who: Who, ...rows: ReturnType<typeof userRow>[]): Json => ({
  ...details({ ...who, policies: [administratorAccess, ...(who.policies ?? [])] }),
  ...report({}, ...rows),
});

const admin = (name: string, more: object = {}) => user(name, { attached: [ADMINISTRATOR], ...more });
const ana = password('ana');
const six = ['ana', 'bo', 'cy', 'di', 'ed', 'flo'];
const some = (count: number) =>
  account({ users: six.slice(0, count).map((one) => admin(one)) }, ...six.slice(0, count).map(password));

const SAML = iamArn('saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE');
const saml = (name: string) =>
  role(
    `AWSReservedSSO_${name}`,
    document({
      Effect: 'Allow',
      Principal: { Federated: SAML },
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    }),
    { path: '/aws-reserved/sso.amazonaws.com/', attached: [ADMINISTRATOR] },
  );
const adminRole = (trust: unknown, more: object = {}) =>
  role('admin', trust, { attached: [ADMINISTRATOR], ...more });
const trusting = (Principal: unknown, more: Json = {}) =>
  account({ roles: [adminRole(trusts(Principal, more))] });
const management = { AWS: 'arn:aws:iam::999999999999:root' };
const sole = (has: object, ...policies: Json[]) =>
  account({ users: [user('ana', has)], policies } as Who, ana);

const OK: Says = ['COMPLIANT', ''];
const NONE: Says = [
  'NON_COMPLIANT',
  'no administrator that people can use, at least 1 wanted: no IAM user with a password or an active access key, and no role that an account or a SAML provider may assume',
];
const tooMany = (words: string): Says => ['NON_COMPLIANT', words];
const SIX = '6 IAM users are administrators (ana, bo, cy, di, ed and 1 more), at most 5 wanted';
const unknown = (code: string): Says => ['UNKNOWN', code];
const WITHOUT_DOCUMENT = iamArn('policy/lost');

const people: Row[] = [
  ['one administrator with a password', some(1), OK],
  ['one administrator with an active access key', account({ users: [admin('ana')] }, key('ana')), OK],
  [
    'one administrator whose second key is active',
    account({ users: [admin('ana')] }, userRow('ana', { access_key_2_active: 'TRUE' })),
    OK,
  ],
  ['nobody at all', account({}), NONE],
  ['a user who may do nothing', account({ users: [user('ana')] }, ana), NONE],
  [
    'an administrator through a group',
    account(
      {
        users: [user('ana', { groups: ['admins'] })],
        groups: [group('admins', { attached: [ADMINISTRATOR] })],
      },
      ana,
    ),
    OK,
  ],
  [
    'a group of administrators without members',
    account({ users: [user('ana')], groups: [group('admins', { attached: [ADMINISTRATOR] })] }, ana),
    NONE,
  ],
  [
    'the only administrator has neither a password nor an active key',
    account({ users: [admin('ana')] }, nothing('ana')),
    NONE,
  ],
  ['six administrators among the users', some(6), tooMany(SIX)],
  ['five administrators among the users', some(5), OK],
  ['six, where six may be', some(6), OK, { maxHumanAdmins: '6' }],
  [
    'two, where one may be',
    some(2),
    tooMany('2 IAM users are administrators (ana, bo), at most 1 wanted'),
    { maxHumanAdmins: '1' },
  ],
  [
    'six administrators, one of whom has no credentials',
    account({ users: six.map((one) => admin(one)) }, ...six.slice(0, 5).map(password), nothing('flo')),
    OK,
  ],
  [
    'two wanted, and there is one user',
    some(1),
    ['NON_COMPLIANT', '1 administrator that people can use (user ana), at least 2 wanted'],
    { minHumanAdmins: '2' },
  ],
  [
    'two wanted, and there is a user and a role',
    account({ users: [admin('ana')], roles: [saml('AdministratorAccess_1')] }, ana),
    OK,
    { minHumanAdmins: '2' },
  ],
  ['none wanted, and there is none', account({}), OK, { minHumanAdmins: '0' }],
  ['none wanted, and there are six', some(6), tooMany(SIX), { minHumanAdmins: '0' }],
];

const roles: Row[] = [
  ['no users, and one role of IAM Identity Center', account({ roles: [saml('AdministratorAccess_1')] }), OK],
  ['six roles of IAM Identity Center', account({ roles: six.map((one) => saml(one)) }), OK],
  [
    "OrganizationAccountAccessRole, which trusts the organization's management account",
    account({
      roles: [role('OrganizationAccountAccessRole', trusts(management), { attached: [ADMINISTRATOR] })],
    }),
    OK,
  ],
  ['a role that trusts an account by its number', trusting({ AWS: '999999999999' }), OK],
  ['a role that trusts a user', trusting({ AWS: [iamArn('user/ana')] }), OK],
  ['a role that trusts another role', trusting({ AWS: iamArn('role/desk') }), OK],
  [
    'a role that trusts everybody of an organization',
    trusting({ AWS: '*' }, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } } }),
    OK,
  ],
  ['a role that trusts everybody without a condition', trusting('*'), NONE],
  ['a role that trusts only a user who was deleted', trusting({ AWS: 'AIDAGONEUSEREXAMPLE' }), NONE],
  ['a role of EC2', trusting({ Service: 'ec2.amazonaws.com' }), NONE],
  ['a role of Lambda', trusting({ Service: ['lambda.amazonaws.com'] }), NONE],
  [
    'a role of EC2 that an account may assume, too',
    trusting({ Service: 'ec2.amazonaws.com', ...management }),
    OK,
  ],
  [
    "a role of GitHub's OIDC provider",
    trusting(
      { Federated: iamArn('oidc-provider/token.actions.githubusercontent.com') },
      { Action: 'sts:AssumeRoleWithWebIdentity' },
    ),
    NONE,
  ],
  ['a role of a web identity', trusting({ Federated: 'cognito-identity.amazonaws.com' }), NONE],
  [
    'a SAML provider that may only tag sessions',
    trusting({ Federated: SAML }, { Action: 'sts:TagSession' }),
    NONE,
  ],
  ['an account that may do anything with the role', trusting(management, { Action: 'STS:*' }), OK],
  ['a trust policy that only denies', trusting(management, { Effect: 'Deny' }), NONE],
  [
    'a trust policy that lets in an account, and denies everybody',
    account({
      roles: [
        adminRole(
          document(
            { Effect: 'Allow', Principal: management, Action: 'sts:AssumeRole' },
            { Effect: 'Deny', Principal: '*', Action: 'sts:*' },
          ),
        ),
      ],
    }),
    NONE,
  ],
  [
    'a trust policy that denies whoever has no MFA',
    account({
      roles: [
        adminRole(
          document(
            { Effect: 'Allow', Principal: management, Action: 'sts:AssumeRole' },
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 'sts:AssumeRole',
              Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
            },
          ),
        ),
      ],
    }),
    OK,
  ],
  [
    'a service-linked role',
    account({
      roles: [
        role('AWSServiceRoleForX', trusts(management), {
          path: '/aws-service-role/x.amazonaws.com/',
          attached: [ADMINISTRATOR],
        }),
      ],
    }),
    NONE,
  ],
  [
    'a trust policy that makes no sense, and nobody else',
    account({ roles: [adminRole({ Statement: [{ Effect: 'Perhaps' }] })] }),
    unknown('IncompleteAnswer'),
  ],
  [
    'a trust policy that makes no sense, of a role that is no administrator',
    account({ roles: [role('app', { Statement: [{ Effect: 'Perhaps' }] })] }),
    NONE,
  ],
];

const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const S3_ONLY = iamArn('policy/s3-only');
const ANYTHING = iamArn('policy/anything');
const permissions: Row[] = [
  ['a policy that allows everything', sole({ inline: [allow('*')] }), OK],
  ['… spelled *:*', sole({ inline: [allow(['s3:Get*', '*:*'])] }), OK],
  ['… in a policy of the account', sole({ attached: [ANYTHING] }, policy(ANYTHING, allow('*'))), OK],
  ['… with MFA', sole({ inline: [allow('*', { Condition: MFA })] }), OK],
  [
    '… with MFA, as a Boolean, and the key in another letter case',
    sole({ inline: [allow('*', { Condition: { bool: { 'AWS:multifactorauthpresent': true } } })] }),
    OK,
  ],
  [
    '… without MFA',
    sole({ inline: [allow('*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })] }),
    NONE,
  ],
  [
    '… from the office',
    sole({ inline: [allow('*', { Condition: { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } } })] }),
    OK,
  ],
  [
    '… in one Region',
    sole({ inline: [allow('*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })] }),
    NONE,
  ],
  ['… on buckets alone', sole({ inline: [allow('*', { Resource: 'arn:aws:s3:::*' })] }), NONE],
  ['… but IAM', sole({ inline: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] }), NONE],
  [
    'PowerUserAccess',
    sole(
      { attached: [awsPolicy('PowerUserAccess')] },
      policy(awsPolicy('PowerUserAccess'), {
        Effect: 'Allow',
        NotAction: ['iam:*', 'organizations:*', 'account:*'],
        Resource: '*',
      }),
    ),
    NONE,
  ],
  [
    'IAMFullAccess',
    sole(
      { attached: [awsPolicy('IAMFullAccess')] },
      policy(awsPolicy('IAMFullAccess'), allow(['iam:*', 'organizations:DescribeAccount'])),
    ),
    NONE,
  ],
  [
    'AdministratorAccess within a boundary of S3',
    sole({ attached: [ADMINISTRATOR], boundary: S3_ONLY }, policy(S3_ONLY, allow('s3:*'))),
    NONE,
  ],
  [
    'AdministratorAccess within a boundary of everything',
    sole({ attached: [ADMINISTRATOR], boundary: ANYTHING }, policy(ANYTHING, allow('*'))),
    OK,
  ],
  [
    'AdministratorAccess, and a Deny of everything',
    sole({ attached: [ADMINISTRATOR], inline: [deny({ Action: '*' })] }),
    NONE,
  ],
  [
    'AdministratorAccess, and a Deny of everything through a group',
    account(
      {
        users: [admin('ana', { groups: ['leavers'] })],
        groups: [group('leavers', { inline: [deny({ Action: '*' })] })],
      },
      ana,
    ),
    NONE,
  ],
  [
    'AdministratorAccess, and a Deny of cloudtrail:StopLogging',
    sole({ attached: [ADMINISTRATOR], inline: [deny({ Action: 'cloudtrail:StopLogging' })] }),
    OK,
  ],
  [
    'AdministratorAccess, and a Deny of everything without MFA',
    sole({
      attached: [ADMINISTRATOR],
      inline: [deny({ Action: '*', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } })],
    }),
    OK,
  ],
  [
    "a policy of the account's own that counts as one",
    sole({ attached: [S3_ONLY] }, policy(S3_ONLY, allow('s3:*'))),
    OK,
    { acceptedPolicyArns: `${ADMINISTRATOR}, ${S3_ONLY}` },
  ],
  [
    'AdministratorAccess, where no policy counts as one, by its document',
    some(1),
    OK,
    { acceptedPolicyArns: '' },
  ],
  [
    'AdministratorAccess without its document',
    {
      ...details({ users: [admin('ana')] }),
      ...report({}, ana),
    },
    OK,
  ],
  [
    'AdministratorAccess in China',
    {
      ...details({
        users: [user('ana', { attached: [ADMINISTRATOR.replace('arn:aws:', 'arn:aws-cn:')] })],
      }),
      ...report({}, userRow('ana', { password_enabled: 'true' }, 'aws-cn')),
    },
    OK,
  ],
];

const withoutReport = (who: Who, answer: unknown = denied): Json => ({ ...account(who), [REPORT]: answer });
const cut = (who: Who, ...rows: ReturnType<typeof userRow>[]): Json => {
  const all = account(who, ...rows);
  return { ...all, [DETAILS]: { ...(all[DETAILS] as Json), IsTruncated: true, Marker: 'm' } };
};
const lacking = (list: string, all: Json): Json => {
  const { [list]: _, ...rest } = all[DETAILS] as Json;
  return { ...all, [DETAILS]: rest };
};

const lost = (...more: unknown[]) => [user('bo', { attached: [WITHOUT_DOCUMENT] }), ...more];

const unread: Row[] = [
  ['nothing may be read', { [DETAILS]: denied, [REPORT]: denied }, unknown('AccessDenied')],
  [
    'the authorization details are denied',
    { ...report({}, ana), [DETAILS]: denied },
    unknown('AccessDenied'),
  ],
  ['nothing was collected', {}, unknown('NotCollected')],
  [
    'the report is denied, and there is a role',
    withoutReport({ roles: [saml('AdministratorAccess_1')] }),
    OK,
  ],
  [
    'the report is denied, and there are a role and five users',
    withoutReport({ users: six.slice(1).map((one) => admin(one)), roles: [saml('AdministratorAccess_1')] }),
    OK,
  ],
  [
    'the report is denied, and there are a role and six users',
    withoutReport({ users: six.map((one) => admin(one)), roles: [saml('AdministratorAccess_1')] }),
    unknown('AccessDenied'),
  ],
  [
    'the report is denied, and there is a user',
    withoutReport({ users: [admin('ana')] }),
    unknown('AccessDenied'),
  ],
  ['the report is denied, and nobody is an administrator', withoutReport({ users: [user('ana')] }), NONE],
  [
    'an administrator who is not in the report yet, and nobody else',
    account({ users: [admin('ana')] }),
    unknown('IncompleteAnswer'),
  ],
  [
    'an administrator who is not in the report yet, and another',
    account({ users: [admin('ana'), admin('bo')] }, ana),
    OK,
  ],
  [
    'an administrator whose row makes no sense',
    account({ users: [admin('ana')] }, userRow('ana', { password_enabled: 'perhaps' })),
    unknown('IncompleteAnswer'),
  ],
  [
    'of an administrator the report does not say whether there is a password',
    account({ users: [admin('ana')] }, userRow('ana', { password_enabled: 'no_information' })),
    unknown('IncompleteAnswer'),
  ],
  [
    '… but that there is a key',
    account(
      { users: [admin('ana')] },
      userRow('ana', { password_enabled: 'no_information', access_key_1_active: 'true' }),
    ),
    OK,
  ],
  [
    'a policy without its document, and nobody else',
    account({ users: lost() }, password('bo')),
    unknown('IncompleteAnswer'),
  ],
  [
    'a policy without its document, and an administrator',
    account({ users: lost(admin('ana')) }, password('bo'), ana),
    OK,
  ],
  [
    'a policy without its document, of a user without credentials',
    account({ users: lost() }, nothing('bo')),
    NONE,
  ],
  [
    'a policy without its document, and as many administrators as there may be',
    account({ users: lost(admin('ana')) }, password('bo'), ana),
    unknown('IncompleteAnswer'),
    { maxHumanAdmins: '1' },
  ],
  [
    'a policy without its document, beside a Deny of everything',
    account(
      { users: [user('bo', { attached: [WITHOUT_DOCUMENT], inline: [deny({ Action: '*' })] })] },
      password('bo'),
    ),
    NONE,
  ],
  [
    'a boundary without its document',
    account({ users: [admin('ana', { boundary: WITHOUT_DOCUMENT })] }, ana),
    unknown('IncompleteAnswer'),
  ],
  [
    'a group that is not in the answer',
    account({ users: [user('ana', { groups: ['gone'] })] }, ana),
    unknown('IncompleteAnswer'),
  ],
  [
    'an answer that goes on, with an administrator',
    cut({ users: [admin('ana')] }, ana),
    unknown('CutAnswer'),
  ],
  [
    'an answer that goes on, with too many',
    cut({ users: six.map((one) => admin(one)) }, ...six.map(password)),
    tooMany(SIX),
  ],
  [
    'an answer without the list of roles, and nobody else',
    lacking('RoleDetailList', account({})),
    unknown('Malformed'),
  ],
  ['an answer without the list of groups, and an administrator', lacking('GroupDetailList', some(1)), OK],
  [
    'a user that makes no sense, and nobody else',
    account({ users: [{ UserName: 'bo', UserId: 'AIDABO' }] }),
    unknown('Malformed'),
  ],
  [
    'a role that makes no sense, and an administrator',
    account({ users: [admin('ana')], roles: [{ RoleName: 'app' }] }, ana),
    OK,
  ],
];

const situations: Situations = {
  rule,
  situations: [
    {
      situation: 'another answer',
      readings: { ...report({}), [DETAILS]: { Users: [] } },
      says: unknown('Malformed'),
      filesOnly: 'AWS gives what was asked for',
    },
    ...[...people, ...roles, ...permissions, ...unread].map(
      ([situation, readings, says, parameters = {}]): Situation => ({
        situation,
        readings,
        says,
        parameters,
      }),
    ),
  ],
};
export default situations;
