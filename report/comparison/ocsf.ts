import type { Writable } from 'node:stream';
import type { Difference } from '../compare.ts';
import { jsonArray } from '../formats/json-array.ts';
import { type Activity, findingOf } from '../formats/ocsf.ts';
import { type Comparison, entriesOf, type Standing } from './comparison.ts';
import { notJudgedAnyMore } from './words.ts';

const ACTIVITIES: Readonly<Record<Standing, Activity>> = {
  ...{ new: 'Create', updated: 'Update', unchanged: 'Update', gone: 'Close', doubtful: 'Update' },
};

/** A finding that is new is created, one that is there still is updated, and one that is fixed is closed, as resolved. */
export async function ocsfComparison(out: Writable, { differences, header }: Comparison): Promise<void> {
  const array = jsonArray(out);
  for await (const difference of differences) {
    for (const { standing, finding } of entriesOf(difference)) {
      await array.add(findingOf(finding, header, ACTIVITIES[standing], outcomeOf(standing, difference)));
    }
  }
  await array.end();
}

/** What it is now, where that is not what the finding says. */
function outcomeOf(standing: Standing, difference: Difference) {
  if (standing === 'gone') return { compliance: 'COMPLIANT' as const };
  if (standing !== 'doubtful') return undefined;
  const { is } = difference;
  const compliance = is === 'NOT_APPLICABLE' || is === 'COULD_NOT_TELL' ? is : ('UNKNOWN' as const);
  return { compliance, why: notJudgedAnyMore(difference, 'en') };
}
