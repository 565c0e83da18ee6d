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
export type FormatName = keyof typeof FORMAT_FILES;
export const FORMAT_NAMES = Object.keys(FORMAT_FILES) as readonly FormatName[];
