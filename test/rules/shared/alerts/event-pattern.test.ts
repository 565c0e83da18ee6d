import fc from 'fast-check';
import { matchesEvent } from '../../../../rules/shared/alerts/event-pattern.ts';
import { API_EVENT, SIGN_IN_EVENT } from './samples.ts';

const root = (type: unknown) => ({ detail: { userIdentity: { type } } });
const BOTH = ['AWS Console Sign In via CloudTrail', 'AWS API Call via CloudTrail'];

test.each<[situation: string, pattern: unknown, signIn: unknown, api: unknown]>([
  ['everything of root', root(['Root']), true, true],
  ['with both types', { 'detail-type': BOTH, ...root(['Root']) }, true, true],
  ["AWS's article", { 'detail-type': BOTH.slice(0, 1), ...root(['Root']) }, true, false],
  ['API calls', { 'detail-type': BOTH.slice(1), ...root(['Root']) }, false, true],
  ['another letter case', root(['root']), false, false],
  ['… that does not count', root([{ 'equals-ignore-case': 'root' }]), true, true],
  ['the sign-in by name', { detail: { eventName: ['ConsoleLogin'] } }, true, false],
  ['without MFA', { detail: { additionalEventData: { MFAUsed: ['No'] } } }, false, false],
  ['no session', { detail: { sessionContext: { assumedRoot: [{ exists: false }] } } }, true, true],
  ['no field of a null', { detail: { requestParameters: { x: [{ exists: false }] } } }, true, true],
  ['null', { detail: { requestParameters: [null] } }, true, true],
  ['an empty text', { detail: { userIdentity: { accessKeyId: [''] } } }, true, true],
  ['true', { detail: { managementEvent: [true], readOnly: [false] } }, true, true],
  ['"true"', { detail: { managementEvent: ['true'] } }, false, false],
  [
    'one of two patterns',
    { $or: [root(['Nobody']), { detail: { userIdentity: { arn: [{ suffix: ':root' }] } } }] },
    true,
    true,
  ],
  [
    'one of two within',
    { detail: { $or: [{ eventName: ['ConsoleLogin'] }, { readOnly: [true] }] } },
    true,
    false,
  ],
  ['anything but others', root([{ 'anything-but': ['IAMUser', 'AssumedRole'] }]), true, true],
  ['another account', { account: ['999988887777'], ...root(['Root']) }, false, false],
  ['another Region', { region: ['eu-west-1'] }, false, false],
  ['one element of a list', { resources: ['arn:aws:s3:::b'] }, true, true],
  ['no element', { resources: [{ prefix: 'arn:aws:rds' }] }, false, false],
  ['a field that is not there', { detail: { nothing: [{ exists: true }] } }, false, false],
  ['an address', { detail: { sourceIPAddress: [{ cidr: '203.0.113.0/24' }] } }, true, true],
  ['a wildcard', { detail: { eventName: [{ wildcard: 'Console*n' }] } }, true, false],
  [
    'what decides beside what nobody knows',
    { source: ['aws.signin'], detail: { eventName: [{ 'starts-with': 'C' }] } },
    'unknown',
    false,
  ],
])('%s', (_, pattern, signIn, api) => {
  expect(matchesEvent(pattern, SIGN_IN_EVENT)).toBe(signIn);
  expect(matchesEvent(JSON.stringify(pattern), API_EVENT)).toBe(api);
});

