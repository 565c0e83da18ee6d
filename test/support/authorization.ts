/** Answers of GetAccountAuthorizationDetails, as the `aws` command prints them. */
import { ACCOUNT } from './memory.ts';

export const DETAILS = 'global/iam/get-account-authorization-details.json';
type Json = Readonly<Record<string, unknown>>;

export const iamArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:${name}`;
export const awsPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
export const ADMINISTRATOR = awsPolicy('AdministratorAccess');

export const document = (...Statement: object[]): Json => ({ Version: '2012-10-17', Statement });
export const allow = (Action: string | string[], more: Json = {}): Json => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
export const deny = (more: Json): Json => ({ Effect: 'Deny', Resource: '*', ...more });

/** What a user, a group or a role has, besides its name. */
interface Has {
  /** Statements of its inline policies, one policy each. */
  readonly inline?: readonly Json[];
  /** ARNs. */
  readonly attached?: readonly string[];
}
interface HasBoundary extends Has {
  /** ARN. */
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly path?: string;
}

const inlineOf = ({ inline = [] }: Has) =>
  inline.map((statement, index) => ({ PolicyName: `own-${index}`, PolicyDocument: document(statement) }));
const attachedOf = ({ attached = [] }: Has) =>
  attached.map((PolicyArn) => ({ PolicyName: PolicyArn.split('/').at(-1), PolicyArn }));
const others = ({ boundary, tags = {} }: HasBoundary) => ({
  ...(boundary && {
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary },
  }),
  Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
});
const CreateDate = '2025-01-01T00:00:00+00:00';

export const userId = (name: string): string => `AIDA${name.toUpperCase()}EXAMPLE`;
export const user = (name: string, has: HasBoundary & { groups?: readonly string[] } = {}): Json => ({
  Path: has.path ?? '/',
  UserName: name,
  UserId: userId(name),
  Arn: iamArn(`user${has.path ?? '/'}${name}`),
  CreateDate,
  UserPolicyList: inlineOf(has),
  GroupList: has.groups ?? [],
  AttachedManagedPolicies: attachedOf(has),
  ...others(has),
});

export const group = (name: string, has: Has = {}): Json => ({
  Path: '/',
  GroupName: name,
  GroupId: `AGPA${name.toUpperCase()}EXAMPLE`,
  Arn: iamArn(`group/${name}`),
  CreateDate,
  GroupPolicyList: inlineOf(has),
  AttachedManagedPolicies: attachedOf(has),
});

export const role = (name: string, trust: unknown, has: HasBoundary = {}): Json => ({
  Path: has.path ?? '/',
  RoleName: name,
  RoleId: `AROA${name.toUpperCase()}EXAMPLE`,
  Arn: iamArn(`role${has.path ?? '/'}${name}`),
  CreateDate,
  AssumeRolePolicyDocument: trust,
  InstanceProfileList: [],
  RolePolicyList: inlineOf(has),
  AttachedManagedPolicies: attachedOf(has),
  ...others(has),
});

/** A trust policy that lets one principal in. */
export const trusts = (Principal: unknown, more: Json = {}): Json =>
  document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });

export const policy = (Arn: string, ...statements: Json[]): Json => ({
  PolicyName: Arn.split('/').at(-1),
  PolicyId: `ANPA${Arn.split('/').at(-1)?.toUpperCase()}`,
  Arn,
  Path: '/',
  DefaultVersionId: 'v1',
  AttachmentCount: 1,
  PermissionsBoundaryUsageCount: 0,
  IsAttachable: true,
  CreateDate,
  UpdateDate: CreateDate,
  PolicyVersionList: [
    { Document: document(...statements), VersionId: 'v1', IsDefaultVersion: true, CreateDate },
  ],
});

/** AWS's own, as the answer has those that somebody uses. */
export const administratorAccess = policy(ADMINISTRATOR, allow('*'));

export interface Who {
  readonly users?: readonly unknown[];
  readonly groups?: readonly unknown[];
  readonly roles?: readonly unknown[];
  readonly policies?: readonly unknown[];
}

export const details = ({ users = [], groups = [], roles = [], policies = [] }: Who): Json => ({
  [DETAILS]: {
    UserDetailList: users,
    GroupDetailList: groups,
    RoleDetailList: roles,
    Policies: policies,
  },
});
