import type { Writable } from 'node:stream';
import type { ReportOptions } from '../formats/index.ts';
import type { FormatName } from '../formats/names.ts';
import type { Comparison } from './comparison.ts';

export type { Comparison } from './comparison.ts';

type Write = (out: Writable, comparison: Comparison, options: ReportOptions) => Promise<void>;

/** Each is loaded when it is asked for. */
const FORMATS: Readonly<Record<FormatName, () => Promise<Write>>> = {
  table: async () => (await import('./text.ts')).tableComparison,
  json: async () => (await import('./json.ts')).jsonComparison,
  csv: async () => (await import('./csv.ts')).csvComparison,
  sarif: async () => (await import('./sarif.ts')).sarifComparison,
  ocsf: async () => (await import('./ocsf.ts')).ocsfComparison,
  asff: async () => (await import('./asff.ts')).asffComparison,
  junit: async () => (await import('./junit.ts')).junitComparison,
  markdown: async () => (await import('./text.ts')).markdownComparison,
  html: async () => (await import('./html.ts')).htmlComparison,
};

/** Writes a comparison in a format onto a stream, at the pace at which it is taken. */
export const writeComparison = async (
  format: FormatName,
  out: Writable,
  comparison: Comparison,
  options: ReportOptions,
): Promise<void> => (await FORMATS[format]())(out, comparison, options);
