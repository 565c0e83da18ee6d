/** What is known of a request before it is made: of a user without MFA, of the root user of an account. */

import { covers } from '../policy/globs.ts';

/** What a request has under a condition key: its values; null where it has no such key; undefined where nobody knows. */
export type Known = readonly string[] | null | undefined;

export interface RequestContext {
  /** @param key in any letter case. */
  readonly valuesOf: (key: string) => Known;
}

/**
 * A context by what is known of it. Of a key that is not named nothing is known.
 *
 * @param known by condition key, in any letter case; null where the request has no such key.
 * @param only patterns of keys of which all are known: what `known` does not name of them, the request does not have.
 * @example
 * const console = contextOf({ 'aws:username': 'ana', 'aws:MultiFactorAuthPresent': 'false' }, ['aws:PrincipalTag/*']);
 * console.valuesOf('aws:principaltag/team'); // null
 * console.valuesOf('aws:SourceIp'); // undefined
 */
export function contextOf(
  known: Readonly<Record<string, string | readonly string[] | null>>,
  only: readonly string[] = [],
): RequestContext {
  const values = new Map<string, readonly string[] | null>();
  for (const [key, value] of Object.entries(known)) {
    values.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
  }
  const complete = only.map((pattern) => pattern.toLowerCase());
  return {
    valuesOf(key) {
      const name = key.toLowerCase();
      const found = values.get(name);
      if (found !== undefined) return found;
      return complete.some((pattern) => covers(pattern, name)) ? null : undefined;
    },
  };
}

/** A context that is made when somebody first asks it: most principals have nothing that hangs on theirs. */
export function whenAsked(make: () => RequestContext): RequestContext {
  let made: RequestContext | undefined;
  return {
    valuesOf(key) {
      made ??= make();
      return made.valuesOf(key);
    },
  };
}

/** Nothing is known of the request. */
export const ANY_REQUEST: RequestContext = contextOf({});
