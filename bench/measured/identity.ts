// Runs in a process of its own: reads the pages of an authorization answer from files, and asks of every principal what the
// identity rules ask. Prints how long that took, by part.
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import {
  type AuthorizationDetails,
  detailsOf,
  detailsPage,
} from '../../account/services/iam/authorization-details.ts';
import { isAdministrator } from '../../rules/shared/permissions/administrators.ts';
import { actionPattern, type Box, isCoveredBy, touches } from '../../rules/shared/permissions/boxes.ts';
import { contextOf, type RequestContext } from '../../rules/shared/permissions/context.ts';
import { type Permissions, whether } from '../../rules/shared/permissions/permissions.ts';
import {
  groupPermissions,
  managedStatements,
  rolePermissions,
  userPermissions,
} from '../../rules/shared/permissions/principals.ts';
import { remaining } from '../../rules/shared/permissions/remaining.ts';

const BUCKETS: Box[] = [{ pattern: 'arn:aws:s3:::?*', except: ['*/*'] }];
const S3_ADMIN = [
  's3:PutBucketPolicy',
  's3:DeleteBucket',
  's3:PutBucketAcl',
  's3:PutBucketPublicAccessBlock',
].map(actionPattern);
const SELF_SERVICE = [
  'iam:CreateVirtualMFADevice',
  'iam:EnableMFADevice',
  'iam:GetUser',
  'iam:ListMFADevices',
  'iam:ListVirtualMFADevices',
  'iam:ResyncMFADevice',
  'sts:GetSessionToken',
].map(actionPattern);

const mayDoMore = (context: RequestContext) => (permissions: Permissions) => {
  for (const { actions } of remaining(permissions, context))
    if (!isCoveredBy(actions, SELF_SERVICE)) return true;
  return false;
};
const mayRuleBuckets = (context: RequestContext) => (permissions: Permissions) => {
  for (const { actions } of remaining(permissions, context, BUCKETS)) {
    if (S3_ADMIN.some((action) => touches(actions, action))) return true;
  }
  return false;
};

function judge(details: AuthorizationDetails): Record<string, number> {
  const { users, groups, roles, policies } = details;
  const found = { administrators: 0, withoutMfa: 0, bucketAdministrators: 0, statements: 0 };
  for (const user of users) {
    const permissions = userPermissions(user, details);
    const known = { 'aws:username': user.name, 'aws:PrincipalArn': user.arn, 'aws:MultiFactorAuthAge': null };
    const contexts = ['false', null].map((mfa) => contextOf({ ...known, 'aws:MultiFactorAuthPresent': mfa }));
    if (isAdministrator(permissions) === true) found.administrators++;
    if (contexts.some((context) => whether(permissions, mayDoMore(context)) === true)) found.withoutMfa++;
    if (whether(permissions, mayRuleBuckets(contextOf(known))) === true) found.bucketAdministrators++;
  }
  for (const permissions of [
    ...roles.map((role) => rolePermissions(role, details)),
    ...groups.map((group) => groupPermissions(group, details)),
  ]) {
    if (isAdministrator(permissions) === true) found.administrators++;
    if (whether(permissions, mayRuleBuckets(contextOf({}))) === true) found.bucketAdministrators++;
  }
  for (const policy of policies.values()) found.statements += managedStatements(policy).statements.length;
  return found;
}

const started = performance.now();
const shape = detailsPage();
const pages = process.argv.slice(2).map((file) => z.parse(shape, JSON.parse(readFileSync(file, 'utf8'))));
const details = detailsOf(pages);
const gathered = performance.now();
const found = judge(details);
const ended = performance.now();
console.log(
  JSON.stringify({
    ...found,
    broken: details.broken.length,
    processor: process.cpuUsage().user / 1e6,
    gather: gathered - started,
    judge: ended - gathered,
  }),
);
