import type { Writable } from 'node:stream';
import { findingsOf } from '../formats/asff.ts';
import { jsonArray } from '../formats/json-array.ts';
import { type Comparison, foremost } from './comparison.ts';

/**
 * The findings whose verdicts changed or fail still, as the deployed bridge has them: what is fixed is PASSED and RESOLVED, what is new is
 * NEW. Of what nobody looked at there is nothing to import.
 */
export async function asffComparison(out: Writable, { differences, header }: Comparison): Promise<void> {
  const array = jsonArray(out);
  for await (const { change, after } of differences) {
    const one = foremost(after);
    if (!one) continue;
    for (const finding of findingsOf(one, header)) {
      const isNew = change === 'new' && finding.Workflow === undefined;
      await array.add(isNew ? { ...finding, Workflow: { Status: 'NEW' } } : finding);
    }
  }
  await array.end();
}
