import { publicStatements } from '../../../../rules/shared/policy/public-statements.ts';
import {
  ACCOUNT,
  allow,
  BUCKET,
  deny,
  type Json,
  KMS,
  OBJECTS,
  ORG,
  POINT,
  policy,
  publicIn,
  publicInB,
  VARIABLE,
  VPC,
  without,
} from './policies.ts';

const both = { Resource: [BUCKET, OBJECTS] };
const denies: [situation: string, allowed: Json, denied: Json | Json[], isPublic: boolean][] = [
  ['everything for everyone', allow(), deny(), false],
  ['everyone spelt as AWS principals', allow(), deny({ Principal: { AWS: '*' } }), false],
  ['one account only', allow(), deny({ Principal: { AWS: ACCOUNT } }), true],
  ['every AWS service', allow(), deny({ Principal: { Service: '*' } }), true],
  ['everyone but an account', allow(), without(deny({ NotPrincipal: { AWS: ACCOUNT } }), 'Principal'), false],
  ['everyone but everyone', allow(), without(deny({ NotPrincipal: '*' }), 'Principal'), true],
  [
    'everyone but a web identity provider',
    allow(),
    without(deny({ NotPrincipal: { Federated: 'accounts.google.com' } }), 'Principal'),
    true,
  ],
  ['everyone but nobody', allow(), without(deny({ NotPrincipal: { AWS: [] } }), 'Principal'), true],
  ['the same action', allow(), deny({ Action: 's3:GetObject' }), false],
  ['the same action in another letter case', allow(), deny({ Action: 'S3:getobject' }), false],
  ['a pattern around the action', allow(), deny({ Action: 's3:Get*' }), false],
  ['an action beside it', allow(), deny({ Action: 's3:PutObject' }), true],
  ['one action of a pattern', allow({ Action: 's3:Get*' }), deny({ Action: 's3:GetObject' }), true],
  ['a pattern of the same meaning', allow({ Action: 's3:*?Object' }), deny({ Action: 's3:?*Object' }), false],
  ['all S3 actions where all actions are allowed', allow({ Action: '*' }), deny({ Action: 's3:*' }), false],
  [
    'one of two actions',
    allow({ Action: ['s3:GetObject', 's3:PutObject'] }),
    deny({ Action: 's3:GetObject' }),
    true,
  ],
  [
    'two actions by two statements',
    allow({ Action: ['s3:GetObject', 's3:PutObject'] }),
    [deny({ Action: 's3:GetObject' }), deny({ Action: 's3:PutObject' })],
    false,
  ],
  ['no actions', allow(), deny({ Action: [] }), true],
  ['all but another action', allow(), without(deny({ NotAction: 's3:PutObject' }), 'Action'), false],
  ['all but this action', allow(), without(deny({ NotAction: 's3:Get*' }), 'Action'), true],
  ['all but no action', allow(), without(deny({ NotAction: [] }), 'Action'), true],
  [
    'everything, where all but an action is allowed',
    without(allow({ NotAction: 's3:DeleteObject' }), 'Action'),
    deny({ Action: '*' }),
    false,
  ],
  [
    'something, where all but an action is allowed',
    without(allow({ NotAction: 's3:DeleteObject' }), 'Action'),
    deny({ Action: 's3:Get*' }),
    true,
  ],
  ['another prefix', allow(), deny({ Resource: 'arn:aws:s3:::b/private/*' }), true],
  ['a prefix around the allowed one', allow({ Resource: 'arn:aws:s3:::b/public/*' }), deny(), false],
  [
    'the same prefix in another letter case',
    allow({ Resource: 'arn:aws:s3:::b/Public/*' }),
    deny({ Resource: 'arn:aws:s3:::b/public/*' }),
    true,
  ],
  ['the objects, where the bucket is allowed too', allow(both), deny(), true],
  ['bucket and objects', allow(both), deny(both), false],
  ['bucket and objects by two statements', allow(both), [deny({ Resource: BUCKET }), deny()], false],
  [
    'actions of one and resources of another statement',
    allow(),
    [deny({ Action: 's3:Put*' }), deny({ Resource: BUCKET })],
    true,
  ],
  ['everything by one pattern', allow(both), deny({ Resource: 'arn:aws:s3:::b*' }), false],
  [
    'all but another prefix',
    allow({ Resource: 'arn:aws:s3:::b/public/*' }),
    without(deny({ NotResource: 'arn:aws:s3:::b/private/*' }), 'Resource'),
    false,
  ],
  [
    'all but the allowed prefix',
    allow({ Resource: 'arn:aws:s3:::b/public/*' }),
    without(deny({ NotResource: 'arn:aws:s3:::b/pub*' }), 'Resource'),
    true,
  ],
  [
    'something, where all but a resource is allowed',
    without(allow({ NotResource: BUCKET }), 'Resource'),
    deny(),
    true,
  ],
  [
    'everything, where all but a resource is allowed',
    without(allow({ NotResource: BUCKET }), 'Resource'),
    deny({ Resource: '*' }),
    false,
  ],
  [
    'a resource from a variable',
    allow({ Resource: `arn:aws:s3:::b/${VARIABLE}/*` }),
    deny({ Resource: `arn:aws:s3:::b/${VARIABLE}/*` }),
    true,
  ],
  ['all that a variable may stand for', allow({ Resource: `arn:aws:s3:::b/${VARIABLE}/*` }), deny(), false],
  [
    'all but a resource from a variable',
    allow(),
    without(deny({ NotResource: `arn:aws:s3:::b/${VARIABLE}` }), 'Resource'),
    true,
  ],
  ['whoever is outside an organization', allow(), deny({ Condition: { StringNotEquals: ORG } }), false],
  [
    'whoever is outside an organization, if it has one',
    allow(),
    deny({ Condition: { StringNotEqualsIfExists: ORG } }),
    false,
  ],
  [
    'whoever is outside an organization, for all values',
    allow(),
    deny({ Condition: { 'ForAllValues:StringNotEquals': ORG } }),
    false,
  ],
  [
    'whoever has some other organization, but not who has none',
    allow(),
    deny({ Condition: { 'ForAnyValue:StringNotEquals': ORG } }),
    true,
  ],
  ['whoever is inside an organization', allow(), deny({ Condition: { StringEquals: ORG } }), true],
  [
    'whoever is outside any organization',
    allow(),
    deny({ Condition: { StringNotLike: { 'aws:PrincipalOrgID': 'o-*' } } }),
    true,
  ],
  [
    'whoever is outside an account',
    allow(),
    deny({ Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } } }),
    false,
  ],
  [
    'whoever is neither in an account nor anonymous',
    allow(),
    deny({ Condition: { StringNotEquals: { 'aws:PrincipalAccount': [ACCOUNT, 'anonymous'] } } }),
    true,
  ],
  [
    'whoever is not a role',
    allow(),
    deny({ Condition: { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/r` } } }),
    false,
  ],
  [
    'whoever is not a role by ArnNotLike',
    allow(),
    deny({ Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/r` } } }),
    false,
  ],
  [
    'whoever is outside a VPC',
    allow(),
    deny({ Condition: { StringNotEquals: { 'aws:SourceVpc': VPC } } }),
    false,
  ],
  [
    'whoever is outside a VPC in whatever letter case',
    allow(),
    deny({ Condition: { stringnotequalsignorecase: { 'AWS:sourcevpc': VPC } } }),
    false,
  ],
  [
    'whoever is outside a range',
    allow(),
    deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
    false,
  ],
  [
    'whoever is outside half the internet',
    allow(),
    deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } }),
    true,
  ],
  [
    'whoever is inside a range',
    allow(),
    deny({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
    true,
  ],
  // Both conditions have to hold for the Deny, so the organization and the range may both pass; neither is a stranger.
  [
    'whoever is outside an organization and a range',
    allow(),
    deny({ Condition: { StringNotEquals: ORG, NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
    false,
  ],
  [
    'whoever is outside an organization without encryption',
    allow(),
    deny({ Condition: { StringNotEquals: ORG, Bool: { 'aws:SecureTransport': 'false' } } }),
    true,
  ],
  [
    'whoever is outside an organization and no AWS service',
    allow(),
    deny({
      Condition: { StringNotEqualsIfExists: ORG, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
    }),
    true,
  ],
  [
    'whoever comes without encryption',
    allow(),
    deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    true,
  ],
  [
    'whoever has no organization',
    allow(),
    deny({ Condition: { Null: { 'aws:PrincipalOrgID': 'true' } } }),
    true,
  ],
  [
    'whoever sends another referer',
    allow(),
    deny({ Condition: { StringNotEquals: { 'aws:Referer': 'x' } } }),
    true,
  ],
  // The caller names the key in the request, so this stops nobody from reading.
  [
    'whoever names another encryption key',
    allow(),
    deny({ Condition: { StringNotEquals: { [KMS]: 'k' } } }),
    true,
  ],
  [
    'whoever does not come through an access point',
    allow(),
    deny({ Condition: { ArnNotLike: { [POINT]: 'arn:aws:s3:us-west-2:123456789012:accesspoint/*' } } }),
    false,
  ],
  [
    'whoever does not come through an access point of the account',
    allow(),
    deny({ Condition: { StringNotEquals: { 's3:DataAccessPointAccount': ACCOUNT } } }),
    false,
  ],
  [
    'whoever is outside a list of no VPCs',
    allow(),
    deny({ Condition: { StringNotEquals: { 'aws:SourceVpc': [] } } }),
    true,
  ],
  ['an operator without a key', allow(), deny({ Condition: { StringNotEquals: {} } }), true],
  ['an empty condition block', allow(), deny({ Condition: {} }), false],
  [
    'everyone but an account, unless in an organization',
    allow(),
    without(deny({ NotPrincipal: { AWS: ACCOUNT }, Condition: { StringNotEquals: ORG } }), 'Principal'),
    false,
  ],
];

test.each(denies)('Deny of %s', (_, allowed, denied, isPublic) => {
  expect(publicIn(allowed, ...[denied].flat())).toEqual(isPublic ? [0] : []);
});

test.each(denies)('in the policy of a bucket that is known: Deny of %s', (_, allowed, denied, isPublic) => {
  expect(publicInB(allowed, ...[denied].flat())).toEqual(isPublic ? [0] : []);
});

/** A bucket's policy reaches the bucket and its objects only. */
const reached: [situation: string, allowed: unknown, denied: unknown, isPublic: boolean][] = [
  ['everything', '*', [BUCKET, OBJECTS], false],
  ['all buckets and objects', 'arn:aws:s3:::*', [BUCKET, OBJECTS], false],
  ['everything in any partition', 'arn:*:s3:::b*', [BUCKET, OBJECTS], false],
  ['all that begins like the bucket', 'arn:aws:s3:::b*', [BUCKET, OBJECTS], false],
  ['the like, denied by one pattern', 'arn:aws:s3:::*', 'arn:aws:s3:::b*', false],
  ['everything, of which the bucket is left', '*', OBJECTS, true],
  ['everything, of which the objects are left', '*', BUCKET, true],
  ['everything, of which some objects are left', '*', [BUCKET, 'arn:aws:s3:::b/public/*'], true],
  ['objects of every bucket', 'arn:aws:s3:::*/*', OBJECTS, false],
  ['some objects of every bucket', 'arn:aws:s3:::*/public/*', 'arn:aws:s3:::b/*public/*', false],
  ['some objects of every bucket, denied in one folder', 'arn:aws:s3:::*/x', 'arn:aws:s3:::b/x', true],
  ['other buckets as well', [OBJECTS, 'arn:aws:s3:::other/*'], OBJECTS, false],
  ['the objects in a policy that is another bucket’s', 'arn:aws:s3:::other/*', OBJECTS, true],
  ['the bucket in another partition', 'arn:aws-cn:s3:::b*', [BUCKET, OBJECTS], true],
  ['one partition, denied in another', 'arn:aws:s3:::b*', ['arn:aws-cn:s3:::b', 'arn:aws-cn:s3:::b/*'], true],
  ['everything, denied half in each of two partitions', '*', [BUCKET, 'arn:aws-cn:s3:::b/*'], true],
  ['everything, denied in another partition', '*', ['arn:aws-cn:s3:::b', 'arn:aws-cn:s3:::b/*'], false],
  ['everything, denied for a bucket with a longer name', '*', ['arn:aws:s3:::bb', 'arn:aws:s3:::bb/*'], true],
];

describe('in the policy of a bucket that is known, an Allow of', () => {
  test.each(reached)('%s', (_, allowed, denied, isPublic) => {
    const statements = [allow({ Resource: allowed, Action: '*' }), deny({ Resource: denied })];
    expect(publicInB(...statements)).toEqual(isPublic ? [0] : []);
  });

  test('all but the objects', () => {
    const allBut = without(allow({ NotResource: OBJECTS }), 'Resource');
    expect(publicInB(allBut, deny({ Resource: [BUCKET, OBJECTS] }))).toEqual([]);
  });

  test('everything, where the name is none', () => {
    const text = policy(allow({ Resource: '*' }), deny({ Resource: [BUCKET, OBJECTS] }));
    for (const name of ['', '*', 'b*', '?']) expect(publicStatements(text, name)).toHaveLength(1);
  });
});
