/**
 * A policy's text, read into statements that say the same thing in one form only. The grammar is IAM's
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html), as strict as AWS is when it
 * stores a policy: an element that we do not know might change what a statement means.
 */
import * as z from 'zod/mini';
import { type ConditionBlock, type Elements, type Given, type Principal, plainStatements } from './plain.ts';

export type { Principal } from './plain.ts';

/** What the statements of every kind of policy have. */
interface Basics {
  /** Its place in the policy, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Patterns;
  /** ANDed. One for each operator and key; the same key twice in different letter case is one. */
  readonly conditions: readonly Condition[];
}

/** A statement of a resource's policy (of a bucket, a topic, a key). */
export interface Statement extends Basics {
  readonly principals: Principals;
  readonly resources: Patterns;
}

/** A statement of a policy that is attached to somebody: identity policies, permissions boundaries, SCPs. */
export interface IdentityStatement extends Basics {
  readonly resources: Patterns;
}

/** A statement of a role's trust policy: the role itself is the resource. */
export interface TrustStatement extends Basics {
  readonly principals: Principals;
}

export interface Principals {
  /** NotPrincipal: everyone but these. */
  readonly not: boolean;
  /** `"*"` alone is `{ type: 'AWS', value: '*' }`: AWS documents the two as equivalent in a resource's policy. */
  readonly entries: readonly Principal[];
}
export interface Patterns {
  /** NotAction, NotResource: all but these. */
  readonly not: boolean;
  readonly values: readonly string[];
}

export interface Condition {
  readonly set?: 'forallvalues' | 'foranyvalue';
  /** In lower case, without set prefix and IfExists: `stringequals`. */
  readonly operator: string;
  readonly ifExists: boolean;
  /** In lower case. */
  readonly key: string;
  /** ORed. */
  readonly values: readonly string[];
  /** As the policy spells them, for people. */
  readonly written: { readonly operator: string; readonly key: string };
}

/** A text is not a policy. The message names the element and never repeats the policy. */
export class MalformedPolicyError extends Error {
  override readonly name = 'MalformedPolicyError';
  readonly code = 'Malformed';
}

const oneOrMore = <T extends z.core.$ZodType>(item: T) =>
  z.pipe(
    z.transform((value: unknown): unknown[] => (Array.isArray(value) ? value : [value])),
    z.array(item),
  );
const texts = oneOrMore(z.string());
/** An account id may come as a number, from tools that write YAML: JSON leaves no zeros before it. */
const accounts = oneOrMore(
  z.union([
    z.string(),
    z.pipe(
      z.int().check(z.minimum(0), z.maximum(999_999_999_999)),
      z.transform((id) => String(id).padStart(12, '0')),
    ),
  ]),
);

const principals = z.union([
  z.pipe(
    z.literal('*'),
    z.transform((value): Principal[] => [{ type: 'AWS', value }]),
  ),
  z.pipe(
    z.strictObject({
      AWS: z.optional(accounts),
      Service: z.optional(texts),
      Federated: z.optional(texts),
      CanonicalUser: z.optional(texts),
    }),
    z.transform((map): Principal[] =>
      Object.entries(map).flatMap(([type, values = []]) =>
        values.map((value) => ({ type: type as Principal['type'], value })),
      ),
    ),
  ),
]);

const principal = { Principal: z.optional(principals), NotPrincipal: z.optional(principals) };
const resource = { Resource: z.optional(texts), NotResource: z.optional(texts) };

/** The grammar of a document whose statements have these elements, besides those that all have. */
const grammar = <Elements extends Partial<typeof principal & typeof resource>>(elements: Elements) =>
  z.strictObject({
    Version: z.optional(z.string()),
    Id: z.optional(z.string()),
    Statement: oneOrMore(
      z.strictObject({
        Sid: z.optional(z.string()),
        Effect: z.enum(['Allow', 'Deny']),
        Action: z.optional(texts),
        NotAction: z.optional(texts),
        Condition: z.optional(
          z.record(
            z.string(),
            z.record(z.string(), oneOrMore(z.union([z.string(), z.number(), z.boolean()]))),
          ),
        ),
        ...elements,
      }),
    ),
  });

const ofResource = once(() => grammar({ ...principal, ...resource }));
export const ofIdentity = once(() => grammar(resource));
export const ofTrust = once(() => grammar(principal));
/** What these two have besides what all statements have. */
export const IDENTITY: Elements = { principals: false, resources: true };
export const TRUST: Elements = { principals: true, resources: false };

/**
 * @param what whose policy it is, for the error's message.
 * @throws {MalformedPolicyError} when the text is not JSON, or not a policy of a resource.
 */
