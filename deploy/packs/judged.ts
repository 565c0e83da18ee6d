/** What the settings say of judging: for the functions of packs, the command, and a fleet's function. */
import { controls, isPlanned } from '../../catalogue/index.ts';
import type { Settings } from '../settings/index.ts';
import { remediationSettings } from './controls.ts';
import { type Values, valuesOf } from './values.ts';

export interface JudgedWith {
  /** By rule id, whole: what the rule's function is deployed with. */
  readonly parameters: Readonly<Record<string, Values>>;
  /** Rules that the settings leave out: their control is off, or not in their packs. */
  readonly leftOut: readonly string[];
  /** Rules whose fix the settings turn off. */
  readonly withoutFix: readonly string[];
}

/**
 * @throws {SettingsError} for a parameter that is none.
 * @throws {UnknownRegionError}
 */
export function judgedWith(settings: Settings): JudgedWith {
  const built = controls.flatMap((control) =>
    control.kind === 'custom' && !isPlanned(control) ? [control] : [],
  );
  const isLeftOut = ({ id, domain }: (typeof built)[number]) =>
    settings.controls[id]?.enabled === false || !settings.packs.includes(domain);
  const hasNoFix = (control: (typeof built)[number]) => remediationSettings(control, settings).mode === 'off';
  return {
    parameters: Object.fromEntries(
      built.map((control) => [control.rule, valuesOf(control, settings, settings.homeRegion)]),
    ),
    leftOut: built.filter(isLeftOut).map(({ rule }) => rule),
    withoutFix: built.filter(hasNoFix).map(({ rule }) => rule),
  };
}
