import stringWidth from 'string-width';

/** Names as Markdown shows code. */
export const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** A Markdown table as the formatter leaves it, columns aligned; the first row is its head. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(escaped);
  const head = cells[0] ?? [];
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => stringWidth(row[column] ?? ''))));
  return lines(cells.map((row) => widths.map((width, column) => pad(row[column] ?? '', width))));
}

/** The same for cells of several sentences: nothing is aligned, or every line would be as long as the longest. */
export const wideTable = (rows: readonly Row[]): string => lines(rows.map(escaped));

type Row = readonly string[];

const escaped = (row: Row): Row => row.map((cell) => cell.replaceAll('|', '\\|'));

function lines([head = [], ...rows]: readonly Row[]): string {
  const rule = head.map((cell) => '-'.repeat(Math.max(3, stringWidth(cell))));
  return [head, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Hangul is two columns wide. */
const pad = (text: string, width: number) => text + ' '.repeat(width - stringWidth(text));
