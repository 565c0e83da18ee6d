import fc from 'fast-check';
import { matchesFilter } from '../../../../rules/shared/alerts/metric-filter.ts';
import { API_CALL, SIGN_IN } from './samples.ts';

test.each<[pattern: string, signIn: unknown, api: unknown]>([
  // CIS 4.3 (1.7), as it is written, and in other orders.
  [
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
    true,
    true,
  ],
  [
    '{ ($.eventType != "AwsServiceEvent") && ($.userIdentity.invokedBy NOT EXISTS) && ($.userIdentity.type = Root) }',
    true,
    true,
  ],
  [
    '{$.userIdentity.type="Root"&&$.userIdentity.invokedBy NOT EXISTS&&$.eventType!="AwsServiceEvent"}',
    true,
    true,
  ],
  ['{ $.userIdentity.type = "Root" }', true, true],
  ['{ $.userIdentity.type = "root" }', false, false],
  ['{ $.userIdentity.type = "Root" && $.eventName = "ConsoleLogin" }', true, false],
  ['{ $.eventName = ConsoleLogin || $.eventName = "Create*" }', true, true],
  ['{ $.eventName = "CreateUser" || $.eventName = "X" && $.userIdentity.type = "Root" }', false, true],
  ['{ ($.eventName = "CreateUser" || $.eventName = "X") && $.userIdentity.type = "No" }', false, false],
  ['{ $.additionalEventData.MFAUsed != "Yes" }', false, 'unknown'],
  ['', true, true],
  ['   ', true, true],
  ['ConsoleLogin', 'unknown', 'unknown'],
  ['?ERROR ?WARN', 'unknown', 'unknown'],
  ['[ip, user, status=4*]', 'unknown', 'unknown'],
  ['{ $.eventName = %Console.*% }', true, false],
  ['{ $.eventName = %Console.*% && $.eventType = "AwsApiCall" }', false, false],
  ['{ $.userIdentity.type = %^[Rr]oo?t$% }', true, true],
  ['{ $.userIdentity.type = %R..t% }', true, true],
  ['{ $.userIdentity.type = %r..t% }', false, false],
  ['{ $.userIdentity.type = %Ro{2}t|x% }', true, true],
  ['{ $.eventName = %\\W|\\d\\x41% }', false, false],
  ['{ $.eventSource = %^[a-z]+\\.amazonaws\\.com$% }', true, true],
  ['{ $.eventName = %(Console)Login% }', 'unknown', 'unknown'],
  ['{ $.eventName = %Console Login% }', 'unknown', 'unknown'],
  ['{ $.eventName = %\\bConsole% }', 'unknown', 'unknown'],
  ['{ $.eventName = %[Console% }', 'unknown', 'unknown'],
  ['{ $.eventName = %Console|% }', 'unknown', 'unknown'],
  ['{ $.eventName = %C*o*n*s*o*% }', 'unknown', 'unknown'],
  ['{ $.userIdentity.type = %Root% }', true, true],
  ['{ $.userIdentity.type = %^Root$% }', true, true],
  ['{ $.userIdentity.type = %^oot% }', false, false],
  ['{ $.userIdentity.type = %Roo$% }', false, false],
  ['{ $.eventName = %^Console|CreateUser$% }', true, true],
  ['{ $.eventName = %Console|Log.n% }', true, false],
  ['{ $.userIdentity.type = %root% }', false, false],
  ['{ $.userIdentity.type != %IAM% }', true, true],
  ['{ $.readOnly = %false% }', 'unknown', 'unknown'],
  ['{ $.nothing = %Root% }', false, false],
  ['{ $.eventName = }', 'unknown', 'unknown'],
  ['{ $.eventName = "a" && }', 'unknown', 'unknown'],
  ['{ ($.eventName = "a" }', 'unknown', 'unknown'],
  ['{ $.eventName = "a" $.x = 1 }', 'unknown', 'unknown'],
  ['{ eventName = "a" }', 'unknown', 'unknown'],
  ['{ $.eventName ~ "a" }', 'unknown', 'unknown'],
])('%s', (pattern, signIn, api) => {
  expect(matchesFilter(pattern, SIGN_IN)).toBe(signIn);
  expect(matchesFilter(pattern, API_CALL)).toBe(api);
});

