/**
 * What GetAccountAuthorizationDetails says of an account, as far as rules use it. The answer may have 30 MB, so it is taken
 * page by page, and of each page only this stays.
 */
import * as z from 'zod/mini';
import type { Tags } from '../../account.ts';
import type { AccountError } from '../../errors.ts';
import { field, list, tagList, text, whatIsWrong } from '../../parts.ts';
import { documentText, plainGroup, plainPolicy, plainRole, plainUser } from './plain-details.ts';

export interface AuthorizationDetails {
  readonly users: readonly UserDetail[];
  readonly groups: readonly GroupDetail[];
  readonly roles: readonly RoleDetail[];
  /** By ARN: the customer's policies, and those of AWS's that somebody uses. */
  readonly policies: ReadonlyMap<string, ManagedPolicy>;
  readonly broken: readonly BrokenDetail[];
  /**
   * The lists that no page has, although AWS always gives all four: what they would say is not known. `why`: nobody asked AWS,
   * or it did not answer.
   */
  readonly lacking: readonly {
    readonly list: DetailList;
    readonly member: string;
    readonly why?: AccountError;
  }[];
}

/** A policy's JSON text. The object is the same each time, so that what is read from the text can be kept by it. */
export interface PolicyDocument {
  readonly name: string;
  readonly text: string;
}

/** What users, groups and roles have in common. */
interface Identity {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly inline: readonly PolicyDocument[];
  /** The ARNs of the managed policies. */
  readonly attached: readonly string[];
}

export interface UserDetail extends Identity {
  readonly tags: Tags;
  /** Names. */
  readonly groups: readonly string[];
  /** The ARN of the policy that is the permissions boundary. */
  readonly boundary?: string;
}

export type GroupDetail = Identity;

export interface RoleDetail extends Identity {
  readonly tags: Tags;
  readonly boundary?: string;
  /** Undefined where the answer lacks it. */
  readonly trust?: PolicyDocument;
  /** The ARNs of the instance profiles that hand it out. */
  readonly instanceProfiles: readonly string[];
}

export interface ManagedPolicy {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  /** Of the default version; undefined where the answer lacks it. */
  readonly document?: PolicyDocument;
  /** Undefined where the answer does not say it. */
  readonly attachments?: number;
  /** Of how many users and roles it is the permissions boundary. */
  readonly boundaryOf?: number;
}

/** An element that makes no sense. It costs this user, group, role or policy, and no other. */
export interface BrokenDetail {
  readonly type: `AWS::IAM::${Kind}`;
  /** As far as the element still says it. */
  readonly id?: string;
  readonly name?: string;
  readonly arn?: string;
  /** `UserPolicyList.0.PolicyDocument: is not URL-encoded`. */
  readonly what: string;
}

type Kind = 'User' | 'Group' | 'Role' | 'Policy';

/** What is kept of a page. A list that the page does not have is undefined. */
export interface DetailsPage {
  readonly users: readonly UserDetail[] | undefined;
  readonly groups: readonly GroupDetail[] | undefined;
  readonly roles: readonly RoleDetail[] | undefined;
  readonly policies: readonly ManagedPolicy[] | undefined;
  readonly broken: readonly BrokenDetail[];
}

/** An account of which nothing is known but these policies, and why not. */
export function onlyPolicies(policies: readonly ManagedPolicy[], why?: AccountError): AuthorizationDetails {
  const pages = [{ users: undefined, groups: undefined, roles: undefined, policies, broken: [] }];
  const { lacking, ...details } = detailsOf(pages);
  return { ...details, lacking: lacking.map((list) => ({ ...list, ...(why && { why }) })) };
}

/** The answer's lists, by what they are lists of. */
const LISTS = {
  users: 'UserDetailList',
  groups: 'GroupDetailList',
  roles: 'RoleDetailList',
  policies: 'Policies',
} as const;
export type DetailList = keyof typeof LISTS;

