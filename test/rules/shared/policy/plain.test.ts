import fc from 'fast-check';
import * as z from 'zod/mini';
import { IDENTITY, ofIdentity, ofTrust, TRUST } from '../../../../rules/shared/policy/parse.ts';
import { plainStatements } from '../../../../rules/shared/policy/plain.ts';

const text = fc.constantFrom('s3:GetObject', '*', '', 'arn:aws:s3:::b/*', 'toString', '7');
/** What belongs nowhere in a policy, or only in some places. */
const odd = fc.constantFrom<unknown>(null, 7, -1, true, [], {}, [7], [null], [['x']], { a: 'b' }, undefined);
const mostly = <T>(usual: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 30, arbitrary: usual as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: odd });
const texts = mostly(fc.oneof(text, fc.array(mostly(text), { maxLength: 3 })));
const principals = mostly(
  fc.oneof(
    fc.constant('*'),
    fc.dictionary(
      fc.constantFrom('AWS', 'CanonicalUser', 'Federated', 'Service', 'Else'),
      fc.oneof(texts, fc.constantFrom<unknown>(123456789012, [7, 'x'], 1234567890123)),
      { maxKeys: 2 },
    ),
  ),
);
const conditions = mostly(
  fc.dictionary(
    fc.constantFrom('StringEquals', 'Bool', 'ForAnyValue:StringLike', '0', 'constructor'),
    mostly(
      fc.dictionary(
        fc.constantFrom('aws:SourceIp', 'AWS:SourceIP', '1'),
        mostly(fc.oneof(text, fc.boolean(), fc.integer(), fc.array(mostly(text), { maxLength: 2 }))),
        { maxKeys: 2 },
      ),
    ),
    { maxKeys: 2 },
  ),
);
const statement = mostly(
  fc.record(
    {
      Sid: mostly(text),
      Effect: mostly(fc.constantFrom('Allow', 'Deny')),
      Action: texts,
      NotAction: texts,
      Resource: texts,
      NotResource: texts,
      Principal: principals,
      NotPrincipal: principals,
      Condition: conditions,
      Else: odd,
    },
    { requiredKeys: [] },
  ),
);
const policy = mostly(
  fc.record(
    {
      Version: mostly(fc.constant('2012-10-17')),
      Id: mostly(text),
      Statement: mostly(fc.oneof(statement, fc.array(statement, { maxLength: 3 }))),
      Else: odd,
    },
    { requiredKeys: ['Statement'] },
  ),
);

/** As it comes out of JSON. */
const asJson = (value: unknown): unknown => {
  const written = JSON.stringify(value);
  return written === undefined ? undefined : JSON.parse(written);
};

const KINDS = {
  identity: { elements: IDENTITY, grammar: ofIdentity },
  trust: { elements: TRUST, grammar: ofTrust },
};

describe.each(Object.entries(KINDS))('a policy of %s', (_, { elements, grammar }) => {
  test('is read without the grammar as the grammar would read it, or not at all', () => {
    const figures = { plain: 0, left: 0 };
    fc.assert(
      fc.property(policy, (given) => {
        const value = asJson(given);
        const plain = plainStatements(value, elements);
        if (!plain) {
          figures.left++;
          return;
        }
        figures.plain++;
        expect({ success: true, data: plain }).toEqual({
          success: true,
          data: (z.safeParse(grammar(), value).data as { Statement: unknown } | undefined)?.Statement,
        });
        // The order, which equality does not look at, is that of what people read.
        expect(JSON.stringify(plain.map((one) => one.Condition))).toBe(
          JSON.stringify(
            (
              z.safeParse(grammar(), value).data as unknown as { Statement: { Condition?: unknown }[] }
            ).Statement.map((one) => one.Condition),
          ),
        );
      }),
      { numRuns: 1500 },
    );
    expect(figures.plain).toBeGreaterThan(20);
    expect(figures.left).toBeGreaterThan(20);
  });
});

test.each([
  [KINDS.identity, { Effect: 'Allow', Action: ['s3:*', 'ec2:*'], Resource: '*' }],
  [
    KINDS.identity,
    { Sid: 'x', Effect: 'Deny', NotAction: 'iam:*', NotResource: ['a'], Condition: { Bool: { k: false } } },
  ],
  [KINDS.trust, { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
])('needs no grammar where AWS itself would write it so: %#', ({ elements }, one) => {
  expect(plainStatements({ Version: '2012-10-17', Statement: [one] }, elements)).toHaveLength(1);
});

test('a number that JSON cannot give back is for the grammar', () => {
  const text =
    '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericEquals":{"k":1e999}}}}';
  expect(plainStatements(JSON.parse(text), KINDS.identity.elements)).toBeUndefined();
});
