import type { Writable } from 'node:stream';
import { type HtmlOptions, htmlReport } from '../formats/html/report.ts';
import type { Result, Summary } from '../result.ts';
import { type Comparison, wholeError, wholeResult } from './comparison.ts';

/** The page of the later results, as `evaluate --baseline` makes it: with what has changed. */
export async function htmlComparison(
  out: Writable,
  { before, after, from, header }: Comparison,
  options: HtmlOptions,
): Promise<void> {
  const report = htmlReport(out, { ...options, baseline: { file: from, evaluated: before } });
  const summary: Summary = {
    ...{ compliant: 0, nonCompliant: 0, notApplicable: 0, errors: after.errors.length },
    severities: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 },
    ...{ waived: 0, waivers: null, failing: 0, failOn: 'LOW', onError: 'fail' },
  };
  await report.begin(header);
  for (const one of after.results) {
    const result = wholeResult(one);
    count(summary, result);
    await report.result(result);
  }
  for (const one of after.errors) await report.error(wholeError(one));
  await report.end(summary);
}

function count(summary: Summary, { compliance, severity, waivers }: Result): void {
  if (compliance === 'COMPLIANT') summary.compliant++;
  else if (compliance === 'NOT_APPLICABLE') summary.notApplicable++;
  else {
    summary.nonCompliant++;
    summary.severities[severity]++;
    if (waivers) summary.waived++;
    else summary.failing++;
  }
}
