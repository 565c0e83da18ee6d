/** The permissions of the account's users, groups and roles, from what GetAccountAuthorizationDetails says. */

import type {
  AuthorizationDetails,
  GroupDetail,
  ManagedPolicy,
  PolicyDocument,
  RoleDetail,
  UserDetail,
} from '../../../account/services/iam/authorization-details.ts';
import { type IdentityStatement, MalformedPolicyError, parseIdentityPolicy } from '../policy/parse.ts';
import type { Permissions, Policy } from './permissions.ts';

/** A user has its groups' policies, too. A group that the answer lacks is a policy that nobody could read. */
export function userPermissions(user: UserDetail, details: AuthorizationDetails): Permissions {
  const groups = groupsOf(details);
  const through = user.groups.flatMap((name): Policy[] => {
    const group = groups.get(name);
    if (!group)
      return [{ name: `group ${name}`, group: name, unread: 'is not in the answer', statements: [] }];
    return policiesOf(group, details).map((policy) => ({ ...policy, group: name }));
  });
  return permissions([...policiesOf(user, details), ...through], user.boundary, details);
}

export const groupPermissions = (group: GroupDetail, details: AuthorizationDetails): Permissions => ({
  policies: policiesOf(group, details),
});

export const rolePermissions = (role: RoleDetail, details: AuthorizationDetails): Permissions =>
  permissions(policiesOf(role, details), role.boundary, details);

const permissions = (
  policies: readonly Policy[],
  boundary: string | undefined,
  details: AuthorizationDetails,
): Permissions => ({
  policies,
  ...(boundary !== undefined && { boundary: managedPolicy(boundary, details) }),
});

const policiesOf = (
  { inline, attached }: Pick<GroupDetail, 'inline' | 'attached'>,
  details: AuthorizationDetails,
): Policy[] => [
  ...inline.map((document): Policy => {
    const name = `inline policy ${document.name}`;
    return { name, ...statementsOf(document, name) };
  }),
  ...attached.map((arn) => managedPolicy(arn, details)),
];

function managedPolicy(arn: string, { policies }: AuthorizationDetails): Policy {
  const document = policies.get(arn)?.document;
  const name = `policy ${arn}`;
  if (!document) return { name, arn, unread: 'is without its document in the answer', statements: [] };
  return { name, arn, ...statementsOf(document, name) };
}

/** The statements of a customer's policy by itself. */
export const managedStatements = ({ arn, document }: ManagedPolicy): Pick<Policy, 'unread' | 'statements'> =>
  document
    ? statementsOf(document, `policy ${arn}`)
    : { unread: 'is without its document in the answer', statements: [] };

/** Many principals have the same policy. */
const read = new WeakMap<PolicyDocument, Pick<Policy, 'unread' | 'statements'>>();

function statementsOf(document: PolicyDocument, name: string): Pick<Policy, 'unread' | 'statements'> {
  const known = read.get(document);
  if (known) return known;
  const made = attempt(() => parseIdentityPolicy(document.text, name));
  read.set(document, made);
  return made;
}

function attempt(parse: () => readonly IdentityStatement[]): Pick<Policy, 'unread' | 'statements'> {
  try {
    return { statements: parse() };
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error;
    return { unread: error.message, statements: [] };
  }
}

const byName = new WeakMap<AuthorizationDetails, ReadonlyMap<string, GroupDetail>>();

function groupsOf(details: AuthorizationDetails): ReadonlyMap<string, GroupDetail> {
  const known = byName.get(details) ?? new Map(details.groups.map((group) => [group.name, group]));
  byName.set(details, known);
  return known;
}
