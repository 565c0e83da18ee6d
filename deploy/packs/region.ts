/** What a Region gets, of all packs together. */
import { type Control, DOMAINS } from '../../catalogue/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
import type { Settings } from '../settings/index.ts';
import { controlsOf, remediationSettings } from './controls.ts';
import { fixOf } from './remediation.ts';

/** A function that a Region gets. */
export interface FunctionHere {
  readonly rule: AnyRule;
  /** That it is for. */
  readonly controls: readonly Control[];
  /** Whether the document is there, too: it is not where remediation is off. */
  readonly isFixing: boolean;
}

/** The controls of a Region's packs, those of the packs that are chosen. */
export const controlsIn = (settings: Settings, region: string): Control[] =>
  DOMAINS.filter((domain) => settings.packs.includes(domain)).flatMap((domain) =>
    controlsOf({ settings, domain, region }),
  );

/**
 * The functions of a Region, one a rule however many controls it is for: of each rule that is in a pack there, and of each fix
 * of a managed rule that is in a pack there and whose remediation is not off.
 */
export function functionsIn(settings: Settings, region: string): FunctionHere[] {
  const controlsOfRule = new Map<AnyRule, Control[]>();
  for (const control of controlsIn(settings, region)) {
    const rule = fixOf(control);
    if (rule) controlsOfRule.set(rule, [...(controlsOfRule.get(rule) ?? []), control]);
  }
  return [...controlsOfRule].flatMap(([rule, controls]) => {
    const isFixing = controls.some((control) => remediationSettings(control, settings).mode !== 'off');
    return isFixing || controls.some(({ kind }) => kind === 'custom') ? [{ rule, controls, isFixing }] : [];
  });
}
