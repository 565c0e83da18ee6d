import type { Writable } from 'node:stream';
import { type HtmlOptions, htmlReport } from '../formats/html/report.ts';
import { count, noSummary } from '../summary.ts';
import { type Comparison, wholeError, wholeResult } from './comparison.ts';

/** The page of the later results, as `evaluate --baseline` makes it: with what has changed. */
export async function htmlComparison(
  out: Writable,
  { whole, from, header }: Comparison,
  options: HtmlOptions,
): Promise<void> {
  if (!whole) throw new Error('the page has all that either side says, which was not kept');
  const { before, after } = whole;
  const report = htmlReport(out, { ...options, baseline: { file: from, evaluated: before } });
  const summary = noSummary({ failOn: 'LOW', onError: 'fail' });
  summary.errors = after.errors.length;
  await report.begin(header);
  for (const one of after.results) {
    const result = wholeResult(one);
    count(summary, result);
    await report.result(result);
  }
  for (const one of after.errors) await report.error(wholeError(one));
  await report.end(summary);
}
