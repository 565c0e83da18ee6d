/**
 * The part of JSONPath that SSM knows ("Using action outputs as inputs"): `$.`, children by a dot, deep scan by two
 * dots, `[n]`.
 * No filters, wildcards, slices, functions or quoted names.
 */
export type Segment =
  | { readonly kind: 'child'; readonly name: string }
  | { readonly kind: 'scan'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number };

const SEGMENT = /(?:(\.\.?)([A-Za-z_][\w-]*))|\[(\d+)\]/y;

/** @throws {SyntaxError} that says which part is none of the subset. */
export function parseSelector(text: string): Segment[] {
  if (!text.startsWith('$.'))
    throw new SyntaxError(`a selector begins with "$.", not ${JSON.stringify(text)}`);
  const segments: Segment[] = [];
  SEGMENT.lastIndex = 1;
  while (SEGMENT.lastIndex < text.length) {
    const start = SEGMENT.lastIndex;
    const match = SEGMENT.exec(text);
    if (!match) {
      throw new SyntaxError(
        `${JSON.stringify(text.slice(start))} in ${JSON.stringify(text)} is none of .name, ..name and [n], which is all that SSM knows`,
      );
    }
    const [, dots, name, index] = match;
    if (name === undefined) segments.push({ kind: 'index', index: Number(index) });
    else segments.push({ kind: dots === '..' ? 'scan' : 'child', name });
  }
  return segments;
}

/** Whether a selector gives a list whatever it finds: "the return type of this operator is always a JSON array". */
export const isScan = (segments: readonly Segment[]): boolean => segments.some(({ kind }) => kind === 'scan');

export type Selected = { readonly found: true; readonly value: unknown } | { readonly found: false };

/**
 * What a selector picks. A selector with `..` gives a list, empty when nothing matches; any other gives one value, and
 * finds nothing where the path ends in a gap or in null.
 *
 * @example
 * select({ a: [{ b: 1 }] }, parseSelector('$.a[0].b')); // { found: true, value: 1 }
 * select({ a: [{ b: 1 }] }, parseSelector('$.a..b'));   // { found: true, value: [1] }
 */
export function select(root: unknown, segments: readonly Segment[]): Selected {
  let values: unknown[] = [root];
  for (const segment of segments) values = values.flatMap((value) => step(value, segment));
  values = values.filter((value) => value !== null && value !== undefined);
  if (isScan(segments)) return { found: true, value: values };
  return values.length > 0 ? { found: true, value: values[0] } : { found: false };
}

function step(value: unknown, segment: Segment): unknown[] {
  if (segment.kind === 'index') {
    return Array.isArray(value) && segment.index < value.length ? [value[segment.index]] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  const own = !isList && Object.hasOwn(value, segment.name) ? [Reflect.get(value, segment.name)] : [];
  if (segment.kind === 'child') return own;
  // In the order of the text, a match before the matches inside it. (SSM: "level by level"; unverified where depths differ.)
  return isList
    ? value.flatMap((item) => step(item, segment))
    : Object.entries(value).flatMap(([name, item]) => [
        ...(name === segment.name ? [item] : []),
        ...step(item, segment),
      ]);
}
