/** Counting results as a report's summary has them. */
import { type Result, SEVERITIES, type Summary } from './result.ts';

/** Of nothing yet. */
export const noSummary = ({ failOn, onError }: Pick<Summary, 'failOn' | 'onError'>): Summary => ({
  ...{ compliant: 0, nonCompliant: 0, notApplicable: 0, errors: 0 },
  severities: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 },
  ...{ waived: 0, waivers: null },
  ...{ failing: 0, failOn, onError },
});

export function count(summary: Summary, { compliance, severity, waivers }: Result): void {
  if (compliance === 'COMPLIANT') summary.compliant++;
  else if (compliance === 'NOT_APPLICABLE') summary.notApplicable++;
  else {
    summary.nonCompliant++;
    summary.severities[severity]++;
    if (waivers) summary.waived++;
    else if (SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(summary.failOn)) summary.failing++;
  }
}
