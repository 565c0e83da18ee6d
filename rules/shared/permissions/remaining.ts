/**
 * What a principal's identity policies let it do in a known context: what they allow, less what they deny, within the
 * permissions boundary. Not looked at: the policies of resources, sessions, organizations (SCPs, RCPs) and VPC endpoints.
 */

import { hasVariable, overlap, widened } from '../policy/globs.ts';
import type { IdentityStatement, Patterns } from '../policy/parse.ts';
import {
  actionPattern,
  type Box,
  both,
  boxesOf,
  common,
  EVERYTHING,
  isCoveredBy,
  less,
  touches,
} from './boxes.ts';
import { areMet } from './conditions.ts';
import type { RequestContext } from './context.ts';
import type { Permissions, Policy } from './permissions.ts';

/** A statement, and the policy that has it. */
export interface Origin {
  readonly policy: Policy;
  readonly statement: IdentityStatement;
}

/** Each of these actions on each of these resources. */
export interface Grant {
  readonly actions: Box;
  readonly resources: readonly Box[];
  readonly by: Origin;
  /** The statement of the permissions boundary that allows it, too. */
  readonly boundary?: Origin;
}

/**
 * All that the principal possibly may do, one by one: a caller may stop at the first that is too much. An Allow counts
 * unless one of its conditions is surely not met; a Deny only if all of them surely are, and for the resources that it
 * covers whole. So what no grant holds, the policies surely do not let the principal do.
 *
 * @param asked the resources in question.
 * @example
 * const beyond = [...remaining(permissions, withoutMfa)].filter(({ actions }) => !isCoveredBy(actions, allowed));
 */
export function* remaining(
  permissions: Permissions,
  context: RequestContext,
  asked: readonly Box[] = [EVERYTHING],
): Generator<Grant> {
  const denies = deniesOf(permissions).filter(({ conditions }) => areMet(conditions, context) === true);
  const { boundary } = permissions;
  const limits = boundary && allowsOf(boundary, context);
  for (const policy of permissions.policies) {
    for (const by of allowsOf(policy, context)) {
      const { actions, resources } = elementsOf(by.statement);
      const within = isEverything(asked)
        ? resources
        : resources.flatMap((one) => asked.flatMap((box) => both(one, box)));
      if (within.length === 0) continue;
      for (const action of actions) {
        for (const left of afterDenies({ actions: action, resources: within, by }, denies)) {
          if (!limits) yield left;
          else yield* limits.flatMap((limit) => limited(left, limit));
        }
      }
    }
  }
}

/**
 * Whether all that is in the grant is surely allowed, by policies of which each could be read: no Allow that it rests on
 * may be left unmet, and no Deny that may be met touches it.
 */
export function isSure(
  { actions, resources, by, boundary }: Grant,
  permissions: Permissions,
  context: RequestContext,
): boolean {
  const rests = boundary ? [by, boundary] : [by];
  return (
    rests.every(
      ({ statement }) => areMet(statement.conditions, context) === true && !hasVariables(statement.resources),
    ) &&
    !deniesOf(permissions).some(
      (deny) =>
        areMet(deny.conditions, context) !== false &&
        mayTouch(actions, deny.actions, actionPattern) &&
        resources.some((resource) => mayTouch(resource, deny.resources)),
    )
  );
}

const hasVariables = ({ values }: Patterns): boolean => values.some(hasVariable);

function mayTouch(box: Box, { not, values }: Patterns, spell = (text: string) => text): boolean {
  if (!not) return values.some((value) => touches(box, spell(widened(value))));
  return !isCoveredBy(box, values.filter((value) => !hasVariable(value)).map(spell));
}

const deniesOf = ({ policies, boundary }: Permissions): IdentityStatement[] =>
  [...policies, ...(boundary ? [boundary] : [])].flatMap(({ statements }) =>
    statements.filter(({ effect }) => effect === 'Deny'),
  );

const allowsOf = (policy: Policy, context: RequestContext): Origin[] =>
  policy.statements
    .filter(({ effect, conditions }) => effect === 'Allow' && areMet(conditions, context) !== false)
    .map((statement) => ({ policy, statement }));

const isEverything = (boxes: readonly Box[]) =>
  boxes.some(({ pattern, except }) => pattern === '*' && except.length === 0);

interface Elements {
  readonly actions: readonly Box[];
  readonly resources: readonly Box[];
}
/** A policy's statements are asked once for each principal that has the policy. */
const elements = new WeakMap<IdentityStatement, Elements>();

function elementsOf(statement: IdentityStatement): Elements {
  const known = elements.get(statement);
  if (known) return known;
  const made = {
    actions: boxesOf(statement.actions, actionPattern),
    resources: boxesOf(statement.resources),
  };
  elements.set(statement, made);
  return made;
}

/** What is left of a grant: the actions that a Deny takes away may be left for the resources that it does not cover. */
function afterDenies(grant: Grant, denies: readonly IdentityStatement[]): Grant[] {
  let left = [grant];
  for (const deny of denies) {
    if (left.length === 0) break;
    left = left.flatMap((one) => afterDeny(one, deny));
  }
  return left;
}

function afterDeny(grant: Grant, deny: IdentityStatement): Grant[] {
  const kept = actionsLeft(grant.actions, deny);
  if (kept.length === 1 && kept[0] === grant.actions) return [grant];
  const free = grant.resources.filter((resource) => !isDenied(resource, deny.resources));
  if (free.length === grant.resources.length) return [grant];
  const denied = grant.resources.filter((resource) => !free.includes(resource));
  return [
    ...kept.map((actions): Grant => ({ ...grant, actions, resources: denied })),
    ...(free.length > 0 ? [{ ...grant, resources: free }] : []),
  ];
}

/** Whether a Deny on these resources covers all of the box. */
function isDenied(box: Box, { not, values }: Patterns): boolean {
  if (not) return values.length > 0 && !values.some((value) => touches(box, widened(value)));
  return isCoveredBy(
    box,
    values.filter((value) => !hasVariable(value)),
  );
}

/** What a Deny leaves of an action that an Allow spells out, which many statements do alike. */
const spelt = new WeakMap<IdentityStatement, Map<string, readonly Box[]>>();

function actionsLeft(box: Box, deny: IdentityStatement): readonly Box[] {
  if (box.except.length > 0) return notDenied(box, deny.actions);
  const known = spelt.get(deny) ?? new Map<string, readonly Box[]>();
  spelt.set(deny, known);
  const left = known.get(box.pattern) ?? notDenied(box, deny.actions);
  known.set(box.pattern, left);
  const isUntouched = left.length === 1 && left[0]?.pattern === box.pattern && left[0].except.length === 0;
  return isUntouched ? [box] : left;
}

function notDenied(box: Box, { not, values }: Patterns): readonly Box[] {
  if (!not) {
    const left = less(box, values.map(actionPattern));
    return left ? [left] : [];
  }
  const patterns = values.map(actionPattern);
  // What one of the patterns covers is left as it is.
  if (patterns.length === 0 || isCoveredBy(box, patterns)) return [box];
  return patterns
    .filter((pattern) => overlap(pattern, box.pattern))
    .flatMap((pattern) => common(box, pattern));
}

/** What of a grant the boundary's statement allows, too. */
function limited(grant: Grant, boundary: Origin): Grant[] {
  const limit = elementsOf(boundary.statement);
  const resources = grant.resources.flatMap((one) => limit.resources.flatMap((other) => both(one, other)));
  if (resources.length === 0) return [];
  return limit.actions
    .flatMap((action) => both(grant.actions, action))
    .map((actions): Grant => ({ ...grant, actions, resources, boundary }));
}
