import { deniesStrangers } from './conditions.ts';
import { covers, hasVariable, overlap, widened } from './globs.ts';
import type { Patterns, Statement } from './parse.ts';
import { isEveryStranger } from './principals.ts';

/**
 * Whether Deny statements provably take from every stranger what an Allow gives: each of its actions on each of its
 * resources, denied by one statement, to everyone or to everyone outside fixed values. Several conditions of a Deny are
 * ANDed, so what it leaves open is the union of what each leaves open: every one has to be such a restriction.
 */
export function isClosed(allow: Statement, statements: readonly Statement[]): boolean {
  const actions = all(allow.actions).map(anyService);
  const resources = all(allow.resources);
  const denies = statements
    .filter(({ effect, principals }) => effect === 'Deny' && isEveryStranger(principals))
    .filter(({ conditions }) => conditions.every(deniesStrangers))
    .map((deny) => {
      const denied = { ...deny.actions, values: deny.actions.values.map(anyService) };
      return {
        actions: actions.map((action) => reaches(denied, action)),
        resources: resources.map((resource) => reaches(deny.resources, resource)),
      };
    });
  return actions.every((_, action) =>
    resources.every((_, resource) => denies.some((deny) => deny.actions[action] && deny.resources[resource])),
  );
}

/** Patterns that match at least what these do. */
const all = ({ not, values }: Patterns): string[] => (not ? ['*'] : values.map(widened));

/** Actions compare without regard to case, and a bucket's policy is asked about S3 actions only. */
const anyService = (action: string): string => (/^\*+$/.test(action) ? 's3:*' : action.toLowerCase());

/** Whether a Deny on these patterns provably reaches all that `pattern` matches. */
const reaches = ({ not, values }: Patterns, pattern: string): boolean =>
  not
    ? values.length > 0 && values.every((value) => !overlap(widened(value), pattern))
    : values.some((value) => !hasVariable(value) && covers(value, pattern));
