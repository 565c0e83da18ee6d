/** Which of the restricted actions a principal may take, and by which policy. */
import { actionPattern, type Box, common, isCoveredBy } from '../shared/permissions/boxes.ts';
import type { RequestContext } from '../shared/permissions/context.ts';
import type { Permissions } from '../shared/permissions/permissions.ts';
import { type Grant, remaining } from '../shared/permissions/remaining.ts';
import { covers } from '../shared/policy/globs.ts';

/** Actions on the account as a whole, which only `*` as a resource allows. */
const OF_ACCOUNT = ['s3:putaccountpublicaccessblock'];

/** An action that is restricted, as the parameter spells it. */
interface Restricted {
  readonly written: string;
  readonly pattern: string;
  /** Those of the account that it is, or may be. */
  readonly ofAccount: readonly string[];
}

/** What is asked of each principal; made once, because the answers are kept by it. */
export interface Question {
  readonly restricted: readonly Restricted[];
  /** Those that are about buckets, and their patterns. */
  readonly ofBuckets: readonly Restricted[];
  readonly bucketActions: readonly string[];
  readonly accountActions: readonly string[];
  /** All buckets, and none of their objects; no bucket's name has a colon. */
  readonly buckets: readonly Box[];
  readonly account: readonly Box[];
}

export function questionOf(actions: readonly string[], partition: string): Question {
  const restricted = actions.map((written): Restricted => {
    const pattern = actionPattern(written);
    return { written, pattern, ofAccount: OF_ACCOUNT.filter((action) => covers(pattern, action)) };
  });
  const ofBuckets = restricted.filter(({ pattern }) => !isCoveredBy({ pattern, except: [] }, OF_ACCOUNT));
  return {
    restricted,
    ofBuckets,
    bucketActions: ofBuckets.map(({ pattern }) => pattern),
    accountActions: restricted.flatMap(({ ofAccount }) => ofAccount),
    buckets: [
      {
        pattern: `arn:${partition}:s3:::*`,
        except: [`arn:${partition}:s3:::*/*`, `arn:${partition}:s3:::*:*`],
      },
    ],
    account: [{ pattern: '*', except: [] }],
  };
}

/** What one policy allows. */
export interface AllowedBy {
  readonly policy: string;
  readonly group?: string;
  readonly actions: readonly string[];
}

/** Nothing of what is not in the answer is allowed; a condition that may be met allows. */
export function allowedBy(
  permissions: Permissions,
  context: RequestContext,
  { restricted, ofBuckets, bucketActions, accountActions, buckets, account }: Question,
): AllowedBy[] {
  const found = new Map<string, { policy: string; group?: string; actions: Set<string> }>();
  const note = ({ by: { policy } }: Grant, written: string) => {
    const { name, group } = policy;
    const key = `${group ?? ''} ${name}`;
    const known = found.get(key) ?? {
      policy: name,
      ...(group !== undefined && { group }),
      actions: new Set(),
    };
    known.actions.add(written);
    found.set(key, known);
  };
  for (const grant of remaining(permissions, context, buckets, bucketActions)) {
    for (const { written, pattern } of ofBuckets) {
      if (common(grant.actions, pattern).some((box) => !isCoveredBy(box, OF_ACCOUNT))) note(grant, written);
    }
  }
  const ofAccount = restricted.filter((one) => one.ofAccount.length > 0);
  for (const grant of remaining(permissions, context, account, accountActions)) {
    if (!grant.resources.some(({ pattern }) => covers(pattern, '*'))) continue;
    for (const { written, ofAccount: names } of ofAccount) {
      if (names.some((name) => common(grant.actions, name).length > 0)) note(grant, written);
    }
  }
  // In the order of the parameter.
  const inOrder = (actions: ReadonlySet<string>) =>
    restricted.map(({ written }) => written).filter((written) => actions.has(written));
  return [...found.values()]
    .map(({ actions, ...by }) => ({ ...by, actions: inOrder(actions) }))
    .sort((one, other) => other.actions.length - one.actions.length);
}
