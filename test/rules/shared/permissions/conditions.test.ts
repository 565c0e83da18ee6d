import { areMet, isMet } from '../../../../rules/shared/permissions/conditions.ts';
import { contextOf } from '../../../../rules/shared/permissions/context.ts';
import { parseIdentityPolicy } from '../../../../rules/shared/policy/parse.ts';
import { allow, document } from './policies.ts';

const context = contextOf(
  {
    'aws:username': 'ana',
    'aws:PrincipalArn': 'arn:aws:iam::111122223333:user/ana',
    'aws:PrincipalType': 'User',
    'aws:MultiFactorAuthPresent': 'false',
    'aws:MultiFactorAuthAge': null,
    'aws:SourceIp': '203.0.113.7',
    'aws:TokenAge': '3600',
    'aws:CurrentTime': '2026-06-30T12:00:00Z',
    'aws:CalledVia': ['athena.amazonaws.com', 'glue.amazonaws.com'],
    'aws:PrincipalTag/team': 'data',
    'aws:PrincipalTag/star': '*',
  },
  ['aws:PrincipalTag/*'],
);
const conditionsOf = (Condition: unknown) => {
  const [statement] = parseIdentityPolicy(
    JSON.stringify(document(allow('*', '*', { Condition }))),
    'policy p',
  );
  return statement?.conditions ?? [];
};
// biome-ignore lint/suspicious/noTemplateCurlyInString: policy variables.
const [NAME, REGION, STAR] = ['${aws:username}', '${aws:RequestedRegion}', '${aws:PrincipalTag/star}'];

