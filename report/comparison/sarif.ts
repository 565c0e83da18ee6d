import type { Writable } from 'node:stream';
import type { Result as SarifResult } from 'sarif';
import type { Difference } from '../compare.ts';
import { failOf, openOf, type SarifOptions, sarifResults, unknownOf } from '../formats/sarif.ts';
import { type Comparison, type Entry, entriesOf, type Standing } from './comparison.ts';
import { notJudgedAnyMore } from './words.ts';

/** What is doubtful is there still, though not as it was. */
const STATES: Readonly<Record<Standing, SarifResult.baselineState>> = {
  ...{ new: 'new', updated: 'updated', unchanged: 'unchanged', gone: 'absent', doubtful: 'updated' },
};

/** As `evaluate` writes it, with the `baselineState` of each result. What is fixed is `absent`; what nobody looked at is not. */
export async function sarifComparison(
  out: Writable,
  { differences, header }: Comparison,
  options: SarifOptions,
): Promise<void> {
  const sarif = sarifResults(out, options);
  const rules = new Set(header.rules);
  for await (const { subject } of differences) rules.add(subject.rule);
  await sarif.begin({ generatedAt: header.generatedAt, rules: [...rules] });
  let errors = 0;
  for await (const difference of differences) {
    errors += difference.after.errors.length;
    for (const entry of entriesOf(difference)) await sarif.add(resultFor(entry, difference, sarif.indices()));
  }
  await sarif.end(errors === 0);
}

function resultFor(
  { standing, finding }: Entry,
  difference: Difference,
  indices: ReadonlyMap<string, number>,
): SarifResult {
  const baselineState = STATES[standing];
  if (standing === 'doubtful') {
    const kind = difference.is === 'NOT_APPLICABLE' ? 'notApplicable' : 'open';
    const text = notJudgedAnyMore(difference, 'en');
    // What was right was no result before.
    const isNew = 'compliance' in finding && finding.compliance !== 'NON_COMPLIANT';
    return {
      ...unknownOf(finding, indices, text),
      ...{ kind, level: 'none', baselineState: isNew ? 'new' : baselineState },
    };
  }
  const said = 'compliance' in finding ? failOf(finding, indices) : openOf(finding, indices);
  return { ...said, baselineState };
}
