/**
 * Whether a filter of GuardDuty's meets a finding
 * (https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_filter-findings.html).
 */
import type { FindingFilter } from '../../account/services/guardduty/readings.ts';
import { isInOrder } from '../shared/alerts/wildcards.ts';
import { type Answer, every, some } from '../shared/answers.ts';
import type { FindingEvent } from './samples.ts';

/** The fields that every finding on root's use has alike. All others narrow a filter to some of them. */
const ALIKE = new Set([
  'accountId',
  'region',
  'type',
  'severity',
  'resource.resourceType',
  'resource.accessKeyDetails.userType',
  'resource.accessKeyDetails.userName',
  'resource.accessKeyDetails.principalId',
  'service.archived',
  'service.action.actionType',
]);

export interface Met {
  /** Whether it meets the finding by the fields that are alike. */
  readonly answer: Answer;
  /** The other fields that it looks at: it meets some of these findings, if any. */
  readonly narrowedBy: readonly string[];
}

export function isMet({ criteria }: FindingFilter, { detail }: FindingEvent): Met {
  const fields = Object.entries(criteria);
  return {
    answer: every(
      fields
        .filter(([field]) => ALIKE.has(field))
        .map(([field, conditions]) => meets(valueAt(detail, field), conditions)),
    ),
    narrowedBy: fields.map(([field]) => field).filter((field) => !ALIKE.has(field)),
  };
}

function valueAt(detail: FindingEvent['detail'], field: string): string {
  let value: unknown = detail;
  for (const name of field.split('.')) value = (value as Readonly<Record<string, unknown>>)[name];
  return String(value);
}

const equal = (value: string, operand: unknown): boolean =>
  value === String(operand) || (isNumber(operand) && isNumber(value) && Number(value) === Number(operand));
const isNumber = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value));
const compares =
  (compare: (value: number, limit: number) => boolean): Operator =>
  (value, [limit]) =>
    isNumber(limit) && isNumber(value) ? compare(Number(value), Number(limit)) : 'unknown';

type Operator = (value: string, operands: readonly unknown[]) => Answer;
const is: Operator = (value, operands) => operands.some((one) => equal(value, one));
const isNot: Operator = (value, operands) => !operands.some((one) => equal(value, one));
const like: Operator = (value, operands) => some(operands.map((one) => matches(value, String(one))));
const unlike: Operator = (value, operands) => !operands.some((one) => matches(value, String(one)));
/** `*` is any number of characters, `?` one. */
const matches = (value: string, pattern: string): boolean =>
  pattern.includes('?')
    ? new RegExp(
        `^${pattern
          .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
        's',
      ).test(value)
    : isInOrder(pattern.split('*'), value);

/** GuardDuty has each operator by two names, and prints some filters by both. */
const OPERATORS = new Map<string, Operator>([
  ['Eq', is],
  ['Equals', is],
  ['Neq', isNot],
  ['NotEquals', isNot],
  ['Gt', compares((value, limit) => value > limit)],
  ['GreaterThan', compares((value, limit) => value > limit)],
  ['Gte', compares((value, limit) => value >= limit)],
  ['GreaterThanOrEqual', compares((value, limit) => value >= limit)],
  ['Lt', compares((value, limit) => value < limit)],
  ['LessThan', compares((value, limit) => value < limit)],
  ['Lte', compares((value, limit) => value <= limit)],
  ['LessThanOrEqual', compares((value, limit) => value <= limit)],
  ['Matches', like],
  ['NotMatches', unlike],
]);

function meets(value: string, conditions: Readonly<Record<string, unknown>>): Answer {
  return every(
    Object.entries(conditions).map(([name, given]): Answer => {
      const operands: readonly unknown[] = [given ?? []].flat();
      // An operator without a value asks for nothing.
      if (operands.length === 0) return true;
      return OPERATORS.get(name)?.(value, operands) ?? 'unknown';
    }),
  );
}
