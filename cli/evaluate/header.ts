import { isAbsolute, relative, sep } from 'node:path';
import { PACKAGE_ROOT } from '../../package.ts';
import type { ReportOptions } from '../../report/formats/index.ts';
import type { FormatName } from '../../report/formats/names.ts';
import type { Header } from '../../report/result.ts';
import type { AnyRule } from '../../rules/rule.ts';
import type { Input } from '../inputs/open.ts';
import type { GivenParameters } from '../options/read.ts';
import type { Followed } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';

interface Asked {
  readonly given: GivenParameters;
  readonly settings: Followed | undefined;
  readonly now: Date | undefined;
  readonly isSample: boolean;
  readonly options: { readonly live?: boolean };
}

/** What was judged, and what each rule was run with, for whoever has the report alone. */
export function said(
  inputs: readonly Input[],
  rules: readonly AnyRule[],
  { given, settings, now, isSample, options }: Asked,
  generatedAt: Date,
): Required<Pick<Header, 'inputs' | 'parameters'>> {
  return {
    inputs: inputs.map(({ account, label, asOf }) => ({
      accountId: account.id,
      source: options.live ? null : isSample ? sampleOf(label) : label,
      asOf: now ?? asOf ?? generatedAt,
      regions: account.regions,
    })),
    parameters: parametersIn(rules, settings?.parameters ?? {}, given),
  };
}

/** What each rule is run with. */
const parametersIn = (
  rules: readonly AnyRule[],
  set: GivenParameters,
  given: GivenParameters,
): NonNullable<Header['parameters']> =>
  Object.fromEntries(
    rules.map(({ id, parameters }) => {
      const over = { ...(set[id] as object | undefined), ...(given[id] as object | undefined) };
      const values: Record<string, unknown> = over;
      const names = Object.keys(parameters);
      return [
        id,
        Object.fromEntries(names.map((name) => [name, String(values[name] ?? parameters[name].default)])),
      ];
    }),
  );

/** The settings that were followed, with those groups that some account is in. */
export const settingsOfGroups = (
  settings: Followed | undefined,
  names: ReadonlySet<string>,
  rules: readonly AnyRule[],
  given: GivenParameters,
): Header['settings'] => {
  const header = settingsIn(settings);
  const groups = settings?.groups.filter(({ name }) => names.has(name)) ?? [];
  if (!header || groups.length === 0) return header;
  return {
    ...header,
    groups: groups.map(({ name, units, leftOut, parameters }) => ({
      name,
      organizationalUnits: units,
      leftOut: leftOut.filter((id) => rules.some((rule) => rule.id === id)),
      parameters: parametersIn(rules, parameters, given),
    })),
  };
};

/** The settings that were followed. */
export const settingsIn = (settings: Followed | undefined): Header['settings'] =>
  settings ? { file: settings.file, homeRegion: settings.homeRegion, regions: settings.regions } : null;

/** The time that all inputs are judged as of that can be judged, if there is one: snapshots may have been made at different times. */
export function commonTime(
  inputs: readonly Input[],
  given: Date | undefined,
  generatedAt: Date,
): { readonly now?: Date } {
  const told = inputs.filter(({ why }) => !why);
  const [now, ...others] = told.map(({ asOf }) => given ?? asOf ?? generatedAt);
  return now && others.every((other) => other.getTime() === now.getTime()) ? { now } : {};
}

/** The sample's folder by its place in the package, wherever that is installed. */
function sampleOf(label: string): string {
  const inside = relative(PACKAGE_ROOT, label);
  return isAbsolute(inside) || inside.startsWith('..') ? label : inside.split(sep).join('/');
}

/**
 * Reads `--baseline`.
 *
 * @throws {UsageError} when no format that was asked for shows it, or it is something else.
 */
export async function readBaseline(
  file: string | undefined,
  formats: readonly FormatName[],
  { input }: Pick<World, 'input'>,
): Promise<ReportOptions['baseline']> {
  if (file === undefined) return undefined;
  if (!formats.includes('html')) {
    throw new UsageError({
      en: '--baseline is for --format html',
      ko: '--baseline은 --format html과 함께 씁니다',
    });
  }
  const { readEvaluated } = await import('../compare/read.ts');
  return { file, evaluated: await readEvaluated(file, input) };
}
