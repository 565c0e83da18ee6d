import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileError } from './files.ts';
import { isFolderAt } from './walk.ts';

const DIRECTION = '(?:(?:north|south)(?:east|west)?|east|west|central)';
/** `us-east-1`, `ap-northeast-2`, `us-gov-west-1`, `us-iso-east-1`, `eusc-de-east-1`: the names that AWS gives Regions. */
const REGION = new RegExp(`^[a-z]{2,4}(-[a-z]{2,5})?-${DIRECTION}-[1-9]\\d?$`);
const PREFIX = '(?:us|eu|eusc|ap|sa|ca|me|af|il|mx|cn)';
/** What somebody meant as a Region: `EU-WEST-1`, `us_east_1`, `us-esat-1`, `us-east`, `us-east-1 (copy)`. */
const MEANT = [
  new RegExp(`^${PREFIX}[^a-z0-9]*${DIRECTION}`, 'i'),
  new RegExp(`^${PREFIX}[^a-z0-9]+[a-z]+[^a-z0-9]*\\d`, 'i'),
  new RegExp(`(^|[^a-z])[a-z]{2,4}(-[a-z]{2,5})?-${DIRECTION}-\\d`, 'i'),
];
const ARCHIVE = /\.(zip|tar|tgz|gz|7z)$/i;

export const isRegion = (name: string) => REGION.test(name);

export interface RegionFolders {
  readonly regions: readonly string[];
  /** Those of them that have AWS Config's files, which only a person puts there. */
  readonly withConfig: readonly string[];
  /** What looks like a Region's folder and is none, by its name: why. Left out, it would look like a Region without problems. */
  readonly wrong: ReadonlyMap<string, string>;
  /** Whether there is anything at all. */
  readonly isEmpty: boolean;
}

/**
 * The Regions' folders of an account's folder.
 *
 * @throws {SnapshotError} when the folder cannot be read.
 */
export function regionFolders(root: string, label: string): RegionFolders {
  let entries: Dirent[];
  try {
    entries = readdirSync(root, { withFileTypes: true });
  } catch (error) {
    throw fileError(label, error);
  }
  const names = new Set(entries.map(({ name }) => name));
  const wrong = new Map<string, string>();
  const regions: string[] = [];
  for (const entry of entries) {
    const why = whyNot(entry, names);
    if (why) wrong.set(entry.name, why);
    else if (isRegion(entry.name)) regions.push(entry.name);
  }
  const withConfig = regions.filter((region) => isFolderAt(join(root, region, 'config')));
  return { regions: regions.sort(), withConfig, wrong, isEmpty: entries.length === 0 };
}

/** What `collected.json` says of Regions. */
interface ToldOfRegions {
  readonly regions?: readonly string[];
  readonly earlier?: ReadonlyMap<string, Date>;
  readonly earlierRegions?: readonly string[];
}

/**
 * The Regions in view, and what looks like one of them and is none. Where `collected.json` has `regions`, those were asked for:
 * further folders are of Regions that a rule looked into besides, and without a place in the view. What an earlier collection
 * was asked for stays in view, so that it does not drop out without a word.
 *
 * @param noted the files that `errors.json` tells of.
 */
export function viewOf(
  { regions: folders, withConfig, wrong }: RegionFolders,
  collected: ToldOfRegions | undefined,
  noted: Iterable<string>,
): { readonly regions: readonly string[]; readonly wrong: ReadonlyMap<string, string> } {
  const { regions: asked = [], earlier = new Map() } = collected ?? {};
  const before = collected?.earlierRegions ?? regionsOf(earlier.keys());
  const inView = asked.length > 0 ? [...asked, ...before, ...withConfig] : [...folders, ...regionsOf(noted)];
  const strange = asked
    .filter((name) => !isRegion(name))
    .map((name) => [name, `collected.json: ${name} is no Region's name such as us-east-1`] as const);
  const all = new Map([...strange, ...wrong]);
  return { regions: [...new Set([...inView, ...all.keys()])].sort(), wrong: all };
}

/** The Regions that paths begin with. */
const regionsOf = (paths: Iterable<string>): string[] =>
  [...paths].map((path) => path.split('/')[0] as string).filter(isRegion);

/** Why something that a Region's folder may be meant by is none. */
function whyNot(entry: Dirent, names: ReadonlySet<string>): string | undefined {
  const { name } = entry;
  const isMeant = MEANT.some((pattern) => pattern.test(name));
  if (isRegion(name)) {
    if (entry.isDirectory()) return undefined;
    return entry.isSymbolicLink()
      ? `${name} is a link, where a Region's folder is expected: copy what it leads to`
      : `${name} is a file, where a Region's folder is expected`;
  }
  if (!isMeant || !(entry.isDirectory() || entry.isSymbolicLink() || ARCHIVE.test(name))) return undefined;
  if (!entry.isDirectory() && ARCHIVE.test(name))
    return `${name} is an archive: unpack it to a Region's folder`;
  const region = meantBy(name);
  if (!region)
    return `${name} looks like a Region's folder, and is no Region's name such as us-east-1: rename it`;
  return names.has(region)
    ? `${name} is beside the folder of ${region}: put what counts into ${region}/, and take the other out of the snapshot`
    : `${name} is no Region's name: rename the folder to ${region}`;
}

function meantBy(name: string): string | undefined {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const [found] = new RegExp(`\\b${PREFIX}(-[a-z]{2,5})?-${DIRECTION}-[1-9]\\d?`).exec(plain) ?? [];
  return found !== undefined && isRegion(found) ? found : undefined;
}