/** How an element of each kind is read: as AWS always has it, and otherwise by its shape. */
export const detailKinds = () => ({
  User: { shape: userDetail(), plain: plainUser },
  Group: { shape: groupDetail(), plain: plainGroup },
  Role: { shape: roleDetail(), plain: plainRole },
  Policy: { shape: managedPolicy(), plain: plainPolicy },
});

/** A page: of each element only what rules use. */
export const detailsPage = () => {
  const elements = z.nullish(z.array(z.unknown()));
  const kinds = detailKinds();
  return z.pipe(
    z.object({
      UserDetailList: elements,
      GroupDetailList: elements,
      RoleDetailList: elements,
      Policies: elements,
    }),
    z.transform((page, context): DetailsPage => {
      if (!Object.values(LISTS).some((list) => page[list])) {
        const message = 'there is no list of users, groups, roles or policies';
        context.issues.push({ code: 'custom', message, input: page });
        return z.NEVER;
      }
      const broken: BrokenDetail[] = [];
      return {
        users: each(page.UserDetailList, kinds.User, 'User', broken),
        groups: each(page.GroupDetailList, kinds.Group, 'Group', broken),
        roles: each(page.RoleDetailList, kinds.Role, 'Role', broken),
        policies: each(page.Policies, kinds.Policy, 'Policy', broken),
        broken,
      };
    }),
  );
};

/** All pages as one. */
export function detailsOf(pages: readonly DetailsPage[]): AuthorizationDetails {
  const lists = Object.keys(LISTS) as DetailList[];
  return {
    users: once(pages.flatMap(({ users = [] }) => users)),
    groups: once(pages.flatMap(({ groups = [] }) => groups)),
    roles: once(pages.flatMap(({ roles = [] }) => roles)),
    policies: new Map(
      pages.flatMap(({ policies = [] }) => policies.map((policy) => [policy.arn, policy] as const)),
    ),
    broken: pages.flatMap(({ broken }) => broken),
    lacking: lists
      .filter((list) => pages.every((page) => !page[list]))
      .map((list) => ({ list, member: LISTS[list] })),
  };
}

/** What is made while the pages are asked for may move an element to the next one, too. */
const once = <T extends { readonly arn: string }>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [one.arn, one])).values(),
];

