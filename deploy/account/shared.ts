/** Settings of all resources: roles, keys, tags. */
import { Aws, Stack, Tags, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Settings } from '../settings/index.ts';

type OfRoles = Pick<Settings, 'permissionsBoundary' | 'rolePath'>;

/** The path and the permissions boundary that a role gets, as the CDK's properties. */
export function roleSettings(
  scope: Construct,
  { permissionsBoundary, rolePath }: OfRoles,
): Pick<iam.RoleProps, 'path' | 'permissionsBoundary'> {
  return {
    // "/" is IAM's own default, so that it is left out.
    ...(rolePath !== '/' && { path: rolePath }),
    ...(permissionsBoundary !== undefined && {
      permissionsBoundary: boundaryIn(scope, permissionsBoundary),
    }),
  };
}

/** The policy by its name or its ARN, which all roles of a scope share. */
function boundaryIn(scope: Construct, policy: string): iam.IManagedPolicy {
  const id = 'PermissionsBoundary';
  const known = scope.node.tryFindChild(id) as (Construct & iam.IManagedPolicy) | undefined;
  const arn = policy.startsWith('arn:')
    ? policy
    : `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:policy/${policy}`;
  return known ?? iam.ManagedPolicy.fromManagedPolicyArn(scope, id, arn);
}

/**
 * The key of the Region that a construct is in; `undefined` where services use their own.
 *
 * @throws {Error} in a stack whose Region nobody knows, with keys for several.
 */
export function keyArnOf(scope: Construct, { kmsKeyArn }: Pick<Settings, 'kmsKeyArn'>): string | undefined {
  const { region } = Stack.of(scope);
  const all = Object.values(kmsKeyArn);
  if (!Token.isUnresolved(region)) return kmsKeyArn[region];
  if (all.length > 1) {
    throw new Error(
      `${scope.node.path}: kmsKeyArn has keys for several Regions: give the stack its env.region`,
    );
  }
  return all[0];
}

/** Tags everything in a stack that takes tags, and the stack itself. */
export function tagAll(stack: Stack, { tags }: Pick<Settings, 'tags'>): void {
  for (const [key, value] of Object.entries(tags)) Tags.of(stack).add(key, value);
}

/**
 * Permissions on the key for whatever sends to an encrypted queue or topic or reads from one, and for a function
 * whose environment is encrypted.
 */
export const useOfKey = (keyArn: string | undefined): iam.PolicyStatement[] =>
  keyArn === undefined
    ? []
    : [
        new iam.PolicyStatement({
          sid: 'UseKey',
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [keyArn],
        }),
      ];
