/** Users, groups, roles and managed policies, as one answer. */
import { authorizationDetails } from '../../services/iam/readings.ts';
import type { Stack } from '../stack.ts';
import type { TemplateResource } from '../template.ts';
import { isMap, isUnknown, type Known, shown, textOf, type Value } from '../unknown.ts';
import { isKnownInPart, printedPolicy } from './aws-policies.ts';
import { type Answer, type Bound, is, type Kind, listOf, mayBe, tags } from './kind.ts';
import { policyOf } from './policy.ts';

const USER = 'AWS::IAM::User';
const GROUP = 'AWS::IAM::Group';
const ROLE = 'AWS::IAM::Role';
const MANAGED = 'AWS::IAM::ManagedPolicy';
const PROFILE = 'AWS::IAM::InstanceProfile';
const JOIN = 'AWS::IAM::UserToGroupAddition';

/** Resources that are an inline policy, and the property in which each names whom it is of. */
const INLINE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::IAM::Policy': { [USER]: 'Users', [GROUP]: 'Groups', [ROLE]: 'Roles' },
  'AWS::IAM::UserPolicy': { [USER]: 'UserName' },
  'AWS::IAM::GroupPolicy': { [GROUP]: 'GroupName' },
  'AWS::IAM::RolePolicy': { [ROLE]: 'RoleName' },
};
/** The property in which an inline policy, or a managed one, names identities of this type. */
export const namesIn = (policy: TemplateResource, { type }: TemplateResource): string | undefined =>
  policy.type === MANAGED ? ATTACHED[type] : INLINE[policy.type]?.[type];

/** Types of resources that give an identity a policy which it does not say itself. */
export const POLICY_TYPES: readonly string[] = [...Object.keys(INLINE), MANAGED];
const ATTACHED = INLINE['AWS::IAM::Policy'] as Readonly<Record<string, string>>;

const IDENTITY = { hasPrincipals: false };
const TRUST = { hasPrincipals: true };

/** The identities of a template, each with what names it in other resources. */
class Identities {
  readonly #stack: Stack;
  readonly #bound: Bound;
  readonly #inline: readonly (readonly [TemplateResource, Known])[];
  readonly #managed: readonly (readonly [TemplateResource, Known])[];

  constructor(stack: Stack, bound: Bound) {
    const withProperties = (one: TemplateResource) => [one, stack.properties(one)] as const;
    this.#stack = stack;
    this.#bound = bound;
    this.#inline = stack.ofType(...Object.keys(INLINE)).map(withProperties);
    this.#managed = stack.ofType(MANAGED).map(withProperties);
  }

  /** Whether a list of names has this one, or may have it. */
  names(value: Value | undefined, resource: TemplateResource): boolean {
    const name = this.#stack.nameOf(resource);
    const fits = this.#bound === 'best' ? is : mayBe;
    return isUnknown(value) ? fits(value, name) : listOf(value).some((one) => fits(one, name));
  }

  inlineOf(resource: TemplateResource): object[] {
    const own = listOf(this.#stack.properties(resource).Policies).map((policy) =>
      isMap(policy)
        ? this.#inlinePolicy(policy.PolicyName ?? null, policy.PolicyDocument ?? null)
        : this.#inlinePolicy('Policies', policy),
    );
    const others = this.#inline
      .filter(([policy, properties]) => {
        const property = namesIn(policy, resource);
        return property !== undefined && this.names(properties[property], resource);
      })
      .map(([policy, properties]) =>
        this.#inlinePolicy(properties.PolicyName ?? policy.id, properties.PolicyDocument ?? null),
      );
    return [...own, ...others];
  }

