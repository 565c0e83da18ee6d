/** The account's users, groups and roles, with what is known of their requests. */
import type { ResourceRef, Tags } from '../../account/account.ts';
import type { AuthorizationDetails, RoleDetail } from '../../account/services/iam/authorization-details.ts';
import { contextOf, type RequestContext, whenAsked } from '../shared/permissions/context.ts';
import type { Permissions } from '../shared/permissions/permissions.ts';
import {
  groupPermissions,
  rolePermissions,
  trustStatements,
  userPermissions,
} from '../shared/permissions/principals.ts';
import { covers } from '../shared/policy/globs.ts';
import type { TrustStatement } from '../shared/policy/parse.ts';

export const USER = 'AWS::IAM::User';
export const GROUP = 'AWS::IAM::Group';
export const ROLE = 'AWS::IAM::Role';

export interface Principal {
  readonly resource: ResourceRef;
  readonly arn: string;
  /** Groups have none. */
  readonly tags: Tags;
  readonly permissions: Permissions;
  readonly context: RequestContext;
  /** Of a role. */
  readonly role?: RoleDetail;
}

export function* principalsOf(details: AuthorizationDetails, accountId: string): Generator<Principal> {
  const common = { 'aws:PrincipalAccount': accountId };
  const refOf = (type: string, { id, name }: { readonly id: string; readonly name: string }) => ({
    type,
    id,
    name,
    region: 'global',
  });
  for (const user of details.users) {
    const { name, id, arn, tags } = user;
    yield {
      resource: refOf(USER, user),
      arn,
      tags,
      permissions: userPermissions(user, details),
      context: whenAsked(() =>
        contextOf(
          {
            ...common,
            'aws:PrincipalType': 'User',
            'aws:PrincipalArn': arn,
            'aws:username': name,
            'aws:userid': id,
            ...tagged(tags),
          },
          [TAGS],
        ),
      ),
    };
  }
  for (const group of details.groups) {
    yield {
      resource: refOf(GROUP, group),
      arn: group.arn,
      tags: {},
      permissions: groupPermissions(group, details),
      // Its members differ in all else.
      context: contextOf({ ...common, 'aws:PrincipalType': 'User' }),
    };
  }
  for (const role of details.roles) {
    const { arn, tags } = role;
    const known = () => ({
      ...common,
      'aws:PrincipalType': 'AssumedRole',
      'aws:PrincipalArn': arn,
      'aws:username': null,
    });
    yield {
      resource: refOf(ROLE, role),
      arn,
      tags,
      permissions: rolePermissions(role, details),
      context: whenAsked(() =>
        mayTagSessions(role) ? contextOf(known()) : contextOf({ ...known(), ...tagged(tags) }, [TAGS]),
      ),
      role,
    };
  }
}

const TAGS = 'aws:PrincipalTag/*';
const tagged = (tags: Tags) =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));

/** Whether only AWS services can assume the role; undefined where its trust policy cannot be read. */
export function isForServices(role: RoleDetail): boolean | undefined {
  const allows = trustStatements(role)?.filter(({ effect }) => effect === 'Allow');
  if (!allows) return undefined;
  const isService = ({ principals: { not, entries } }: TrustStatement) =>
    !not && entries.every(({ type }) => type === 'Service');
  return allows.length > 0 && allows.every(isService);
}

/** A session's tags count before the role's. */
function mayTagSessions(role: RoleDetail): boolean {
  const trust = trustStatements(role);
  if (!trust) return true;
  return trust.some(({ effect, actions: { not, values } }) => {
    const isNamed = values.some((value) => covers(value.toLowerCase(), 'sts:tagsession'));
    return effect === 'Allow' && isNamed !== not;
  });
}
