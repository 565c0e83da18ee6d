import { covers } from '../policy/globs.ts';
import type { Condition, IdentityStatement } from '../policy/parse.ts';
import { actionPattern } from './boxes.ts';
import { ANY_REQUEST } from './context.ts';
import { ALLOW_ALL, type Permissions, type Policy, whether } from './permissions.ts';
import { type Grant, remaining } from './remaining.ts';

/**
 * Whether the principal may do everything with everything: an Allow of `*` on `*`, without conditions but those that
 * {@link isHarmless} names, that neither a Deny of everything nor the permissions boundary takes away. A Deny of something in
 * particular leaves an administrator one; an Allow of all but something makes none.
 *
 * @param isAccepted policies that make an administrator whatever their documents say.
 */
export const isAdministrator = (
  { policies, ...more }: Permissions,
  isAccepted: (policy: Policy) => boolean = () => false,
): boolean | 'unknown' =>
  whether(
    { ...more, policies: policies.map((policy) => (isAccepted(policy) ? whole(policy) : policy)) },
    (known) => {
      // Most principals have no such statement, which is quickly seen.
      if (!known.policies.some(({ statements }) => hasWhole(statements))) return false;
      for (const grant of remaining({ ...known, policies: known.policies.map(sweeping) }, ANY_REQUEST)) {
        if (isOfEverything(grant)) return true;
      }
      return false;
    },
  );

/** The policy without the Allows that make nobody an administrator. */
const sweeping = (policy: Policy): Policy => ({
  ...policy,
  statements: policy.statements.filter((statement) => statement.effect === 'Deny' || isWhole(statement)),
});

/** The policy as one of `*` on `*`; what it denies stays. */
const whole = ({ unread: _, statements, ...more }: Policy): Policy => ({
  ...more,
  statements: [ALLOW_ALL, ...statements.filter(({ effect }) => effect === 'Deny')],
});

const isOfEverything = ({ actions, resources, boundary }: Grant): boolean =>
  actions.pattern === '*' &&
  resources.some(({ pattern }) => covers(pattern, '*')) &&
  (!boundary || isWhole(boundary.statement));

/** Many principals have the same policies. */
const seen = new WeakMap<readonly IdentityStatement[], boolean>();
function hasWhole(statements: readonly IdentityStatement[]): boolean {
  const has = seen.get(statements) ?? statements.some(isWhole);
  seen.set(statements, has);
  return has;
}

/** All but something is not everything. */
const isWhole = ({ effect, actions, resources, conditions }: IdentityStatement): boolean =>
  effect === 'Allow' &&
  !actions.not &&
  !resources.not &&
  actions.values.some((value) => value.startsWith('*') && actionPattern(value) === '*') &&
  conditions.every(isHarmless);

/** A condition that leaves an administrator one: MFA, a source address, an organization. */
export function isHarmless({ operator, set, key, values }: Condition): boolean {
  if (set) return false;
  const all = (value: string) => values.length > 0 && values.every((one) => one.toLowerCase() === value);
  if (key === 'aws:multifactorauthpresent')
    return (operator === 'bool' && all('true')) || (operator === 'null' && all('false'));
  if (key === 'aws:multifactorauthage')
    return /^numericlessthan(?:equals)?$/.test(operator) || (operator === 'null' && all('false'));
  if (key === 'aws:sourceip') return operator === 'ipaddress' || operator === 'notipaddress';
  return key === 'aws:principalorgid' && /^string(?:equals|like|equalsignorecase)$/.test(operator);
}
