/** Valid JSON made wrong in ways that happen: fields lost, of another type, nested once more, texts cut off. */
import fc from 'fast-check';

type Path = readonly (string | number)[];

export interface Mutation {
  /** Which of the tree's nodes, counted around. */
  readonly node: number;
  readonly change: 'drop' | 'list' | 'object' | 'replace';
  /** For `replace`. */
  readonly by: unknown;
}

/** None of them is a CIDR, nor a number that the rule takes for its parameter. */
const WRONG = [
  null,
  true,
  false,
  -1,
  12_345.5,
  '',
  'x',
  'ResourceDeleted',
  'OK',
  [],
  {},
  [1],
  { a: 1 },
  [['x']],
];

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  node: fc.nat(10_000),
  change: fc.constantFrom('drop', 'list', 'object', 'replace'),
  by: fc.constantFrom(...WRONG),
});

/** The tree with one node changed. The tree itself stays as it is. */
export function mutated(tree: unknown, { node, change, by }: Mutation): unknown {
  const copy = structuredClone(tree);
  const paths = pathsOf(copy);
  const path = paths[node % Math.max(paths.length, 1)];
  const last = path?.at(-1);
  if (!path || last === undefined) return copy;
  const parent = path.slice(0, -1).reduce((at, key) => (at as Record<string, unknown>)[key], copy) as Record<
    string,
    unknown
  >;
  if (change === 'drop' && Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (change === 'drop') delete parent[last];
  else if (change === 'list') parent[last] = [parent[last]];
  else if (change === 'object') parent[last] = { wrapped: parent[last] };
  else parent[last] = by;
  return copy;
}

/** Every node below the root. */
function pathsOf(tree: unknown, at: Path = []): Path[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => {
    const path = [...at, Array.isArray(tree) ? Number(key) : key];
    return [path, ...pathsOf(value, path)];
  });
}
