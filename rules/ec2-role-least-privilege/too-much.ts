/** What of a role's policies is more than a machine needs. */
import { actionPattern, type Box, boxesOf, common, isCoveredBy } from '../shared/permissions/boxes.ts';
import { least, most, type Permissions, type Policy, unreadOf } from '../shared/permissions/permissions.ts';
import { isDenied, notDenied } from '../shared/permissions/remaining.ts';
import { covers } from '../shared/policy/globs.ts';
import type { IdentityStatement, Patterns } from '../shared/policy/parse.ts';
import type { RoleFinding } from './findings.ts';

export interface Criteria {
  /** ARNs without their partition. */
  readonly forbidden: ReadonlySet<string>;
  readonly forbidServiceWildcards: boolean;
}

/** The policies of AWS's own have another ARN in each partition. */
export const withoutPartition = (arn: string): string => arn.replace(/^arn:[\w-]+:/, '');

/** What there is, or which policy would have to be read to tell. */
export interface TooMuch {
  readonly findings: readonly RoleFinding[];
  readonly unread?: Policy;
}

export function tooMuch(role: string, permissions: Permissions, criteria: Criteria): TooMuch {
  const findings = found(role, least(permissions), permissions, criteria);
  const [unread] = unreadOf(permissions);
  if (findings.length > 0 || !unread) return { findings };
  // What nobody could read may be anything, unless a Deny or the boundary takes it away.
  const whole = most(permissions);
  const { boundary } = whole;
  const isPolicy = permissions.policies.some((policy) => policy.unread !== undefined);
  const isBounded = boundary?.statements
    .flatMap((statement) => broadOf({ ...statement, conditions: [] }, criteria))
    .some((broad) => isLeft(broad, deniesOf(whole)));
  const isDoubtful = found(role, whole, permissions, criteria).length > 0 || (isPolicy && isBounded);
  return { findings, ...(isDoubtful && { unread }) };
}

function found(
  role: string,
  permissions: Permissions,
  { policies: all }: Permissions,
  criteria: Criteria,
): RoleFinding[] {
  const { policies, boundary } = permissions;
  const denies = deniesOf(permissions);
  const stays = (broad: Broad): boolean =>
    isLeft(broad, denies) && (!boundary || has(boundary, broad.actions));
  const forbidden = all.filter(
    (policy) =>
      policy.arn !== undefined &&
      criteria.forbidden.has(withoutPartition(policy.arn)) &&
      allowsOf(policy, criteria).some(stays),
  );
  const names = new Set(forbidden.map(({ name }) => name));
  const broad = policies
    .filter(({ name }) => !names.has(name))
    .flatMap(({ name, statements }) =>
      statements
        .flatMap((statement) => broadOf(statement, criteria).filter(stays))
        .map((one): BroadOf => ({ policy: name, ...one })),
    );
  return [
    ...[...names].map((policy): RoleFinding => ({ kind: 'forbiddenPolicy', role, policy })),
    ...of(broad, 'admin').map(({ policy }): RoleFinding => ({ kind: 'admin', role, policy })),
    ...of(broad, 'allBut').map(
      ({ policy, named }): RoleFinding => ({ kind: 'allBut', role, policy, but: named }),
    ),
    ...byPolicy(of(broad, 'serviceWildcard')).map(
      ([policy, services]): RoleFinding => ({ kind: 'serviceWildcard', role, policy, services }),
    ),
  ];
}

/** A Deny under a condition is not sure. */
const deniesOf = ({ policies, boundary }: Permissions): IdentityStatement[] =>
  [...policies, ...(boundary ? [boundary] : [])].flatMap(({ statements }) =>
    statements.filter(({ effect, conditions }) => effect === 'Deny' && conditions.length === 0),
  );

/** A part of a statement that is too much. */
interface Broad {
  readonly kind: 'admin' | 'allBut' | 'serviceWildcard' | 'any';
  readonly actions: Box;
  readonly resources: readonly Box[];
  /** What is left out, or the service. */
  readonly named: readonly string[];
}
type BroadOf = Broad & { readonly policy: string };

/** Once a policy, however many of its statements say it. */
const of = (broad: readonly BroadOf[], kind: Broad['kind']): BroadOf[] => {
  const some = broad.filter((one) => one.kind === kind);
  if (kind === 'serviceWildcard') return some;
  return [...new Map(some.map((one) => [`${one.policy} ${one.named}`, one])).values()];
};

