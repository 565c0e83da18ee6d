/** Which statements of a policy allow something sensitive to whoever has the policy, under no condition that counts. */
import { actionPattern, type Box, boxesOf, common, isCoveredBy, less } from '../shared/permissions/boxes.ts';
import { isDenied, notDenied } from '../shared/permissions/remaining.ts';
import type { IdentityStatement, Patterns } from '../shared/policy/parse.ts';
import { type IsAccepted, isOfMfa, leavesRestricted, restricts } from './conditions.ts';

export interface Criteria {
  /** Patterns, in lower case. */
  readonly sensitive: readonly string[];
  readonly isAccepted: IsAccepted;
  readonly ignoreReadOnly: boolean;
  /** Whether permissions on named resources need a condition, too. */
  readonly scopedResourcesNeedConditions: boolean;
}

/** A statement that fails. */
export interface Unrestricted {
  readonly index: number;
  readonly sid?: string;
  /** The sensitive actions, as the statement spells them; of one that leaves actions out, as the rule's parameter does. */
  readonly actions: readonly string[];
  /** The keys of its conditions, none of which restricts it. */
  readonly keys: readonly string[];
}

/** What AWS's own policies let people do without MFA, so that they can get it (IAM User Guide, "Allows MFA-authenticated …"). */
const TO_GET_MFA = [
  'iam:createvirtualmfadevice',
  'iam:enablemfadevice',
  'iam:resyncmfadevice',
  'iam:deletevirtualmfadevice',
  'iam:listmfadevices',
  'iam:listvirtualmfadevices',
  'iam:getmfadevice',
  'iam:getuser',
  'iam:listusers',
  'iam:listaccountaliases',
  'iam:getaccountsummary',
  'iam:getaccountpasswordpolicy',
  'iam:changepassword',
];

const READ_ONLY = ['get', 'list', 'describe', 'view', 'simulate', 'batchget'].map((verb) => `*:${verb}*`);

export function unrestricted(statements: readonly IdentityStatement[], criteria: Criteria): Unrestricted[] {
  const { isAccepted } = criteria;
  const denies = statements.filter(
    ({ effect, conditions }) =>
      effect === 'Deny' && conditions.every((condition) => leavesRestricted(condition, isAccepted)),
  );
  return statements.flatMap((statement): Unrestricted[] => {
    const { effect, conditions, index, sid } = statement;
    if (effect !== 'Allow' || conditions.some((condition) => restricts(condition, isAccepted))) return [];
    const actions = unrestrictedActions(statement, denies, criteria);
    if (actions.length === 0) return [];
    const keys = [...new Set(conditions.map(({ written }) => written.key || written.operator))];
    return [{ index, ...(sid !== undefined && { sid }), actions, keys }];
  });
}

function unrestrictedActions(
  { actions, resources }: IdentityStatement,
  denies: readonly IdentityStatement[],
  criteria: Criteria,
): string[] {
  const found = actions.not
    ? criteria.sensitive.map((written) => ({ written, boxes: amongOthers(actions, written, criteria) }))
    : actions.values.map((written) => ({ written, boxes: sensitiveIn(written, criteria) }));
  const sensitive = found.filter(({ boxes }) => boxes.length > 0);
  // Most statements have nothing that is sensitive.
  if (sensitive.length === 0) return [];
  const reached = reachedBy(resources, criteria);
  const isLeft = (boxes: readonly Box[]) =>
    reached.some((resource) => afterDenies(boxes, resource, denies).length > 0);
  return sensitive.filter(({ boxes }) => isLeft(boxes)).map(({ written }) => written);
}

/** What of one of the sensitive patterns is left by a statement of all but something. */
const amongOthers = (actions: Patterns, pattern: string, criteria: Criteria): Box[] =>
  boxesOf(actions, actionPattern).flatMap((box) => changing(box, [pattern], criteria));

const changing = (box: Box, patterns: readonly string[], { ignoreReadOnly }: Criteria): Box[] =>
  patterns
    .flatMap((pattern) => common(box, actionPattern(pattern)))
    .flatMap((one) => less(one, ignoreReadOnly ? READ_ONLY : []) ?? []);

/** What is sensitive of an action that is spelt out. Policies spell the same ones again and again. */
function sensitiveIn(written: string, criteria: Criteria): readonly Box[] {
  const known = spelt.get(criteria) ?? new Map<string, readonly Box[]>();
  spelt.set(criteria, known);
  const made =
    known.get(written) ??
    boxesOf({ not: false, values: [written] }, actionPattern).flatMap((box) =>
      changing(box, criteria.sensitive, criteria),
    );
  if (known.size >= MOST_KEPT) known.clear();
  known.set(written, made);
  return made;
}
const spelt = new WeakMap<Criteria, Map<string, readonly Box[]>>();
const MOST_KEPT = 10_000;

/** What the Denies of the policy leave of actions on a resource, but for what it takes to get MFA where one asks for that. */
function afterDenies(boxes: readonly Box[], resource: Box, denies: readonly IdentityStatement[]): Box[] {
  let left = [...boxes];
  for (const { actions, resources, conditions } of denies) {
    if (!isDenied(resource, resources)) continue;
    left = left.flatMap((box) => notDenied(box, actions));
    if (conditions.length > 0 && conditions.every(isOfMfa)) {
      left = left.flatMap((box) => less(box, TO_GET_MFA) ?? []);
    }
  }
  return left;
}

/** The resources that need a condition: all of a kind, unless named ones do, too. */
function reachedBy({ not, values }: Patterns, { scopedResourcesNeedConditions }: Criteria): Box[] {
  const boxes = boxesOf({ not, values });
  if (not) return boxes.filter((box) => !isCoveredBy(box, []));
  return scopedResourcesNeedConditions ? boxes : boxes.filter((_, index) => isBroad(values[index] ?? ''));
}

const WILD = '[*?]*\\*[*?]*';
const ENDS_WILD = new RegExp(`${WILD}$`);
const ALL_OF_A_TYPE = new RegExp(`^(?:[^/:]*[/:])?${WILD}(?:[/:]${WILD})*$`);
const ALL_BUCKETS = new RegExp(`^${WILD}(?:/.*)?$`);

/**
 * Whether the pattern is of all resources, or all of a type: `*`, `arn:aws:iam::123456789012:role/*`, `arn:aws:s3:::*`. A name, a
 * path, the beginning of a name and a policy variable are not.
 */
function isBroad(resource: string): boolean {
  const parts = resource.split(':');
  if (parts.length < 6) {
    // A `*` stands for the parts that are not there.
    return /^[*?]/.test(resource) ? ALL_OF_A_TYPE.test(parts.at(-1) ?? '') : ENDS_WILD.test(resource);
  }
  const [, , service, , account] = parts;
  const part = parts.slice(5).join(':');
  // Buckets and their objects have no type: what is before the slash is a bucket's name.
  return service === 's3' && account === '' ? ALL_BUCKETS.test(part) : ALL_OF_A_TYPE.test(part);
}
