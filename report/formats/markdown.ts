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
import { byPlace, bySeverity, Worst } from '../worst.ts';

/** The most rows of one kind: GitHub takes 65,536 characters in a comment. */
const MOST = 50;

/** The `markdown` format, for a comment or a job's summary: the numbers, and the worst first. */
export function markdownReport(out: Writable): Report {
  const print = lines(out);
  const failed = new Worst(MOST, bySeverity);
  const errors = new Worst<ResultError>(MOST, byPlace);
  let header: Header;
  return {
    async begin(given) {
      header = given;
    },
    result(result) {
      if (result.compliance === 'NON_COMPLIANT') failed.add(result);
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
      await print(`${parts.join('\n\n')}\n`);
    },
  };
}

function headOf(summary: Summary, { accountIds, rules, now, generatedAt, sample }: Header): string {
  const { nonCompliant, errors, compliant, notApplicable, severities } = summary;
  const kinds = SEVERITIES.filter((severity) => severities[severity] > 0)
    .map((severity) => `${severities[severity]} ${severity}`)
    .join(', ');
  const accounts = accountIds.length === 1 ? `Account ${accountIds[0]}` : `${accountIds.length} accounts`;
  return [
    '## Groundrules',
    '',
    `**${nonCompliant} non-compliant**${kinds && ` (${kinds})`}, ${errors} could not be judged, ${compliant} compliant, ${notApplicable} not applicable.`,
    '',
    `${sample ? 'Sample accounts, nothing of yours. ' : ''}${accounts}; ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}; as of ${(now ?? generatedAt).toISOString()}.`,
  ].join('\n');
}

const failedRow = (result: Result) => [
  result.severity,
  result.rule,
  code(`${result.accountId} ${result.region}`),
  code(nameOf(result)),
  `${code(result.annotation)}${result.fix === null ? '' : `<br>${code(result.fix)}`}`,
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