function each<T>(
  elements: readonly unknown[] | null | undefined,
  { shape, plain }: { readonly shape: z.ZodMiniType<T>; readonly plain: (element: unknown) => T | undefined },
  kind: Kind,
  broken: BrokenDetail[],
): T[] | undefined {
  return elements?.flatMap((element): T[] => {
    // The shape has to look only at what is not as AWS always has it, and says what is wrong with it.
    const made = plain(element);
    if (made) return [made];
    const parsed = z.safeParse(shape, element, { reportInput: true });
    if (parsed.success) return [parsed.data];
    const said = (name: string) => {
      const value = (element as Record<string, unknown> | null | undefined)?.[name];
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const [id, name, arn] = [said(`${kind}Id`), said(`${kind}Name`), said('Arn')];
    broken.push({
      type: `AWS::IAM::${kind}`,
      ...(id && { id }),
      ...(name && { name }),
      ...(arn && { arn }),
      what: whatIsWrong(parsed.error),
    });
    return [];
  });
}

/**
 * A document, as its JSON text: AWS's answer and the SDK have it URL-encoded, the `aws` command as an object. Spaces are
 * `%20` there, never `+`.
 */
const document = () =>
  z.transform((value: unknown, context): string => {
    const read = documentText(value);
    if (read !== undefined) return read;
    context.issues.push({ code: 'custom', message: 'is neither a policy nor URL-encoded', input: value });
    return z.NEVER;
  });

const attached = () => list(fieldOf('PolicyArn'));
const fieldOf = <Name extends string>(name: Name) => field(name, text);
const identity = () => ({ Arn: text, Path: z.nullish(z.string()), AttachedManagedPolicies: attached() });
const boundary = () => z.nullish(fieldOf('PermissionsBoundaryArn'));
const inlinePolicies = () =>
  list(
    z.pipe(
      z.object({ PolicyName: text, PolicyDocument: document() }),
      z.transform((given): PolicyDocument => ({ name: given.PolicyName, text: given.PolicyDocument })),
    ),
  );

const userDetail = () =>
  z.pipe(
    z.object({
      ...identity(),
      UserId: text,
      UserName: text,
      UserPolicyList: inlinePolicies(),
      GroupList: list(text),
      PermissionsBoundary: boundary(),
      Tags: tagList,
    }),
    z.transform(
      (given): UserDetail => ({
        ...identityOf(given, given.UserId, given.UserName, given.UserPolicyList),
        groups: given.GroupList,
        tags: given.Tags,
        ...(given.PermissionsBoundary && { boundary: given.PermissionsBoundary }),
      }),
    ),
  );

const groupDetail = () =>
  z.pipe(
    z.object({ ...identity(), GroupId: text, GroupName: text, GroupPolicyList: inlinePolicies() }),
    z.transform(
      (given): GroupDetail => identityOf(given, given.GroupId, given.GroupName, given.GroupPolicyList),
    ),
  );

const roleDetail = () =>
  z.pipe(
    z.object({
      ...identity(),
      RoleId: text,
      RoleName: text,
      RolePolicyList: inlinePolicies(),
      AssumeRolePolicyDocument: z.optional(document()),
      InstanceProfileList: list(fieldOf('Arn')),
      PermissionsBoundary: boundary(),
      Tags: tagList,
    }),
    z.transform(
      (given): RoleDetail => ({
        ...identityOf(given, given.RoleId, given.RoleName, given.RolePolicyList),
        tags: given.Tags,
        instanceProfiles: given.InstanceProfileList,
        ...(given.AssumeRolePolicyDocument !== undefined && {
          trust: { name: given.RoleName, text: given.AssumeRolePolicyDocument },
        }),
        ...(given.PermissionsBoundary && { boundary: given.PermissionsBoundary }),
      }),
    ),
  );

interface GivenIdentity {
  readonly Arn: string;
  readonly Path?: string | null | undefined;
  readonly AttachedManagedPolicies: readonly string[];
}
const identityOf = (
  { Arn, Path, AttachedManagedPolicies }: GivenIdentity,
  id: string,
  name: string,
  inline: readonly PolicyDocument[],
): Identity => ({ id, name, arn: Arn, path: Path ?? '/', inline, attached: AttachedManagedPolicies });

export function managedPolicy() {
  const count = z.nullish(z.int());
  // Of the other versions nothing is read: not even a broken one costs the policy.
  const defaultOf = z.transform(
    (versions: { IsDefaultVersion?: boolean | null | undefined; Document?: unknown }[]): unknown =>
      versions.find(({ IsDefaultVersion }) => IsDefaultVersion === true) ?? {},
  );
  const version = z.object({ IsDefaultVersion: z.nullish(z.boolean()), Document: z.optional(z.unknown()) });
  return z.pipe(
    z.object({
      PolicyId: text,
      PolicyName: text,
      Arn: text,
      AttachmentCount: count,
      PermissionsBoundaryUsageCount: count,
      PolicyVersionList: z.pipe(
        list(version),
        z.pipe(defaultOf, z.object({ Document: z.optional(document()) })),
      ),
    }),
    z.transform((given): ManagedPolicy => {
      const { AttachmentCount, PermissionsBoundaryUsageCount } = given;
      const { Document } = given.PolicyVersionList;
      return {
        id: given.PolicyId,
        name: given.PolicyName,
        arn: given.Arn,
        ...(Document !== undefined && { document: { name: given.PolicyName, text: Document } }),
        ...(typeof AttachmentCount === 'number' && { attachments: AttachmentCount }),
        ...(typeof PermissionsBoundaryUsageCount === 'number' && {
          boundaryOf: PermissionsBoundaryUsageCount,
        }),
      };
    }),
  );
}
