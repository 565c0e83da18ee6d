/**
 * Whether a condition of a policy is met by a request of which only a part is known
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html).
 */

import { MalformedCidrError, parseCidr } from '../addresses.ts';
import { type Answer, every, not, some } from '../answers.ts';
import { contains } from '../intervals.ts';
import { covers, hasVariable } from '../policy/globs.ts';
import type { Condition } from '../policy/parse.ts';
import type { RequestContext } from './context.ts';

/** Whether a value that the request has is one that the policy names. */
type Matches = (wanted: string, found: string) => boolean;

const inAnyCase: Matches = (wanted, found) => wanted.toLowerCase() === found.toLowerCase();

/** Operators by their name in lower case, without `Not`. */
const OPERATORS = new Map<string, Matches>([
  ['stringequals', (wanted, found) => wanted === found],
  ['stringequalsignorecase', inAnyCase],
  ['stringlike', covers],
  ['arnequals', matchesArn],
  ['arnlike', matchesArn],
  ['binaryequals', (wanted, found) => wanted === found],
  ['bool', inAnyCase],
  ['ipaddress', matchesAddress],
  ...ordered('numeric', (text) => (/^\s*$/.test(text) ? Number.NaN : Number(text))),
  ...ordered('date', (text) => (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text))),
]);

function ordered(family: string, read: (text: string) => number): [string, Matches][] {
  const by = (compare: (found: number, wanted: number) => boolean): Matches => {
    return (wanted, found) => compare(read(found), read(wanted));
  };
  return [
    [`${family}equals`, by((found, wanted) => found === wanted)],
    [`${family}lessthan`, by((found, wanted) => found < wanted)],
    [`${family}lessthanequals`, by((found, wanted) => found <= wanted)],
    [`${family}greaterthan`, by((found, wanted) => found > wanted)],
    [`${family}greaterthanequals`, by((found, wanted) => found >= wanted)],
  ];
}

/**
 * Whether the request meets the condition. Values are ORed; the negated operators want none of them. A request without the
 * key meets the negated operators, `…IfExists` and `ForAllValues:`, and no other. An operator that AWS does not name, and
 * a policy variable that nobody knows, are `unknown`.
 */
export function isMet(condition: Condition, context: RequestContext): Answer {
  const { operator, set, ifExists, key } = condition;
  if (operator === 'null') return set || ifExists ? 'unknown' : isNull(condition, context);
  const isNegated = /^(?:(?:string|arn|numeric|date)not|notip)/.test(operator);
  const matches = OPERATORS.get(isNegated ? operator.replace('not', '') : operator);
  // The key of a block without one (`"StringEquals": {}`) is empty.
  if (!matches || key === '') return 'unknown';
  const found = context.valuesOf(key);
  if (found === undefined) return 'unknown';
  if (found === null || found.length === 0) {
    if (set === 'foranyvalue') return false;
    return ifExists || set === 'forallvalues' || isNegated;
  }
  const one = (value: string) => {
    const answer = isOneOf(value, condition, matches, context);
    return isNegated ? not(answer) : answer;
  };
  if (set === 'forallvalues') return every(found.map(one));
  if (set === 'foranyvalue') return some(found.map(one));
  // AWS does not say what a key of several values is under an operator that compares one.
  const [value = '', ...others] = found;
  return others.length > 0 ? 'unknown' : one(value);
}

/** Whether all conditions are met. */
export const areMet = (conditions: readonly Condition[], context: RequestContext): Answer =>
  every(conditions.map((condition) => isMet(condition, context)));

function isNull({ key, values }: Condition, context: RequestContext): Answer {
  const found = key === '' ? undefined : context.valuesOf(key);
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  const [absent, present] = [wanted.has('true'), wanted.has('false')];
  if (absent && present) return true;
  if (found === undefined) return 'unknown';
  return found === null ? absent : present;
}

function isOneOf(found: string, { values }: Condition, matches: Matches, context: RequestContext): Answer {
  // AWS does not document whether a condition without values is met, not even by the negated operators.
  if (values.length === 0) return 'unknown';
  return some(
    values.map((value) => {
      const wanted = hasVariable(value) ? resolved(value, context) : value;
      return wanted === undefined ? 'unknown' : matches(wanted, found);
    }),
  );
}

/**
 * The value with its variables replaced by what they stand for; undefined where one is not known, or stands for a text
 * that would read as a wildcard. `${*}` is the character itself, which a pattern cannot say here.
 */
function resolved(value: string, context: RequestContext): string | undefined {
  let isKnown = true;
  const text = value.replace(/\$\{([^}]*)(\}|$)/g, (_, name: string, end: string) => {
    const [found, ...others] = (end && context.valuesOf(name.trim())) || [];
    if (found === undefined || others.length > 0 || /[*?]|\$\{/.test(found)) isKnown = false;
    return found ?? '';
  });
  return isKnown ? text : undefined;
}

/**
 * ArnEquals behaves as ArnLike does: each of the six parts of an ARN is compared by itself, so that a `*` spans no colon,
 * except in the last part. A pattern of fewer parts (`*`, `*:root`) is compared as a whole.
 */
function matchesArn(wanted: string, found: string): boolean {
  const [pattern, arn] = [arnParts(wanted), arnParts(found)];
  if (!pattern) return covers(wanted, found);
  return arn?.every((part, index) => covers(pattern[index] ?? '', part)) === true;
}

function arnParts(text: string): readonly string[] | undefined {
  const parts = text.split(':');
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function matchesAddress(wanted: string, found: string): boolean {
  try {
    const [range, address] = [parseCidr(wanted), parseCidr(found)];
    return range.family === address.family && contains([range.addresses], address.addresses);
  } catch (error) {
    if (error instanceof MalformedCidrError) return false;
    throw error;
  }
}
