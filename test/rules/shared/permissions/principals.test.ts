import * as z from 'zod/mini';
import { detailsOf, detailsPage } from '../../../../account/services/iam/authorization-details.ts';
import { ANY_REQUEST } from '../../../../rules/shared/permissions/context.ts';
import { unreadOf } from '../../../../rules/shared/permissions/permissions.ts';
import {
  groupPermissions,
  managedStatements,
  rolePermissions,
  userPermissions,
} from '../../../../rules/shared/permissions/principals.ts';
import { remaining } from '../../../../rules/shared/permissions/remaining.ts';
import { allow, document, type Json } from './policies.ts';

const arn = (what: string) => `arn:aws:iam::111122223333:${what}`;
const inline = (name: string, ...statements: Json[]) => [
  { PolicyName: name, PolicyDocument: document(statements) },
];
const attached = (...names: string[]) =>
  names.map((name) => ({ PolicyName: name, PolicyArn: arn(`policy/${name}`) }));
const managed = (name: string, Document: unknown) => ({
  PolicyName: name,
  PolicyId: `ANPA${name}`,
  Arn: arn(`policy/${name}`),
  PolicyVersionList: [
    { VersionId: 'v1', IsDefaultVersion: false, Document: document(allow('old:*')) },
    { VersionId: 'v2', IsDefaultVersion: true, Document },
  ],
});
const first = {
  UserDetailList: [
    {
      UserName: 'ana',
      UserId: 'AIDA1',
      Arn: arn('user/ana'),
      UserPolicyList: inline('own', allow('a:*')),
      AttachedManagedPolicies: attached('shared', 'gone'),
      GroupList: ['staff', 'lost'],
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn('policy/edge') },
    },
  ],
  GroupDetailList: [
    {
      GroupName: 'staff',
      GroupId: 'AGPA1',
      Arn: arn('group/staff'),
      GroupPolicyList: inline('group', allow('g:*')),
      AttachedManagedPolicies: attached('shared', 'bad'),
    },
  ],
};
const second = {
  RoleDetailList: [
    { RoleName: 'app', RoleId: 'AROA1', Arn: arn('role/app'), AttachedManagedPolicies: attached('shared') },
  ],
  Policies: [
    managed('shared', document(allow('shared:*'))),
    managed('edge', document(allow('*'))),
    managed('bad', { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', Principal: '*' }] }),
  ],
};
const details = detailsOf([first, second].map((page) => z.parse(detailsPage(), page)));
const [[user], [group], [role]] = [details.users, details.groups, details.roles];

test("a user has its own policies and its groups', and what is not there is unread", () => {
  const permissions = user && userPermissions(user, details);
  if (!permissions) throw new Error('no user');
  expect(permissions.policies.map(({ name, group: through }) => [name, through])).toEqual([
    ['inline policy own', undefined],
    [`policy ${arn('policy/shared')}`, undefined],
    [`policy ${arn('policy/gone')}`, undefined],
    ['inline policy group', 'staff'],
    [`policy ${arn('policy/shared')}`, 'staff'],
    [`policy ${arn('policy/bad')}`, 'staff'],
    ['group lost', 'lost'],
  ]);
  expect(unreadOf(permissions).map(({ name, unread }) => `${name} ${unread}`)).toEqual([
    `policy ${arn('policy/gone')} is without its document in the answer`,
    `policy ${arn('policy/bad')} policy ${arn('policy/bad')} is malformed: Statement.0 has an unknown element Principal`,
    'group lost is not in the answer',
  ]);
  const actions = [...remaining(permissions, ANY_REQUEST)].map((grant) => grant.actions.pattern);
  expect(actions).toEqual(['a:*', 'shared:*', 'g:*', 'shared:*']);
  expect(permissions.boundary?.arn).toBe(arn('policy/edge'));
});

test('groups and roles have their own', () => {
  expect(group && groupPermissions(group, details).policies).toHaveLength(3);
  expect(role && rolePermissions(role, details)).toMatchObject({ policies: [{ arn: arn('policy/shared') }] });
  const shared = details.policies.get(arn('policy/shared'));
  expect(shared && managedStatements(shared, details).statements).toHaveLength(1);
});
