/** What GetAccountAuthorizationDetails says, as the `aws` command prints it. */
import { ACCOUNT } from './memory.ts';

type Json = Record<string, unknown>;

export const DETAILS = 'global/iam/get-account-authorization-details.json';
export const AWS = 'arn:aws:iam::aws:policy';
export const iamArn = (name: string) => `arn:aws:iam::${ACCOUNT}:${name}`;

export const document = (...statements: readonly object[]): Json => ({
  Version: '2012-10-17',
  Statement: statements,
});
export const allow = (Action: unknown, Resource: unknown = '*', more: Json = {}): Json => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: unknown, Resource: unknown = '*', more: Json = {}): Json => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});
/** As the API has it. */
export const encoded = (policy: unknown): string => encodeURIComponent(JSON.stringify(policy));

/** A managed policy with this document. */
export const policy = (name: string, Document: unknown, more: Json = {}): Json => ({
  PolicyName: name,
  PolicyId: `ANPA${name.toUpperCase()}`,
  Arn: iamArn(`policy/${name}`),
  Path: '/',
  DefaultVersionId: 'v1',
  AttachmentCount: 1,
  PermissionsBoundaryUsageCount: 0,
  IsAttachable: true,
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document }],
  ...more,
});
export const inline = (list: string, ...statements: readonly object[]): Json => ({
  [list]: [{ PolicyName: 'inline', PolicyDocument: document(...statements) }],
});
export const attached = (...arns: readonly string[]): Json => ({
  AttachedManagedPolicies: arns.map((PolicyArn) => ({ PolicyName: PolicyArn.split('/').at(-1), PolicyArn })),
});
export const bounded = (PermissionsBoundaryArn: string): Json => ({
  PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn },
});

export const user = (UserName: string, more: Json = {}): Json => ({
  Path: '/',
  UserName,
  UserId: `AIDA${UserName.toUpperCase()}`,
  Arn: iamArn(`user/${UserName}`),
  GroupList: [],
  AttachedManagedPolicies: [],
  ...more,
});
export const group = (GroupName: string, more: Json = {}): Json => ({
  Path: '/',
  GroupName,
  GroupId: `AGPA${GroupName.toUpperCase()}`,
  Arn: iamArn(`group/${GroupName}`),
  GroupPolicyList: [],
  AttachedManagedPolicies: [],
  ...more,
});
export const trust = (Principal: unknown, Action = 'sts:AssumeRole'): Json =>
  document({ Effect: 'Allow', Principal, Action });
export const role = (RoleName: string, more: Json = {}): Json => ({
  Path: '/',
  RoleName,
  RoleId: `AROA${RoleName.toUpperCase()}`,
  Arn: iamArn(`role/${RoleName}`),
  AssumeRolePolicyDocument: trust({ AWS: iamArn('root') }),
  InstanceProfileList: [],
  RolePolicyList: [],
  AttachedManagedPolicies: [],
  ...more,
});

export interface Details {
  readonly users?: readonly unknown[];
  readonly groups?: readonly unknown[];
  readonly roles?: readonly unknown[];
  readonly policies?: readonly unknown[];
}

/** The answer, by its path in a snapshot. */
export const details = ({ users = [], groups = [], roles = [], policies = [] }: Details): Json => ({
  [DETAILS]: { UserDetailList: users, GroupDetailList: groups, RoleDetailList: roles, Policies: policies },
});
