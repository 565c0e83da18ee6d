import type { Writable } from 'node:stream';
import type { Report } from '../result.ts';
import { asffReport } from './asff.ts';
import { csvReport } from './csv.ts';
import type { HtmlOptions } from './html/report.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import type { FormatName } from './names.ts';
import { ocsfReport } from './ocsf.ts';
import { type SarifOptions, sarifReport } from './sarif.ts';
import { type TableOptions, tableReport } from './table.ts';

export type ReportOptions = TableOptions & SarifOptions & HtmlOptions;

const FORMATS: Readonly<Record<FormatName, (out: Writable, options: ReportOptions) => Report>> = {
  table: tableReport,
  json: jsonReport,
  csv: csvReport,
  sarif: sarifReport,
  ocsf: ocsfReport,
  asff: asffReport,
  junit: junitReport,
  markdown: markdownReport,
  html: laterHtml,
};

/** The `html` format, loaded when it begins: the others need nothing of it. */
function laterHtml(out: Writable, options: HtmlOptions): Report {
  let report: Report;
  return {
    async begin(header) {
      const { htmlReport } = await import('./html/report.ts');
      report = htmlReport(out, options);
      await report.begin(header);
    },
    result: (result) => report.result(result),
    error: (error) => report.error(error),
    end: (summary) => report.end(summary),
  };
}

/** A report in a format, onto a stream. */
export const reportIn = (format: FormatName, out: Writable, options: ReportOptions): Report =>
  FORMATS[format](out, options);

/** Several reports of the same results, at the pace of the slowest. */
export function together(reports: readonly Report[]): Report {
  const each = async (tell: (report: Report) => Promise<void> | void) => {
    for (const report of reports) await tell(report);
  };
  return {
    begin: (header) => each((report) => report.begin(header)),
    result: (result) => each((report) => report.result(result)),
    error: (error) => each((report) => report.error(error)),
    end: (summary) => each((report) => report.end(summary)),
  };
}
