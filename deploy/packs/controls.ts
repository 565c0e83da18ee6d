/** Which controls are in which pack, and why the others are not. */
import { isAvailable, regionOf } from '../../catalogue/availability.ts';
import { type Control, controls, type Domain, isOn, isPlanned, ruleOf } from '../../catalogue/index.ts';
import type { RemediationSettings, Settings } from '../settings/index.ts';

/** A pack's place. */
export interface Place {
  readonly settings: Settings;
  readonly domain: Domain;
  readonly region: string;
}

/** Where a control is judged: in every Region, in the home Region alone, or in the one Region that has its rule. */
export function placementOf(control: Control): 'regional' | 'home' | 'us-east-1' {
  if (control.kind === 'managed') return control.placement;
  // An attestation is of the account.
  if (control.kind === 'process-check') return 'home';
  return ruleOf(control)?.scope === 'global' ? 'home' : 'regional';
}

const isEnabled = (control: Control, settings: Settings): boolean =>
  !isPlanned(control) && (settings.controls[control.id]?.enabled ?? isOn(control));

/** Why a control that is on is not in a Region's pack; `undefined` when it is. */
function absence(control: Control, { settings, region }: Omit<Place, 'domain'>): string | undefined {
  if (placementOf(control) === 'home' && region !== settings.homeRegion) {
    return `judged in ${settings.homeRegion}, the home Region, alone`;
  }
  if (control.kind !== 'managed' || isAvailable(control.identifier, region)) return undefined;
  return `AWS Config has no ${control.identifier} in ${region} (${regionOf(region).name})`;
}

/**
 * The controls of a pack in a Region: those that are on, whose rule AWS Config has there, and that are judged there.
 *
 * @throws {UnknownRegionError}
 */
export function controlsOf(place: Place): Control[] {
  regionOf(place.region);
  return wanted(place).filter((control) => absence(control, place) === undefined);
}

/** The controls of a pack that are on and are not in it there, each with the reason. */
export function leftOut(place: Place): { readonly control: Control; readonly why: string }[] {
  return wanted(place).flatMap((control) => {
    const why = absence(control, place);
    return why === undefined ? [] : [{ control, why }];
  });
}

const wanted = ({ settings, domain }: Place): Control[] =>
  controls.filter((control) => control.domain === domain && isEnabled(control, settings));

/** How a control's fix is run: as its own settings say, or else those of all. */
export const remediationSettings = ({ id }: Control, settings: Settings): RemediationSettings =>
  settings.controls[id]?.remediation ?? settings.remediation;