const EVENT = {
  text: 'a b',
  number: 7.5,
  no: null,
  yes: true,
  list: ['x', { deep: 1 }],
  'a-b': 'dash',
  digits: '42',
  q: 'say "hi"',
  of: { it: 'y' },
};
test.each<[condition: string, expected: unknown]>([
  ['$.text = "a b"', true],
  ['$.text = "a*"', true],
  ['$.text = *b', true],
  ['$.text = "*"', true],
  ['$.text = "a?b"', false],
  ['$.text = "A b"', false],
  ['$.text != "a*"', false],
  ['$.text != "c"', true],
  ['$.q = "say \\"hi\\""', true],
  ['$.a-b = dash', true],
  ['$.number = 7.5', true],
  ['$.number = 75e-1', true],
  ['$.number != 7', true],
  ['$.number > 7', true],
  ['$.number >= 7.5', true],
  ['$.number < 7.5', false],
  ['$.number <= -1', false],
  ['$.number = "7.5"', 'unknown'],
  ['$.text > 7', false],
  ['$.text > "7"', 'unknown'],
  ['$.digits = 42', 'unknown'],
  ['$.digits > 41', 'unknown'],
  ['$.digits = "42"', true],
  ['$.yes = true', 'unknown'],
  ['$.yes IS TRUE', true],
  ['$.yes IS FALSE', false],
  ['$.text IS TRUE', false],
  ['$.no IS NULL', true],
  ['$.none IS NULL', false],
  ['$.no = "x"', false],
  ['$.none = "x"', false],
  ['$.none != "x"', 'unknown'],
  ['$.none > 1', false],
  ['$.none NOT EXISTS', true],
  ['$.of.none.it NOT EXISTS', true],
  ['$.no NOT EXISTS', false],
  ['$.none EXISTS', false],
  ['$.text EXISTS', 'unknown'],
  ['$.list[0] = "x"', true],
  ['$.list[1].deep = 1', true],
  ['$.list[2] NOT EXISTS', true],
  ['$.list = "x"', 'unknown'],
  ['$.of["it"] = "y"', 'unknown'],
  ['$.of["it"] = "z"', false],
  ['$.constructor NOT EXISTS', true],
])('of one event: %s', (condition, expected) => {
  expect(matchesFilter(`{ ${condition} }`, EVENT)).toBe(expected);
  expect(matchesFilter(`{((${condition}))}`, EVENT)).toBe(expected);
});

/** An expression, and what it is of an event by its definition. */
interface Expression {
  readonly text: string;
  readonly holds: (event: Record<string, unknown>) => boolean;
}
const name = fc.constantFrom('a', 'b', 'c');
const word = fc.string({ unit: fc.constantFrom('x', 'y'), minLength: 1, maxLength: 2 });
const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc
    .tuple(name, fc.array(word, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([of, parts, quoted]): Expression => {
      const text = parts.join('*');
      return {
        text: `$.${of} = ${quoted ? `"${text}"` : text}`,
        holds: (event) =>
          typeof event[of] === 'string' && new RegExp(`^${parts.join('.*')}$`).test(String(event[of])),
      };
    }),
  fc.tuple(name, fc.integer({ min: -1, max: 1 }), fc.constantFrom('<', '>=')).map(
    ([of, limit, operator]): Expression => ({
      text: `$.${of} ${operator} ${limit}`,
      holds: (event) =>
        typeof event[of] === 'number' &&
        (operator === '<' ? Number(event[of]) < limit : Number(event[of]) >= limit),
    }),
  ),
  name.map((of): Expression => ({ text: `$.${of} NOT EXISTS`, holds: (event) => event[of] === undefined })),
);
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.tuple(tie('expression'), tie('expression'), fc.constantFrom('&&', '||')).map(
      ([one, other, operator]): Expression => ({
        text: `(${one.text}) ${operator} (${other.text})`,
        holds: (event) =>
          operator === '&&' ? one.holds(event) && other.holds(event) : one.holds(event) || other.holds(event),
      }),
    ),
  ),
}));
const values = fc.dictionary(name, fc.oneof(word, fc.integer({ min: -2, max: 2 })));

test('a pattern matches exactly the events that its definition accepts', () => {
  const seen = { true: 0, false: 0, unknown: 0 };
  fc.assert(
    fc.property(expression, values, ({ text, holds }, event) => {
      const answer = matchesFilter(`{ ${text} }`, event);
      // A text that is compared with a number is not documented.
      if (answer !== 'unknown') expect(answer).toBe(holds(event));
      seen[`${answer}`]++;
    }),
    { numRuns: 3000 },
  );
  expect(seen.true).toBeGreaterThan(300);
  expect(seen.false).toBeGreaterThan(300);
  expect(seen.unknown).toBeLessThan(1500);
});
