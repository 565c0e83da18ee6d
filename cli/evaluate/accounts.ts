/** Which of the inputs are judged, and where: each account once, in the Regions of the settings. */

import { inView } from '../../account/snapshot/in-view.ts';
import type { Input } from '../inputs/open.ts';
import { untold } from '../inputs/untold.ts';
import type { Followed } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import type { Progress } from '../program/progress.ts';

/** Whether it is expected to have all of its account: a folder, or the live account. */
const isWhole = ({ answers, resource }: Input): boolean => answers === undefined && resource === undefined;

/**
 * An account of which there are several snapshots is judged once, by the newest. Where an older one has a Region that the newest has
 * not, which would drop out without a verdict, nobody can tell.
 */
export function eachAccountOnce(inputs: readonly Input[], progress: Progress): readonly Input[] {
  const left = new Set<Input>();
  const torn = new Map<Input, Input>();
  for (const id of new Set(inputs.filter(isWhole).map(({ account }) => account.id))) {
    const [newest, ...older] = inputs
      .filter((input) => isWhole(input) && input.account.id === id)
      .sort((one, other) => timeOf(other) - timeOf(one));
    if (!newest || older.length === 0) continue;
    for (const input of older) left.add(input);
    const lost = older.find(({ account }) =>
      account.regions.some((region) => !newest.account.regions.includes(region)),
    );
    if (lost) {
      const why = new UsageError({
        en: `account ${id} is in ${lost.label} (${lost.account.regions.join(', ')}) and in ${newest.label} (${newest.account.regions.join(', ') || 'no Region'}): evaluate one of them, or put the Regions into one folder`,
        ko: `계정 ${id}이(가) ${lost.label} (${lost.account.regions.join(', ')})와 ${newest.label} (${newest.account.regions.join(', ') || '리전 없음'})에 모두 있습니다. 하나만 평가하거나, 리전을 한 폴더에 모으십시오`,
      });
      torn.set(newest, untold(newest, why));
      continue;
    }
    const places = [...older, newest].map(({ label }) => label);
    progress.note(
      {
        en: `account ${id} is in ${places.join(' and ')}: judged once, from ${newest.label}`,
        ko: `계정 ${id}이(가) ${places.join(', ')}에 있습니다: ${newest.label}로 한 번만 판정합니다`,
      },
      { accountId: id },
    );
  }
  return inputs.filter((input) => !left.has(input)).map((input) => torn.get(input) ?? input);
}

/** What nothing can be told of is older than all else. */
const timeOf = ({ asOf, why }: Input): number => (why ? -1 : (asOf?.getTime() ?? 0));

/**
 * What files say of the Regions where the settings let the rules run. A Region that a folder lacks is "could not tell", as
 * with `--region`; of an input of which nothing is left, nobody can tell.
 */
export function inRegionsOf(
  inputs: readonly Input[],
  { file, regions }: Followed,
  progress: Progress,
): readonly Input[] {
  const way = {
    en: '(--region names others, --no-config leaves the settings alone)',
    ko: '(다른 리전은 --region, 설정을 무시하려면 --no-config)',
  };
  return inputs.map((input) => {
    const { account, label, deleted } = input;
    // An event of one resource is of that resource, wherever it is, and a template of no Region yet.
    if (input.resource || input.judge || input.why) return input;
    const outside = account.regions.filter((region) => !regions.includes(region));
    const known = isWhole(input) ? regions : account.regions;
    if (account.regions.length > 0 && outside.length === account.regions.length) {
      const why = new UsageError({
        en: `${label}: it is of ${outside.join(', ')}, and ${file} has the rules run in ${regions.join(', ')} alone ${way.en}`,
        ko: `${label}: ${outside.join(', ')}의 것인데, ${file}은(는) 규칙을 ${regions.join(', ')}에서만 실행합니다 ${way.ko}`,
      });
      return untold(input, why);
    }
    if (outside.length > 0) {
      progress.note({
        en: `${label}: ${outside.join(', ')} left out, as ${file} has the rules run in ${regions.join(', ')} alone ${way.en}`,
        ko: `${label}: ${outside.join(', ')} 제외, ${file}이(가) 규칙을 ${regions.join(', ')}에서만 실행하기 때문입니다 ${way.ko}`,
      });
    }
    async function* none() {}
    const view = inView({ account, deleted: deleted ?? none }, regions, known);
    return { ...input, account: view.account, ...(deleted && { deleted: view.deleted }) };
  });
}