const cases: [situation: string, operator: string, key: string, values: unknown, expected: unknown][] = [
  ['the same text', 'StringEquals', 'aws:username', 'ana', true],
  ['a key in any letter case', 'StringEquals', 'AWS:UserName', 'ana', true],
  ['an operator in any letter case', 'stringequals', 'aws:username', 'ana', true],
  ['another letter case of the value', 'StringEquals', 'aws:username', 'Ana', false],
  ['… where it does not count', 'StringEqualsIgnoreCase', 'aws:username', 'Ana', true],
  ['one of several values', 'StringEquals', 'aws:username', ['eve', 'ana'], true],
  ['StringEquals has no wildcards', 'StringEquals', 'aws:username', 'a*', false],
  ['StringLike has', 'StringLike', 'aws:username', 'a?a*', true],
  ['the negation of one of several', 'StringNotEquals', 'aws:username', ['eve', 'ana'], false],
  ['the negation of others', 'StringNotLike', 'aws:username', ['e*', 'b*'], true],
  ['ArnEquals has wildcards', 'ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::*:user/*', true],
  ['ArnLike of another part', 'ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*', false],
  ['in an ARN a * spans no colon', 'ArnLike', 'aws:PrincipalArn', 'arn:*:111122223333:user/ana:x:y', false],
  ['a pattern of fewer parts than an ARN', 'ArnLike', 'aws:PrincipalArn', '*:user/ana', true],
  ['ArnNotLike', 'ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*', true],
  ['what is no ARN', 'ArnLike', 'aws:username', 'arn:aws:iam::*:user/*', false],
  ['Bool in any letter case', 'Bool', 'aws:MultiFactorAuthPresent', 'False', true],
  ['a boolean instead of a text', 'Bool', 'aws:MultiFactorAuthPresent', false, true],
  ['Bool of the other', 'BoolIfExists', 'aws:MultiFactorAuthPresent', 'true', false],
  ['a key that is not there', 'Bool', 'aws:MultiFactorAuthAge', 'false', false],
  ['… IfExists', 'BoolIfExists', 'aws:MultiFactorAuthAge', 'false', true],
  ['… negated', 'StringNotEquals', 'aws:PrincipalTag/none', 'x', true],
  ['… ForAllValues', 'ForAllValues:StringEquals', 'aws:PrincipalTag/none', 'x', true],
  ['… ForAnyValue, negated or not', 'ForAnyValue:StringNotEquals', 'aws:PrincipalTag/none', 'x', false],
  ['Null of a key that is not there', 'Null', 'aws:MultiFactorAuthAge', 'true', true],
  ['Null false of it', 'Null', 'aws:MultiFactorAuthAge', false, false],
  ['Null of a key that is there', 'Null', 'aws:MultiFactorAuthPresent', 'true', false],
  ['Null false of it', 'Null', 'aws:MultiFactorAuthPresent', ['FALSE'], true],
  ['Null of both', 'Null', 'aws:RequestedRegion', ['true', 'false'], true],
  ['Null of a key of which nothing is known', 'Null', 'aws:RequestedRegion', 'true', 'unknown'],
  ['a form that Null does not have', 'NullIfExists', 'aws:MultiFactorAuthAge', 'true', 'unknown'],
  ['numbers', 'NumericGreaterThan', 'aws:TokenAge', '3599', true],
  ['a number as such', 'NumericLessThanEquals', 'aws:TokenAge', 3600, true],
  ['numbers that are equal', 'NumericGreaterThan', 'aws:TokenAge', '3600', false],
  ['other numbers', 'NumericNotEquals', 'aws:TokenAge', '1', true],
  ['what is no number', 'NumericLessThan', 'aws:TokenAge', 'x', false],
  ['nothing is no number', 'NumericGreaterThan', 'aws:TokenAge', '', false],
  ['a number without the key', 'NumericGreaterThan', 'aws:MultiFactorAuthAge', '1', false],
  ['times', 'DateLessThan', 'aws:CurrentTime', '2026-07-01T00:00:00Z', true],
  ['times in seconds since 1970', 'DateGreaterThanEquals', 'aws:CurrentTime', '1782820800', true],
  ['an address in a range', 'IpAddress', 'aws:SourceIp', '203.0.113.0/24', true],
  ['an address outside', 'IpAddress', 'aws:SourceIp', ['198.51.100.0/24', '2001:db8::/32'], false],
  ['… negated', 'NotIpAddress', 'aws:SourceIp', ['198.51.100.0/24'], true],
  ['what is no range', 'IpAddress', 'aws:SourceIp', 'home', false],
  ['bytes', 'BinaryEquals', 'aws:username', 'ana', true],
  ['all of several values', 'ForAllValues:StringLike', 'aws:CalledVia', '*.amazonaws.com', true],
  ['not all of them', 'ForAllValues:StringEquals', 'aws:CalledVia', 'athena.amazonaws.com', false],
  ['any of them', 'ForAnyValue:StringEquals', 'aws:CalledVia', 'glue.amazonaws.com', true],
  ['any that is another', 'ForAnyValue:StringNotEquals', 'aws:CalledVia', 'glue.amazonaws.com', true],
  ['several values without a set operator', 'StringEquals', 'aws:CalledVia', 'glue.amazonaws.com', 'unknown'],
  ['a key of which nothing is known', 'StringEquals', 'aws:RequestedRegion', 'eu-west-1', 'unknown'],
  ['a variable that is known', 'StringEquals', 'aws:username', NAME, true],
  ['… beside text', 'ArnLike', 'aws:PrincipalArn', `arn:aws:iam::*:user/${NAME}`, true],
  ['… and others that are not', 'StringEquals', 'aws:username', ['x', REGION], 'unknown'],
  ['one of the values does without the variable', 'StringEquals', 'aws:username', ['ana', REGION], true],
  ['a variable that stands for a wildcard', 'StringLike', 'aws:username', STAR, 'unknown'],
  ['a variable without an end', 'StringLike', 'aws:username', '$' + '{aws:username', 'unknown'],
  ['an operator that AWS does not have', 'StringStartsWith', 'aws:username', 'a', 'unknown'],
  ['no values at all', 'StringEquals', 'aws:username', [], 'unknown'],
];

test.each(cases)('%s: %s of %s and %j', (_, operator, key, values, expected) => {
  const [condition] = conditionsOf({ [operator]: { [key]: values } });
  expect(condition && isMet(condition, context)).toBe(expected);
});

test.each([
  ['none', undefined, true],
  ['all met', { StringEquals: { 'aws:username': 'ana', 'aws:PrincipalType': 'User' } }, true],
  [
    'one unmet',
    { StringEquals: { 'aws:username': 'ana' }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    false,
  ],
  ['one open', { StringEquals: { 'aws:username': 'ana', 'aws:RequestedRegion': 'x' } }, 'unknown'],
  ['one open, one unmet', { StringEquals: { 'aws:username': 'eve', 'aws:RequestedRegion': 'x' } }, false],
  ['an operator without a key', { StringEquals: {} }, 'unknown'],
])('of several conditions: %s', (_, Condition, expected) => {
  expect(areMet(conditionsOf(Condition), context)).toBe(expected);
});
