/** What a value of the settings was expected to be, in the words of who writes the file. */
import type * as z from 'zod';
import { didYouMean } from '../../report/closest.ts';

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  record: 'an object',
  object: 'an object with its settings',
};

/** Zod's own messages speak of types and constraints of the schema; those that a format has of its own are kept. */
export function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing: expected ${kindOf(issue.expected)}`
        : `expected ${kindOf(issue.expected)}, not ${shown(issue.input)}`;
    case 'invalid_value': {
      const near = typeof issue.input === 'string' ? didYouMean(issue.input, issue.values.map(String)) : '';
      return `expected ${issue.values.join(' or ')}, not ${shown(issue.input)}${near}`;
    }
    case 'too_small':
      return issue.origin === 'array'
        ? `expected at least ${issue.minimum} in the list`
        : `expected ${issue.minimum} or more, not ${shown(issue.input)}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `expected at most ${issue.maximum} in the list`
        : `expected ${issue.maximum} or less, not ${shown(issue.input)}`;
    case 'invalid_format':
      return issue.format === 'email' ? `expected an email address, not ${shown(issue.input)}` : undefined;
    default:
      return undefined;
  }
}

/** What a value of several forms may be, of what each of them has against it: `false, or an object with its settings`. */
export const formsOf = (errors: readonly (readonly z.core.$ZodIssue[])[]): string =>
  [
    ...new Set(
      errors.flat().flatMap((one) => {
        if (one.path.length > 0) return [];
        if (one.code === 'invalid_type') return [kindOf(one.expected)];
        return one.code === 'invalid_value' ? one.values.map(String) : [];
      }),
    ),
  ].join(', or ');

const kindOf = (expected: string): string => KINDS[expected] ?? expected;

const MOST_SHOWN = 40;
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
