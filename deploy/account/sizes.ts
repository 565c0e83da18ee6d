import type { AnyRule, Size } from '../../rules/rule.ts';

/**
 * docs/benchmarks.md: a function loads within 60 ms and judges an event within 5 ms of a whole core, of which 512 MB have a
 * third; 100,000 groups take 138 MB.
 */
const USUAL: Size = { memoryMegabytes: 512, timeoutSeconds: 300 };

/** Memory and timeout of a rule's function, unless the settings say otherwise. `groundrules cost` uses them, too. */
export const sizeOf = ({ size = USUAL }: Pick<AnyRule, 'size'>): Size => size;