  #inlinePolicy = (name: Value, document: Value) => ({
    PolicyName: isUnknown(name) ? shown(name) : name,
    PolicyDocument: policyOf([document], this.#bound, IDENTITY),
  });

  /** A policy that is not known is one whose document nobody has. */
  attachedTo(resource: TemplateResource): object[] {
    const own = listOf(this.#stack.properties(resource).ManagedPolicyArns).map(arnOf);
    const through = this.#managed
      .filter(([, properties]) => this.names(properties[ATTACHED[resource.type] as string], resource))
      .map(([policy]) => this.#stack.arnOf(policy));
    return [...new Set([...own, ...through])].map((arn) => ({ PolicyArn: arn }));
  }

  /** The ARNs of all policies that these have, and of their boundaries. */
  policiesOf(everybody: readonly TemplateResource[]): string[] {
    const all = everybody.flatMap((one) => {
      const { PermissionsBoundary: boundary = null } = this.#stack.properties(one);
      const attached = this.attachedTo(one).map((policy) => (policy as { PolicyArn: unknown }).PolicyArn);
      return [...attached, arnOf(boundary)];
    });
    return [...new Set(all.filter((arn) => typeof arn === 'string'))];
  }

  common(resource: TemplateResource): object {
    const { Path: path, PermissionsBoundary: boundary, Tags: tagged } = this.#stack.properties(resource);
    return {
      Arn: this.#stack.arnOf(resource),
      Path: textOf(path) ?? '/',
      AttachedManagedPolicies: this.attachedTo(resource),
      Tags: tags(tagged),
      ...(boundary !== undefined &&
        boundary !== null && { PermissionsBoundary: { PermissionsBoundaryArn: arnOf(boundary) } }),
    };
  }

  /** Somebody will have the policy, or nobody would declare it; one that is only a boundary stays only that. */
  usesOf(policy: TemplateResource, everybody: readonly TemplateResource[]): object {
    const arn = this.#stack.arnOf(policy);
    const boundaries = everybody.filter((one) => {
      const { PermissionsBoundary: boundary } = this.#stack.properties(one);
      return is(boundary, arn);
    }).length;
    const attached = everybody.filter((one) =>
      this.attachedTo(one).some((other) => (other as { PolicyArn: unknown }).PolicyArn === arn),
    ).length;
    return {
      AttachmentCount: boundaries > 0 ? attached : Math.max(1, attached),
      PermissionsBoundaryUsageCount: boundaries,
    };
  }
}

/** The ARN, or what stands for it: no answer has a document for that. */
const arnOf = (value: Value): unknown => (isUnknown(value) ? (textOf(value) ?? shown(value)) : value);

function answers(stack: Stack, bound: Bound): Answer[] {
  const identities = new Identities(stack, bound);
  const [users, groups, roles] = [USER, GROUP, ROLE].map((type) => stack.ofType(type)) as [
    TemplateResource[],
    TemplateResource[],
    TemplateResource[],
  ];
  const everybody = [...users, ...groups, ...roles];
  const joins = stack.ofType(JOIN).map((one) => stack.properties(one));
  const profiles = stack.ofType(PROFILE);
  const named = (one: TemplateResource) => stack.nameOf(one);
  const groupsOf = (user: TemplateResource) => [
    ...listOf(stack.properties(user).Groups),
    ...joins.flatMap(({ GroupName: group = null, Users: members }) =>
      identities.names(members, user) ? [group] : [],
    ),
  ];
  const value = {
    UserDetailList: users.map((user) => ({
      ...{ UserId: user.id, UserName: named(user), ...identities.common(user) },
      UserPolicyList: identities.inlineOf(user),
      GroupList: groupsOf(user).map((group) => (isUnknown(group) ? shown(group) : group)),
    })),
    GroupDetailList: groups.map((group) => ({
      ...{ GroupId: group.id, GroupName: named(group), ...identities.common(group) },
      GroupPolicyList: identities.inlineOf(group),
    })),
    RoleDetailList: roles.map((role) => ({
      ...{ RoleId: role.id, RoleName: named(role), ...identities.common(role) },
      RolePolicyList: identities.inlineOf(role),
      AssumeRolePolicyDocument: policyOf(
        [stack.properties(role).AssumeRolePolicyDocument ?? null],
        bound,
        TRUST,
      ),
      InstanceProfileList: profiles
        .filter((profile) => identities.names(stack.properties(profile).Roles, role))
        .map((profile) => ({ Arn: stack.arnOf(profile) })),
    })),
    Policies: [
      ...stack.ofType(MANAGED).map((policy) => ({
        ...{ PolicyId: policy.id, PolicyName: named(policy), Arn: stack.arnOf(policy) },
        ...identities.usesOf(policy, everybody),
        PolicyVersionList: [
          {
            IsDefaultVersion: true,
            Document: policyOf([stack.properties(policy).PolicyDocument ?? null], bound, IDENTITY),
          },
        ],
      })),
      ...identities.policiesOf(everybody).flatMap((arn) => printedPolicy(arn, bound) ?? []),
    ],
  };
  return [{ reading: authorizationDetails, value }];
}

/** Of AWS's own policies a part is known. */
const isOpen = (stack: Stack): boolean =>
  new Identities(stack, 'best').policiesOf(stack.ofType(USER, GROUP, ROLE)).some(isKnownInPart);

export const identityKind: Kind = {
  types: { [USER]: USER, [GROUP]: GROUP, [ROLE]: ROLE, [MANAGED]: 'AWS::IAM::Policy' },
  readings: [authorizationDetails],
  answers,
  isOpen,
};
