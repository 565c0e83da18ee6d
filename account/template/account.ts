/**
 * A template as accounts that rules judge: one for each way that its open comparisons may turn out, and in each one the best and the
 * worst that what is not known can be.
 */
import type { AnyAccount, ResourceRef } from '../account.ts';
import { AccountError, OWN_CODES } from '../errors.ts';
import { readAccount } from '../open.ts';
import { type AnyTarget, nameOf, ofWhat, pathOf, type Reading } from '../reading.ts';
import { MOST_ASKED, type World, worldsOf } from './conditions.ts';
import { bucketKind } from './kinds/buckets.ts';
import { databaseKind } from './kinds/databases.ts';
import { identityKind } from './kinds/identities.ts';
import { instanceKind } from './kinds/instances.ts';
import type { Bound, Kind } from './kinds/kind.ts';
import { securityGroupKind } from './kinds/security-groups.ts';
import { trailKind } from './kinds/trails.ts';
import { Places } from './places.ts';
import type { Given } from './resolve.ts';
import { Stack } from './stack.ts';
import type { Template, TemplateResource } from './template.ts';
import { isUnknown, unknowns, type Value } from './unknown.ts';

const KINDS: readonly Kind[] = [
  securityGroupKind,
  bucketKind,
  databaseKind,
  instanceKind,
  identityKind,
  trailKind,
];

/** What AWS Config calls the types of a template that rules report on. */
const TYPES: ReadonlyMap<string, string> = new Map(KINDS.flatMap(({ types }) => Object.entries(types)));
/** The readings that a template answers; a rule that asks for others cannot be judged by it. */
export const ANSWERED: ReadonlySet<Reading> = new Set(KINDS.flatMap(({ readings }) => readings));

/** The types that rules report on, of the resources that a template has. */
export const typesIn = ({ resources }: Template): ReadonlySet<string> =>
  new Set(resources.flatMap(({ type }) => TYPES.get(type) ?? []));

/** One way that the template may be deployed. */
export interface Outcome {
  readonly account: AnyAccount;
  readonly bound: Bound;
  /** The resource of the template that a rule means; `undefined` for what is none of its resources. */
  resourceOf(ref: ResourceRef): TemplateResource | undefined;
  /** The name that it will have, where that is known. */
  nameOf(resource: TemplateResource): string | undefined;
  readonly places: Places;
}

export interface TemplateAccount {
  readonly accountId: string;
  readonly region: string;
  /** Where everything is known, one. */
  readonly outcomes: readonly Outcome[];
  /** Why something of a resource is not known, each once. */
  whyOf(resource: TemplateResource): readonly string[];
  /** Whether a macro makes all that a resource says. */
  isOpaque(resource: TemplateResource): boolean;
}

export function templateAccount(template: Template, given: Given): TemplateAccount {
  const stackIn = (world: World) => new Stack(template, given, world, isLookedAt);
  const first = stackIn(new Map());
  const open =
    first.resources.some((resource) => !unknowns(first.whole(resource)).next().done) ||
    KINDS.some((kind) => kind.isOpen?.(first));
  const asked = [...first.resolver.conditions.asked];
  const bounds: readonly Bound[] = open ? ['best', 'worst'] : ['best'];
  const worlds = worldsOf(asked);
  const outcomes = worlds.flatMap((world) => {
    const stack = stackIn(world);
    return bounds.map((bound) => outcome(stack, bound, template));
  });
  return {
    accountId: first.accountId,
    region: first.region,
    outcomes,
    whyOf: (resource) => reasons(first, resource, asked.length > MOST_ASKED),
    isOpaque: (resource) => isUnknown(first.whole(resource)),
  };
}

/** Resources that belong to others which are judged. */
const ASIDE =
  /^AWS::(?:EC2::PrefixList|S3::BucketPolicy|IAM::(?:Policy|UserPolicy|GroupPolicy|RolePolicy|InstanceProfile|UserToGroupAddition))$/;

const isLookedAt = (type: string): boolean => TYPES.has(type) || ASIDE.test(type);

function outcome(stack: Stack, bound: Bound, template: Template): Outcome {
  const { file } = template;
  const answers = new Map<string, unknown>();
  for (const kind of KINDS) {
    for (const { reading, target, value } of kind.answers(stack, bound)) {
      answers.set(pathOf(reading, target ?? {}), sealed(value));
    }
  }
  const account = readAccount({
    accountId: stack.accountId,
    regions: [stack.region],
    everyRegion: true,
    async read(reading: Reading, target: AnyTarget = {}) {
      const path = pathOf(reading, target);
      if (answers.has(path)) return answers.get(path);
      const name = nameOf(reading);
      const message = `${name}${ofWhat(reading, target)} is not in ${file}: judge it once it is deployed`;
      throw new AccountError(OWN_CODES.unresolved, name, message, target.id);
    },
  });
  const byRef = new Map<string, TemplateResource>();
  for (const resource of stack.resources) {
    const type = TYPES.get(resource.type);
    if (type === undefined) continue;
    byRef.set(`${type} ${resource.id}`, resource);
    byRef.set(`${type} ${stack.nameOf(resource)}`, resource);
  }
  return {
    account,
    bound,
    resourceOf: ({ type, id }) => byRef.get(`${type} ${id}`),
    nameOf: (resource) => stack.knownName(resource),
    places: new Places(stack, bound, template),
  };
}

/** With symbols for what is not known: no shape takes one for a value. */
function sealed(value: unknown): unknown {
  if (isUnknown(value)) return Symbol(value.why);
  if (Array.isArray(value)) return value.map(sealed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, sealed(one)]));
}

function reasons(stack: Stack, resource: TemplateResource, isTooMuch: boolean): string[] {
  const found = new Set<string>();
  const add = (value: Value) => {
    for (const { why, either } of unknowns(value)) {
      found.add(why);
      for (const one of either ?? []) add(one);
    }
  };
  for (const one of [resource, ...belonging(stack, resource)]) add(stack.whole(one));
  for (const kind of KINDS) {
    const why = kind.whyOpen?.(stack, resource);
    if (why !== undefined) found.add(why);
  }
  const { condition } = resource;
  if (condition !== undefined && stack.resolver.conditions.holds(condition) === undefined) {
    found.add(`condition ${condition} is not known`);
  }
  if (isTooMuch) found.add(`more than ${MOST_ASKED} conditions are not known`);
  return [...found];
}

/** The resources that say more of this one, and those that it names. */
function belonging(stack: Stack, resource: TemplateResource): TemplateResource[] {
  const { id, type } = resource;
  const [, part] = type.split('::');
  const names = (one: TemplateResource, other: TemplateResource) =>
    new RegExp(`["{]${other.id}\\b`).test(JSON.stringify(one.properties));
  return stack.resources.filter(
    (one) =>
      one.id !== id && ((one.type.split('::')[1] === part && names(one, resource)) || names(resource, one)),
  );
}
