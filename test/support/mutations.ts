/** Another of a JSON value: the same but for one thing. */
export interface Mutation {
  /** `steps[0].outputs.Before` */
  readonly path: string;
  readonly what: string;
  readonly value: unknown;
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Of every kind of value one, for a field to be of another type. */
const KINDS: readonly Json[] = [null, true, false, 0, 1, -1.5, '', 'x', [], {}, [''], { x: 1 }];

/**
 * Every mutation of a document: each field changed, of each other type, removed, twice in its list, and under another name,
 * and each object with one more.
 */
export function* mutations(document: Json): Generator<Mutation> {
  for (const path of pathsOf(document)) {
    const name = path
      .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
      .join('')
      .slice(1);
    const changed = (what: string, change: (parent: never, key: never) => void): Mutation => {
      const value = structuredClone(document);
      const parent = path.slice(0, -1).reduce((at: unknown, part) => (at as never)[part], value);
      change(parent as never, path.at(-1) as never);
      return { path: name, what, value };
    };
    const found = path.reduce((at: unknown, part) => (at as never)[part], document) as Json;
    for (const other of [...KINDS, ...variantsOf(found)]) {
      if (JSON.stringify(other) === JSON.stringify(found)) continue;
      yield changed(`becomes ${JSON.stringify(other)}`, (parent: Json[], key: number) => {
        parent[key] = other;
      });
    }
    const isElement = typeof path.at(-1) === 'number';
    if (isElement) {
      yield changed('is gone', (parent: Json[], key: number) => void parent.splice(key, 1));
      yield changed('comes twice', (parent: Json[], key: number) => void parent.splice(key, 0, found));
      continue;
    }
    yield changed('is gone', (parent: Record<string, Json>, key: string) => {
      delete parent[key];
    });
    yield changed('has another name', (parent: Record<string, Json>, key: string) => {
      const { [key]: it, ...rest } = parent;
      for (const one of Object.keys(parent)) delete parent[one];
      Object.assign(parent, rest, { [`${key}s`]: it });
    });
  }
}

/** A little less, a little more: what a person would try who wants to get away with it. */
function variantsOf(value: Json): Json[] {
  if (typeof value === 'string') {
    return [value.slice(1), value.slice(0, -1), `${value} `, ` ${value}`, value.toUpperCase(), [value]];
  }
  if (typeof value === 'number') return [value + 1, value - 1, -value - 1, String(value)];
  if (typeof value === 'boolean') return [!value, String(value)];
  if (Array.isArray(value)) return [[...value, null], [...value, {}], { ...value }];
  return value === null ? [] : [{ ...value, more: null }, { ...value, more: 'x' }, [value]];
}

function* pathsOf(value: Json, path: readonly (string | number)[] = []): Generator<(string | number)[]> {
  if (path.length > 0) yield [...path];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    yield* pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}
