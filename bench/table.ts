import { terminal } from '../cli/program/terminal.ts';
import { listing } from '../report/listing.ts';

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly note: string;
  /** Columns that are no numbers. */
  readonly texts: readonly number[];
}

/** What was printed, in its order. */
export const PRINTED: Table[] = [];

/** Prints figures with what they mean. The first column is text, the others are numbers unless told otherwise. */
export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { note = '', texts = [0] }: { readonly note?: string; readonly texts?: readonly number[] } = {},
): void {
  PRINTED.push({ title, head, rows, note, texts });
  const columns = head.map((name, index) =>
    texts.includes(index) ? name : ({ name, right: true } as const),
  );
  console.log(`\n${title}\n${listing(columns, rows, terminal())}${note && `\n${note}`}`);
}

/** The same in Markdown, without its title. @param texts columns that are no numbers. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  texts: readonly number[] = [0],
): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const aligned = head.map((_, at) => (texts.includes(at) ? '--' : '--:'));
  return [line(head), `|${aligned.join('|')}|`, ...rows.map(line)].join('\n');
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle) - 1] ?? Number.NaN)) / 2;
};

/** Thousands apart: `1,000,000`. */
export const number = (value: number, digits = 0) =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
export const ratio = (value: number, to: number) => `${number(value / to, 2)}×`;
