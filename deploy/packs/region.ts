/** What a Region gets, of all packs together. */
import { type Control, DOMAINS } from '../../catalogue/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
import type { Settings } from '../settings/index.ts';
import { controlsOf, remediationSettings } from './controls.ts';
import { fixOf } from './remediation.ts';

/** A function that a Region gets. */
export interface FunctionHere {
  readonly rule: AnyRule;
  /** Whether the document is there, too: it is not where remediation is off. */
  readonly isFixing: boolean;
}

/** The controls of a Region's packs, those of the packs that are chosen. */
export const controlsIn = (settings: Settings, region: string): Control[] =>
  DOMAINS.filter((domain) => settings.packs.includes(domain)).flatMap((domain) =>
    controlsOf({ settings, domain, region }),
  );

/**
 * The functions of a Region, each once: of each rule that is in a pack there, under however many controls, and of each fix of a
 * managed rule that is in a pack there and whose remediation is not off.
 */
export function functionsIn(settings: Settings, region: string): FunctionHere[] {
  const functions = new Map<string, FunctionHere>();
  for (const control of controlsIn(settings, region)) {
    const rule = fixOf(control);
    const isFixing = remediationSettings(control, settings).mode !== 'off';
    if (!rule || !(isFixing || control.kind === 'custom')) continue;
    // A document is there if one of the rule's controls wants it.
    const known = functions.get(rule.id)?.isFixing ?? false;
    functions.set(rule.id, { rule, isFixing: isFixing || known });
  }
  return [...functions.values()];
}
