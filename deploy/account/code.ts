/** The functions' code, as `npm run build` bundled it and as the package brings it along, with the waivers of the settings. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DEPLOYED_WAIVERS } from '../../lambda/waivers.ts';
import { PACKAGE_ROOT } from '../../package.ts';
import { loadWaivers } from '../../waivers/file.ts';
import type { Waiver } from '../../waivers/waiver.ts';
import type { Settings } from '../settings/index.ts';

/** A function's code has not been built. */
export class NotBuiltError extends Error {
  override readonly name = 'NotBuiltError';
  readonly code = 'NotBuilt';
}

/** The folder of a function's code, by its id: a rule, a fix, or a function of the deployment's own. */
export type FolderOf = (id: string) => string;

/** The function of the weekly mail, `dist/lambda/organization-summary`, which tells of the waivers of all rules. */
export const ORGANIZATION_SUMMARY = 'organization-summary';

/**
 * A bundle of the package's own.
 *
 * @throws {NotBuiltError}
 */
export const bundleFolder: FolderOf = (id) => {
  const folder = join(PACKAGE_ROOT, 'dist', 'lambda', id);
  if (!existsSync(join(folder, 'index.mjs'))) {
    throw new NotBuiltError(`${join(folder, 'index.mjs')} is missing: npm run build makes it`);
  }
  return folder;
};

/** A function's code as it was built, without waivers. */
export const bundledCode = (id: string): lambda.Code => lambda.Code.fromAsset(bundleFolder(id));

/**
 * The code as it is deployed: where the settings name a file of waivers, a function's own lie beside its bundle, so that they
 * cost no call. A function that has none is as it was built, and is not deployed again because of those of others.
 *
 * @throws {WaiverError} where something in the file is wrong.
 */
export function deployedFolder({ waivers }: Settings, folderOf: FolderOf = bundleFolder): FolderOf {
  if (waivers.file === undefined) return folderOf;
  const all = loadWaivers(waivers.file, { now: new Date(), maxDays: waivers.maxDays });
  return (id) => {
    const own = id === ORGANIZATION_SUMMARY ? all : all.filter((waiver) => isOf(waiver, id));
    return own.length === 0 ? folderOf(id) : withWaivers(folderOf(id), own);
  };
}

/** A function knows its account, and not in which units that is: AWS Organizations tells members nothing of it. */
const isOf = ({ rule, organizationalUnit }: Waiver, id: string): boolean =>
  rule === id && organizationalUnit === undefined;

/** {@link deployedFolder} as code for a stack that deploys assets. */
export function deployedCode(settings: Settings): (id: string) => lambda.Code {
  const folderOf = deployedFolder(settings);
  return (id) => lambda.Code.fromAsset(folderOf(id));
}

/** Made once a process, and gone with it: the CDK copies what it deploys. */
let temporary: string | undefined;

/** A copy of a bundle with waivers beside it; the same folder for the same content. */
function withWaivers(bundle: string, waivers: readonly Waiver[]): string {
  const text = JSON.stringify(waivers.map(({ line: _, ...waiver }) => waiver));
  if (temporary === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'groundrules-waivers-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    temporary = made;
  }
  const folder = join(temporary, createHash('sha256').update(bundle).update('\0').update(text).digest('hex'));
  if (existsSync(folder)) return folder;
  const partial = `${folder}.partial`;
  mkdirSync(partial, { recursive: true });
  cpSync(bundle, partial, { recursive: true });
  writeFileSync(join(partial, DEPLOYED_WAIVERS), text);
  renameSync(partial, folder);
  return folder;
}
