/** What a user can do without MFA. */
import type { AuthorizationDetails, UserDetail } from '../../account/services/iam/authorization-details.ts';
import { actionPattern, isCoveredBy } from '../shared/permissions/boxes.ts';
import { areMet } from '../shared/permissions/conditions.ts';
import { contextOf, type RequestContext } from '../shared/permissions/context.ts';
import { least, most, type Permissions, unreadOf } from '../shared/permissions/permissions.ts';
import { userPermissions } from '../shared/permissions/principals.ts';
import { remaining } from '../shared/permissions/remaining.ts';
import type { IdentityStatement } from '../shared/policy/parse.ts';
import { inWords, type Way } from './findings.ts';

/** What is left to the user without MFA, besides what may be. */
export interface Left {
  /** Some of the actions, in words; none: nothing is left. */
  readonly actions: readonly string[];
  /** A policy that nobody could read, and that decides whether anything is left: why. */
  readonly unread?: string;
}

/** Enough to say "and more". */
const ENOUGH = 4;

/**
 * Asks for each way in what a user can do beyond the allowed actions.
 *
 * @example
 * const left = leftWithoutMfa(details, '111122223333', ['iam:EnableMFADevice']);
 * left(user)('password'); // { actions: ['everything'] }
 */
export function leftWithoutMfa(details: AuthorizationDetails, accountId: string, allowed: readonly string[]) {
  const patterns = allowed.map(actionPattern);
  const isAllowed = leavesOnly(patterns);
  const actionsLeft = (permissions: Permissions, context: RequestContext): string[] => {
    // Most users have such a Deny, which is quickly seen.
    if (deniesAllBut(isAllowed, permissions, context)) return [];
    const left = new Set<string>();
    for (const { actions } of remaining(permissions, context)) {
      if (!isCoveredBy(actions, patterns)) left.add(inWords(actions));
      if (left.size === ENOUGH || left.has('everything')) break;
    }
    return left.has('everything') ? ['everything'] : [...left];
  };
  return (user: UserDetail) => {
    const permissions = userPermissions(user, details);
    return (way: Way): Left => {
      const context = contextWithoutMfa(user, accountId, way);
      const known = actionsLeft(least(permissions), context);
      const [policy] = unreadOf(permissions);
      if (known.length > 0 || !policy) return { actions: known };
      if (actionsLeft(most(permissions), context).length === 0) return { actions: [] };
      return { actions: [], unread: `${policy.name} of ${user.name} ${policy.unread}` };
    };
  };
}

/** Whether a single Deny leaves nothing but these actions, for any resource. */
const deniesAllBut = (
  isAllowed: (statement: IdentityStatement) => boolean,
  { policies, boundary }: Permissions,
  context: RequestContext,
): boolean => {
  const isIt = (statement: IdentityStatement) =>
    isAllowed(statement) && areMet(statement.conditions, context) === true;
  return (
    policies.some(({ statements }) => sweepingDenies(statements).some(isIt)) ||
    (boundary !== undefined && sweepingDenies(boundary.statements).some(isIt))
  );
};

/** The Denies of all but something, for any resource. Many users have the same policies. */
function sweepingDenies(statements: readonly IdentityStatement[]): readonly IdentityStatement[] {
  const known =
    sweeping.get(statements) ??
    statements.filter(
      ({ effect, actions, resources }) =>
        effect === 'Deny' && actions.not && !resources.not && resources.values.includes('*'),
    );
  sweeping.set(statements, known);
  return known;
}
const sweeping = new WeakMap<readonly IdentityStatement[], readonly IdentityStatement[]>();

/** Whether all that a Deny leaves is covered by these patterns. */
function leavesOnly(patterns: readonly string[]): (deny: IdentityStatement) => boolean {
  const known = new Map<IdentityStatement, boolean>();
  return (deny) => {
    const answer =
      known.get(deny) ??
      deny.actions.values.every((value) =>
        isCoveredBy({ pattern: actionPattern(value), except: [] }, patterns),
      );
    known.set(deny, answer);
    return answer;
  };
}

/**
 * What is known of a request without MFA. A console session has `aws:MultiFactorAuthPresent`, which is then false; a request
 * that is signed with a long-term key does not have it at all. Neither has `aws:MultiFactorAuthAge`
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent).
 */
export function contextWithoutMfa(
  { name, id, arn, tags }: UserDetail,
  accountId: string,
  way: Way,
): RequestContext {
  const ofTags = Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value] as const);
  return contextOf(
    {
      'aws:MultiFactorAuthPresent': way === 'password' ? 'false' : null,
      'aws:MultiFactorAuthAge': null,
      'aws:ViaAWSService': 'false',
      'aws:PrincipalIsAWSService': 'false',
      'aws:PrincipalType': 'User',
      'aws:PrincipalAccount': accountId,
      'aws:PrincipalArn': arn,
      'aws:username': name,
      'aws:userid': id,
      ...Object.fromEntries(ofTags),
    },
    ['aws:PrincipalTag/*'],
  );
}

/**
 * Whether the user may create and register an MFA device without having one, as far as is known, once all but `allowed` is
 * denied.
 */
export function canRegisterMfa(
  user: UserDetail,
  details: AuthorizationDetails,
  known: { readonly accountId: string; readonly way: Way; readonly allowed: readonly string[] },
): boolean {
  const patterns = known.allowed.map(actionPattern);
  const permissions = least(userPermissions(user, details));
  const context = contextWithoutMfa(user, known.accountId, known.way);
  const may = (action: string, resource: string): boolean => {
    if (!isCoveredBy({ pattern: action, except: [] }, patterns)) return false;
    const [grant] = remaining(permissions, context, [{ pattern: resource, except: [] }], [action]);
    return grant !== undefined;
  };
  const [, partition = 'aws'] = user.arn.split(':');
  return (
    may('iam:createvirtualmfadevice', `arn:${partition}:iam::${known.accountId}:mfa/*`) &&
    may('iam:enablemfadevice', user.arn)
  );
}
