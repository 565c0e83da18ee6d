/** Which conditions hold a statement to somebody, somewhere or something in particular. */
import { FAMILIES, MalformedCidrError, parseCidr } from '../shared/addresses.ts';
import { contains, union } from '../shared/intervals.ts';
import type { Condition } from '../shared/policy/parse.ts';

/** Keys of which the policy has to ask for `true`. */
const FLAGS = ['aws:multifactorauthpresent', 'aws:securetransport', 'aws:viaawsservice'];
const MFA_AGE = 'aws:multifactorauthage';
const MFA = [MFA_AGE, 'aws:multifactorauthpresent'];

/** Whether a condition key is one of those that count. */
export type IsAccepted = (key: string) => boolean;

/**
 * Whether an Allow with this condition is held to anything: a key that counts, under an operator that is false without the
 * key, and no value that everything matches. Several conditions are ANDed, so that one is enough.
 */
export function restricts(condition: Condition, isAccepted: IsAccepted): boolean {
  const { operator, set, ifExists, key, values } = condition;
  if (ifExists || set === 'forallvalues' || values.length === 0 || !isAccepted(key)) return false;
  if (operator === 'null') return !set && areAll(values, 'false');
  if (key === MFA_AGE) return /^numericlessthan(?:equals)?$/.test(operator);
  return FLAGS.includes(key) ? COMPARES.test(operator) && areAll(values, 'true') : isHeld(operator, values);
}

/**
 * Whether a Deny with this condition leaves only what {@link restricts} would: its opposite holds a key that counts. What
 * several conditions of a Deny leave is left by one of them at least, so that all have to be such.
 */
export function leavesRestricted(condition: Condition, isAccepted: IsAccepted): boolean {
  const { operator, set, ifExists, key, values } = condition;
  // Without the key it denies nothing.
  if (set === 'foranyvalue' || values.length === 0 || !isAccepted(key)) return false;
  if (operator === 'null') return !set && !ifExists && areAll(values, 'true');
  if (key === MFA_AGE) return ifExists && /^numericgreaterthan(?:equals)?$/.test(operator);
  const opposite = /^(?:(?:string|arn)not|notip)/.test(operator) ? operator.replace('not', '') : undefined;
  if (!FLAGS.includes(key)) return opposite !== undefined && isHeld(opposite, values);
  return opposite === undefined
    ? COMPARES.test(operator) && areAll(values, 'false')
    : COMPARES.test(opposite) && areAll(values, 'true');
}

export const isOfMfa = ({ key }: Condition): boolean => MFA.includes(key);

const COMPARES = /^(?:bool|string(?:equals|equalsignorecase|like))$/;

const areAll = (values: readonly string[], wanted: string): boolean =>
  values.every((value) => value.toLowerCase() === wanted);

/** Whether a positive operator holds a key to these values, and not to everything. */
function isHeld(operator: string, values: readonly string[]): boolean {
  switch (operator) {
    case 'stringlike':
    case 'arnlike':
    case 'arnequals':
      return !values.some(isEverything);
    case 'ipaddress':
      return !isEveryAddress(values);
    case 'bool':
      return areAll(values, 'true') || areAll(values, 'false');
    default:
      // What has no wildcards is held to the values as they are.
      return /^(?:string(?:equals|equalsignorecase)|binaryequals|(?:numeric|date)(?:equals|(?:less|greater)than(?:equals)?))$/.test(
        operator,
      );
  }
}

/** `*`; of ARNs those of a whole partition, too. */
const isEverything = (value: string): boolean =>
  /^[*?]*\*[*?]*$/.test(value) || /^arn:(?:aws[a-z-]*|[*?]*\*[*?]*)?(?::?[*?]*\*[*?]*)+$/.test(value);

/** What is no range of addresses says nothing that anybody is held to. */
function isEveryAddress(values: readonly string[]): boolean {
  try {
    const ranges = values.map(parseCidr);
    return FAMILIES.some((family) => {
      const whole = parseCidr(family === 'ipv4' ? '0.0.0.0/0' : '::/0').addresses;
      const some = ranges.filter((range) => range.family === family).map(({ addresses }) => addresses);
      return contains(union(some), whole);
    });
  } catch (error) {
    if (error instanceof MalformedCidrError) return true;
    throw error;
  }
}
