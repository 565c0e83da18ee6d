/** What a principal's policies say, as far as their documents are there. */

import type { IdentityStatement } from '../policy/parse.ts';

export interface Policy {
  /** `inline policy deploy`, `policy arn:aws:iam::aws:policy/AdministratorAccess`: as a person calls it. */
  readonly name: string;
  /** Of a managed policy. */
  readonly arn?: string;
  /** The group through which a user has it. */
  readonly group?: string;
  /** Why there are no statements, of a policy whose document is not there or is none: {@link least}, {@link most}. */
  readonly unread?: string;
  readonly statements: readonly IdentityStatement[];
}

/** The identity policies of a user, group or role, and its permissions boundary. */
export interface Permissions {
  readonly policies: readonly Policy[];
  readonly boundary?: Policy;
}

const ALL = { not: false, values: ['*'] };
export const ALLOW_ALL: IdentityStatement = {
  index: 0,
  effect: 'Allow',
  actions: ALL,
  resources: ALL,
  conditions: [],
};

/** What the policies give at least: those that nobody could read give nothing, and such a boundary takes everything. */
export const least = (permissions: Permissions): Permissions => {
  const { policies, boundary } = permissions;
  if (policies.every(({ unread }) => unread === undefined)) return permissions;
  return {
    policies: policies.filter(({ unread }) => unread === undefined),
    ...(boundary && { boundary }),
  };
};

/** What they give at most: those that nobody could read give everything, and such a boundary takes nothing. */
export const most = ({ policies, boundary }: Permissions): Permissions => ({
  policies: policies.map((policy) =>
    policy.unread === undefined ? policy : { ...policy, statements: [ALLOW_ALL] },
  ),
  ...(boundary && boundary.unread === undefined && { boundary }),
});

/** The policies that nobody could read, the boundary among them. */
export const unreadOf = ({ policies, boundary }: Permissions): Policy[] =>
  [...policies, ...(boundary ? [boundary] : [])].filter(({ unread }) => unread !== undefined);

/**
 * Asks a question that more permissions can only turn from no to yes, such as "may it do more than this?". Where policies
 * were not read the answer is `unknown`, unless it does not hang on them.
 */
export function whether(
  permissions: Permissions,
  ask: (permissions: Permissions) => boolean,
): boolean | 'unknown' {
  if (unreadOf(permissions).length === 0) return ask(permissions);
  if (ask(least(permissions))) return true;
  return ask(most(permissions)) && 'unknown';
}
