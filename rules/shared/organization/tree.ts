/** An organization's tree: which accounts are below what a policy is attached to. */

import { AccountError } from '../../../account/errors.ts';
import type { OrganizationAccount } from '../../../account/services/organizations/readings.ts';

/** The parent of an account or unit, as ListParents says it. */
export type ParentOf = (id: string) => Promise<string | AccountError>;

/** Organizations allows units five levels deep below the root. */
const DEEPEST = 5;

/**
 * What a policy may be attached to so that it holds for the account: the account, its units, and the root. Undefined where its
 * way leads to no root.
 *
 * @param parentOf asked only where the account has no path of its own.
 */
export async function lineOf(
  { id, paths }: Pick<OrganizationAccount, 'id' | 'paths'>,
  parentOf: ParentOf,
): Promise<ReadonlySet<string> | AccountError | undefined> {
  const [path] = paths;
  if (path !== undefined) return alongPath(path, id);
  const line = new Set([id]);
  let at = id;
  for (let level = 0; level <= DEEPEST; level++) {
    const parent = await parentOf(at);
    if (parent instanceof AccountError) return parent;
    line.add(parent);
    if (isRoot(parent)) return line;
    at = parent;
  }
  return undefined;
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