const value = (x: unknown) => (x === undefined ? {} : { x });
test.each<[alternatives: unknown, value: unknown, expected: unknown]>([
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
  [[{ prefix: 'eu-' }], 'eu-west-1', true],
  [[{ prefix: 'eu-' }], 'us-eu-', false],
  [[{ prefix: { 'equals-ignore-case': 'EU-' } }], 'eu-west-1', true],
  [[{ prefix: { wildcard: 'EU-' } }], 'eu-west-1', 'unknown'],
  [[{ prefix: 'eu-' }], 7, false],
  [[{ prefix: 7 }], 7, 'unknown'],
  [[{ suffix: '.png' }], 'a.png', true],
  [[{ suffix: { 'equals-ignore-case': '.PNG' } }], 'a.png', true],
  [[{ suffix: '.png' }], undefined, false],
  [[{ 'equals-ignore-case': 'Alice' }], 'aLICE', true],
  [[{ 'anything-but': 'a' }], 'b', true],
  [[{ 'anything-but': 'a' }], 'a', false],
  [[{ 'anything-but': 'a' }], undefined, false],
  [[{ 'anything-but': ['a', 'b'] }], ['a', 'c'], true],
  [[{ 'anything-but': ['a', 'b'] }], ['a', 'b'], false],
  [[{ 'anything-but': 100 }], 100, false],
  [[{ 'anything-but': [100, 200] }], 300, true],
  [[{ 'anything-but': { prefix: 'init' } }], 'initial', false],
  [[{ 'anything-but': { prefix: ['init', 'run'] } }], 'stopped', true],
  [[{ 'anything-but': { suffix: ['.png', '.jpg'] } }], 'a.jpg', false],
  [[{ 'anything-but': { 'equals-ignore-case': ['A', 'b'] } }], 'B', false],
  [[{ 'anything-but': { wildcard: '*/lib/*' } }], 'a/lib/b', false],
  [[{ 'anything-but': { wildcard: ['*/lib/*', '*/bin/*'] } }], 'a/src/b', true],
  [[{ 'anything-but': { prefix: 'x' } }], 7, 'unknown'],
  [[{ 'anything-but': { cidr: '10.0.0.0/8' } }], '10.0.0.1', 'unknown'],
  [[{ 'anything-but': [] }], 'a', 'unknown'],
  [[{ numeric: ['>', 0, '<=', 5] }], 5, true],
  [[{ numeric: ['>', 0, '<=', 5] }], 0, false],
  [[{ numeric: ['=', 3.018e2] }], 301.8, true],
  [[{ numeric: ['>=', 4] }], 2, false],
  [[{ numeric: ['<', 10] }], '2', false],
  [[{ numeric: ['!=', 10] }], 2, 'unknown'],
  [[{ numeric: ['>'] }], 2, 'unknown'],
  [[{ exists: true }], null, true],
  [[{ exists: true }], undefined, false],
  [[{ exists: false }], undefined, true],
  [[{ exists: false }], '', false],
  [[{ exists: true }], { y: 1 }, 'unknown'],
  [[{ exists: false }], [], 'unknown'],
  [[{ exists: true }], [], 'unknown'],
  [[{ cidr: '10.0.0.0/24' }], '10.0.0.255', true],
  [[{ cidr: '10.0.0.0/24' }], '10.0.1.0', false],
  [[{ cidr: '2001:db8::/32' }], '2001:db8::1', true],
  [[{ cidr: '10.0.0.0/24' }], 'AWS Internal', false],
  [[{ cidr: 'everywhere' }], '10.0.0.1', 'unknown'],
  [[{ wildcard: '*/main/*.json' }], 'a/main/b/c.json', true],
  [[{ wildcard: 'a*b*' }], 'ab', true],
  [[{ wildcard: 'a*a' }], 'a', false],
  [[{ wildcard: 'a?' }], 'ab', false],
  [[{ wildcard: 'a\\*b' }], 'a*b', true],
  [[{ wildcard: 'a\\*b' }], 'axb', false],
  [[{ wildcard: 'a\\\\*' }], 'a\\b', true],
  [[{ wildcard: 'a**' }], 'ab', 'unknown'],
  [[{ wildcard: 'a\\b' }], 'ab', 'unknown'],
  [['a', 'b', { prefix: 'c' }], 'cd', true],
  [[1], 1, true],
  [['1'], 1, false],
  [[null], undefined, false],
  [['a'], { y: 'a' }, false],
  [[{ prefix: 'a', suffix: 'b' }], 'ab', 'unknown'],
  [[['a']], 'a', 'unknown'],
  [[], 'a', 'unknown'],
  ['a', 'a', 'unknown'],
  [{}, 'a', 'unknown'],
  [[{ 'starts-with': 'a' }, 'a'], 'a', true],
  [{ y: ['a'] }, { y: 'a' }, true],
  [{ y: ['a'] }, [{ y: 'b' }, { y: 'a' }], true],
  [
    { y: ['a'], z: ['b'] },
    [
      { y: 'a', z: 'c' },
      { y: 'c', z: 'b' },
    ],
    false,
  ],
  [{ y: [{ exists: false }] }, [{ y: 'a' }, {}], 'unknown'],
  [{ y: [{ exists: false }] }, [{}, {}], true],
  [{ y: ['a'] }, 'a', false],
])('%j of %j', (alternatives, found, expected) => {
  expect(matchesEvent({ x: alternatives }, value(found))).toBe(expected);
});

