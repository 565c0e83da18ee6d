/** Which member accounts an SCP holds for that denies something: SCPs hold for what they are attached to and all below it. */

import { AccountError, type PartialList } from '../../../account/errors.ts';
import type { OrganizationAccount } from '../../../account/services/organizations/readings.ts';
import { type Answer, some } from '../answers.ts';
import { actionPattern, EVERYTHING, isCoveredBy } from '../permissions/boxes.ts';
import { areMet } from '../permissions/conditions.ts';
import { contextOf, type RequestContext } from '../permissions/context.ts';
import { covers } from '../policy/globs.ts';
import type { IdentityStatement } from '../policy/parse.ts';
import { isActive, isBelow, type ParentOf } from './tree.ts';

/** An SCP as far as it could be read. */
export interface ServiceControlPolicy {
  readonly id: string;
  readonly name: string;
  /** Its statements; or why there are none. */
  readonly statements: readonly IdentityStatement[] | AccountError;
}

export interface OrganizationLookups {
  /** The ids of what the policy is attached to directly, as far as they could be read; none where it was deleted meanwhile. */
  targets(policy: string): Promise<PartialList<string>>;
  readonly parentOf: ParentOf;
}

/**
 * The root user of a member account. A session that Organizations' AssumeRoot opens has `aws:AssumedRoot`; a root user that
 * signs in has not.
 */
export const rootOf = (accountId: string, partition: string, organizationId: string): RequestContext =>
  contextOf({
    'aws:PrincipalArn': `arn:${partition}:iam::${accountId}:root`,
    'aws:PrincipalType': 'Account',
    'aws:PrincipalAccount': accountId,
    'aws:PrincipalOrgID': organizationId,
    'aws:userid': accountId,
    'aws:AssumedRoot': null,
  });

/**
 * Whether a statement surely denies everything that somebody does in this context. A Deny of all but some actions counts if each of
 * these may be left.
 *
 * @param exceptions patterns of actions that may be left.
 */
export function deniesEverything(
  { effect, actions, resources, conditions }: IdentityStatement,
  context: RequestContext,
  exceptions: readonly string[] = [],
): boolean {
  if (effect !== 'Deny' || resources.not || !resources.values.some((value) => covers(value, '*')))
    return false;
  const patterns = actions.values.map(actionPattern);
  const spared = exceptions.map(actionPattern);
  const isWhole = actions.not
    ? patterns.every((pattern) => isCoveredBy({ pattern, except: [] }, spared))
    : isCoveredBy(EVERYTHING, patterns);
  return isWhole && areMet(conditions, context) === true;
}

/** An active member that no policy surely holds for. */
export interface Uncovered {
  readonly account: OrganizationAccount;
  /** `false`: surely none. */
  readonly answer: Exclude<Answer, true>;
  readonly errors: readonly AccountError[];
}

/**
 * The active member accounts for which no SCP that denies holds, or for which that is not known. What suffices is not undone by
 * a policy that nobody could read.
 *
 * @param members without the management account, for which no SCP ever holds.
 * @param denies whether a statement denies what is asked about, in this account; an error where that is not known.
 */
export async function uncovered(
  members: readonly OrganizationAccount[],
  policies: readonly ServiceControlPolicy[],
  denies: (statement: IdentityStatement, account: OrganizationAccount) => boolean | AccountError,
  look: OrganizationLookups,
): Promise<Uncovered[]> {
  const attached = once(look.targets);
  const parentOf = once(look.parentOf);
  const found: Uncovered[] = [];
  for (const account of members.filter(isActive)) {
    const errors: AccountError[] = [];
    const answers: Answer[] = [];
    for (const { id, statements } of policies) {
      const says =
        statements instanceof AccountError ? statements : sayOf(statements, (one) => denies(one, account));
      if (says === false) continue;
      const holds = await holdsFor(account, await attached(id), parentOf, errors);
      if (says !== true && holds !== false) errors.push(says);
      answers.push(says === true ? holds : holds && 'unknown');
      if (answers.at(-1) === true) break;
    }
    const answer = some(answers);
    if (answer !== true) found.push({ account, answer, errors: answer === 'unknown' ? errors : [] });
  }
  return found;
}

/** Whether the statements deny it; an error where that is not known. */
function sayOf(
  statements: readonly IdentityStatement[],
  denies: (statement: IdentityStatement) => boolean | AccountError,
): boolean | AccountError {
  const said = statements.map(denies);
  return said.includes(true) || (said.find((one) => one instanceof AccountError) ?? false);
}

async function holdsFor(
  account: OrganizationAccount,
  attached: PartialList<string>,
  parentOf: ParentOf,
  errors: AccountError[],
): Promise<Answer> {
  const below = await isBelow(account, attached.values, parentOf);
  if (below === true) return true;
  const unread = [...attached.errors, ...(below instanceof AccountError ? [below] : [])];
  errors.push(...unread);
  return below instanceof AccountError || unread.length > 0 ? 'unknown' : below;
}

/** Organizations answers a few requests a second for the whole organization. */
function once<T>(ask: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (id) => {
    const answer = asked.get(id) ?? ask(id);
    asked.set(id, answer);
    return answer;
  };
}
