/**
 * The CDK app: one stack a Region, and those of an organization, as `groundrules.config.json` says. `groundrules deploy` runs it, and so does `npx cdk`
 * (cdk.json). It asks AWS nothing, needs no credentials, and writes the same assembly for the same settings.
 *
 * The context `groundrules:config` names another file.
 */
import { App } from 'aws-cdk-lib';
import { NotBuiltError } from './account/code.ts';
import { checkMissing } from './account/left-out.ts';
import { namesOf } from './account/names.ts';
import { AccountStack } from './account/stack.ts';
import { DEFAULT_FLAGS } from './flags.ts';
import { addOrganization, OrganizationError } from './organization/index.ts';
import { PackLimitError } from './packs/limits.ts';
import { loadSettings, type Settings, SettingsError } from './settings/index.ts';

function addStacks(app: App, settings: Settings): void {
  checkMissing(settings);
  for (const { name, settings: own } of settings.organization ? settings.organization.groups : []) {
    checkMissing(own, `organization.groups: ${name}: `);
  }
  for (const region of settings.regions) {
    new AccountStack(app, namesOf(settings).stack(region), { settings, region, env: { region } });
  }
  if (settings.organization) addOrganization(app, settings);
}

/** Errors whose message says everything that there is to say, without a stack trace. */
const REFUSALS = [SettingsError, PackLimitError, OrganizationError, NotBuiltError];

const app = new App({ analyticsReporting: false, context: { ...DEFAULT_FLAGS } });
const file: unknown = app.node.tryGetContext('groundrules:config') ?? 'groundrules.config.json';
try {
  addStacks(app, loadSettings(String(file)));
  app.synth();
} catch (error) {
  if (!REFUSALS.some((refusal) => error instanceof refusal)) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
