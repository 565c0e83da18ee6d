import type { Parameters } from '../../rules/parameters.ts';
import type { AnyRule } from '../../rules/rule.ts';

/** A rule's parameters as AWS Config keeps them, by their defaults. */
export const valuesOf = ({ parameters }: AnyRule): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters as Parameters).map(([name, { default: value }]) => [name, value]),
  );