function byPolicy(broad: readonly BroadOf[]): [policy: string, services: string[]][] {
  const services = new Map<string, Set<string>>();
  for (const { policy, named } of broad) {
    services.set(policy, new Set([...(services.get(policy) ?? []), ...named]));
  }
  return [...services].map(([policy, names]) => [policy, [...names]]);
}

/** What a policy is forbidden for: what is too much in it, or else all that it allows. */
function allowsOf(policy: Policy, criteria: Criteria): readonly Broad[] {
  if (policy.unread !== undefined) return [{ kind: 'any', actions: ALL, resources: [ALL], named: [] }];
  const allows = policy.statements.filter(({ effect }) => effect === 'Allow');
  const broad = allows.flatMap((statement) =>
    broadOf(statement, { ...criteria, forbidServiceWildcards: true }),
  );
  if (broad.length > 0) return broad;
  return allows.flatMap(({ actions, resources }) =>
    boxesOf(actions, actionPattern).map((box) => ({
      kind: 'any' as const,
      actions: box,
      resources: boxesOf(resources),
      named: [],
    })),
  );
}

const ALL: Box = { pattern: '*', except: [] };

function broadOf(
  { effect, actions, resources, conditions }: IdentityStatement,
  { forbidServiceWildcards }: Criteria,
): Broad[] {
  if (effect !== 'Allow') return [];
  // Most statements name their actions.
  if (!actions.not && !actions.values.some(endsWild)) return [];
  const reached = allOf(resources);
  if (reached.length === 0) return [];
  if (actions.not) {
    const [box = ALL] = boxesOf(actions, actionPattern);
    if (isCoveredBy(box, [])) return [];
    return [{ kind: 'allBut', actions: box, resources: reached, named: actions.values }];
  }
  if (actions.values.some(isEverything)) {
    if (!resources.not) return [{ kind: 'admin', actions: ALL, resources: reached, named: [] }];
    return [{ kind: 'allBut', actions: ALL, resources: reached, named: resources.values }];
  }
  if (!forbidServiceWildcards || conditions.length > 0) return [];
  return actions.values.flatMap((value): Broad[] => {
    const service = serviceOf(value);
    if (service === undefined) return [];
    const box = { pattern: actionPattern(value), except: [] };
    return [{ kind: 'serviceWildcard', actions: box, resources: reached, named: [service] }];
  });
}

const WILD = '[*?]*\\*[*?]*';

/** Whether it may be all actions of a service, or of all services: such a pattern ends with a wildcard. */
const endsWild = (action: string): boolean => /[*?]$/.test(action);
const isEverything = (action: string): boolean => covers(action.toLowerCase(), '?*:?*');
/** The service of which a pattern is all actions: `s3` of `s3:*` and `S3:?*`. */
const serviceOf = (action: string): string | undefined => ALL_OF_A_SERVICE.exec(action)?.[1]?.toLowerCase();
const ALL_OF_A_SERVICE = new RegExp(`^([^:]+):${WILD}$`);

const ALL_RESOURCES = new RegExp(`^(?:arn:(?:.*:)?)?${WILD}$`, 'is');

/** The resources, if they are all: `*`, `arn:*`, `arn:aws:s3:::*`, all but some. */
function allOf({ not, values }: Patterns): Box[] {
  const boxes = boxesOf({ not, values });
  if (not) return boxes.filter((box) => !isCoveredBy(box, []));
  return boxes.filter((_, index) => ALL_RESOURCES.test(values[index] ?? ''));
}

/** Whether Denies without conditions leave something of it. */
function isLeft({ actions, resources }: Broad, denies: readonly IdentityStatement[]): boolean {
  return resources.some((resource) => {
    let left: readonly Box[] = [actions];
    for (const deny of denies) {
      if (isDenied(resource, deny.resources)) left = left.flatMap((box) => notDenied(box, deny.actions));
    }
    return left.length > 0;
  });
}

/** Whether a boundary has an Allow of all these actions. */
const has = ({ statements }: Policy, actions: Box): boolean =>
  statements
    .filter(({ effect, resources }) => effect === 'Allow' && allOf(resources).length > 0)
    .some(({ actions: { not, values } }) => {
      const patterns = values.map(actionPattern);
      return not
        ? patterns.every((pattern) => common(actions, pattern).length === 0)
        : isCoveredBy(actions, patterns);
    });
