import fc from 'fast-check';
import type { Json } from './policies.ts';

export const ACCOUNT = '111122223333';
export const ANA = `arn:aws:iam::${ACCOUNT}:user/ana`;
// biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable.
const OWN = 'arn:aws:iam::111122223333:user/${aws:username}';

/** Concrete requests, of which the policies below allow and deny some. */
export const REQUESTS: readonly [action: string, resource: string][] = [
  ['s3:GetObject', 'arn:aws:s3:::b/x'],
  ['s3:GetObject', 'arn:aws:s3:::c/x'],
  ['s3:PutObject', 'arn:aws:s3:::b/public/y'],
  ['s3:ListBucket', 'arn:aws:s3:::b'],
  ['iam:GetUser', ANA],
  ['iam:CreateUser', `arn:aws:iam::${ACCOUNT}:user/eve`],
  ['ec2:RunInstances', `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/*`],
];

// Without `*:*`, which the simulator does not know.
const actions = some(
  '*',
  's3:*',
  's3:Get*',
  's3:?etObject',
  'S3:PUTOBJECT',
  'iam:*',
  'iam:*User',
  'ec2:Run*',
);
const resources = some(
  '*',
  'arn:aws:s3:::b',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::b/public/?',
  'arn:aws:iam::*:user/*',
  ANA,
);

/** What the generated conditions ask for; `known` says what a context of {@link knowing} knows of each request. */
const condition = fc.constantFrom<Json>(
  ...['true', 'false'].flatMap((value): Json[] => [
    { Bool: { 'aws:MultiFactorAuthPresent': value } },
    { BoolIfExists: { 'aws:MultiFactorAuthPresent': value } },
    { Null: { 'aws:MultiFactorAuthPresent': value } },
    { Null: { 'aws:MultiFactorAuthAge': value } },
  ]),
  { NumericGreaterThan: { 'aws:MultiFactorAuthAge': '3600' } },
  { NumericLessThanIfExists: { 'aws:MultiFactorAuthAge': '3600' } },
  { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } },
  { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } },
  { StringNotLike: { 'aws:RequestedRegion': 'eu-*' } },
  { StringLike: { 'aws:PrincipalTag/team': 'd*' } },
  { StringNotEqualsIfExists: { 'aws:PrincipalTag/none': 'x' } },
  { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/a*' } },
  { ArnNotEquals: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/*', ANA] } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } },
  { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['team'] } },
  { 'ForAnyValue:StringLike': { 'aws:CalledVia': ['athena*'] } },
);

type Weights = readonly [element: string, element: string, element: string];
const usually = (element: string): Weights => [element, element, `Not${element}`];

export const statement = (Effect: 'Allow' | 'Deny', variables = true): fc.Arbitrary<Json> =>
  fc
    .record({
      what: fc.tuple(fc.constantFrom(...usually('Action')), actions),
      where: fc.tuple(
        fc.constantFrom(...usually('Resource')),
        variables ? fc.oneof({ weight: 9, arbitrary: resources }, fc.constant(OWN)) : resources,
      ),
      Condition: fc.array(condition, { maxLength: 2 }).map((parts) => Object.assign({}, ...parts) as Json),
    })
    .map(({ what, where, Condition }) => ({
      Effect,
      ...Object.fromEntries([what, where]),
      ...(Object.keys(Condition).length > 0 && { Condition }),
    }));

/** Drawn like the others, hardly any Deny would take everything away. */
const sweeping: fc.Arbitrary<Json> = fc
  .record({
    what: fc.tuple(fc.constantFrom('Action', 'NotAction'), actions),
    Condition: fc.option(condition),
  })
  .map(({ what, Condition }) => ({
    Effect: 'Deny',
    ...Object.fromEntries([what]),
    Resource: '*',
    ...(Condition && { Condition }),
  }));

export const statements: fc.Arbitrary<Json[]> = fc
  .tuple(
    fc.array(statement('Allow'), { minLength: 1, maxLength: 3 }),
    fc.array(fc.oneof(sweeping, statement('Deny')), { maxLength: 2 }),
  )
  .map(([allows, denies]) => [...denies, ...allows]);

/** A request's context as the simulator takes it, and what is known of it: the keys that are left out are not. */
export interface Situation {
  readonly has: Readonly<Record<string, string | string[]>>;
  readonly known: Readonly<Record<string, string | string[] | null>>;
}
const KEYS: Readonly<Record<string, readonly (string | string[] | null)[]>> = {
  'aws:username': ['ana'],
  'aws:PrincipalArn': [ANA],
  'aws:PrincipalTag/team': ['data', 'web', null],
  'aws:PrincipalTag/none': [null],
  'aws:MultiFactorAuthPresent': ['true', 'false', null],
  'aws:MultiFactorAuthAge': ['60', '7200', null],
  'aws:SourceIp': ['203.0.113.7', '198.51.100.1', null],
  'aws:RequestedRegion': ['eu-west-1', 'us-east-1', null],
  'aws:TagKeys': [['team'], ['team', 'cost'], null],
  'aws:CalledVia': [['athena.amazonaws.com'], null],
};
export const situation = (isAllKnown: boolean): fc.Arbitrary<Situation> =>
  fc
    .tuple(
      ...Object.entries(KEYS).map(([key, values]) =>
        fc.record({
          key: fc.constant(key),
          value: fc.constantFrom(...values),
          isKnown: fc.constantFrom(true, isAllKnown),
        }),
      ),
    )
    .map((keys) => ({
      has: Object.fromEntries(keys.flatMap(({ key, value }) => (value === null ? [] : [[key, value]]))),
      known: Object.fromEntries(keys.flatMap(({ key, value, isKnown }) => (isKnown ? [[key, value]] : []))),
    }));

function some<T>(...values: T[]): fc.Arbitrary<T | T[]> {
  return fc.oneof(
    fc.constantFrom(...values),
    fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
  );
}
