import type { Path, Report } from './error.ts';
import { isPlaceholder } from './placeholder.ts';
import { type DataType, isObject } from './values.ts';

type Compare = (value: never, operand: never) => boolean;

/** The operators of aws:branch and aws:loop, by the type that both sides must have ("Automation actions reference"). */
export const OPERATORS = {
  StringEquals: ['String', (value: string, operand: string) => value === operand],
  EqualsIgnoreCase: [
    'String',
    (value: string, operand: string) => value.toLowerCase() === operand.toLowerCase(),
  ],
  StartsWith: ['String', (value: string, operand: string) => value.startsWith(operand)],
  EndsWith: ['String', (value: string, operand: string) => value.endsWith(operand)],
  Contains: ['String', (value: string, operand: string) => value.includes(operand)],
  NumericEquals: ['Integer', (value: number, operand: number) => value === operand],
  NumericGreater: ['Integer', (value: number, operand: number) => value > operand],
  NumericLesser: ['Integer', (value: number, operand: number) => value < operand],
  NumericGreaterOrEquals: ['Integer', (value: number, operand: number) => value >= operand],
  NumericLesserOrEquals: ['Integer', (value: number, operand: number) => value <= operand],
  BooleanEquals: ['Boolean', (value: boolean, operand: boolean) => value === operand],
} as const satisfies Readonly<Record<string, readonly [DataType, Compare]>>;
export type Operator = keyof typeof OPERATORS;
export const isOperator = (key: string): key is Operator => Object.hasOwn(OPERATORS, key);

const OPERANDS: Readonly<
  Record<'String' | 'Integer' | 'Boolean', readonly [check: (value: unknown) => boolean, expected: string]>
> = {
  String: [(value) => typeof value === 'string', 'a text: quote it'],
  Integer: [Number.isSafeInteger, 'a whole number without quotes'],
  Boolean: [(value) => typeof value === 'boolean', 'true or false without quotes'],
};

/**
 * Checks one condition of a branch or a loop, nested ones included.
 *
 * @param others keys that may stand beside it: a choice's NextStep.
 */
export function checkCondition(
  condition: unknown,
  path: Path,
  report: Report,
  others: readonly string[] = [],
): void {
  const [message, ...key] = whatIsWrong(condition, others) ?? [];
  if (message !== undefined) {
    report('InvalidCondition', [...path, ...key], message);
    return;
  }
  const { And, Or, Not } = condition as Record<string, unknown>;
  if (Not !== undefined) checkCondition(Not, [...path, 'Not'], report);
  for (const [operator, list] of Object.entries({ And, Or })) {
    for (const [index, item] of ((list as unknown[] | undefined) ?? []).entries()) {
      checkCondition(item, [...path, operator, index], report);
    }
  }
}

/** The complaint about a condition itself, and the key to blame. */
function whatIsWrong(
  condition: unknown,
  others: readonly string[],
): [message: string, ...key: string[]] | undefined {
  if (!isObject(condition)) return ['expected a map with And, Or, Not, or Variable and an operator'];
  const keys = Object.keys(condition).filter((key) => !others.includes(key));
  const unknown = keys.find((key) => !isOperator(key) && !['And', 'Or', 'Not', 'Variable'].includes(key));
  if (unknown) return [`${unknown} is no operator (there is ${Object.keys(OPERATORS).join(', ')})`, unknown];

  const nesting = keys.find((key) => key === 'And' || key === 'Or' || key === 'Not');
  if (nesting) {
    if (keys.length > 1) return [`${nesting} stands alone, not in ${keys.join(', ')}`];
    const inner = condition[nesting];
    const isEnough = nesting === 'Not' || (Array.isArray(inner) && inner.length >= 2);
    // CreateDocument: "Expect at lease two expressions for operator: Or".
    return isEnough ? undefined : [`${nesting} takes a list of two conditions or more`, nesting];
  }
  if (!isPlaceholder(condition.Variable)) {
    return ['expected a placeholder such as "{{ step.Output }}"', 'Variable'];
  }
  const [operator, ...more] = keys.filter(isOperator);
  if (!operator || more.length > 0) return ['expected exactly one operator beside Variable'];
  const operand = condition[operator];
  const [check, expected] = OPERANDS[OPERATORS[operator][0]];
  return isPlaceholder(operand) || check(operand) ? undefined : [`expected ${expected}`, operator];
}
