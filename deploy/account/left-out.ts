/**
 * What a Region's packs lack because AWS Config has no rule for it there: a deployment names it, and is refused where
 * most of a pack is missing.
 */
import { isAvailable, partitionOf, regions } from '../../catalogue/availability.ts';
import { type Control, DOMAINS, type Domain } from '../../catalogue/index.ts';
import { controlsOf, leftOut, placementOf } from '../packs/controls.ts';
import { type Settings, SettingsError } from '../settings/index.ts';

/** Of a Region, without the process checks, which need no rule of AWS's. */
interface Baseline {
  readonly judged: readonly Control[];
  readonly missing: readonly Control[];
}

function baselineOf(settings: Settings, region: string): Baseline {
  const places = DOMAINS.filter((domain) => settings.packs.includes(domain)).map((domain) => ({
    settings,
    domain,
    region,
  }));
  return {
    judged: places.flatMap(controlsOf).filter(({ kind }) => kind !== 'process-check'),
    missing: places
      .flatMap(leftOut)
      // These are judged in another Region by design, so that nothing is missing.
      .filter(({ control }) => placementOf(control) !== 'home' || region === settings.homeRegion)
      .filter(({ control }) => placementOf(control) !== 'us-east-1' || !isJudgedInUsEast1(settings))
      .map(({ control }) => control),
  };
}

const isJudgedInUsEast1 = ({ regions: chosen }: Settings) => chosen.includes('us-east-1');

/** One sentence for people; `undefined` where nothing is missing. */
export function missingIn(settings: Settings, region: string): string | undefined {
  const { judged, missing } = baselineOf(settings, region);
  if (missing.length === 0) return undefined;
  const all = judged.length + missing.length;
  return `AWS Config has no rule in ${region} for ${missing.length} of ${all} controls, which are left out: ${names(missing)}`;
}

/**
 * @throws {SettingsError} for a Region whose packs would lack most of their rules, and for a home Region where one
 * pack would, because global resources are judged nowhere else.
 *
 * @param where what its message begins with, where these are not the settings of all.
 */
export function checkMissing(settings: Settings, where = ''): void {
  const problems = settings.regions.flatMap((region) => {
    const { judged, missing } = baselineOf(settings, region);
    const lost = DOMAINS.filter((domain) => {
      const isOf = (control: Control) => control.domain === domain;
      return isMost(judged.filter(isOf), missing.filter(isOf));
    });
    // In other Regions a small pack is accepted, because only that Region misses the rules.
    if (region === settings.homeRegion && lost.length > 0) return [ofHome(settings, lost, judged, missing)];
    return isMost(judged, missing)
      ? [
          `regions: ${region}: ${share(judged, missing)} (${names(missing)}): take the Region out, or turn these controls off`,
        ]
      : [];
  });
  if (problems.length > 0) throw new SettingsError(`${where}${problems.join('; ')}`);
}

function ofHome(
  { homeRegion }: Settings,
  lost: readonly Domain[],
  allJudged: readonly Control[],
  allMissing: readonly Control[],
): string {
  const isLost = ({ domain }: Control) => lost.includes(domain);
  const judged = allJudged.filter(isLost);
  const missing = allMissing.filter(isLost);
  const better = Object.keys(regions).filter(
    (region) =>
      partitionOf(region) === partitionOf(homeRegion) &&
      regions[region]?.packs !== 'no' &&
      missing.every((control) => control.kind !== 'managed' || isAvailable(control.identifier, region)),
  );
  const instead =
    better.length > 0
      ? `choose a home Region that has them (${better.slice(0, 3).join(', ')}, …) and leave ${homeRegion} in regions`
      : 'no Region of its partition has them';
  return `homeRegion: ${homeRegion}: ${share(judged, missing)} of ${lost.join(', ')} (${names(missing)}), and global resources are judged there alone: ${instead}, or turn these controls off`;
}

const isMost = (judged: readonly Control[], missing: readonly Control[]) => missing.length > judged.length;
const share = (judged: readonly Control[], missing: readonly Control[]) =>
  `AWS Config has no rule there for ${missing.length} of ${judged.length + missing.length} controls`;
const names = (all: readonly Control[]) => all.map(({ id }) => id).join(', ');
