/** An organization's tree: which accounts are below what a policy is attached to. */

import { AccountError } from '../../../account/errors.ts';
import type { OrganizationAccount } from '../../../account/services/organizations/readings.ts';
import type { Answer } from '../answers.ts';

/** The parent of an account or unit, as ListParents says it. */
export type ParentOf = (id: string) => Promise<string | AccountError>;

/** Organizations allows units five levels deep below the root. */
const DEEPEST = 5;

/**
 * Whether a policy that is attached to these holds for a member account: attached to the account, to a unit that it is in, or
 * to the root, of which an organization has one. Unknown where its way leads to no root; an error where what this hangs on
 * could not be read.
 *
 * @param parentOf asked only where the account has no path of its own, and no further than to the first of them.
 */
export async function isBelow(
  { id, paths }: Pick<OrganizationAccount, 'id' | 'paths'>,
  targets: readonly string[],
  parentOf: ParentOf,
): Promise<Answer | AccountError> {
  if (targets.some((target) => target === id || isRoot(target))) return true;
  // Nothing but accounts: which units this one is in decides nothing.
  if (targets.every((target) => /^\d{12}$/.test(target))) return false;
  const [path] = paths;
  if (path !== undefined) {
    const line = alongPath(path, id);
    return line ? targets.some((target) => line.has(target)) : 'unknown';
  }
  let at = id;
  for (let level = 0; level <= DEEPEST; level++) {
    const parent = await parentOf(at);
    if (parent instanceof AccountError) return parent;
    if (targets.includes(parent)) return true;
    if (isRoot(parent)) return false;
    at = parent;
  }
  return 'unknown';
}

const isRoot = (id: string) => /^r-/.test(id);

/** A path that does not lead from a root to the account is none. */
function alongPath(path: string, id: string): ReadonlySet<string> | undefined {
  const [organization = '', root = '', ...below] = path.split('/').filter((part) => part !== '');
  const isWhole = organization.startsWith('o-') && isRoot(root) && below.at(-1) === id;
  return isWhole ? new Set([root, ...below]) : undefined;
}

/** Whether Organizations counts the account: one that is suspended or being closed does nothing any more. */
export const isActive = ({ state }: Pick<OrganizationAccount, 'state'>): boolean =>
  !/^(?:SUSPENDED|CLOSED|PENDING_CLOSURE)$/i.test(state);
