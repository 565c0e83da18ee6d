/**
 * Whether a metric filter of CloudWatch Logs matches a log event that is JSON
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html).
 */

import { type Answer, every, not, some } from '../answers.ts';
import { isInOrder } from './wildcards.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Whether the filter pattern matches the event. The empty pattern matches everything. Patterns of terms (`ERROR -debug`,
 * `[ip, user, …]`), and what AWS does not document are `unknown`, unless another
 * part decides.
 *
 * @example
 * matchesFilter('{ $.userIdentity.type = "Root" && $.eventType != "AwsServiceEvent" }', record); // true
 */
export function matchesFilter(pattern: string, event: Json): Answer {
  const text = pattern.trim();
  if (text === '') return true;
  if (!text.startsWith('{') || !text.endsWith('}')) return 'unknown';
  const tokens = tokensOf(text.slice(1, -1));
  if (!tokens) return 'unknown';
  const reader: Reader = { tokens, at: 0, event };
  try {
    const answer = alternatives(reader);
    return reader.at === tokens.length ? answer : 'unknown';
  } catch (error) {
    if (error instanceof FilterSyntaxError) return 'unknown';
    throw error;
  }
}

class FilterSyntaxError extends Error {
  override readonly name = 'FilterSyntaxError';
  readonly code = 'Malformed';
}

interface Token {
  readonly kind: 'selector' | 'operator' | 'quoted' | 'regex' | 'bare';
  readonly text: string;
}

