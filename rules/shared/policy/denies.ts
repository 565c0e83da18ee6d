import { deniesStrangers, isLeftOpen } from './conditions.ts';
import { beginningWith, covers, hasVariable, overlap, widened } from './globs.ts';
import type { Patterns, Statement } from './parse.ts';
import { isEveryStranger } from './principals.ts';

/**
 * Whether Deny statements provably take from every stranger what an Allow gives: each of its actions on each of its
 * resources, denied by one statement, to everyone or to everyone outside fixed values. Several conditions of a Deny are
 * ANDed, so what it leaves open is the union of what each leaves open: every one has to be such a restriction.
 *
 * @param bucket the name of the policy's bucket, where it is known: the policy reaches nothing else.
 * @param lenient counts conditions that AWS's definition leaves open as restrictions, too.
 */
export function isClosed(
  allow: Statement,
  statements: readonly Statement[],
  bucket?: string,
  lenient = false,
): boolean {
  const denying = statements
    .filter(({ effect, principals }) => effect === 'Deny' && isEveryStranger(principals))
    .filter(({ conditions }) =>
      conditions.every(
        (condition) => deniesStrangers(condition) || (lenient && isLeftOpen('Deny', condition)),
      ),
    );
  const actions = all(allow.actions).map(anyService);
  const resources = within(bucket, all(allow.resources), denying);
  const denies = denying.map((deny) => {
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

/**
 * What these patterns match of the bucket and its objects. S3 stores a policy only if each of its resources may be the
 * bucket's, so the bucket's partition is the one that a resource spells out: the pattern itself, or else the Denies, if
 * they agree. Where none does, the pattern stays as it is; so do all of them if none may be the bucket's, for then
 * the policy was not written for a bucket of this name.
 */
function within(
  bucket: string | undefined,
  resources: readonly string[],
  denies: readonly Statement[],
): readonly string[] {
  if (bucket === undefined || !/^[\w.-]+$/.test(bucket)) return resources;
  const spelt = new Set(denies.flatMap((deny) => deny.resources.values.flatMap(partitionsIn)));
  const agreed = spelt.size === 1 ? [...spelt] : [];
  const reached = resources.flatMap((resource) => {
    const [partition = agreed[0]] = partitionsIn(resource);
    if (partition === undefined) return [resource];
    const arn = `arn:${partition}:s3:::${bucket}`;
    return [...(covers(resource, arn) ? [arn] : []), ...beginningWith(`${arn}/`, resource)];
  });
  return reached.length > 0 ? reached : resources;
}

const partitionsIn = (resource: string): string[] => /^arn:([a-z0-9-]+):/.exec(resource)?.slice(1) ?? [];

/** Patterns that match at least what these do. */
const all = ({ not, values }: Patterns): string[] => (not ? ['*'] : values.map(widened));

/** Actions compare without regard to case, and a bucket's policy is asked about S3 actions only. */
const anyService = (action: string): string => (/^\*+$/.test(action) ? 's3:*' : action.toLowerCase());

/** Whether a Deny on these patterns provably reaches all that `pattern` matches. */
const reaches = ({ not, values }: Patterns, pattern: string): boolean =>
  not
    ? values.length > 0 && values.every((value) => !overlap(widened(value), pattern))
    : values.some((value) => !hasVariable(value) && covers(value, pattern));
