/** An organization: the account stack for every member, and what the audit and the management account have beside it. */
import { Stack, type Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { bundleFolder, deployedFolder, type FolderOf } from '../account/code.ts';
import { namesOf } from '../account/names.ts';
import type { Settings } from '../settings/index.ts';
import { AuditStack } from './audit-stack.ts';
import { CodeStack } from './code.ts';
import { ManagementStack } from './management-stack.ts';
import { OrganizationError } from './member.ts';
import { StackSetsStack } from './stack-sets.ts';

export { AuditStack, type AuditStackProps } from './audit-stack.ts';
export { CodeStack, type CodeStackProps } from './code.ts';
export { ManagementStack, type ManagementStackProps } from './management-stack.ts';
export { memberStack, OrganizationError } from './member.ts';
export { StackSetsStack, type StackSetsStackProps } from './stack-sets.ts';

/** The names of the stacks. `code` and `stackSets` are of the account that administers StackSets, `management` of the management account. */
export const stackNames = (settings: Pick<Settings, 'namePrefix'>) => {
  const { organizationStack: name } = namesOf(settings);
  return {
    /** One a Region. */
    code: (region: string) => name(`Code-${region}`),
    stackSets: name('Members'),
    management: name('Management'),
    audit: name('Audit'),
  };
};

/**
 * Adds the stacks of an organization to those of the account that deploys, which has to be its management account. A delegated
 * administrator of StackSets and the audit account are in their stacks' environments.
 *
 * @param folderOf where a function's bundle is; the package's own unless told otherwise.
 * @throws {OrganizationError} when CloudFormation would refuse something.
 *
 * @example
 * if (settings.organization) addOrganization(app, settings);
 */
export function addOrganization(app: Stage, settings: Settings, folderOf: FolderOf = bundleFolder): void {
  const { organization, regions } = settings;
  if (!organization) throw new OrganizationError('organization is off: there are no stacks for it');
  const names = stackNames(settings);
  const deployed = deployedFolder(settings, folderOf);
  const code = (id: string) => lambda.Code.fromAsset(deployed(id));
  const stackSets = new StackSetsStack(app, names.stackSets, { settings, folderOf });
  for (const region of regions) {
    // The StackSets' stack uploads the code before it is deployed itself, and after what it depends on.
    stackSets.addStackDependency(new CodeStack(app, names.code(region), { settings, region }));
  }
  const management = new ManagementStack(app, names.management, { settings, code });
  // Its queue is there.
  const account = app.node.tryFindChild(namesOf(settings).stack(settings.homeRegion));
  if (account instanceof Stack) management.addStackDependency(account);
  new AuditStack(app, names.audit, { settings, code });
}
