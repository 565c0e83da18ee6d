/** A plain list for a terminal: a heading and columns without borders, or, where they do not fit, one entry below the other. */
import { createColors } from 'picocolors';
import widthOf from 'string-width';
import wrap from 'wrap-ansi';

export interface ListingOptions {
  readonly colour: boolean;
  /** Characters in a line. No line is longer: a terminal has nothing to fold. */
  readonly width: number;
}

/** A column's name; numbers stand on the right. */
export type Column = string | { readonly name: string; readonly right: true };

/** Spaces between columns. */
const GAP = 2;
/** How far the lines below the first of an entry are indented. */
const INDENT = 2;
/** The least that the last column needs for a sentence: with less, entries are stacked. */
const NARROWEST = 30;
/** Enough for any sentence. In less, one that would go on for more than three lines has its entry stacked, too. */
const ROOMY = 50;
/** The widest that any column but the last gets, as a part of the line: longer words go on in the next line. */
const WIDEST = 0.3;
/** Whatever the line: an id of a rule, which is to be copied, stays whole. */
const ID = 26;
/** The most characters of a cell, because a hostile name may be endless. */
const LONGEST = 4000;

/**
 * The rows as text, without a newline at the end. Columns that are empty in every row are left out.
 *
 * @param head one name a column; every row has as many cells, which may have colours and line breaks of ours.
 */
export function listing(
  head: readonly Column[],
  rows: readonly (readonly string[])[],
  { colour, width }: ListingOptions,
): string {
  const used = head.map((_, index) => index).filter((index) => rows.some((row) => row[index] !== ''));
  const columns = used.map((index) => head[index] as Column);
  const cells = rows.map((row) => used.map((index) => clipped(row[index] ?? '')));
  const widths = fitting(columns, cells, width);
  const { dim } = createColors(colour);
  if (!widths) return cells.map((row) => stacked(columns, row, width)).join('\n');
  return [columns.map((column) => dim(nameOf(column))), ...cells]
    .map((row) => sideBySide(row, columns, widths))
    .join('\n');
}

const nameOf = (column: Column): string => (typeof column === 'string' ? column : column.name);
const isRight = (column: Column | undefined): boolean => typeof column === 'object';
const clipped = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** A width for each column, or `undefined` where the line is too short for all of them. */
function fitting(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  width: number,
): number[] | undefined {
  const natural = columns.map((column, index) =>
    Math.max(...[nameOf(column), ...cells.map((row) => row[index] ?? '')].map(widest)),
  );
  const last = natural.pop() ?? 0;
  const most = Math.max(Math.floor(width * WIDEST), ID);
  const before = natural.map((wide, index) => (isRight(columns[index]) ? wide : Math.min(wide, most)));
  const rest = width - before.reduce((sum, wide) => sum + wide + GAP, 0);
  const needed = Math.max(NARROWEST, Math.min(ROOMY, last / 3));
  if (rest < Math.min(last, needed)) return undefined;
  return [...before, Math.min(rest, last)];
}

/** Of the longest line, in columns of a terminal: a Korean character takes two, a colour none. */
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => widthOf(line)));

const folded = (text: string, width: number): string[] => wrap(text, width, { hard: true }).split('\n');

function sideBySide(row: readonly string[], columns: readonly Column[], widths: readonly number[]): string {
  const parts = row.map((cell, index) => folded(cell, widths[index] as number));
  const height = Math.max(...parts.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) =>
    parts
      .map((lines, index) => {
        const line = lines[at] ?? '';
        const space = ' '.repeat(Math.max(0, (widths[index] as number) - widthOf(line)));
        return isRight(columns[index]) ? `${space}${line}` : `${line}${space}`;
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  ).join('\n');
}

/** What the entry is on its first line, numbers with their names; what there is to say of it below. */
function stacked(columns: readonly Column[], row: readonly string[], width: number): string {
  const labelled = row.map((cell, index) => {
    const column = columns[index] as Column;
    return isRight(column) && cell !== '' ? `${cell} ${nameOf(column).toLowerCase()}` : cell;
  });
  const isNumber = isRight(columns.at(-1));
  const first = (isNumber ? labelled : labelled.slice(0, -1)).filter((cell) => cell !== '');
  const last = isNumber ? '' : (labelled.at(-1) ?? '');
  // What belongs together stays on one line, as long as there is room for it.
  const lines: string[] = [];
  for (const cell of first) {
    const line = lines.at(-1);
    const joined = line === undefined ? cell : `${line}${' '.repeat(GAP)}${cell}`;
    if (line === undefined || widest(joined) > width || cell.includes('\n')) {
      const indent = line === undefined ? '' : ' '.repeat(INDENT);
      lines.push(...folded(cell, width - INDENT).map((one) => `${indent}${one}`));
    } else lines[lines.length - 1] = joined;
  }
  if (last !== '') lines.push(...folded(last, width - INDENT).map((line) => `${' '.repeat(INDENT)}${line}`));
  return lines.map((line) => line.trimEnd()).join('\n');
}
