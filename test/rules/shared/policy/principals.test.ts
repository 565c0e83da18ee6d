import { ACCOUNT, publicIn, to, USER } from './policies.ts';

const principals: [situation: string, principal: unknown, isPublic: boolean][] = [
  ['everyone', '*', true],
  ['everyone, spelt as AWS principals', { AWS: '*' }, true],
  ['everyone in a list', { AWS: ['*'] }, true],
  ['an account id', { AWS: ACCOUNT }, false],
  ['an account id as a number', { AWS: 111_122_223_333 }, false],
  ['an account id as a number, in a list', { AWS: [USER, 111_122_223_333] }, false],
  ["an account's root", { AWS: `arn:aws:iam::${ACCOUNT}:root` }, false],
  ['a user', { AWS: USER }, false],
  ['a role session', { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/ops/ana` }, false],
  ['a deleted role, shown by its id', { AWS: 'AROAEXAMPLEID1234567' }, false],
  ['a list of accounts', { AWS: [ACCOUNT, '444455556666'] }, false],
  ['a list with everyone in it', { AWS: [ACCOUNT, '*'] }, true],
  ['a wildcard inside an ARN', { AWS: 'arn:aws:iam::*:root' }, true],
  ['a question mark inside an account id', { AWS: '11112222333?' }, true],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable.
  ['a policy variable', { AWS: 'arn:aws:iam::${aws:PrincipalAccount}:root' }, true],
  ['an AWS service', { Service: 'cloudtrail.amazonaws.com' }, false],
  ['any AWS service', { Service: '*' }, true],
  ['a service by wildcard', { Service: '*.amazonaws.com' }, true],
  ['a web identity provider', { Federated: 'graph.facebook.com' }, true],
  ['a SAML provider of the account', { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/adfs` }, true],
  [
    'a canonical user',
    { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' },
    false,
  ],
  ["S3's anonymous user", { CanonicalUser: '65a011a29cdf8ec533ec3d1ccaae921c' }, true],
  [
    'a CloudFront origin access identity',
    { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' },
    false,
  ],
  ['a service and everyone', { Service: 'cloudtrail.amazonaws.com', AWS: '*' }, true],
  ['a service and a user', { Service: 'cloudtrail.amazonaws.com', AWS: USER }, false],
  ['nobody at all', { AWS: [] }, false],
];

test.each(principals)('Allow to %s', (_, principal, isPublic) => {
  expect(publicIn(to(principal))).toEqual(isPublic ? [0] : []);
});
