import fc from 'fast-check';
import { ACCOUNT, BUCKET, type Json, OBJECTS, ORG, USER, VARIABLE, VPC } from './policies.ts';

const principal = fc.constantFrom<unknown>(
  '*',
  { AWS: '*' },
  { AWS: [ACCOUNT, '*'] },
  { AWS: ACCOUNT },
  { AWS: [USER, `arn:aws:iam::${ACCOUNT}:role/r`] },
  { Service: 'cloudtrail.amazonaws.com' },
);

const actions = some(
  's3:GetObject',
  's3:Get*',
  's3:*',
  '*',
  'S3:PUTOBJECT',
  's3:*Object',
  's3:?etObject*',
  's3:ListBucket',
);
const resources = some(
  BUCKET,
  OBJECTS,
  'arn:aws:s3:::b/public/*',
  'arn:aws:s3:::b/?ublic/*',
  'arn:aws:s3:::b/*/x',
  'arn:aws:s3:::b*',
  '*',
);

/** Keys with values that are fixed, and values that are not. */
const KEYS: [key: string, operators: string[], values: string[]][] = [
  ['aws:SourceVpc', ['String'], [VPC, 'vpc-2', 'vpc-*', VARIABLE]],
  ['aws:PrincipalOrgID', ['String'], [ORG['aws:PrincipalOrgID'], 'o-2', 'o-*']],
  ['aws:PrincipalAccount', ['String'], [ACCOUNT, '4444*', 'anonymous']],
  ['aws:PrincipalArn', ['String', 'Arn'], [USER, `arn:aws:iam::${ACCOUNT}:role/*`, 'arn:aws:iam::*:user/*']],
  ['aws:SourceIp', ['Ip'], ['203.0.113.0/24', '203.0.113.7/32', '0.0.0.0/0', '128.0.0.0/1', '2001:db8::/32']],
  ['aws:Referer', ['String'], ['https://example.com/', '*']],
  ['aws:UserAgent', ['String'], ['secret']],
];
const OPERATORS: Record<string, string[]> = {
  String: [
    'StringEquals',
    'StringLike',
    'StringEqualsIgnoreCase',
    'StringNotEquals',
    'StringNotLike',
    'StringNotEqualsIgnoreCase',
  ],
  Arn: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
  Ip: ['IpAddress', 'NotIpAddress'],
};

const condition = fc.oneof(
  fc.constantFrom(...KEYS).chain(([key, families, values]) =>
    fc
      .record({
        set: fc.constantFrom('', '', 'ForAnyValue:', 'ForAllValues:'),
        operator: fc.constantFrom(...families.flatMap((family) => OPERATORS[family] ?? [])),
        ifExists: fc.constantFrom('', '', 'IfExists'),
        value: some(...values),
      })
      .map(({ set, operator, ifExists, value }) => ({ [set + operator + ifExists]: { [key]: value } })),
  ),
  fc.constantFrom<Json>(
    { Bool: { 'aws:SecureTransport': 'true' } },
    { Bool: { 'aws:SecureTransport': 'false' } },
    { Null: { 'aws:PrincipalOrgID': 'true' } },
    { Null: { 'aws:SourceVpc': 'false' } },
  ),
);
const conditions = fc.array(condition, { maxLength: 2 }).map((parts) => Object.assign({}, ...parts) as Json);

export const statement = (effect: 'Allow' | 'Deny'): fc.Arbitrary<Json> =>
  fc
    .record({
      who: fc.tuple(fc.constantFrom('Principal', 'Principal', 'Principal', 'NotPrincipal'), principal),
      what: fc.tuple(fc.constantFrom('Action', 'Action', 'Action', 'NotAction'), actions),
      where: fc.tuple(fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'), resources),
      Condition: conditions,
    })
    .map(({ who, what, where, Condition }) => ({
      Effect: effect,
      ...Object.fromEntries([who, what, where]),
      ...(Object.keys(Condition).length > 0 && { Condition }),
    }));

/**
 * Statements for everyone on everything, with one condition at most. Drawn like the others, hardly any Deny would close
 * an Allow, and hardly a verdict would rest on the one thing that makes a condition differ.
 */
const sweeping = (Effect: 'Allow' | 'Deny'): fc.Arbitrary<Json> =>
  fc
    .record({
      Action: fc.constantFrom('*', 's3:*'),
      Resource: fc.constantFrom<unknown>('*', 'arn:aws:s3:::b*', OBJECTS, [BUCKET, OBJECTS]),
      Condition: fc.option(condition),
    })
    .map(({ Condition, ...more }) => ({ Effect, Principal: '*', ...more, ...(Condition && { Condition }) }));

/** One or two Allows, up to two Denies, in any order. */
export const statements: fc.Arbitrary<Json[]> = fc
  .tuple(
    fc.oneof(
      sweeping('Allow').map((one) => [one]),
      fc.array(statement('Allow'), { minLength: 1, maxLength: 2 }),
    ),
    fc.array(fc.oneof(sweeping('Deny'), statement('Deny')), { maxLength: 2 }),
    fc.boolean(),
  )
  .map(([allows, denies, deniesFirst]) => (deniesFirst ? [...denies, ...allows] : [...allows, ...denies]));

function some<T>(...values: T[]): fc.Arbitrary<T | T[]> {
  return fc.oneof(
    fc.constantFrom(...values),
    fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }),
  );
}
