/**
 * Whether a rule of EventBridge matches an event
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-content-based-filtering.html).
 */

import { MalformedCidrError, parseCidr } from '../addresses.ts';
import { type Answer, every, not, some } from '../answers.ts';
import { contains } from '../intervals.ts';
import { isInOrder } from './wildcards.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Whether an event pattern matches the event: each of its fields must. What EventBridge does not document, or would not have
 * taken for a pattern, is `unknown`, unless another field decides.
 *
 * @param pattern the rule's EventPattern: JSON text, or what it says.
 * @example
 * matchesEvent('{"detail":{"userIdentity":{"type":["Root"]}}}', signIn); // true
 */
export function matchesEvent(pattern: unknown, event: Json): Answer {
  const read = typeof pattern === 'string' ? parsed(pattern) : pattern;
  return isObject(read) ? matchesFields(read, event) : 'unknown';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function matchesFields(pattern: Json, value: unknown): Answer {
  const fields = Object.entries(pattern);
  // EventBridge takes no empty pattern.
  if (fields.length === 0) return 'unknown';
  return every(
    fields.map(([name, wanted]) => {
      if (name === '$or') return matchesAny(wanted, value);
      const found = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
      return matchesField(wanted, found);
    }),
  );
}

/** `$or`: of two patterns or more, one must match. */
const matchesAny = (patterns: unknown, value: unknown): Answer =>
  Array.isArray(patterns) && patterns.length > 1 && patterns.every(isObject)
    ? some(patterns.map((pattern) => matchesFields(pattern, value)))
    : 'unknown';

function matchesField(wanted: unknown, found: unknown): Answer {
  if (Array.isArray(found)) return matchesElement(wanted, found);
  if (isObject(wanted)) return matchesFields(wanted, found);
  if (!Array.isArray(wanted) || wanted.length === 0) return 'unknown';
  return some(wanted.map((one) => matchesValue(one, found)));
}

/**
 * A list in the event matches if one of its elements does. Whether a field is absent that some of the elements have, and
 * whether an empty list is absent, is not documented.
 */
function matchesElement(wanted: unknown, found: readonly unknown[]): Answer {
  const answers = found.map((element) => matchesField(wanted, element));
  if (!asks(wanted, false)) return found.length === 0 && asks(wanted, true) ? 'unknown' : some(answers);
  const [first = 'unknown', ...others] = answers;
  return others.every((answer) => answer === first) ? first : 'unknown';
}

/** Whether the pattern has `{"exists": …}` with this operand. */
const asks = (wanted: unknown, operand: boolean): boolean =>
  typeof wanted === 'object' &&
  wanted !== null &&
  (('exists' in wanted && wanted.exists === operand) ||
    Object.values(wanted).some((one) => asks(one, operand)));

/** One of the alternatives that a field has in the pattern. */
function matchesValue(wanted: unknown, found: unknown): Answer {
  if (!isObject(wanted)) {
    // A list in a list is no pattern. Values are compared exactly: by letter case, and by type.
    return Array.isArray(wanted) ? 'unknown' : found !== undefined && wanted === found;
  }
  const [[name, operand] = ['', undefined], ...others] = Object.entries(wanted);
  const operator = others.length === 0 ? OPERATORS.get(name) : undefined;
  if (!operator) return 'unknown';
  // Only `exists` is about fields that are not there. Operators compare values: an object is none.
  if (name !== 'exists' && (found === undefined || isObject(found))) return false;
  return operator(operand, found);
}

type Operator = (operand: unknown, found: unknown) => Answer;

const OPERATORS = new Map<string, Operator>([
  ['prefix', atAnEnd((text, part) => text.startsWith(part))],
  ['suffix', atAnEnd((text, part) => text.endsWith(part))],
  ['equals-ignore-case', ofTexts((text, wanted) => text.toLowerCase() === wanted.toLowerCase())],
  ['wildcard', matchesWildcard],
  ['anything-but', isAnythingBut],
  ['numeric', isInRange],
  ['exists', exists],
  ['cidr', isInCidr],
]);

function ofTexts(compare: (text: string, operand: string) => boolean): Operator {
  return (operand, found) => {
    if (typeof operand !== 'string') return 'unknown';
    return typeof found === 'string' && compare(found, operand);
  };
}

/** `{"prefix": "eu-"}`, `{"prefix": {"equals-ignore-case": "eu-"}}`. */
function atAnEnd(compare: (text: string, part: string) => boolean): Operator {
  const exactly = ofTexts(compare);
  const inAnyCase = ofTexts((text, part) => compare(text.toLowerCase(), part.toLowerCase()));
  return (operand, found) => {
    if (!isObject(operand)) return exactly(operand, found);
    const { 'equals-ignore-case': part, ...others } = operand;
    return Object.keys(others).length > 0 ? 'unknown' : inAnyCase(part, found);
  };
}

/** `*` is any number of characters; `\*` and `\\` are the characters themselves. EventBridge takes no `**`. */
function matchesWildcard(operand: unknown, found: unknown): Answer {
  if (typeof operand !== 'string' || /^(?:[^\\]|\\[*\\])*$/s.test(operand) === false) return 'unknown';
  if (/\*\*/.test(operand.replace(/\\./gs, ''))) return 'unknown';
  if (typeof found !== 'string') return false;
  const parts = [''];
  for (const [token] of operand.matchAll(/\\.|[^\\]/gsu)) {
    if (token === '*') parts.push('');
    else
      parts.push((parts.pop() ?? '') + (token.length > 1 && token.startsWith('\\') ? token.slice(1) : token));
  }
  return isInOrder(parts, found);
}

/** Any value but this one, these, or those that begin or end so, are spelt so in any letter case, or match a wildcard. */
function isAnythingBut(operand: unknown, found: unknown): Answer {
  if (!isObject(operand)) {
    const unwanted: unknown[] = Array.isArray(operand) ? operand : [operand];
    const isPlain = unwanted.every((one) => ['string', 'number'].includes(typeof one));
    return isPlain && unwanted.length > 0 ? !unwanted.includes(found) : 'unknown';
  }
  const [[name, values] = ['', undefined], ...others] = Object.entries(operand);
  const operator = ANYTHING_BUT.has(name) && others.length === 0 ? OPERATORS.get(name) : undefined;
  const unwanted: unknown[] = Array.isArray(values) ? values : [values];
  if (!operator || unwanted.length === 0) return 'unknown';
  // Whether a number does not begin with a text is not documented.
  if (typeof found !== 'string') return 'unknown';
  return not(some(unwanted.map((one) => operator(one, found))));
}
const ANYTHING_BUT = new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard']);

const COMPARISONS = new Map<unknown, (found: number, operand: number) => boolean>([
  ['=', (found, operand) => found === operand],
  ['<', (found, operand) => found < operand],
  ['<=', (found, operand) => found <= operand],
  ['>', (found, operand) => found > operand],
  ['>=', (found, operand) => found >= operand],
]);

/** `[">", 0, "<=", 5]`. */
function isInRange(operand: unknown, found: unknown): Answer {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) return 'unknown';
  const answers: Answer[] = [];
  for (let at = 0; at < operand.length; at += 2) {
    const compare = COMPARISONS.get(operand[at]);
    const limit: unknown = operand[at + 1];
    if (!compare || typeof limit !== 'number') return 'unknown';
    answers.push(typeof found === 'number' && compare(found, limit));
  }
  return every(answers);
}

/** Of fields that hold objects AWS says only that `exists` does not work on them. */
function exists(operand: unknown, found: unknown): Answer {
  if (typeof operand !== 'boolean' || isObject(found)) return 'unknown';
  return operand === (found !== undefined);
}

function isInCidr(operand: unknown, found: unknown): Answer {
  const range = typeof operand === 'string' ? cidr(operand) : undefined;
  if (!range) return 'unknown';
  const address = typeof found === 'string' ? cidr(found) : undefined;
  return (
    address !== undefined && address.family === range.family && contains([range.addresses], address.addresses)
  );
}

function cidr(text: string) {
  try {
    return parseCidr(text);
  } catch (error) {
    if (error instanceof MalformedCidrError) return undefined;
    throw error;
  }
}
