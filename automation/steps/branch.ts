import { isOperator, OPERATORS } from '../document/condition.ts';
import { isOfType, typeName } from '../document/values.ts';
import { invalidInput } from '../run/failure.ts';
import type { Action } from './action.ts';

type Filled = Readonly<Record<string, unknown>>;

/**
 * Whether a condition holds whose placeholders are filled in.
 *
 * @throws {StepError} when a side is not of the operator's type: SSM converts nothing.
 */
export function holds(condition: Filled): boolean {
  const { And, Or, Not, Variable } = condition;
  if (And) return (And as Filled[]).every(holds);
  if (Or) return (Or as Filled[]).some(holds);
  if (Not) return !holds(Not as Filled);
  const operator = Object.keys(condition).find(isOperator);
  if (!operator) throw invalidInput('a condition without an operator');
  const [type, compare] = OPERATORS[operator];
  for (const side of [Variable, condition[operator]]) {
    if (!isOfType(side, type))
      throw invalidInput(`${operator} compares values of type ${type}, not ${typeName(side)}`);
  }
  return (compare as (value: unknown, operand: unknown) => boolean)(Variable, condition[operator]);
}

export const branch: Action<'aws:branch'> = {
  run: async ({ Choices, Default }) => {
    const choice = Choices.find((candidate) => holds(candidate));
    return { next: (choice?.NextStep as string | undefined) ?? Default };
  },
};
