import type { Writable } from 'node:stream';
import type { Report } from '../result.ts';
import type { HtmlOptions } from './html/report.ts';
import type { FormatName } from './names.ts';
import type { SarifOptions } from './sarif.ts';
import { type TableOptions, tableReport } from './table.ts';

export type ReportOptions = TableOptions & SarifOptions & HtmlOptions;

type Make = (out: Writable, options: ReportOptions) => Report;

/** A format that is loaded when it begins: most runs need one of them, and some bring much along. */
const later =
  (load: () => Promise<Make>): Make =>
  (out, options) => {
    let report: Report;
    return {
      async begin(header) {
        const make = await load();
        report = make(out, options);
        await report.begin(header);
      },
      result: (result) => report.result(result),
      error: (error) => report.error(error),
      end: (summary) => report.end(summary),
    };
  };

const FORMATS: Readonly<Record<FormatName, Make>> = {
  table: tableReport,
  json: later(async () => (await import('./json.ts')).jsonReport),
  csv: later(async () => (await import('./csv.ts')).csvReport),
  sarif: later(async () => (await import('./sarif.ts')).sarifReport),
  ocsf: later(async () => (await import('./ocsf.ts')).ocsfReport),
  asff: later(async () => (await import('./asff.ts')).asffReport),
  junit: later(async () => (await import('./junit.ts')).junitReport),
  markdown: later(async () => (await import('./markdown.ts')).markdownReport),
  html: later(async () => (await import('./html/report.ts')).htmlReport),
};

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
