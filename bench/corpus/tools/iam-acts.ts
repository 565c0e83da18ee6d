/** What IAM would answer one by one, of the details of the whole account that a situation has. */
import type { Acts } from '../../../test/support/aws/stand-in.ts';
import { Failure, fails } from '../../../test/support/memory.ts';

const DETAILS = 'global/iam/get-account-authorization-details.json';
const USERS = 'global/iam/list-users.json';

interface Attached {
  readonly PolicyName: string;
  readonly PolicyArn: string;
}
interface Entity {
  readonly Path: string;
  readonly Arn: string;
  readonly AttachedManagedPolicies: readonly Attached[];
}
interface Details {
  readonly UserDetailList: readonly (Entity & {
    readonly UserName: string;
    readonly UserId: string;
    readonly GroupList: readonly string[];
  })[];
  readonly GroupDetailList: readonly (Entity & { readonly GroupName: string; readonly GroupId: string })[];
  readonly RoleDetailList: readonly (Entity & {
    readonly RoleName: string;
    readonly RoleId: string;
    readonly AssumeRolePolicyDocument: object;
    readonly RolePolicyList: readonly { readonly PolicyName: string; readonly PolicyDocument: unknown }[];
    readonly InstanceProfileList: readonly object[];
  })[];
  readonly Policies: readonly (Listed & {
    readonly PolicyVersionList?: readonly { readonly VersionId: string; readonly Document?: unknown }[];
  })[];
}
interface Listed {
  readonly Arn: string;
}

type Input = Parameters<Acts[string]>[0];
type Readings = Parameters<Acts[string]>[1];

/** Refused as the details are. */
const byDetails =
  (answer: (all: Details, input: Input) => unknown) =>
  (input: Input, { [DETAILS]: details }: Readings): unknown =>
    details === undefined || details instanceof Failure ? details : answer(details as Details, input);

const CreateDate = '2026-01-01T00:00:00Z';
const userOf = ({ Path, UserName, UserId, Arn }: Details['UserDetailList'][number]) => ({
  ...{ Path, UserName, UserId, Arn, CreateDate },
});
const groupOf = ({ Path, GroupName, GroupId, Arn }: Details['GroupDetailList'][number]) => ({
  ...{ Path, GroupName, GroupId, Arn, CreateDate },
});
const roleOf = ({ Path, RoleName, RoleId, Arn, ...role }: Details['RoleDetailList'][number]) => ({
  ...{ Path, RoleName, RoleId, Arn, CreateDate },
  AssumeRolePolicyDocument: role.AssumeRolePolicyDocument,
});
const attachedTo = (entity: Entity | undefined): unknown =>
  entity ? { AttachedPolicies: entity.AttachedManagedPolicies } : fails('NoSuchEntity');

const listUsers = byDetails(({ UserDetailList }) => ({ Users: UserDetailList.map(userOf) }));

export const IAM_ACTS: Acts = {
  'iam:ListUsers': (input, readings) => readings[USERS] ?? listUsers(input, readings),
  'iam:GetUser': (input, readings) => {
    const list = readings[USERS] ?? listUsers(input, readings);
    if (list === undefined || list instanceof Failure) return list;
    const { Users } = list as { readonly Users: readonly { readonly UserName: string }[] };
    const user = Users.find(({ UserName }) => UserName === input.UserName);
    return user ? { User: user } : fails('NoSuchEntity');
  },
  'iam:ListAttachedUserPolicies': byDetails(({ UserDetailList }, { UserName }) =>
    attachedTo(UserDetailList.find((one) => one.UserName === UserName)),
  ),
  'iam:ListGroupsForUser': byDetails(({ UserDetailList, GroupDetailList }, { UserName }) => {
    const user = UserDetailList.find((one) => one.UserName === UserName);
    if (!user) return fails('NoSuchEntity');
    return { Groups: GroupDetailList.filter((one) => user.GroupList.includes(one.GroupName)).map(groupOf) };
  }),
  'iam:ListAttachedGroupPolicies': byDetails(({ GroupDetailList }, { GroupName }) =>
    attachedTo(GroupDetailList.find((one) => one.GroupName === GroupName)),
  ),
  'iam:ListRoles': byDetails(({ RoleDetailList }) => ({ Roles: RoleDetailList.map(roleOf) })),
  'iam:GetRole': byDetails(({ RoleDetailList }, { RoleName }) => {
    const role = RoleDetailList.find((one) => one.RoleName === RoleName);
    return role ? { Role: roleOf(role) } : fails('NoSuchEntity');
  }),
  'iam:ListAttachedRolePolicies': byDetails(({ RoleDetailList }, { RoleName }) =>
    attachedTo(RoleDetailList.find((one) => one.RoleName === RoleName)),
  ),
  'iam:ListRolePolicies': byDetails(({ RoleDetailList }, { RoleName }) => {
    const role = RoleDetailList.find((one) => one.RoleName === RoleName);
    return role
      ? { PolicyNames: role.RolePolicyList.map(({ PolicyName }) => PolicyName) }
      : fails('NoSuchEntity');
  }),
  'iam:GetRolePolicy': byDetails(({ RoleDetailList }, { RoleName, PolicyName }) => {
    const role = RoleDetailList.find((one) => one.RoleName === RoleName);
    const policy = role?.RolePolicyList.find((one) => one.PolicyName === PolicyName);
    return policy ? { RoleName, PolicyName, PolicyDocument: policy.PolicyDocument } : fails('NoSuchEntity');
  }),
  'iam:ListInstanceProfiles': byDetails(({ RoleDetailList }) => ({
    InstanceProfiles: RoleDetailList.flatMap((role) =>
      role.InstanceProfileList.map((one) => ({ ...one, Roles: [roleOf(role)] })),
    ),
  })),
  'iam:ListPolicies': byDetails(({ Policies }, { Scope }) => ({
    Policies: Policies.filter(({ Arn }) => Arn.startsWith('arn:aws:iam::aws:') === (Scope === 'AWS')).map(
      ({ PolicyVersionList: _, ...policy }) => policy,
    ),
  })),
  'iam:GetPolicyVersion': byDetails(({ Policies }, { PolicyArn, VersionId }) => {
    const policy = Policies.find(({ Arn }) => Arn === PolicyArn);
    const version = policy?.PolicyVersionList?.find((one) => one.VersionId === VersionId);
    return version ? { PolicyVersion: version } : fails('NoSuchEntity');
  }),
  'iam:GetSAMLProvider': ({ SAMLProviderArn }, { 'global/iam/list-saml-providers.json': list }) => {
    const { SAMLProviderList = [] } = (list ?? {}) as {
      SAMLProviderList?: readonly { readonly Arn: string; readonly ValidUntil?: string }[];
    };
    const provider = SAMLProviderList.find(({ Arn }) => Arn === SAMLProviderArn);
    return provider ? { ValidUntil: provider.ValidUntil } : fails('NoSuchEntity');
  },
  'iam:GetOpenIDConnectProvider': ({ OpenIDConnectProviderArn: arn }) => ({
    Url: String(arn).split(':oidc-provider/')[1],
  }),
  'iam:GetPolicy': byDetails(({ UserDetailList, GroupDetailList, RoleDetailList }, { PolicyArn }) => {
    const all = [...UserDetailList, ...GroupDetailList, ...RoleDetailList];
    const policy = all
      .flatMap((one) => one.AttachedManagedPolicies)
      .find((one) => one.PolicyArn === PolicyArn);
    return policy
      ? { Policy: { PolicyName: policy.PolicyName, Arn: policy.PolicyArn } }
      : fails('NoSuchEntity');
  }),
};
