import type { Writable } from 'node:stream';
import { CHANGES, countsOf } from '../compare.ts';
import { lines } from '../lines.ts';
import { jsonText } from '../printable.ts';
import type { Comparison } from './comparison.ts';

/** Fixed like the JSON of `evaluate` (groundrules.comparison.schema.json): fields are only added. One difference a line. */
export async function jsonComparison(out: Writable, { differences }: Comparison): Promise<void> {
  const print = lines(out);
  let separator = '';
  await print('{"schemaVersion":"1.0",\n"differences":[');
  for (const { subject, ...rest } of differences) {
    await print(`${separator}\n${jsonText({ ...subject, ...rest })}`);
    separator = ',';
  }
  const counts = countsOf(differences);
  const summary = Object.fromEntries(CHANGES.map((change) => [change, counts[change]]));
  await print(`\n],\n"summary":${jsonText(summary)}}\n`);
}
