/** The permissions of the account's users, groups and roles, from what GetAccountAuthorizationDetails says. */

import type {
  AuthorizationDetails,
  GroupDetail,
  ManagedPolicy,
  PolicyDocument,
  RoleDetail,
  UserDetail,
} from '../../../account/services/iam/authorization-details.ts';
import {
  type IdentityStatement,
  MalformedPolicyError,
  parseIdentityPolicy,
  parseTrustPolicy,
  type TrustStatement,
} from '../policy/parse.ts';
import type { Permissions, Policy } from './permissions.ts';

/** A user has its groups' policies, too. A group that the answer lacks is a policy that nobody could read. */
export const userPermissions = (user: UserDetail, details: AuthorizationDetails): Permissions =>
  kept(user, details, (known) => {
    const through = user.groups.flatMap((name) => known.throughGroup(name));
    return permissions([...policiesOf(user, known), ...through], user.boundary, known);
  });

export const groupPermissions = (group: GroupDetail, details: AuthorizationDetails): Permissions =>
  kept(group, details, (known) => ({ policies: policiesOf(group, known) }));

export const rolePermissions = (role: RoleDetail, details: AuthorizationDetails): Permissions =>
  kept(role, details, (known) => permissions(policiesOf(role, known), role.boundary, known));

type ReadPolicy = Pick<Policy, 'unread' | 'statements'>;

/** What has been made of an account's answer, which all rules ask the same of. */
class Known {
  readonly permissions = new WeakMap<object, Permissions>();
  readonly managed = new Map<string, Policy>();
  /** By the text: many policies say the same, and what hangs on their statements is then kept for all of them. */
  readonly texts = new Map<string, ReadPolicy>();
  readonly #through = new Map<string, readonly Policy[]>();
  readonly #groups: ReadonlyMap<string, GroupDetail>;

  constructor(readonly details: AuthorizationDetails) {
    this.#groups = new Map(details.groups.map((group) => [group.name, group]));
  }

  /** The policies that the members of a group have through it. */
  throughGroup(name: string): readonly Policy[] {
    const made = this.#through.get(name) ?? this.#ofGroup(name);
    this.#through.set(name, made);
    return made;
  }

  #ofGroup(name: string): Policy[] {
    const group = this.#groups.get(name);
    if (!group)
      return [{ name: `group ${name}`, group: name, unread: 'is not in the answer', statements: [] }];
    return policiesOf(group, this).map((policy) => ({ ...policy, group: name }));
  }
}

const knownOf = new WeakMap<AuthorizationDetails, Known>();
function know(details: AuthorizationDetails): Known {
  const known = knownOf.get(details) ?? new Known(details);
  knownOf.set(details, known);
  return known;
}

function kept(
  principal: object,
  details: AuthorizationDetails,
  make: (known: Known) => Permissions,
): Permissions {
  const known = know(details);
  const made = known.permissions.get(principal) ?? make(known);
  known.permissions.set(principal, made);
  return made;
}

const permissions = (
  policies: readonly Policy[],
  boundary: string | undefined,
  known: Known,
): Permissions => ({
  policies,
  ...(boundary !== undefined && { boundary: managedPolicy(boundary, known) }),
});

const policiesOf = (
  { inline, attached }: Pick<GroupDetail, 'inline' | 'attached'>,
  known: Known,
): Policy[] => [
  ...inline.map((document): Policy => {
    const name = `inline policy ${document.name}`;
    return { name, ...statementsOf(document, name, known) };
  }),
  ...attached.map((arn) => managedPolicy(arn, known)),
];

function managedPolicy(arn: string, known: Known): Policy {
  const made = known.managed.get(arn) ?? readManaged(arn, known);
  known.managed.set(arn, made);
  return made;
}

function readManaged(arn: string, known: Known): Policy {
  const document = known.details.policies.get(arn)?.document;
  const name = `policy ${arn}`;
  if (!document) return { name, arn, unread: 'is without its document in the answer', statements: [] };
  return { name, arn, ...statementsOf(document, name, known) };
}

/** The statements of a customer's policy by itself. */
export const managedStatements = (
  { arn, document }: ManagedPolicy,
  details: AuthorizationDetails,
): ReadPolicy =>
  document
    ? statementsOf(document, `policy ${arn}`, know(details))
    : { unread: 'is without its document in the answer', statements: [] };

function statementsOf({ text }: PolicyDocument, name: string, { texts }: Known): ReadPolicy {
  const made = texts.get(text) ?? attempt(() => parseIdentityPolicy(text, name));
  // Why a text is no policy names the policy.
  if (made.unread === undefined) texts.set(text, made);
  return made;
}

function attempt(parse: () => readonly IdentityStatement[]): ReadPolicy {
  try {
    return { statements: parse() };
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error;
    return { unread: error.message, statements: [] };
  }
}

/** The statements of a role's trust policy; undefined where it has none that can be read. */
export function trustStatements({ trust }: RoleDetail): readonly TrustStatement[] | undefined {
  if (!trust) return undefined;
  const known = trusts.get(trust);
  if (known) return known.statements;
  const made = { statements: readTrust(trust) };
  trusts.set(trust, made);
  return made.statements;
}

/** Several rules ask about the same role. */
const trusts = new WeakMap<PolicyDocument, { readonly statements: readonly TrustStatement[] | undefined }>();

function readTrust({ text, name }: PolicyDocument): readonly TrustStatement[] | undefined {
  try {
    return parseTrustPolicy(text, `the trust policy of ${name}`);
  } catch (error) {
    if (error instanceof MalformedPolicyError) return undefined;
    throw error;
  }
}
