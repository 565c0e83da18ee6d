import fc from 'fast-check';
import {
  MalformedPolicyError,
  outsiders,
  publicStatements,
} from '../../../../rules/shared/policy/public-statements.ts';
import {
  ACCOUNT,
  allow,
  BUCKET,
  deny,
  given,
  type Json,
  OBJECTS,
  ORG,
  policy,
  publicIn,
  to,
  USER,
  VPC,
  without,
} from './policies.ts';

describe('a policy', () => {
  test.each<[situation: string, statements: Json[], found: number[]]>([
    ['a Deny alone', [deny()], []],
    ['two public statements', [allow(), to({ AWS: USER }), allow()], [0, 2]],
    ['all but an account', [without(allow({ NotPrincipal: { AWS: ACCOUNT } }), 'Principal')], [0]],
    [
      'all but an account, from a VPC',
      [
        without(
          given({ StringEquals: { 'aws:SourceVpc': VPC } }, { NotPrincipal: { AWS: ACCOUNT } }),
          'Principal',
        ),
      ],
      [],
    ],
    ['no actions at all', [allow({ Action: [] })], []],
    [
      'a web identity provider from a VPC',
      [given({ StringEquals: { 'aws:SourceVpc': VPC } }, { Principal: { Federated: 'graph.facebook.com' } })],
      [],
    ],
  ])('%s', (_, statements, found) => {
    expect(publicIn(...statements)).toEqual(found);
  });

  test('may have one statement without a list, an old version or none', () => {
    for (const version of [{}, { Version: '2008-10-17' }]) {
      expect(publicStatements(JSON.stringify({ ...version, Id: 'p', Statement: allow() }))).toHaveLength(1);
    }
  });

  test('says who, what and why', () => {
    const text = policy(
      allow({ Sid: 'Web' }),
      given({ StringLike: { 'aws:SourceVpc': 'vpc-*' }, Bool: { 'aws:SecureTransport': 'true' } }),
      to({ Federated: 'graph.facebook.com' }),
      without(allow({ NotPrincipal: { AWS: ACCOUNT } }), 'Principal'),
    );
    const actions = { not: false, values: ['s3:GetObject'] };
    expect(publicStatements(text)).toEqual([
      { statement: 0, sid: 'Web', principal: 'anyone', actions, why: '' },
      {
        statement: 1,
        isLeftOpen: true,
        principal: 'anyone',
        actions,
        why: 'aws:SourceVpc vpc-* is not fixed, Bool restricts nobody',
      },
      { statement: 2, principal: 'Federated graph.facebook.com', actions, why: '' },
      { statement: 3, principal: `anyone but ${ACCOUNT}`, actions, why: '' },
    ]);
  });
});

describe('what is not a policy', () => {
  test.each<[situation: string, text: string, names: string]>([
    ['no JSON', '{', 'not JSON'],
    ['no object', '[]', 'the document'],
    ['no statement', '{"Version":"2012-10-17"}', 'Statement'],
    ['no effect', policy(without(allow(), 'Effect')), 'Statement'],
    ['an effect in lower case', policy(allow({ Effect: 'allow' })), 'Statement'],
    ['no principal', policy(without(allow(), 'Principal')), 'Statement.0 needs one of Principal'],
    [
      'Principal and NotPrincipal',
      policy(allow({ NotPrincipal: '*' })),
      'Statement.0 needs one of Principal',
    ],
    ['no action', policy(without(allow(), 'Action')), 'Statement.0 needs one of Action'],
    ['no resource', policy(without(allow(), 'Resource')), 'Statement.0 needs one of Resource'],
    ['a principal that is a plain account', policy(to(ACCOUNT)), 'Statement'],
    ['a number too long for an account', policy(to({ AWS: 1_111_122_223_333 })), 'Statement.0.Principal'],
    ['a number below all accounts', policy(to({ AWS: -1 })), 'Statement.0.Principal'],
    ['half an account', policy(to({ AWS: 0.5 })), 'Statement.0.Principal'],
    ['a service that is a number', policy(to({ Service: 111_122_223_333 })), 'Statement.0.Principal'],
    ['a principal of a type that does not exist', policy(to({ Everyone: '*' })), 'Statement'],
    // Read as unknown and left out, this would make a Deny of a few a Deny of all.
    ['a condition in lower case', policy(deny({ condition: { StringEquals: ORG } })), 'Statement'],
    [
      'a condition that only a careless reader loses',
      policy(deny()).replace('"Effect"', '"Condition":{"__proto__":{}},"Effect"'),
      'JSON',
    ],
    [
      'a condition value that is an object',
      policy(given({ StringEquals: { 'aws:SourceVpc': {} } })),
      'Statement',
    ],
  ])('%s is an error that says where', (_, text, names) => {
    expect(() => publicStatements(text)).toThrow(
      expect.objectContaining({ code: 'Malformed', message: expect.stringContaining(names) }),
    );
  });
});

test('whatever JSON takes the place of an element, there is an answer or an error that says where', () => {
  const elements = fc.constantFrom(
    'Sid',
    'Effect',
    'Principal',
    'Action',
    'Resource',
    'Condition',
    'NotAction',
    'Other',
  );
  fc.assert(
    fc.property(elements, fc.jsonValue({ maxDepth: 4 }), (element, value) => {
      try {
        publicIn(allow({ [element]: value }), value);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedPolicyError);
      }
    }),
    { numRuns: 2000 },
  );
});

describe('outsiders', () => {
  test.each<[situation: string, statements: Json[], named: string[]]>([
    ['nobody beside the public', [allow()], []],
    ['the own account', [to({ AWS: [ACCOUNT, USER] })], []],
    [
      'another account, once',
      [to({ AWS: ['444455556666', 'arn:aws:iam::444455556666:root'] })],
      ['account 444455556666'],
    ],
    [
      'an account as a number, which loses its zeros',
      [to({ AWS: 11_122_223_333 })],
      ['account 011122223333'],
    ],
    ['an AWS service, which is not cut off', [to({ Service: 'cloudtrail.amazonaws.com' })], []],
    ['a canonical user', [to({ CanonicalUser: '79a5' })], ['canonical user 79a5']],
    [
      'an origin access identity',
      [to({ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' })],
      ['arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1'],
    ],
    [
      'everyone in a VPC',
      [given({ StringEquals: { 'aws:SourceVpc': VPC } }, { Sid: 'Vpc' })],
      ['whom statement Vpc lets in'],
    ],
    ['a Deny of another account', [deny({ Principal: { AWS: '444455556666' } })], []],
  ])('%s', (_, statements, named) => {
    expect(outsiders(policy(...statements), ACCOUNT)).toEqual(named);
  });

  test('whoever is left by a Deny of bucket and objects, where the bucket is known', () => {
    const text = policy(allow({ Resource: '*' }), deny({ Resource: [BUCKET, OBJECTS] }));
    expect(outsiders(text, ACCOUNT)).toEqual([]);
    expect(outsiders(text, ACCOUNT, 'b')).toEqual(['whom statement 0 lets in']);
  });
});
