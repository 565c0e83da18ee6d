import type { Writable } from 'node:stream';
import { noCounts } from '../compare.ts';
import { lines } from '../lines.ts';
import { jsonText } from '../printable.ts';
import type { Comparison } from './comparison.ts';

/** Fixed like the JSON of `evaluate` (groundrules.comparison.schema.json): fields are only added. One difference a line. */
export async function jsonComparison(out: Writable, { differences }: Comparison): Promise<void> {
  const print = lines(out);
  let separator = '';
  await print('{"schemaVersion":"1.0",\n"differences":[');
  const summary = noCounts();
  for await (const { subject, ...rest } of differences) {
    summary[rest.change]++;
    await print(`${separator}\n${jsonText({ ...subject, ...rest })}`);
    separator = ',';
  }
  await print(`\n],\n"summary":${jsonText(summary)}}\n`);
}
