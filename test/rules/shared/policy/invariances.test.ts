import fc from 'fast-check';
import { statement, statements } from './arbitraries.ts';
import { type Json, publicInB as publicIn } from './policies.ts';

const isPublic = (policy: readonly Json[]) => publicIn(...policy).length > 0;

/** What makes no difference to what a policy says. */
const rewritings: [what: string, rewrite: (statement: Json) => Json][] = [
  [
    'actions in upper case',
    (given) => mapElements(given, /Action$/, (values) => each(values, (text) => text.toUpperCase())),
  ],
  [
    'actions in lower case',
    (given) => mapElements(given, /Action$/, (values) => each(values, (text) => text.toLowerCase())),
  ],
  [
    'operators in upper case',
    (given) => mapElements(given, /^Condition$/, (block) => mapKeys(block, (key) => key.toUpperCase())),
  ],
  [
    'condition keys in lower case',
    (given) =>
      mapElements(given, /^Condition$/, (block) =>
        mapValues(block, (keys) => mapKeys(keys, (key) => key.toLowerCase())),
      ),
  ],
  ['single values as lists', (given) => mapElements(given, /Action$|Resource$/, (values) => [values].flat())],
  [
    'condition values as lists',
    (given) =>
      mapElements(given, /^Condition$/, (block) =>
        mapValues(block, (keys) => mapValues(keys, (values) => [values].flat())),
      ),
  ],
  [
    'lists backwards',
    (given) => mapElements(given, /Action$|Resource$/, (values) => [values].flat().reverse()),
  ],
  [
    'everything twice in its list',
    (given) => mapElements(given, /Action$|Resource$/, (values) => [values, values].flat(2)),
  ],
  [
    'everyone as AWS principals',
    (given) => mapElements(given, /Principal$/, (who) => (who === '*' ? { AWS: '*' } : who)),
  ],
];

test.each(rewritings)('%s make no difference', (_, rewrite) => {
  fc.assert(
    fc.property(statements, (policy) => {
      expect(publicIn(...policy.map(rewrite))).toEqual(publicIn(...policy));
    }),
    { numRuns: 200 },
  );
});

test('neither the order of statements nor a statement twice makes a difference', () => {
  fc.assert(
    fc.property(statements, (policy) => {
      expect(isPublic([...policy].reverse())).toBe(isPublic(policy));
      expect(isPublic([...policy, ...policy])).toBe(isPublic(policy));
    }),
  );
});

test('one more Allow never hides a public statement', () => {
  fc.assert(
    fc.property(statements, statement('Allow'), (policy, more) => {
      expect(publicIn(...policy, more)).toEqual(expect.arrayContaining(publicIn(...policy)));
    }),
  );
});

test('one more Deny never makes a statement public', () => {
  fc.assert(
    fc.property(statements, statement('Deny'), (policy, more) => {
      expect(publicIn(...policy)).toEqual(expect.arrayContaining(publicIn(...policy, more)));
    }),
  );
});

function mapElements(given: Json, element: RegExp, change: (value: unknown) => unknown): Json {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, element.test(name) ? change(value) : value]),
  );
}
function each(values: unknown, change: (text: string) => string): unknown {
  return Array.isArray(values) ? values.map((value) => change(value)) : change(values as string);
}
function mapKeys(map: unknown, change: (key: string) => string): Json {
  return Object.fromEntries(Object.entries(map as Json).map(([key, value]) => [change(key), value]));
}
function mapValues(map: unknown, change: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(map as Json).map(([key, value]) => [key, change(value)]));
}