export function parsePolicy(text: string, what = 'the bucket policy'): Statement[] {
  return read(ofResource, json(text, what), what).map((given, index): Statement => {
    const place = { what, index };
    const who = either(place, 'Principal', given.Principal, given.NotPrincipal);
    return {
      ...basics(given, place),
      principals: { not: who.not, entries: who.values },
      resources: either(place, 'Resource', given.Resource, given.NotResource),
    };
  });
}

/** @throws {MalformedPolicyError} when the text is not JSON, or not a policy of an identity. */
export function parseIdentityPolicy(text: string, what: string): IdentityStatement[] {
  const value = json(text, what);
  return (plainStatements(value, IDENTITY) ?? read(ofIdentity, value, what)).map(
    (given, index): IdentityStatement => {
      const place = { what, index };
      return {
        ...basics(given, place),
        resources: either(place, 'Resource', given.Resource, given.NotResource),
      };
    },
  );
}

/** @throws {MalformedPolicyError} when the text is not JSON, or not a role's trust policy. */
export function parseTrustPolicy(text: string, what: string): TrustStatement[] {
  const value = json(text, what);
  return (plainStatements(value, TRUST) ?? read(ofTrust, value, what)).map((given, index): TrustStatement => {
    const place = { what, index };
    const who = either(place, 'Principal', given.Principal, given.NotPrincipal);
    return { ...basics(given, place), principals: { not: who.not, entries: who.values } };
  });
}

function read(
  shape: () => z.ZodMiniType<{ Statement: object[] }>,
  value: unknown,
  what: string,
): readonly Given[] {
  const parsed = z.safeParse(shape(), value);
  if (parsed.success) return parsed.data.Statement as Given[];
  const [issue] = parsed.error.issues;
  const keys = issue?.code === 'unrecognized_keys' ? ` has an unknown element ${issue.keys.join(', ')}` : '';
  const where = issue?.path.join('.') || 'the document';
  throw new MalformedPolicyError(`${what} is malformed: ${where}${keys || ' is not as IAM has it'}`);
}

/** Where a statement is: in whose policy, and at which place in it. */
interface Place {
  readonly what: string;
  readonly index: number;
}

/** Of an element and its negation, the one that the statement has. */
function either<T>(
  { what, index }: Place,
  name: string,
  yes: T | undefined,
  no: T | undefined,
): { not: boolean; values: T } {
  if ((yes === undefined) === (no === undefined)) {
    throw new MalformedPolicyError(
      `${what} is malformed: Statement.${index} needs one of ${name} and Not${name}`,
    );
  }
  return { not: yes === undefined, values: (yes ?? no) as T };
}

function basics(given: Given, place: Place): Basics {
  const { index } = place;
  const actions = either(place, 'Action', given.Action, given.NotAction);
  const conditions = given.Condition ? conditionsOf(given.Condition) : [];
  const { Sid: sid, Effect: effect } = given;
  return sid ? { index, sid, effect, actions, conditions } : { index, effect, actions, conditions };
}

/** Made on first use, so that a function's cold start does not make grammars that it does not use. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function json(text: string, what: string): unknown {
  try {
    // Looking at every key takes longer than all else, and only such a text can have the one that is looked for.
    if (!text.includes('__proto__') && !text.includes('\\u')) return JSON.parse(text);
    return JSON.parse(text, (key, value) => {
      // A record would drop this key silently, and with it a condition that limits a Deny.
      if (key === '__proto__') throw new Error('no policy has this element');
      return value;
    });
  } catch {
    throw new MalformedPolicyError(`${what} is malformed: it is not JSON`);
  }
}

function conditionsOf(block: ConditionBlock): Condition[] {
  const conditions = new Map<string, Condition>();
  for (const [operator, keys] of Object.entries(block)) {
    const [, set, plain = '', ifExists] =
      /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/s.exec(operator.toLowerCase()) ?? [];
    for (const [key, values] of Object.entries(keys)) {
      const id = `${operator} ${key}`.toLowerCase();
      const before = conditions.get(id);
      conditions.set(id, {
        ...(set !== undefined && { set: set as NonNullable<Condition['set']> }),
        operator: plain,
        ifExists: ifExists !== undefined,
        key: key.toLowerCase(),
        values: [...(before?.values ?? []), ...values.map(String)],
        written: before?.written ?? { operator, key },
      });
    }
    // An operator without a key. AWS does not document whether such a block matches, so it is kept as one that is
    // unknown.
    if (Object.keys(keys).length === 0) {
      conditions.set(operator.toLowerCase(), {
        operator: plain,
        ifExists: false,
        key: '',
        values: [''],
        written: { operator, key: '' },
      });
    }
  }
  return [...conditions.values()];
}
