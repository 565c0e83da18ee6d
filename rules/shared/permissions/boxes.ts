/** Sets of actions or of resources: what one pattern matches, less what others match. */

import { hasVariable, isAllOf, meet, overlap, widened } from '../policy/globs.ts';
import type { Patterns } from '../policy/parse.ts';

export interface Box {
  readonly pattern: string;
  readonly except: readonly string[];
}

export const EVERYTHING: Box = { pattern: '*', except: [] };

/**
 * An action's pattern, in one form: IAM compares actions in any letter case, and has none without a service, so that
 * `*:*` is `*`.
 */
export const actionPattern = (text: string): string =>
  /^\*+(?::[*?]*\*[*?]*)?$/.test(text) ? '*' : text.toLowerCase();

/** What an Allow's element may mean at most: a policy variable may stand for anything. */
export function boxesOf({ not, values }: Patterns, spell: (text: string) => string = (text) => text): Box[] {
  if (not) return [{ pattern: '*', except: values.filter((value) => !hasVariable(value)).map(spell) }];
  return values.map((value) => ({ pattern: spell(widened(value)), except: [] }));
}

/** Whether the patterns match all that is in the box. A yes is always so. */
export const isCoveredBy = ({ pattern, except }: Box, patterns: readonly string[]): boolean =>
  isAllOf(except.length > 0 ? [...except, ...patterns] : patterns, pattern);

/** Whether something in the box may match the pattern. A no is always so. */
export const touches = (box: Box, pattern: string): boolean => common(box, pattern).length > 0;

/** What is in the box and does not match the patterns; undefined when nothing is left. */
export function less(box: Box, patterns: readonly string[]): Box | undefined {
  const some = patterns.filter((pattern) => !box.except.includes(pattern) && overlap(pattern, box.pattern));
  if (some.length === 0) return box;
  return isCoveredBy(box, some) ? undefined : { pattern: box.pattern, except: [...box.except, ...some] };
}

/**
 * What is in the box and matches the pattern. Of two patterns that have too many in common, the box's stays: it is more
 * than what both match.
 */
export function common(box: Box, pattern: string): Box[] {
  const patterns = meet(box.pattern, pattern) ?? [box.pattern];
  if (box.except.length === 0) return patterns.map((one) => ({ pattern: one, except: [] }));
  return patterns.flatMap((one) => less({ pattern: one, except: [] }, box.except) ?? []);
}

/** What is in both. */
export const both = (box: Box, other: Box): Box[] =>
  common(box, other.pattern).flatMap((one) => less(one, other.except) ?? []);