/** A selector before all else, because its brackets may hold quoted names; a bare text last. */
const TOKEN =
  /\s*(?:(?<selector>\$(?:\.[\w:@-]+|\[\s*(?:"(?:[^"\\]|\\.)*"|\d+)\s*\])*)|(?<operator>&&|\|\||!=|<=|>=|[=<>()])|(?<quoted>"(?:[^"\\]|\\.)*")|(?<regex>%(?:[^%\\]|\\.)*%)|(?<bare>[^\s"=<>!()&|%$][^\s"=<>!()&|]*))\s*/suy;

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const groups = pattern.exec(text)?.groups;
    if (!groups) return undefined;
    const [kind, found] = Object.entries(groups).find(([, value]) => value !== undefined) ?? [];
    if (kind === undefined || found === undefined) return undefined;
    tokens.push({ kind: kind as Token['kind'], text: found });
  }
  return tokens;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  readonly event: Json;
}

/** The next token, if it is this operator. */
function takes(reader: Reader, operator: string): boolean {
  const token = reader.tokens[reader.at];
  const isIt = token?.kind === 'operator' && token.text === operator;
  if (isIt) reader.at++;
  return isIt;
}

function next(reader: Reader, ...kinds: Token['kind'][]): Token {
  const token = reader.tokens[reader.at++];
  if (!token || !kinds.includes(token.kind)) throw new FilterSyntaxError('not as AWS has it');
  return token;
}

/** `&&` binds closer than `||`. */
function alternatives(reader: Reader): Answer {
  const answers = [conjunction(reader)];
  while (takes(reader, '||')) answers.push(conjunction(reader));
  return some(answers);
}

function conjunction(reader: Reader): Answer {
  const answers = [term(reader)];
  while (takes(reader, '&&')) answers.push(term(reader));
  return every(answers);
}

function term(reader: Reader): Answer {
  if (takes(reader, '(')) {
    const answer = alternatives(reader);
    if (!takes(reader, ')')) throw new FilterSyntaxError('not as AWS has it');
    return answer;
  }
  const selector = next(reader, 'selector').text;
  const found = selected(selector, reader.event);
  const answer = comparison(reader, found);
  // Names in brackets are not documented for certain: they may be what they look like, and never match otherwise.
  return /\[\s*"/.test(selector) && answer === true ? 'unknown' : answer;
}

const words = (reader: Reader): string =>
  [0, 1].map((step) => reader.tokens[reader.at + step]?.text.toUpperCase() ?? '').join(' ');

function comparison(reader: Reader, found: unknown): Answer {
  const state = STATES.get(words(reader));
  if (state) {
    reader.at += 2;
    return state(found);
  }
  const token = reader.tokens[reader.at];
  if (token?.kind === 'bare' && token.text.toUpperCase() === 'EXISTS') {
    reader.at++;
    // No page of AWS's has it: it says what NOT EXISTS does not, if anything.
    return found !== undefined && 'unknown';
  }
  const operator = next(reader, 'operator').text;
  const value = next(reader, 'quoted', 'bare', 'regex');
  if (operator === '=') return equals(value, found);
  // Whether a field that is not there is unequal is not documented.
  if (operator === '!=') return found === undefined ? 'unknown' : not(equals(value, found));
  const compare = ORDER.get(operator);
  if (!compare || value.kind !== 'bare' || !isNumber(value.text))
    throw new FilterSyntaxError('not as AWS has it');
  if (typeof found === 'string' && isNumber(found)) return 'unknown';
  return typeof found === 'number' && compare(found, Number(value.text));
}

const STATES = new Map<string, (found: unknown) => boolean>([
  ['IS NULL', (found) => found === null],
  ['IS TRUE', (found) => found === true],
  ['IS FALSE', (found) => found === false],
  ['NOT EXISTS', (found) => found === undefined],
]);

const ORDER = new Map<string, (found: number, limit: number) => boolean>([
  ['<', (found, limit) => found < limit],
  ['<=', (found, limit) => found <= limit],
  ['>', (found, limit) => found > limit],
  ['>=', (found, limit) => found >= limit],
]);

const isNumber = (text: string): boolean => /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text);

/** A text with wildcards, or a number. Whether the text of a number or of a Boolean is compared is not documented. */
function equals({ kind, text }: Token, found: unknown): Answer {
  if (found === undefined) return false;
  if (kind === 'regex') return fits(text.slice(1, -1), found);
  if (kind === 'bare' && isNumber(text)) {
    if (typeof found === 'number') return found === Number(text);
    return typeof found === 'string' && isNumber(found) ? 'unknown' : false;
  }
  if (typeof found !== 'string') return found === null ? false : 'unknown';
  const wanted = kind === 'quoted' ? text.slice(1, -1).replace(/\\(.)/gsu, '$1') : text;
  return isInOrder(wanted.split('*'), found);
}

/**
 * What AWS's regular expressions may have, which have no groups
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html).
 */
const DOCUMENTED = /^(?:[\w:#=@/;,^$?[\]{}|*+.-]|\\[dDsSwW]|\\x[\dA-Fa-f]{2}|\\[^\w\s])+$/;
const EMPTY_ALTERNATIVE = /^\||\|\||\|$/;
/** How often an expression may repeat something: what it takes to try it grows with each. */
const MOST_REPEATS = 4;

/** A regular expression is looked for anywhere in the text. What AWS does not document is `unknown`. */
function fits(regex: string, found: unknown): Answer {
  if (typeof found !== 'string') return found === null ? false : 'unknown';
  const repeats = regex.match(/[*+?{]/g)?.length ?? 0;
  if (!DOCUMENTED.test(regex) || EMPTY_ALTERNATIVE.test(regex) || repeats > MOST_REPEATS) return 'unknown';
  try {
    return new RegExp(regex, 'u').test(found);
  } catch (error) {
    if (error instanceof SyntaxError) return 'unknown';
    throw error;
  }
}

/** What the event has at `$.a.b[0]["c"]`; undefined where it has nothing there. */
export function selected(selector: string, event: Json): unknown {
  let value: unknown = event;
  for (const [, name, quoted, index] of selector.matchAll(
    /\.([\w:@-]+)|\[\s*(?:"((?:[^"\\]|\\.)*)"|(\d+))\s*\]/gsu,
  )) {
    if (index !== undefined) value = Array.isArray(value) ? value[Number(index)] : undefined;
    else {
      const key = name ?? quoted ?? '';
      const isIn =
        typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key);
      value = isIn ? (value as Json)[key] : undefined;
    }
  }
  return value;
}
