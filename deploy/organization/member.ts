/** What a member account gets in a Region, as the template of a StackSet: without the CDK's assets, which no member has. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, BootstraplessSynthesizer, type IStackSynthesizer, type Stack } from 'aws-cdk-lib';
import { PACKAGE_ROOT } from '../../cli/package.ts';
import { AccountStack } from '../account-stack.ts';
import { bundledCode } from '../code.ts';
import { stackName } from '../names.ts';
import type { Settings } from '../settings/index.ts';
import { ReleasedCode } from './code.ts';

/** CloudFormation's limits (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html). */
export const MAX_TEMPLATE_BYTES = 1_048_576;
export const MAX_RESOURCES = 500;

/** A deployment to the organization that CloudFormation would refuse. */
export class OrganizationError extends Error {
  override readonly name = 'OrganizationError';
}

/** A function's bundle, by its id. */
export type FolderOf = (id: string) => string;

/** @throws {Error} when it has not been built. */
export const bundleFolder: FolderOf = (id) => {
  bundledCode(id);
  return join(PACKAGE_ROOT, 'dist', 'lambda', id);
};

/**
 * The settings as a Region of the members has them, without what nobody would look at or hear in each of them: subscriptions
 * to confirm, a dashboard ($3 a month an account), and alarms ($0.10 each), unless `notifications.topicArn` is in that Region.
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

export interface Member {
  readonly app: App;
  readonly stack: Stack;
  /** The code that its functions have, by the functions' ids. */
  readonly code: ReadonlyMap<string, ReleasedCode>;
}

/** The account stack of a Region, in an app of its own: the CDK would deploy it here, in place of CloudFormation there. */
export function memberStack(settings: Settings, region: string, folderOf: FolderOf, outdir?: string): Member {
  const app = new App({
    analyticsReporting: false,
    autoSynth: false,
    treeMetadata: false,
    ...(outdir !== undefined && { outdir }),
  });
  const code = new Map<string, ReleasedCode>();
  const stack = new AccountStack(app, stackName(region), {
    settings: memberSettings(settings, region),
    region,
    env: { region },
    // It throws at the first asset, and asks members for no bootstrapping.
    synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer,
    code: (id) => {
      const released = code.get(id) ?? new ReleasedCode(folderOf(id));
      code.set(id, released);
      return released;
    },
  });
  return { app, stack, code };
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
  const outdir = mkdtempSync(join(tmpdir(), 'groundrules-members-'));
  try {
    const { app, stack, code } = memberStack(settings, region, folderOf, outdir);
    const template: Template = app.synth().getStackByName(stack.stackName).template;
    checkLimits(region, template);
    return { text: JSON.stringify(template), code: [...code.values()] };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

export interface Template {
  readonly Resources?: Readonly<Record<string, unknown>>;
}

/** @throws {OrganizationError} that says what there is too much of, and what to do. */
export function checkLimits(region: string, template: Template): void {
  const resources = Object.keys(template.Resources ?? {}).length;
  const bytes = Buffer.byteLength(JSON.stringify(template));
  const problems = [
    ...(resources > MAX_RESOURCES ? [`${resources} resources, CloudFormation takes ${MAX_RESOURCES}`] : []),
    ...(bytes > MAX_TEMPLATE_BYTES ? [`${bytes} bytes, CloudFormation takes ${MAX_TEMPLATE_BYTES}`] : []),
  ];
  if (problems.length > 0) {
    throw new OrganizationError(
      `the template for members in ${region} has ${problems.join(', and ')}: leave out packs or controls`,
    );
  }
}
