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
import { fleetFile } from '../fleet/file.ts';
import { FLEET_FILE, FLEET_FUNCTIONS, FLEET_JUDGE } from '../fleet/layout.ts';
import { fleetOf } from '../settings/fleet.ts';
import type { Settings } from '../settings/index.ts';

/** A function's code has not been built. */
export class NotBuiltError extends Error {
  override readonly name = 'NotBuiltError';
  readonly code = 'NotBuilt';
}

/** The folder of a function's code, by its id: a rule, a fix, or a function of the deployment's own. */
export type FolderOf = (id: string) => string;

/** The function of the weekly mail, `dist/lambda/organization-summary`. */
export const ORGANIZATION_SUMMARY = 'organization-summary';
/** Functions that tell of the waivers of all rules. */
const OF_ALL_RULES = [ORGANIZATION_SUMMARY, FLEET_JUDGE];

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
 * cost no call, and so do the settings that a fleet's functions need. A function that has none is as it was built, and is not
 * deployed again because of those of others.
 *
 * @throws {WaiverError} where something in the file is wrong.
 */
export function deployedFolder(settings: Settings, folderOf: FolderOf = bundleFolder): FolderOf {
  const { waivers } = settings;
  const hasFleet = fleetOf(settings) !== undefined;
  if (waivers.file === undefined && !hasFleet) return folderOf;
  const all =
    waivers.file === undefined
      ? []
      : loadWaivers(waivers.file, { now: new Date(), maxDays: waivers.maxDays });
  return (id) => {
    const own = OF_ALL_RULES.includes(id) ? all : all.filter((waiver) => isOf(waiver, id));
    const files = {
      ...(own.length > 0 && { [DEPLOYED_WAIVERS]: own.map(({ line: _, ...waiver }) => waiver) }),
      ...(hasFleet && FLEET_FUNCTIONS.includes(id) && { [FLEET_FILE]: fleetFile(settings) }),
    };
    return Object.keys(files).length === 0 ? folderOf(id) : withFiles(folderOf(id), files);
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

/** A copy of a bundle with files beside it; the same folder for the same content. */
function withFiles(bundle: string, files: Readonly<Record<string, object>>): string {
  const texts = Object.entries(files).map(([name, content]) => [name, JSON.stringify(content)] as const);
  if (temporary === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'groundrules-code-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    temporary = made;
  }
  const folder = join(
    temporary,
    createHash('sha256').update(bundle).update('\0').update(JSON.stringify(texts)).digest('hex'),
  );
  if (existsSync(folder)) return folder;
  const partial = `${folder}.partial`;
  mkdirSync(partial, { recursive: true });
  cpSync(bundle, partial, { recursive: true });
  for (const [name, text] of texts) writeFileSync(join(partial, name), text);
  renameSync(partial, folder);
  return folder;
}
