/** Reads `groundrules.config.json`, and says of every problem where it is. */

import { dirname, resolve } from 'node:path';
import type * as z from 'zod';
import { readTextSync } from '../../account/snapshot/files.ts';
import { parseJson } from '../../account/snapshot/json.ts';
import { placesIn } from '../../waivers/places.ts';
import { contradictions, ofGroup, suggestion } from './contradictions.ts';
import { laidOver, said } from './groups.ts';
import { ofOrganization } from './organization-contradictions.ts';
import { type Read, type Settings, schema, settingsSchema } from './schema.ts';
import { formsOf, inWords } from './words.ts';

/** The settings are wrong. The message names every problem with its place. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'InvalidSettings';
}

/**
 * Checks settings and fills in what they leave out.
 *
 * @param where what to call them in messages: the file.
 * @param folder which the paths in them are relative to.
 * @throws {SettingsError}
 *
 * @example
 * const settings = readSettings({ regions: ['eu-west-1'], homeRegion: 'eu-west-1' });
 */
export const readSettings = (given: unknown, where = 'settings', folder = '.'): Settings =>
  read(given, folder, (wrong) => `${where}: ${wrong.join('; ')}`);

/** @param tell makes the message of all that is wrong. */
function read(given: unknown, folder: string, tell: (wrong: readonly string[]) => string): Settings {
  const parsed = schema.safeParse(given, { error: inWords });
  if (!parsed.success) throw new SettingsError(tell(parsed.error.issues.flatMap(problems)));
  const { data } = parsed;
  const { file } = data.waivers;
  if (file !== undefined) data.waivers.file = resolve(folder, file);
  const all = whole(data);
  const wrong = contradictions(all, data.controls);
  if (all.organization === false || data.organization === false) {
    if (wrong.length > 0) throw new SettingsError(tell(wrong));
    return all;
  }
  const groups = data.organization.groups.map((group, index) => {
    const own = laidOver(data, group);
    const settings = whole(own);
    wrong.push(...ofGroup(`organization.groups.${index}`, settings, own.controls, wrong));
    return { name: group.name, organizationalUnits: group.organizationalUnits, settings };
  });
  const settings: Settings = { ...all, organization: { ...all.organization, groups } };
  wrong.push(...ofOrganization(settings));
  if (wrong.length > 0) throw new SettingsError(tell(wrong));
  return settings;
}

/** With what is left out filled in; without the organization's groups, which have settings like these. */
function whole(data: Read): Settings {
  const { $schema: _schema, regions, controls, remediation, kmsKeyArn, organization, ...rest } = data;
  const chosen = [...new Set(regions ?? [rest.homeRegion])];
  return {
    ...rest,
    regions: chosen,
    kmsKeyArn: keysOf(kmsKeyArn, chosen),
    remediation,
    controls: Object.fromEntries(
      Object.entries(controls).map(([id, { remediation: own, ...control }]) => [
        id,
        { ...control, ...(own && { remediation: { ...remediation, parameters: {}, ...said(own) } }) },
      ]),
    ),
    organization: organization && { ...organization, groups: [] },
  };
}

/** A key by Region. A multi-Region key has the same id in each (https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html). */
function keysOf(
  given: string | Readonly<Record<string, string>> | undefined,
  regions: readonly string[],
): Readonly<Record<string, string>> {
  if (typeof given !== 'string') return given ?? {};
  const [arn, partition, service, own = '', ...rest] = given.split(':');
  const isMultiRegion = rest.at(-1)?.startsWith('key/mrk-');
  const all = isMultiRegion ? regions : [own];
  return Object.fromEntries(
    all.map((region) => [region, [arn, partition, service, region, ...rest].join(':')]),
  );
}

/** What is wrong in a file, each with its line and column: `groundrules.config.json:3:12: regions: …; 9:5: …`. */
function placed(wrong: readonly string[], file: string, text: string): string {
  const places = placesIn(text);
  const all = wrong.map((one) => `${places.ofKeys(/^\S+?(?=: )/.exec(one)?.[0] ?? '')}: ${one}`);
  return `${file}:${all.join('; ')}`;
}

/**
 * What is found wrong in settings after they were read, with its place in their file.
 *
 * @param message begins with the key, as those of packs do.
 */
export const placedIn = (file: string, message: string): string =>
  message.startsWith(file) ? message : placed([message], file, readTextSync(file));

/**
 * @throws {SettingsError} for a file that is not there, is no JSON, or says what it must not, or something twice: each problem with line and
 * column.
 */
export function loadSettings(file: string): Settings {
  let text: string;
  try {
    text = readTextSync(file);
  } catch (error) {
    throw new SettingsError((error as Error).message, { cause: error });
  }
  try {
    const given = parseJson(text);
    const twice = placesIn(text).repeated.map(({ key, at }) => `${at}: ${key}: is there a second time`);
    if (twice.length > 0) throw new SettingsError(`${file}:${twice.join('; ')}`);
    return read(given, dirname(file), (wrong) => placed(wrong, file, text));
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    const { message } = error as Error;
    const offset = Number(/ at position (\d+)/.exec(message)?.[1] ?? 0);
    throw new SettingsError(`${file}:${placesIn(text).at(offset)}: is no JSON: ${message}`, { cause: error });
  }
}

function problems(issue: z.core.$ZodIssue): string[] {
  const place = issue.path.map(String).join('.');
  if (issue.code === 'invalid_union') {
    // All unions here are of one value and an object, so that the problems inside the object are shown.
    const inside = issue.errors.find((option) =>
      option.some(({ code, path }) => code === 'unrecognized_keys' || path.length > 0),
    );
    if (!inside) {
      const [one] = issue.errors.flat().filter(({ code }) => code === 'invalid_format');
      return [`${place}: ${one?.message ?? `expected ${formsOf(issue.errors)}`}`];
    }
    return inside.flatMap((one) =>
      problems({ ...one, path: [...issue.path, ...one.path] } as z.core.$ZodIssue),
    );
  }
  if (issue.code === 'invalid_key') return [`${place}: ${issue.issues[0]?.message ?? issue.message}`];
  if (issue.code !== 'unrecognized_keys') return [`${place || 'the whole'}: ${issue.message}`];
  return issue.keys.map((key) => {
    const full = place ? `${place}.${key}` : key;
    return `${full}: there is no such setting${suggestion(key, keysAt(issue.path))}`;
  });
}

/** The keys that the schema knows at a place, found in its JSON Schema. */
function keysAt(path: readonly PropertyKey[]): string[] {
  type Node = {
    properties?: Record<string, Node>;
    additionalProperties?: Node | boolean;
    items?: Node;
    anyOf?: Node[];
  };
  let node: Node | undefined = settingsSchema() as Node;
  for (const key of path) {
    const options: Node[] = node?.anyOf ?? (node ? [node] : []);
    node = options
      .map((one) => {
        if (typeof key === 'number') return one.items;
        const rest = typeof one.additionalProperties === 'object' ? one.additionalProperties : undefined;
        return one.properties?.[String(key)] ?? rest;
      })
      .find((one) => one !== undefined);
  }
  const options: Node[] = node?.anyOf ?? (node ? [node] : []);
  return options.flatMap(({ properties = {} }) => Object.keys(properties)).filter((key) => key !== '$schema');
}
