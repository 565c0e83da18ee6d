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
interface Part {
  readonly actions: Box;
  readonly resources: readonly Box[];
}

export interface Grant extends Part {
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
 * @param actions patterns of the actions in question; of others nothing is said. What is made of a policy is kept by these two, so
 * that whoever asks of many principals gives the same arrays each time.
 * @example
 * const beyond = [...remaining(permissions, withoutMfa)].filter(({ actions }) => !isCoveredBy(actions, allowed));
 */
export function* remaining(
  permissions: Permissions,
  context: RequestContext,
  asked: readonly Box[] = ANYTHING,
  actions: readonly string[] = ANY_ACTION,
): Generator<Grant> {
  const { boundary } = permissions;
  const of = byAsked(asked)(actions);
  let denies: readonly IdentityStatement[] | undefined;
  let limits: readonly Origin[] | undefined;
  for (const policy of permissions.policies) {
    const { statements, takes } = of(policy.statements);
    // Most policies allow nothing that is asked about.
    if (statements.length === 0) continue;
    denies ??= deniesOf(permissions).filter(({ conditions }) => areMet(conditions, context) === true);
    if (boundary) limits ??= allowsOf(boundary, context);
    const taking = denies.filter(takes);
    for (const allowed of statements) {
      const { statement } = allowed;
      if (areMet(statement.conditions, context) === false) continue;
      const by = { policy, statement };
      for (const part of left(allowed, taking)) {
        const grant = { ...part, by };
        if (!limits) yield grant;
        else yield* limits.flatMap((limit) => limited(grant, limit, denies ?? []));
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
  [...policies, ...(boundary ? [boundary] : [])].flatMap(({ statements }) => deniesAmong(statements));

const allowsOf = (policy: Policy, context: RequestContext): Origin[] =>
  policy.statements
    .filter(({ effect, conditions }) => effect === 'Allow' && areMet(conditions, context) !== false)
    .map((statement) => ({ policy, statement }));

const isEverything = (boxes: readonly Box[]) =>
  boxes.some(({ pattern, except }) => pattern === '*' && except.length === 0);

// Many principals have the same policies, so that what hangs on statements alone is kept.

/** What is made of a key is made once; so long as the key lives. */
function once<K extends object, V extends object>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

/** The same for what is made of statements of one account: these come and go together. */
function onceInAccount<V>(make: (deny: IdentityStatement) => V): (deny: IdentityStatement) => V {
  const made = new Map<IdentityStatement, V>();
  return (deny) => {
    let value = made.get(deny);
    if (value === undefined) {
      value = make(deny);
      made.set(deny, value);
    }
    return value;
  };
}

const deniesAmong = once((statements: readonly IdentityStatement[]) =>
  statements.filter(({ effect }) => effect === 'Deny'),
);

const actionsOf = once(({ actions }: IdentityStatement) => boxesOf(actions, actionPattern));
/** All but everything is nothing. */
const resourcesOf = once(({ resources }: IdentityStatement) =>
  boxesOf(resources).filter((box) => !isCoveredBy(box, [])),
);

/** What an Allow allows of what is asked about. */
interface Allowed {
  readonly statement: IdentityStatement;
  readonly whole: readonly Part[];
  /** What one Deny leaves of it: `whole` itself if the Deny has nothing to do with it. */
  after(deny: IdentityStatement): readonly Part[];
}

interface AllowedByPolicy {
  readonly statements: readonly Allowed[];
  /** Whether a Deny takes anything away from them. */
  takes(deny: IdentityStatement): boolean;
}

const byAsked = once((asked: readonly Box[]) =>
  once((wanted: readonly string[]) => {
    const isWanted = wantedBy(wanted);
    return once((statements: readonly IdentityStatement[]): AllowedByPolicy => {
      const allows = statements
        .filter(({ effect }) => effect === 'Allow')
        .map((statement) => allowedOf(statement, asked, isWanted))
        .filter(({ whole }) => whole.length > 0);
      return {
        statements: allows,
        takes: onceInAccount((deny) =>
          allows.some(({ whole }) => whole.some((part) => isTouched(part, deny))),
        ),
      };
    });
  }),
);

/** Whether a box has any of these actions. Policies spell the same actions again and again. */
function wantedBy(wanted: readonly string[]): (action: Box) => boolean {
  if (wanted === ANY_ACTION) return () => true;
  const known = new Map<string, boolean>();
  return (action) => {
    if (action.except.length > 0) return wanted.some((pattern) => touches(action, pattern));
    const answer = known.get(action.pattern) ?? wanted.some((pattern) => touches(action, pattern));
    if (known.size >= MOST_KEPT) known.clear();
    known.set(action.pattern, answer);
    return answer;
  };
}
const MOST_KEPT = 10_000;

function allowedOf(
  statement: IdentityStatement,
  asked: readonly Box[],
  isWanted: (action: Box) => boolean,
): Allowed {
  const actions = actionsOf(statement).filter(isWanted);
  if (actions.length === 0) return { statement, whole: [], after: () => [] };
  const all = resourcesOf(statement);
  const resources = isEverything(asked) ? all : all.flatMap((one) => asked.flatMap((box) => both(one, box)));
  const whole = resources.length > 0 ? actions.map((action): Part => ({ actions: action, resources })) : [];
  return {
    statement,
    whole,
    after: onceInAccount((deny) => {
      const some = afterDeny(whole, deny);
      return some.length === whole.length && some.every((part, index) => part === whole[index])
        ? whole
        : some;
    }),
  };
}

/** What the Denies leave of what a statement allows. */
function left({ whole, after }: Allowed, denies: readonly IdentityStatement[]): readonly Part[] {
  let some = whole;
  for (const deny of denies) {
    if (some.length === 0) break;
    const alone = after(deny);
    if (alone !== whole) some = some === whole ? alone : afterDeny(some, deny);
  }
  return some;
}

const isTouched = ({ actions, resources }: Part, deny: IdentityStatement): boolean =>
  !isUntouched(actions, actionsLeft(actions, deny)) &&
  resources.some((resource) => isDenied(resource, deny.resources));

/** The actions that a Deny takes away may be left for the resources that it does not cover. */
function afterDeny(whole: readonly Part[], deny: IdentityStatement): readonly Part[] {
  // The parts of a statement have the same resources.
  let last:
    | { readonly of: readonly Box[]; readonly denied: readonly Box[]; readonly free: readonly Box[] }
    | undefined;
  return whole.flatMap((part): readonly Part[] => {
    const kept = actionsLeft(part.actions, deny);
    if (isUntouched(part.actions, kept)) return [part];
    if (last?.of !== part.resources) last = divided(part.resources, deny);
    const { denied, free } = last;
    if (denied.length === 0) return [part];
    return [
      ...kept.map((actions): Part => ({ actions, resources: denied })),
      ...(free.length > 0 ? [{ actions: part.actions, resources: free }] : []),
    ];
  });
}

function divided(resources: readonly Box[], deny: IdentityStatement) {
  const denied = resources.filter((resource) => isDenied(resource, deny.resources));
  return { of: resources, denied, free: resources.filter((resource) => !denied.includes(resource)) };
}

const ANYTHING = [EVERYTHING];
const ANY_ACTION = ['*'];

/** Whether a Deny on these resources covers all of the box. */
export function isDenied(box: Box, { not, values }: Patterns): boolean {
  if (not) return values.length > 0 && !values.some((value) => touches(box, widened(value)));
  return isCoveredBy(box, values.some(hasVariable) ? values.filter((value) => !hasVariable(value)) : values);
}

/** What a Deny leaves of an action that an Allow spells out, which many statements do alike. */
const spelt = once((_: IdentityStatement) => new Map<string, readonly Box[]>());

function actionsLeft(box: Box, deny: IdentityStatement): readonly Box[] {
  if (box.except.length > 0) return notDenied(box, deny.actions);
  const known = spelt(deny);
  const left = known.get(box.pattern) ?? notDenied(box, deny.actions);
  known.set(box.pattern, left);
  return left;
}

const isUntouched = ({ pattern, except }: Box, left: readonly Box[]): boolean =>
  left.length === 1 && left[0]?.pattern === pattern && left[0].except.length === except.length;

/** What a Deny of these actions leaves of the box. */
export function notDenied(box: Box, { not, values }: Patterns): readonly Box[] {
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

/**
 * What of a grant the boundary's statement allows, too. Of the fewer resources that it leaves, a Deny may cover some whole that
 * covered none of the policy's.
 */
function limited(grant: Grant, boundary: Origin, denies: readonly IdentityStatement[]): Grant[] {
  const limits = resourcesOf(boundary.statement);
  const resources = grant.resources.flatMap((one) => limits.flatMap((other) => both(one, other)));
  if (resources.length === 0) return [];
  const parts = actionsOf(boundary.statement)
    .flatMap((action) => both(grant.actions, action))
    .map((actions): Part => ({ actions, resources }));
  return denies.reduce<readonly Part[]>(afterDeny, parts).map((part) => ({ ...grant, ...part, boundary }));
}
