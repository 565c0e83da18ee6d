/**
 * `groundrules.config.json`, for the commands that judge, collect and fix: they follow the settings of the deployed
 * functions.
 */
import { existsSync } from 'node:fs';
import { controls } from '../../catalogue/index.ts';
import type { Settings } from '../../deploy/settings/index.ts';
import type { Both } from '../../report/both.ts';
import { UsageError } from '../program/errors.ts';
import type { GivenParameters } from './read.ts';

export const SETTINGS_FILE = 'groundrules.config.json';

const NO_WAY: Both = { en: '', ko: '' };
const LEAVE_ALONE: Both = {
  en: ' (--no-config leaves the file alone)',
  ko: ' (파일을 무시하려면 --no-config)',
};

export interface SettingsOptions {
  /** `--config FILE`; `false` for `--no-config`. */
  readonly config?: string | false;
}

/** What a settings file says of the rules. */
interface OfRules {
  /** By rule id, whole: what the rule's function is deployed with. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Rules that the file leaves out: their control is off, or not in its packs. */
  readonly leftOut: readonly string[];
  /** How the fixes of a rule, or of what a managed rule reports, are run; by its id. */
  readonly fixes: Readonly<Record<string, FixSettings>>;
}

/** The accounts of some organizational units, which have settings of their own. */
export interface FollowedGroup extends OfRules {
  readonly name: string;
  /** The ids of the units. */
  readonly units: readonly string[];
}

/** A settings file that is followed. */
export interface Followed extends OfRules {
  readonly file: string;
  readonly homeRegion: string;
  /** Where the rules run, the home Region first. */
  readonly regions: readonly string[];
  /** `organization.groups`; what is said beside them is of all other accounts. */
  readonly groups: readonly FollowedGroup[];
  /** The file of waivers that is deployed, and how long one may hold. */
  readonly waivers: Settings['waivers'];
  /** What the names of the packs begin with. */
  readonly packPrefix: string;
}

export interface FixSettings {
  readonly mode: 'off' | 'manual' | 'automatic';
  /** Of the document, such as `Scope`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The file that counts: the one that is named, or the one that is here; `undefined` for none. */
export function settingsFile({ config }: SettingsOptions): string | undefined {
  if (config === false) return undefined;
  return config ?? (existsSync(SETTINGS_FILE) ? SETTINGS_FILE : undefined);
}

/**
 * Turns an error in the settings into one of the call.
 *
 * @param way what to do instead, at the end of the message.
 * @param file that the settings are from, where they have been read.
 * @throws {UsageError} for a SettingsError, and for a Region of which the catalogue knows nothing.
 */
export async function withoutMistakes<T>(
  read: () => T | Promise<T>,
  way = NO_WAY,
  file?: string,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { code, message: said } = error as { readonly code?: unknown; readonly message: string };
    if (code !== 'InvalidSettings' && code !== 'UnknownRegion') throw error;
    const { placedIn } = await import('../../deploy/settings/index.ts');
    const message = file !== undefined && code === 'InvalidSettings' ? placedIn(file, said) : said;
    throw new UsageError({ en: `${message}${way.en}`, ko: `${message}${way.ko}` }, { quotes: message });
  }
}

/**
 * Reads a settings file.
 *
 * @param way what to do instead, at the end of the message.
 * @throws {UsageError} for a file that is not there or says what it must not.
 */
export async function readSettingsFile(file: string, way?: Both): Promise<Settings> {
  // The settings' schema is large: who has no such file does not wait for it.
  const { loadSettings } = await import('../../deploy/settings/index.ts');
  return withoutMistakes(() => loadSettings(file), way);
}

/**
 * Reads the settings that count.
 *
 * @returns `undefined` where there are none, or they are not to be followed.
 * @throws {UsageError} for a file that is not there or says what it must not.
 */
export async function followSettings(options: SettingsOptions): Promise<Followed | undefined> {
  const file = settingsFile(options);
  if (file === undefined) return undefined;
  const way = options.config === undefined ? LEAVE_ALONE : NO_WAY;
  const settings = await readSettingsFile(file, way);
  return withoutMistakes(() => follow(file, settings), way, file);
}

async function follow(file: string, settings: Settings): Promise<Followed> {
  const { homeRegion } = settings;
  return {
    ...(await ofRules(settings)),
    file,
    homeRegion,
    regions: [homeRegion, ...settings.regions.filter((region) => region !== homeRegion)],
    groups: await Promise.all(
      (settings.organization ? settings.organization.groups : []).map(
        async ({ name, organizationalUnits, settings: own }) => ({
          ...(await ofRules(own)),
          name,
          units: organizationalUnits,
        }),
      ),
    ),
    waivers: settings.waivers,
    packPrefix: `${settings.namePrefix}-`,
  };
}

async function ofRules(settings: Settings): Promise<OfRules> {
  const { judgedWith } = await import('../../deploy/packs/judged.ts');
  const { parameters, leftOut } = judgedWith(settings);
  return {
    parameters,
    leftOut,
    fixes: await fixSettings(settings),
  };
}

/**
 * The group whose settings an account has.
 *
 * @param units the ids of those that it is in, from the root down. The nearest that a group names counts.
 */
export const groupOf = (
  { groups }: Pick<Followed, 'groups'>,
  units: readonly string[],
): FollowedGroup | undefined =>
  units
    .toReversed()
    .map((unit) => groups.find((group) => group.units.includes(unit)))
    .find((group) => group !== undefined);

/** Rules that no account has: left out by the settings of all, and by those of each group. */
export const leftOutEverywhere = ({ leftOut, groups }: Followed): readonly string[] =>
  leftOut.filter((id) => groups.every((group) => group.leftOut.includes(id)));

async function fixSettings(settings: Settings): Promise<Followed['fixes']> {
  const { remediationSettings } = await import('../../deploy/packs/controls.ts');
  const { fixOf } = await import('../../deploy/packs/remediation.ts');
  return Object.fromEntries(
    controls.flatMap((control) => {
      const fix = fixOf(control);
      if (!fix) return [];
      const { mode, parameters } = remediationSettings(control, settings);
      // What is said of all controls is for those whose document has such a parameter, as in the packs.
      const isOwn = settings.controls[control.id]?.remediation !== undefined;
      const options = Object.keys(fix.fix.options);
      const own = Object.entries(parameters).filter(
        ([name, value]) => value !== '' && (isOwn || options.includes(name)),
      );
      return [[fix.id, { mode, parameters: Object.fromEntries(own) }] as const];
    }),
  );
}

/** The parameters that count for each rule: those of the command line, over the settings' own. */
export function withSettings(given: GivenParameters, followed: Followed | undefined): GivenParameters {
  const ids = new Set([...Object.keys(given), ...Object.keys(followed?.parameters ?? {})]);
  return Object.fromEntries(
    [...ids].map((id) => [id, { ...followed?.parameters[id], ...(given[id] as object | undefined) }]),
  );
}
