import type { AnyRule } from './rule.ts';

/** Every custom rule, worst first. */
export const rules: readonly AnyRule[] = [];
