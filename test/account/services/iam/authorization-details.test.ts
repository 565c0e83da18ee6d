import * as z from 'zod/mini';
import { detailsOf, detailsPage } from '../../../../account/services/iam/authorization-details.ts';

const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*', Sid: 'ä+ %' }],
};
const ENCODED = encodeURIComponent(JSON.stringify(POLICY));
const user = (more: object = {}) => ({
  UserName: 'ana',
  UserId: 'AIDA1',
  Arn: 'arn:aws:iam::111122223333:user/ana',
  Path: '/staff/',
  ...more,
});
const policy = (versions: unknown, more: object = {}) => ({
  PolicyName: 'p',
  PolicyId: 'ANPA1',
  Arn: 'arn:aws:iam::111122223333:policy/p',
  AttachmentCount: 2,
  PermissionsBoundaryUsageCount: 1,
  PolicyVersionList: versions,
  ...more,
});
const gather = (...pages: unknown[]) => {
  const shape = detailsPage();
  const details = detailsOf(pages.map((page) => z.parse(shape, page)));
  return { details, broken: details.broken };
};

test.each([
  ['URL-encoded, as the SDK has it', ENCODED],
  ['an object, as the aws command prints it', POLICY],
  ['plain text', JSON.stringify(POLICY)],
])('a document is %s', (_, PolicyDocument) => {
  const { details, broken } = gather({
    UserDetailList: [user({ UserPolicyList: [{ PolicyName: 'own', PolicyDocument }] })],
  });
  expect(broken).toEqual([]);
  const [document] = details.users[0]?.inline ?? [];
  expect(document?.name).toBe('own');
  expect(JSON.parse(document?.text ?? '')).toEqual(POLICY);
});

test('pages are put together, and of an element only what rules use stays', () => {
  const { details } = gather(
    {
      UserDetailList: [
        user({ CreateDate: '2024-01-01T00:00:00Z', GroupList: ['g'], Tags: [{ Key: 'a', Value: 'b' }] }),
      ],
      GroupDetailList: [{ GroupName: 'g', GroupId: 'AGPA1', Arn: 'arn:aws:iam::1:group/g', Path: '/' }],
      IsTruncated: true,
      Marker: 'm',
    },
    {
      UserDetailList: [
        user({ UserName: 'bo', Arn: 'arn:bo', PermissionsBoundary: { PermissionsBoundaryArn: 'arn:b' } }),
      ],
      RoleDetailList: [
        {
          RoleName: 'app',
          RoleId: 'AROA1',
          Arn: 'arn:aws:iam::1:role/app',
          AssumeRolePolicyDocument: ENCODED,
          InstanceProfileList: [{ Arn: 'arn:aws:iam::1:instance-profile/app' }],
          AttachedManagedPolicies: [{ PolicyName: 'p', PolicyArn: 'arn:p' }],
        },
      ],
    },
    { Policies: [policy([{ IsDefaultVersion: true, Document: ENCODED }])] },
  );
  expect(details.users).toEqual([
    {
      id: 'AIDA1',
      name: 'ana',
      arn: 'arn:aws:iam::111122223333:user/ana',
      path: '/staff/',
      inline: [],
      attached: [],
      groups: ['g'],
      tags: { a: 'b' },
    },
    {
      id: 'AIDA1',
      name: 'bo',
      arn: 'arn:bo',
      path: '/staff/',
      inline: [],
      attached: [],
      groups: [],
      tags: {},
      boundary: 'arn:b',
    },
  ]);
  expect(details.groups.map(({ name }) => name)).toEqual(['g']);
  expect(details.roles).toMatchObject([
    {
      name: 'app',
      path: '/',
      attached: ['arn:p'],
      instanceProfiles: ['arn:aws:iam::1:instance-profile/app'],
      trust: { name: 'app' },
    },
  ]);
  expect([...details.policies.values()]).toMatchObject([
    { id: 'ANPA1', name: 'p', attachments: 2, boundaryOf: 1 },
  ]);
});

test('of a managed policy the default version counts, however broken the others are', () => {
  const versions = [
    { VersionId: 'v1', IsDefaultVersion: false, Document: '%' },
    { VersionId: 'v2', IsDefaultVersion: true, Document: POLICY },
  ];
  const { details, broken } = gather({ Policies: [policy(versions)] });
  expect(broken).toEqual([]);
  expect(details.policies.get('arn:aws:iam::111122223333:policy/p')?.document?.text).toBe(
    JSON.stringify(POLICY),
  );
});

test('a policy without its default version has no document', () => {
  const { details, broken } = gather({
    Policies: [policy([{ IsDefaultVersion: false, Document: POLICY }]), policy(null, { Arn: 'arn:q' })],
  });
  expect(broken).toEqual([]);
  expect([...details.policies.values()].map(({ document }) => document)).toEqual([undefined, undefined]);
});

test('a broken element costs itself, and is named as far as it says its name', () => {
  const { details, broken } = gather({
    UserDetailList: [
      user({ UserPolicyList: [{ PolicyName: 'own', PolicyDocument: '%E0%A4%A' }] }),
      user({ UserName: 'bo' }),
      null,
    ],
    GroupDetailList: [{ GroupName: 'g', Arn: 'arn:g' }],
    Policies: [policy([{ IsDefaultVersion: true, Document: 7 }])],
  });
  expect(details.users.map(({ name }) => name)).toEqual(['bo']);
  expect(broken).toEqual([
    {
      type: 'AWS::IAM::User',
      id: 'AIDA1',
      name: 'ana',
      arn: 'arn:aws:iam::111122223333:user/ana',
      what: 'UserPolicyList.0.PolicyDocument: is neither a policy nor URL-encoded',
    },
    { type: 'AWS::IAM::User', what: 'the answer: expected an object, found null' },
    { type: 'AWS::IAM::Group', name: 'g', arn: 'arn:g', what: 'GroupId: expected a text, found nothing' },
    {
      type: 'AWS::IAM::Policy',
      id: 'ANPA1',
      name: 'p',
      arn: 'arn:aws:iam::111122223333:policy/p',
      what: 'PolicyVersionList.Document: is neither a policy nor URL-encoded',
    },
  ]);
});

test.each([
  ['no answer', null],
  ['another answer', { Users: [] }],
  ['a list that is none', { UserDetailList: {} }],
])('what is %s is refused', (_, page) => {
  expect(() => gather(page)).toThrow();
});

test('a list that no page has is known to lack', () => {
  const [users, roles] = [{ UserDetailList: [user()] }, { RoleDetailList: [], Policies: [] }];
  expect(gather(users, roles).details.lacking).toEqual([{ list: 'groups', member: 'GroupDetailList' }]);
});

test('an element of two pages is one', () => {
  const page = { UserDetailList: [user()] };
  expect(gather(page, page).details.users).toHaveLength(1);
});