test.each([
  ['no JSON', '{'],
  ['no object', '[]'],
  ['nothing asked', {}],
  ['one alternative', { $or: [{ source: ['x'] }] }],
  ['nothing', undefined],
])('what is no pattern is unknown: %s', (_, pattern) => {
  expect(matchesEvent(pattern, SIGN_IN_EVENT)).toBe('unknown');
});

/** A matcher, and what it accepts by its definition. */
interface Matcher {
  readonly json: unknown;
  readonly accepts: (value: unknown) => boolean;
}
const ofText = (accepts: (text: string) => boolean) => (found: unknown) =>
  typeof found === 'string' && accepts(found);
const word = fc.string({ unit: fc.constantFrom('a', 'B', 'b'), maxLength: 3 });
const scalar = fc.oneof(word, fc.integer({ min: -2, max: 2 }), fc.boolean(), fc.constant(null));
const matcher: fc.Arbitrary<Matcher> = fc.oneof(
  scalar.map((json): Matcher => ({ json, accepts: (found) => found === json })),
  word.map(
    (text): Matcher => ({
      json: { prefix: text },
      accepts: ofText((found) => found.slice(0, text.length) === text),
    }),
  ),
  word.map(
    (text): Matcher => ({
      json: { suffix: text },
      accepts: ofText((found) => new RegExp(`${text}$`).test(found)),
    }),
  ),
  word.map(
    (text): Matcher => ({
      json: { 'equals-ignore-case': text },
      accepts: ofText((found) => new RegExp(`^${text}$`, 'i').test(found)),
    }),
  ),
  // EventBridge takes no `**`.
  fc.array(word, { minLength: 1, maxLength: 3 }).map((texts): Matcher => {
    const wildcard = texts.join('*').replace('**', '*');
    return {
      json: { wildcard },
      accepts: ofText((found) => new RegExp(`^${wildcard.replaceAll('*', '.*')}$`).test(found)),
    };
  }),
  fc.array(fc.oneof(word, fc.integer({ min: -2, max: 2 })), { minLength: 1, maxLength: 3 }).map(
    (values): Matcher => ({
      json: { 'anything-but': values },
      accepts: (found) => found !== undefined && values.every((one) => one !== found),
    }),
  ),
  fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2, max: 2 })).map(
    ([low, high]): Matcher => ({
      json: { numeric: ['>', low, '<=', high] },
      accepts: (found) => typeof found === 'number' && found > low && found <= high,
    }),
  ),
  fc
    .boolean()
    .map((exists): Matcher => ({ json: { exists }, accepts: (found) => (found !== undefined) === exists })),
);
const PATHS = ['a', 'b.c', 'b.d', 'e.f.g'];
const wanted = fc.dictionary(fc.constantFrom(...PATHS), fc.array(matcher, { minLength: 1, maxLength: 3 }), {
  minKeys: 1,
});
const event = fc.dictionary(fc.constantFrom(...PATHS), scalar);
const tree = (fields: Readonly<Record<string, unknown>>) => {
  const made: Record<string, unknown> = {};
  for (const [path, leaf] of Object.entries(fields)) {
    let at = made;
    const names = path.split('.');
    const last = names.pop() ?? '';
    for (const name of names) {
      at[name] ??= {};
      at = at[name] as Record<string, unknown>;
    }
    at[last] = leaf;
  }
  return made;
};

test('a pattern accepts exactly what its definition accepts', () => {
  const seen = { true: 0, false: 0 };
  fc.assert(
    fc.property(wanted, event, (fields, values) => {
      const pattern = tree(
        Object.fromEntries(
          Object.entries(fields).map(([path, matchers]) => [path, matchers.map(({ json }) => json)]),
        ),
      );
      const expected = Object.entries(fields).every(([path, matchers]) =>
        matchers.some(({ accepts }) => accepts(values[path])),
      );
      expect(matchesEvent(pattern, tree(values))).toBe(expected);
      seen[expected ? 'true' : 'false']++;
    }),
    { numRuns: 3000 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(80);
});
