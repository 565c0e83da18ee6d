/** A believable answer of GetAccountAuthorizationDetails of any size, always the same, in pages as the SDK gives them. */

export interface GeneratedIdentities {
  readonly users: number;
  readonly roles: number;
  readonly policies: number;
}

const ACCOUNT = '123456789012';
const PAGE = 200;
const GROUPS = 40;
const SERVICES = [
  's3',
  'ec2',
  'iam',
  'kms',
  'dynamodb',
  'lambda',
  'sqs',
  'sns',
  'logs',
  'cloudwatch',
  'rds',
  'ecs',
];
const VERBS = [
  'Get*',
  'List*',
  'Describe*',
  'CreateItem',
  'PutObject',
  'DeleteItem',
  'UpdateFunctionCode',
  'TagResource',
];
/** AWS's statement that denies everything without MFA. */
const REQUIRE_MFA = {
  Sid: 'DenyAllExceptListedIfNoMFA',
  Effect: 'Deny',
  NotAction: [
    'iam:CreateVirtualMFADevice',
    'iam:EnableMFADevice',
    'iam:GetUser',
    'iam:ListMFADevices',
    'iam:ListVirtualMFADevices',
    'iam:ResyncMFADevice',
    'sts:GetSessionToken',
  ],
  Resource: '*',
  Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
};

const arn = (kind: string, name: string) => `arn:aws:iam::${ACCOUNT}:${kind}/${name}`;
const managed = (index: number) => ({
  PolicyName: `team-${index}`,
  PolicyArn: arn('policy', `team-${index}`),
});
const encoded = (...Statement: object[]) =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement }, undefined, 2));

/** Statements of one policy, about as many as AWS lets it have. */
function statements(seed: number, count: number): object[] {
  return Array.from({ length: count }, (_, index) => {
    const service = SERVICES[(seed + index * 7) % SERVICES.length];
    const at = seed * 31 + index;
    return {
      Sid: `Team${seed}Statement${index}`,
      Effect: seed % 3 === 0 && index === 10 ? 'Deny' : 'Allow',
      Action: [0, 1, 2, 3].map((step) => `${service}:${VERBS[(at + step * 3) % VERBS.length]}`),
      Resource: [0, 1].map((step) => `arn:aws:${service}:eu-west-1:${ACCOUNT}:team-${at % 97}-${step}/*`),
      ...(index % 4 === 0 && {
        Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
      }),
    };
  });
}

/** Its pages, each made when it is asked for. */
export function* authorizationPages({ users, roles, policies }: GeneratedIdentities): Generator<object> {
  for (let from = 0; from < users; from += PAGE) {
    yield page({ UserDetailList: some(from, users, (index) => user(index, policies)) });
  }
  yield page({ GroupDetailList: some(0, GROUPS, (index) => group(index, policies)) });
  for (let from = 0; from < roles; from += PAGE) {
    yield page({ RoleDetailList: some(from, roles, (index) => role(index, policies)) });
  }
  for (let from = 0; from < policies; from += PAGE) yield page({ Policies: some(from, policies, policy) });
}

const page = (lists: object) => ({
  UserDetailList: [],
  GroupDetailList: [],
  RoleDetailList: [],
  Policies: [],
  ...lists,
});
const some = <T>(from: number, end: number, make: (index: number) => T): T[] =>
  Array.from({ length: Math.min(PAGE, end - from) }, (_, index) => make(from + index));

const user = (index: number, policies: number) => ({
  UserName: `person-${index}`,
  UserId: `AIDA${index}`,
  Arn: arn('user', `person-${index}`),
  Path: '/',
  CreateDate: new Date(Date.UTC(2024, 0, 1)),
  UserPolicyList: [{ PolicyName: 'own', PolicyDocument: encoded(...statements(index, 3)) }],
  GroupList: [0, 1, 2].map((step) => `group-${(index + step * 13) % GROUPS}`),
  AttachedManagedPolicies: [managed(index % policies), managed((index * 7) % policies)],
  Tags: [{ Key: 'team', Value: `team-${index % 20}` }],
});
const group = (index: number, policies: number) => ({
  GroupName: `group-${index}`,
  GroupId: `AGPA${index}`,
  Arn: arn('group', `group-${index}`),
  Path: '/',
  GroupPolicyList: [{ PolicyName: 'mfa', PolicyDocument: encoded(REQUIRE_MFA) }],
  AttachedManagedPolicies: [0, 1, 2].map((step) => managed((index * 17 + step * 5) % policies)),
});
const role = (index: number, policies: number) => ({
  RoleName: `app-${index}`,
  RoleId: `AROA${index}`,
  Arn: arn('role', `app-${index}`),
  Path: '/',
  AssumeRolePolicyDocument: encoded({
    Effect: 'Allow',
    Principal: { Service: 'ec2.amazonaws.com' },
    Action: 'sts:AssumeRole',
  }),
  InstanceProfileList: [
    { InstanceProfileName: `app-${index}`, Arn: arn('instance-profile', `app-${index}`) },
  ],
  RolePolicyList: [{ PolicyName: 'own', PolicyDocument: encoded(...statements(index, 8)) }],
  AttachedManagedPolicies: [managed((index * 3) % policies), managed((index * 11) % policies)],
  ...(index % 5 === 0 && { PermissionsBoundary: { PermissionsBoundaryArn: arn('policy', 'team-0') } }),
});
const policy = (index: number) => ({
  PolicyName: `team-${index}`,
  PolicyId: `ANPA${index}`,
  Arn: arn('policy', `team-${index}`),
  DefaultVersionId: 'v2',
  AttachmentCount: 3,
  PermissionsBoundaryUsageCount: 0,
  PolicyVersionList: [
    { VersionId: 'v2', IsDefaultVersion: true, Document: encoded(...statements(index, 11)) },
    { VersionId: 'v1', IsDefaultVersion: false, Document: encoded(...statements(index + 1, 11)) },
  ],
});

/** The credential report of these users: two in three have a password, one in three a key. */
export function credentialReportOf(users: number): string {
  const columns = [
    'user,arn,user_creation_time,password_enabled,password_last_used,mfa_active',
    'access_key_1_active,access_key_1_last_rotated,access_key_2_active,access_key_2_last_rotated',
  ];
  const rows = Array.from({ length: users }, (_, index) => {
    const name = `person-${index}`;
    const key = index % 3 === 0 ? 'true,2026-01-01T00:00:00+00:00' : 'false,N/A';
    return `${name},${arn('user', name)},2024-01-01T00:00:00+00:00,${index % 3 < 2},N/A,true,${key},false,N/A`;
  });
  return [columns.join(','), ...rows].join('\n');
}

/** An instance a role, as DescribeInstances has them. */
export const instancesOf = (roles: number): object => ({
  Reservations: Array.from({ length: roles }, (_, index) => ({
    ReservationId: `r-${index}`,
    Instances: [
      {
        InstanceId: `i-${index}`,
        State: { Code: 16, Name: 'running' },
        LaunchTime: '2026-01-01T00:00:00+00:00',
        IamInstanceProfile: { Id: `AIPA${index}`, Arn: arn('instance-profile', `app-${index}`) },
      },
    ],
  })),
});
