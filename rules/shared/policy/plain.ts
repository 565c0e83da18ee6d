/**
 * Reads policies as AWS stores them, which are nearly all, without a grammar: of accounts with thousands of policies, going by
 * the grammar took longer than judging them. What is not plainly a policy is `undefined` here, and for the grammar to judge,
 * which then says what is wrong.
 */
export interface Principal {
  readonly type: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
  readonly value: string;
}

/** A statement, as the grammar gives it. */
export interface Given {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string[];
  readonly NotAction?: string[];
  readonly Resource?: string[];
  readonly NotResource?: string[];
  readonly Principal?: Principal[];
  readonly NotPrincipal?: Principal[];
  readonly Condition?: ConditionBlock;
}
export type ConditionBlock = Readonly<
  Record<string, Readonly<Record<string, readonly (string | number | boolean)[]>>>
>;

/** The elements that a kind of policy has, besides those that all have. */
export interface Elements {
  readonly principals: boolean;
  readonly resources: boolean;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param value of `JSON.parse`. */
export function plainStatements(value: unknown, elements: Elements): Given[] | undefined {
  if (!isObject(value)) return undefined;
  for (const name of Object.keys(value)) {
    if (name === 'Statement') continue;
    if ((name !== 'Version' && name !== 'Id') || typeof value[name] !== 'string') return undefined;
  }
  const { Statement } = value;
  const all: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  const statements: Given[] = [];
  for (const one of all) {
    const statement = isObject(one) ? plainStatement(one, elements) : undefined;
    if (!statement) return undefined;
    statements.push(statement);
  }
  return statements;
}

function plainStatement(given: Json, { principals, resources }: Elements): Given | undefined {
  const { Effect } = given;
  if (Effect !== 'Allow' && Effect !== 'Deny') return undefined;
  const read: Record<string, unknown> = {};
  for (const name of Object.keys(given)) {
    const value = given[name];
    const made = plainElement(name, value, principals, resources);
    if (made === undefined) return undefined;
    read[name] = made;
  }
  return read as unknown as Given;
}

function plainElement(name: string, value: unknown, principals: boolean, resources: boolean): unknown {
  switch (name) {
    case 'Effect':
      return value;
    case 'Sid':
      return typeof value === 'string' ? value : undefined;
    case 'Action':
    case 'NotAction':
      return plainTexts(value);
    case 'Resource':
    case 'NotResource':
      return resources ? plainTexts(value) : undefined;
    case 'Principal':
    case 'NotPrincipal':
      return principals ? plainPrincipals(value) : undefined;
    case 'Condition':
      return plainConditions(value);
    default:
      return undefined;
  }
}

function plainTexts(value: unknown): string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

function plainPrincipals(value: unknown): Principal[] | undefined {
  if (value === '*') return [{ type: 'AWS', value }];
  if (!isObject(value)) return undefined;
  const all = new Map<string, readonly string[]>();
  for (const type of Object.keys(value)) {
    const named = TYPES.includes(type as Principal['type']) ? plainTexts(value[type]) : undefined;
    if (!named) return undefined;
    all.set(type, named);
  }
  // In the order of the grammar.
  return TYPES.flatMap((type) => (all.get(type) ?? []).map((one) => ({ type, value: one })));
}
const TYPES: readonly Principal['type'][] = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

function plainConditions(value: unknown): ConditionBlock | undefined {
  if (!isObject(value)) return undefined;
  const block: Record<string, Record<string, readonly (string | number | boolean)[]>> = {};
  for (const operator of Object.keys(value)) {
    const keys = value[operator];
    if (!isObject(keys)) return undefined;
    const read: Record<string, readonly (string | number | boolean)[]> = {};
    for (const key of Object.keys(keys)) {
      const values = keys[key];
      const all: readonly unknown[] = Array.isArray(values) ? values : [values];
      if (!all.every(isPlainValue)) return undefined;
      read[key] = all;
    }
    block[operator] = read;
  }
  return block;
}

const isPlainValue = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
