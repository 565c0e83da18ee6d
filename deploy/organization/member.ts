/** What a member account gets in a Region, as the template of a StackSet: without the CDK's assets, which no member has. */
import { type BareStack, bareStack, inTemporaryFolder } from '../account/bare-stack.ts';
import type { FolderOf } from '../account/code.ts';
import type { Settings } from '../settings/index.ts';
import { ReleasedCode } from './code.ts';

/** CloudFormation's limits (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html). */
export const MAX_TEMPLATE_BYTES = 1_048_576;
export const MAX_RESOURCES = 500;

/** A deployment to the organization that CloudFormation would refuse. */
export class OrganizationError extends Error {
  override readonly name = 'OrganizationError';
  readonly code = 'OrganizationLimit';
}

/**
 * The settings as a Region of the members has them, without what nobody would use in each of them: subscriptions to
 * confirm, a dashboard ($3 a month an account), and alarms ($0.10 each), unless `notifications.topicArn` is in that
 * Region.
 */
export function memberSettings(settings: Settings, region: string): Settings {
  const { topicArn, alarms } = settings.notifications;
  const isHeard = topicArn?.split(':')[3] === region;
  return {
    ...settings,
    notifications: {
      ...settings.notifications,
      emails: [],
      dashboard: false,
      alarms: alarms && isHeard,
    },
  };
}

/** The account stack of a Region, in an app of its own: the CDK would deploy it here, in place of CloudFormation there. */
export function memberStack(
  settings: Settings,
  region: string,
  folderOf: FolderOf,
  outdir?: string,
): BareStack<ReleasedCode> {
  const code = (id: string) => new ReleasedCode(folderOf(id));
  return bareStack(memberSettings(settings, region), region, code, outdir);
}

/**
 * The text of a Region's template, and the code that has to be released for it.
 *
 * @throws {OrganizationError} when it is more than CloudFormation takes.
 */
export function memberTemplate(
  settings: Settings,
  region: string,
  folderOf: FolderOf,
): { readonly text: string; readonly code: readonly ReleasedCode[] } {
  return inTemporaryFolder((outdir) => {
    const { app, stack, code } = memberStack(settings, region, folderOf, outdir);
    const template: Template = app.synth().getStackByName(stack.stackName).template;
    checkLimits(region, template);
    return { text: JSON.stringify(template), code: [...code.values()] };
  });
}

export interface Template {
  readonly Resources?: Readonly<Record<string, unknown>>;
}

/** @throws {OrganizationError} that says what there is too much of, and what to do. */
export function checkLimits(region: string, template: Template): void {
  const resources = Object.keys(template.Resources ?? {}).length;
  const bytes = Buffer.byteLength(JSON.stringify(template));
  const problems = [
    ...(resources > MAX_RESOURCES
      ? [`too many resources (${resources}, CloudFormation takes ${MAX_RESOURCES})`]
      : []),
    ...(bytes > MAX_TEMPLATE_BYTES
      ? [`too many bytes (${bytes}, CloudFormation takes ${MAX_TEMPLATE_BYTES})`]
      : []),
  ];
  if (problems.length > 0) {
    throw new OrganizationError(
      `the template for members in ${region} has ${problems.join('; ')}: leave out packs or controls`,
    );
  }
}
