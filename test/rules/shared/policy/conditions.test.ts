import {
  ACCOUNT,
  allow,
  deny,
  given,
  KMS,
  leftOpenIn,
  POINT,
  publicIn,
  USER,
  VARIABLE,
  VPC,
} from './policies.ts';

const VPC_ARN = `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc/${VPC}`;

const slash8s = Array.from({ length: 256 }, (_, first) => `${first}.0.0.0/8`);

const conditions: [situation: string, condition: unknown, isPublic: boolean][] = [
  ['an empty condition block', {}, true],
  ['an operator without a key', { StringEquals: {} }, true],
  ['a VPC', { StringEquals: { 'aws:SourceVpc': VPC } }, false],
  ['VPCs, all of them fixed', { StringEquals: { 'aws:SourceVpc': [VPC, 'vpc-2'] } }, false],
  ['VPCs, one of them a wildcard', { StringLike: { 'aws:SourceVpc': [VPC, 'vpc-*'] } }, true],
  ['any VPC', { StringLike: { 'aws:SourceVpc': 'vpc-*' } }, true],
  ['a VPC that only looks like a wildcard', { StringEquals: { 'aws:SourceVpc': 'vpc-*' } }, true],
  ['a VPC with one open character', { StringLike: { 'aws:SourceVpc': 'vpc-0a1b2c3?' } }, true],
  ['a VPC from a variable', { StringEquals: { 'aws:SourceVpc': VARIABLE } }, true],
  ['a VPC without wildcard, by StringLike', { StringLike: { 'aws:SourceVpc': VPC } }, false],
  ['a VPC in whatever letter case', { StringEqualsIgnoreCase: { 'aws:SourceVpc': VPC } }, false],
  ['an operator in lower case', { stringequals: { 'aws:SourceVpc': VPC } }, false],
  ['a key in upper case', { StringEquals: { 'AWS:SOURCEVPC': VPC } }, false],
  [
    'one key twice in different case, both fixed',
    { StringEquals: { 'aws:SourceVpc': VPC, 'AWS:sourcevpc': 'vpc-2' } },
    false,
  ],
  // Which of the two counts nobody documents, so both have to be fixed.
  [
    'one key twice in different case, one open',
    { StringLike: { 'aws:SourceVpc': VPC, 'AWS:sourcevpc': '*' } },
    true,
  ],
  [
    'one operator twice in different case, one open',
    { StringLike: { 'aws:SourceVpc': VPC }, stringlike: { 'aws:SourceVpc': '*' } },
    true,
  ],
  ['a list of no values, which is never met', { StringEquals: { 'aws:SourceVpc': [] } }, false],
  ['any key with no values', { StringEquals: { 's3:prefix': [] } }, false],
  ['a negation with no values', { StringNotEquals: { 'aws:SourceVpc': [] } }, true],
  ['a VPC endpoint', { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }, false],
  ['all but a VPC', { StringNotEquals: { 'aws:SourceVpc': VPC } }, true],
  ['a VPC, if there is one', { StringEqualsIfExists: { 'aws:SourceVpc': VPC } }, true],
  [
    'ForAllValues, true of a request without the key',
    { 'ForAllValues:StringEquals': { 'aws:SourceVpc': VPC } },
    true,
  ],
  [
    'ForAnyValue, false of a request without the key',
    { 'ForAnyValue:StringEquals': { 'aws:SourceVpc': VPC } },
    false,
  ],
  ['ForAnyValue in another letter case', { 'foranyvalue:stringequals': { 'aws:SourceVpc': VPC } }, false],
  ['ForAnyValue with IfExists', { 'ForAnyValue:StringEqualsIfExists': { 'aws:SourceVpc': VPC } }, true],
  ['a VPC that must not be there', { Null: { 'aws:SourceVpc': 'false' } }, true],
  ['an organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, false],
  ['any organization', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }, true],
  [
    "the bucket's own organization, as a variable",
    { StringEquals: { 'aws:PrincipalOrgID': ['$', '{aws:ResourceOrgID}'].join('') } },
    true,
  ],
  [
    'paths of an organization',
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-1/*' } },
    true,
  ],
  ['an account', { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }, false],
  ['an account as a number', { StringEquals: { 'aws:PrincipalAccount': 111122223333 } }, false],
  [
    'the account "anonymous", which unsigned requests have',
    { StringEquals: { 'aws:PrincipalAccount': 'anonymous' } },
    true,
  ],
  ['a principal', { ArnEquals: { 'aws:PrincipalArn': USER } }, false],
  ['a principal by StringEquals', { StringEquals: { 'aws:PrincipalArn': USER } }, false],
  ['the roles of an account', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/*` } }, true],
  ['a user id', { StringEquals: { 'aws:userid': 'AIDAEXAMPLEID1234567' } }, false],
  ['a role session by its fixed id', { StringEquals: { 'aws:userid': 'AROAEXAMPLEID1234567:ana' } }, false],
  ['all sessions of a role', { StringLike: { 'aws:userid': 'AROAEXAMPLEID1234567:*' } }, true],
  ['the user id of unsigned requests', { StringEquals: { 'aws:userid': 'Anonymous' } }, true],
  ['a source ARN', { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111122223333:t' } }, false],
  [
    'a source ARN with a wildcard',
    { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111122223333:*' } },
    true,
  ],
  [
    'ForAnyValue over a source ARN',
    { 'ForAnyValue:ArnLike': { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111122223333:t' } },
    false,
  ],
  ['a source account', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }, false],
  ['a source owner', { StringEquals: { 'aws:SourceOwner': ACCOUNT } }, false],
  ['an ARN operator on what is no ARN', { ArnEquals: { 'aws:SourceVpc': VPC } }, true],
  ['an encryption key', { StringEquals: { [KMS]: 'arn:aws:kms:us-east-1:111122223333:key/k' } }, false],
  ['any encryption key', { StringLike: { [KMS]: 'arn:aws:kms:*' } }, true],
  ["an account's access points", { StringEquals: { 's3:DataAccessPointAccount': ACCOUNT } }, false],
  ['access points of any account', { StringLike: { 's3:DataAccessPointAccount': '*' } }, true],
  [
    'an access point',
    { StringEquals: { [POINT]: 'arn:aws:s3:us-west-2:123456789012:accesspoint/ap' } },
    false,
  ],
  [
    'all access points of an account in a Region',
    { ArnLike: { [POINT]: 'arn:aws:s3:us-west-2:123456789012:accesspoint/*' } },
    false,
  ],
  [
    'access points by the beginning of their name',
    { StringLike: { [POINT]: 'arn:aws:s3:us-west-2:123456789012:accesspoint/app-?*' } },
    false,
  ],
  ['access points in any Region', { ArnLike: { [POINT]: 'arn:aws:s3:*:123456789012:accesspoint/*' } }, true],
  [
    'access points of any account by ARN',
    { ArnLike: { [POINT]: 'arn:aws:s3:us-west-2:*:accesspoint/ap' } },
    true,
  ],
  [
    'an access point from a variable',
    { ArnLike: { [POINT]: `arn:aws:s3:us-west-2:123456789012:accesspoint/${VARIABLE}` } },
    true,
  ],
  ['a small range', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, false],
  ['one address', { IpAddress: { 'aws:SourceIp': '203.0.113.7' } }, false],
  ['a /8, the widest that is not public', { IpAddress: { 'aws:SourceIp': '3.0.0.0/8' } }, false],
  ['a /7', { IpAddress: { 'aws:SourceIp': '2.0.0.0/7' } }, true],
  ['half the internet', { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }, true],
  ['the internet', { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } }, true],
  ['the internet in 256 parts', { IpAddress: { 'aws:SourceIp': slash8s } }, true],
  [
    'a private range and a /8 beside it',
    { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '11.0.0.0/8'] } },
    false,
  ],
  [
    'private ranges',
    { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] } },
    false,
  ],
  ['a range that a private one is only part of', { IpAddress: { 'aws:SourceIp': '10.0.0.0/7' } }, true],
  ['an IPv6 /32, the widest that is not public', { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, false],
  ['an IPv6 /31', { IpAddress: { 'aws:SourceIp': '2001:db8::/31' } }, true],
  ['the IPv6 internet', { IpAddress: { 'aws:SourceIp': '::/0' } }, true],
  ['two IPv6 /32 side by side', { IpAddress: { 'aws:SourceIp': ['2001:db8::/32', '2001:db9::/32'] } }, true],
  ['the unique-local range, which AWS does not except', { IpAddress: { 'aws:SourceIp': 'fc00::/7' } }, true],
  ['the IPv4 internet in IPv6 form', { IpAddress: { 'aws:SourceIp': '::ffff:0:0/96' } }, true],
  ['what is no address', { IpAddress: { 'aws:SourceIp': 'office' } }, true],
  ['a prefix length that does not exist', { IpAddress: { 'aws:SourceIp': '203.0.113.0/33' } }, true],
  ['an address with leading zeros', { IpAddress: { 'aws:SourceIp': '010.0.0.1' } }, true],
  ['a wildcard of addresses', { StringLike: { 'aws:SourceIp': '203.0.113.*' } }, true],
  ['an address by StringEquals', { StringEquals: { 'aws:SourceIp': '203.0.113.7' } }, false],
  ['an address by ForAnyValue', { 'ForAnyValue:IpAddress': { 'aws:SourceIp': '203.0.113.7' } }, false],
  ['an address, if there is one', { IpAddressIfExists: { 'aws:SourceIp': '203.0.113.7' } }, true],
  ['all but an address', { NotIpAddress: { 'aws:SourceIp': '203.0.113.7' } }, true],
  ['an address inside a VPC', { IpAddress: { 'aws:VpcSourceIp': '10.0.0.7' } }, true],
  ['IpAddress on another key', { IpAddress: { 'aws:SourceVpc': '10.0.0.0/8' } }, true],
  ['an ARN operator on an address', { ArnEquals: { 'aws:SourceIp': '203.0.113.7' } }, true],
  ['a referer, which anyone can send', { StringLike: { 'aws:Referer': 'https://example.com/*' } }, true],
  ['a user agent', { StringEquals: { 'aws:UserAgent': 'secret' } }, true],
  ['encryption in transit', { Bool: { 'aws:SecureTransport': 'true' } }, true],
  ['encryption in transit as a boolean', { Bool: { 'aws:SecureTransport': true } }, true],
  ['a prefix', { StringEquals: { 's3:prefix': 'public/' } }, true],
  ['a tag of the principal', { StringEquals: { 'aws:PrincipalTag/team': 'data' } }, true],
  ['the type of the principal', { StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }, true],
  ["a source's organization", { StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }, false],
  ['a source of any organization', { StringLike: { 'aws:SourceOrgID': 'o-*' } }, true],
  ["a source's organization, if it has one", { StringEqualsIfExists: { 'aws:SourceOrgID': 'o-1' } }, true],
  [
    "paths of a source's organization",
    { 'ForAnyValue:StringEquals': { 'aws:SourceOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-1/' } },
    true,
  ],
  ['a VPC by its ARN', { ArnEquals: { 'aws:SourceVpcArn': VPC_ARN } }, false],
  ['a VPC by its ARN, by ArnLike', { ArnLike: { 'aws:SourceVpcArn': VPC_ARN } }, false],
  ['a VPC by its ARN, as a text', { StringEquals: { 'AWS:sourcevpcARN': [VPC_ARN] } }, false],
  ['any VPC by ARN', { ArnLike: { 'aws:SourceVpcArn': 'arn:aws:ec2:*:*:vpc/*' } }, true],
  ['one VPC by ARN, and any', { ArnLike: { 'aws:SourceVpcArn': [VPC_ARN, 'arn:aws:ec2:*:*:vpc/*'] } }, true],
  [
    'any VPC of an account by ARN',
    { ArnLike: { 'aws:SourceVpcArn': `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc/*` } },
    true,
  ],
  ['a VPC by its ARN, if there is one', { ArnEqualsIfExists: { 'aws:SourceVpcArn': VPC_ARN } }, true],
  ['all but a VPC by its ARN', { ArnNotEquals: { 'aws:SourceVpcArn': VPC_ARN } }, true],
  ["the VPC endpoints' account", { StringEquals: { 'aws:VpceAccount': ACCOUNT } }, false],
  ["the VPC endpoints' account as a number", { StringEquals: { 'aws:VpceAccount': 111122223333 } }, false],
  ['VPC endpoints of any account', { StringLike: { 'aws:VpceAccount': '*' } }, true],
  ["the VPC endpoints' account from a variable", { StringEquals: { 'aws:VpceAccount': VARIABLE } }, true],
  ["the VPC endpoints' organization", { StringEquals: { 'aws:VpceOrgID': 'o-a1b2c3d4e5' } }, false],
  ['VPC endpoints of any organization', { StringLike: { 'aws:VpceOrgID': 'o-*' } }, true],
  [
    "paths of the VPC endpoints' organization",
    { 'ForAnyValue:StringLike': { 'aws:VpceOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-1/*' } },
    true,
  ],
  ['a date', { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }, true],
  ['a number', { NumericLessThan: { 's3:max-keys': 10 } }, true],
  ['an operator that does not exist', { StringMatches: { 'aws:SourceVpc': VPC } }, true],
  ['two keys, one of them fixed', { StringEquals: { 'aws:Referer': 'x', 'aws:SourceVpc': VPC } }, false],
  [
    'two operators, one of them restricting',
    { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:SourceVpc': VPC } },
    false,
  ],
  [
    'two operators on one key, one of them open',
    { StringLike: { 'aws:SourceVpc': '*' }, StringEquals: { 'aws:SourceVpc': VPC } },
    false,
  ],
];

test.each(conditions)('Allow to everyone given %s', (_, condition, isPublic) => {
  expect(publicIn(given(condition))).toEqual(isPublic ? [0] : []);
});

const PATH = 'o-a1b2c3d4e5/r-ab12/ou-1/*';

test.each<[situation: string, condition: unknown, isLeftOpen: boolean]>([
  ['nothing', {}, false],
  ['paths of an organization', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': PATH } }, true],
  ['paths of a source', { 'ForAnyValue:StringEquals': { 'aws:SourceOrgPaths': PATH } }, true],
  ['paths of VPC endpoints', { 'ForAnyValue:StringLike': { 'AWS:vpceORGpaths': PATH } }, true],
  ['that there are paths', { Null: { 'aws:PrincipalOrgPaths': 'false' } }, true],
  ['a key that nobody has heard of yet', { StringEquals: { 'aws:SourceVpcOfTomorrow': 'x' } }, true],
  ['an AWS service', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }, true],
  ['an address inside a VPC', { IpAddress: { 'aws:VpcSourceIp': '10.0.0.7' } }, true],
  ['a date', { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }, true],
  [
    'paths, and a key of the definition that is open',
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': PATH }, StringLike: { 'aws:SourceVpc': '*' } },
    true,
  ],
  ['the roles of an account', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/*` } }, true],
  // Strangers get past these, whatever S3 may think of the key.
  ['paths, if there are any', { 'ForAnyValue:StringLikeIfExists': { 'aws:PrincipalOrgPaths': PATH } }, false],
  ['ForAllValues over paths', { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': PATH } }, false],
  ['all paths but some', { 'ForAnyValue:StringNotLike': { 'aws:PrincipalOrgPaths': PATH } }, false],
  ['that there are no paths', { Null: { 'aws:PrincipalOrgPaths': 'true' } }, false],
  ['a role of any account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/r' } }, false],
  [
    'the roles of an account, or of any',
    { ArnLike: { 'aws:PrincipalArn': [`arn:aws:iam::${ACCOUNT}:role/*`, 'arn:aws:iam::*:role/r'] } },
    false,
  ],
  [
    'the roles of an account, if it is a role',
    { ArnLikeIfExists: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/*` } },
    false,
  ],
  ['that it is a principal', { Null: { 'aws:PrincipalArn': 'false' } }, false],
  // The definition names these keys, and says what it takes.
  ['a VPC with a wildcard', { StringLike: { 'aws:SourceVpc': 'vpc-*' } }, false],
  ['a VPC, if there is one', { StringEqualsIfExists: { 'aws:SourceVpc': VPC } }, false],
  ['any VPC by ARN', { ArnLike: { 'aws:SourceVpcArn': 'arn:aws:ec2:*:*:vpc/*' } }, false],
  ['half the internet', { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }, false],
  ['an operator without a key', { StringEquals: {} }, false],
])('whether AWS leaves open that an Allow to everyone is public given %s', (_, condition, isLeftOpen) => {
  expect(publicIn(given(condition))).toEqual([0]);
  expect(leftOpenIn(given(condition))).toEqual(isLeftOpen ? [0] : []);
});

test.each<[situation: string, condition: unknown, isLeftOpen: boolean]>([
  ['all but paths', { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': PATH } }, true],
  ['all but paths, if there are any', { StringNotLikeIfExists: { 'aws:SourceOrgPaths': PATH } }, true],
  ['who has no paths', { Null: { 'aws:VpceOrgPaths': 'true' } }, true],
  ['all but AWS services', { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }, true],
  [
    'all but an organization and AWS services',
    {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
    true,
  ],
  [
    'all but the roles of an account',
    { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/*` } },
    true,
  ],
  ['all but a role of any account', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/r' } }, false],
  ['the roles of an account', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/*` } }, false],
  ['some paths', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': PATH } }, false],
  // False of a request without paths, which is then let through.
  ['ForAnyValue over paths', { 'ForAnyValue:StringNotLike': { 'aws:PrincipalOrgPaths': PATH } }, false],
  // Strangers do as the Deny asks, and are let through.
  ['what is not encrypted in transit', { Bool: { 'aws:SecureTransport': 'false' } }, false],
  ['who has no MFA', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }, false],
  ['all but a referer', { StringNotLike: { 'aws:Referer': 'https://example.com/*' } }, false],
  [
    'what is not encrypted at rest',
    { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
    false,
  ],
  ['all but a tag of the principal', { StringNotEquals: { 'aws:PrincipalTag/team': 'data' } }, false],
  [
    'all but paths, where it is not encrypted in transit',
    {
      'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': PATH },
      Bool: { 'aws:SecureTransport': 'false' },
    },
    false,
  ],
  ['all but half the internet', { NotIpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }, false],
])('whether AWS leaves open that a Deny closes what is allowed, for %s', (_, Condition, isLeftOpen) => {
  expect(publicIn(allow(), deny({ Condition }))).toEqual([0]);
  expect(leftOpenIn(allow(), deny({ Condition }))).toEqual(isLeftOpen ? [0] : []);
});

test('a Deny that leaves something open of an action closes no other action', () => {
  const Condition = { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': PATH } };
  expect(leftOpenIn(allow(), deny({ Condition, Action: 's3:PutObject' }))).toEqual([]);
});
