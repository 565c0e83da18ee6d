import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type * as cxapi from 'aws-cdk-lib/cx-api';
import { addOrganization } from '../../../deploy/organization/index.ts';
import { readSettings, type SettingsInput } from '../../../deploy/settings/index.ts';

export const ORGANIZATION = {
  organizationId: 'o-abcdefghij',
  organizationalUnits: ['ou-ab12-cdefghij', 'ou-ab12-klmnopqr'],
  auditAccountId: '222222222222',
};
export const SETTINGS: SettingsInput = {
  homeRegion: 'ap-northeast-2',
  regions: ['us-east-1', 'ap-northeast-2', 'eu-west-1'],
  securityHub: {},
  notifications: { emails: ['security@example.com'] },
  organization: ORGANIZATION,
};

/** Bundles that stay as they are, whatever a build does at the same time. */
export function bundles(): { readonly folderOf: (id: string) => string; readonly remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'groundrules-bundles-'));
  return {
    folderOf: (id) => {
      const folder = join(root, id);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'index.mjs'), `export const handler = async () => '${id}';`);
      return folder;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export interface Synthesized {
  readonly app: App;
  readonly assembly: cxapi.CloudAssembly;
}

/** The stacks of an organization. */
export function synthOrganization(
  input: SettingsInput,
  folderOf: (id: string) => string,
  outdir?: string,
): Synthesized {
  const app = new App({ analyticsReporting: false, ...(outdir && { outdir }) });
  addOrganization(app, readSettings(input), folderOf);
  return { app, assembly: app.synth() };
}
