import type { Writable } from 'node:stream';
import type { Difference } from '../compare.ts';
import { junitSuite, testCase } from '../formats/junit.ts';
import { printable } from '../printable.ts';
import { waivedText } from '../waived.ts';
import { type Comparison, foremost } from './comparison.ts';
import { notJudgedAnyMore } from './words.ts';

/**
 * A test case for each difference. A failure is what `--fail-on` names, new ones unless it says otherwise; what fails still, is waived or is
 * not judged any more is skipped, with the reason, and what is fixed passes.
 */
export async function junitComparison(
  out: Writable,
  { differences, header, fails }: Comparison,
): Promise<void> {
  const counts = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  for await (const one of differences) {
    counts.tests++;
    if (fails(one)) counts.failures++;
    else if (whySkipped(one) !== undefined) counts.skipped++;
  }
  const suite = junitSuite(out, header);
  await suite.begin(counts);
  for await (const one of differences) await suite.print(`${caseOf(one, fails(one))}\n`);
  await suite.end();
}

function caseOf(difference: Difference, isFailing: boolean): string {
  const { subject, severity, change, after, before } = difference;
  const test = testCase(subject);
  const why = whySkipped(difference);
  const one = foremost(after) ?? foremost(before);
  if (isFailing) {
    const message = why ?? `${change}: ${one ? saidBy(one) : ''}`;
    const more = one && 'fix' in one ? [one.fix ?? '', one.page, one.findingId] : [];
    test.ele('failure', { type: severity, message: printable(message) }).txt(
      more
        .filter((part) => part !== '')
        .map((part) => printable(part))
        .join('\n'),
    );
  } else if (why !== undefined) test.ele('skipped').txt(printable(why));
  return test.toString();
}

/** Why a difference is no failure, though it does not pass. */
function whySkipped(difference: Difference): string | undefined {
  const { change, is, after } = difference;
  const one = foremost(after);
  if (change === 'unjudged') return notJudgedAnyMore(difference, 'en');
  if (is === 'COULD_NOT_TELL' || is === 'NON_COMPLIANT') {
    const waivers = (one && 'waivers' in one && one.waivers) || [];
    const named = change === 'other' ? 'could not be judged' : change === 'still' ? 'still there' : change;
    return [`${named}: ${one ? saidBy(one) : ''}`, ...waivers.map(waivedText)].join('; ');
  }
  return undefined;
}

const saidBy = (one: NonNullable<ReturnType<typeof foremost>>): string =>
  'compliance' in one ? one.annotation : `${one.code}: ${one.message}`;
