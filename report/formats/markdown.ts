import type { Writable } from 'node:stream';
import { lines } from '../lines.ts';
import { markdownText as code, markdownTable as table } from '../markdown.ts';
import {
  type Header,
  type Report,
  type Result,
  type ResultError,
  SEVERITIES,
  type Summary,
} from '../result.ts';
import { storedText } from '../stored.ts';
import { waivedText } from '../waived.ts';
import { byPlace, bySeverity, Worst } from '../worst.ts';

/** The most rows of one kind: GitHub takes 65,536 characters in a comment. */
const MOST = 40;

/** The `markdown` format, for a comment or a job's summary: the numbers, and the worst first. */
export function markdownReport(out: Writable): Report {
  const print = lines(out);
  const failed = new Worst(MOST, bySeverity);
  const waived = new Worst(MOST, bySeverity);
  const errors = new Worst<ResultError>(MOST, byPlace);
  let header: Header;
  return {
    async begin(given) {
      header = given;
    },
    result(result) {
      if (result.waivers) waived.add(result);
      else if (result.compliance === 'NON_COMPLIANT') failed.add(result);
    },
    error: (error) => errors.add(error),
    async end(summary) {
      const parts = [headOf(summary, header)];
      if (failed.count > 0) {
        const rows = failed.sorted().map(failedRow);
        parts.push(table(['Severity', 'Rule', 'Where', 'Resource', 'Why'], rows, failed.count));
      }
      if (errors.count > 0) {
        const rows = errors.sorted().map(errorRow);
        const text = table(['Code', 'Rule', 'Where', 'Resource', 'Why'], rows, errors.count);
        parts.push(`### Could not tell\n\n${text}`);
      }
      if (waived.count > 0) {
        const rows = waived.sorted().map(waivedRow);
        const text = table(['Severity', 'Rule', 'Where', 'Resource', 'Why'], rows, waived.count);
        parts.push(`### Waived\n\n${text}`);
      }
      await print(`${parts.join('\n\n')}\n`);
    },
  };
}

function headOf(summary: Summary, { accountIds, rules, now, generatedAt, sample }: Header): string {
  const { nonCompliant, errors, compliant, notApplicable, severities, waived } = summary;
  const kinds = SEVERITIES.filter((severity) => severities[severity] > 0)
    .map((severity) => `${severities[severity]} ${severity}`)
    .join(', ');
  const accounts = accountIds.length === 1 ? `Account ${accountIds[0]}` : `${accountIds.length} accounts`;
  return [
    '## Groundrules',
    '',
    `**${nonCompliant} non-compliant**${kinds && ` (${kinds})`}${waived > 0 ? `, of which ${waived} waived` : ''}, ${errors} could not be judged, ${compliant} compliant, ${notApplicable} not applicable.`,
    '',
    `${sample ? 'Sample accounts, nothing of yours. ' : ''}${accounts}; ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}; as of ${(now ?? generatedAt).toISOString()}.`,
  ].join('\n');
}

const failedRow = (result: Result) => [
  result.severity,
  result.rule,
  code(`${result.accountId} ${result.region}`),
  code(nameOf(result)),
  `${code(result.annotation)}${result.stored ? `<br>${code(storedText(result.stored))}` : ''}${result.fix === null ? '' : `<br>${code(result.fix)}`}`,
];
const waivedRow = (result: Result) => [
  ...failedRow({ ...result, fix: null }).slice(0, -1),
  `${code(result.annotation)}<br>${code((result.waivers ?? []).map(waivedText).join('; '))}`,
];
const errorRow = (error: ResultError) => [
  code(error.code),
  error.rule,
  code(`${error.accountId} ${error.region}`),
  code(nameOf(error)),
  code(error.message),
];

const nameOf = ({ resourceName, resourceId }: Result | ResultError) =>
  resourceName === undefined || resourceName === resourceId ? resourceId : `${resourceName} (${resourceId})`;
