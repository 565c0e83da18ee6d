/** The formats of a report, and the name of each one's file in a folder. Loaded with the command line: it imports nothing. */
export const FORMAT_FILES = {
  table: 'results.txt',
  json: 'results.json',
  csv: 'results.csv',
  sarif: 'results.sarif',
  ocsf: 'results.ocsf.json',
  asff: 'results.asff.json',
  junit: 'results.junit.xml',
  markdown: 'results.md',
  html: 'results.html',
} as const;
/** What each is for a browser. */
export const CONTENT_TYPES = {
  table: 'text/plain; charset=utf-8',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  sarif: 'application/sarif+json',
  ocsf: 'application/json',
  asff: 'application/json',
  junit: 'application/xml',
  markdown: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
} as const satisfies Readonly<Record<keyof typeof FORMAT_FILES, string>>;
export type FormatName = keyof typeof FORMAT_FILES;
export const FORMAT_NAMES = Object.keys(FORMAT_FILES) as readonly FormatName[];
