import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type * as cxapi from 'aws-cdk-lib/cx-api';
import { addOrganization, stackNames } from '../../../deploy/organization/index.ts';
import { readSettings, type SettingsInput } from '../../../deploy/settings/index.ts';
import { type Resource, resourcesOf, type Template, untraced } from './account.ts';

const NAMES = stackNames({ namePrefix: 'groundrules' });

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
  return untraced(() => {
    const app = new App({ analyticsReporting: false, treeMetadata: false, ...(outdir && { outdir }) });
    addOrganization(app, readSettings(input), folderOf);
    return { app, assembly: app.synth() };
  });
}

export const stackSetsOf = ({ assembly }: Synthesized) =>
  resourcesOf(assembly.getStackByName(NAMES.stackSets).template as Template, 'AWS::CloudFormation::StackSet');

export interface StackSet extends Resource {
  /** Logical. */
  readonly id: string;
}

export function stackSetNamed(name: string, from: Synthesized): StackSet {
  const found = stackSetsOf(from).find(([, { Properties }]) => Properties.StackSetName === name);
  if (!found) throw new Error(`no StackSet ${name}`);
  return { id: found[0], ...found[1] };
}

export interface Upload {
  readonly path: string;
  readonly bucketName: string;
  readonly objectKey: string;
  readonly region: string;
  readonly assumeRoleArn?: string;
}
interface Asset {
  readonly source: { readonly path: string };
  readonly destinations: Readonly<Record<string, Omit<Upload, 'path'>>>;
}

/** What is uploaded before the StackSets are deployed. */
export function uploadsOf({ assembly }: Synthesized): Upload[] {
  const file = join(assembly.directory, `${NAMES.stackSets}.assets.json`);
  const { files } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.values(files as Record<string, Asset>).flatMap(({ source, destinations }) =>
    Object.values(destinations).map((destination) => ({ path: source.path, ...destination })),
  );
}

/** The template that a StackSet's URL leads to, by way of the asset manifest. */
export function memberTemplateOf({ Properties }: Resource, from: Synthesized): Template {
  const key = /([0-9a-f]{64}\.json)$/.exec(Properties.TemplateURL['Fn::Sub'])?.[1];
  const file = uploadsOf(from).find(({ objectKey }) => objectKey === key);
  return JSON.parse(readFileSync(join(from.assembly.directory, file?.path ?? ''), 'utf8'));
}
