/** A plain list for a terminal: a heading, columns without borders, the last one wrapped. */
import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import { createColors } from 'picocolors';
import wrap from 'wrap-ansi';

export interface ListingOptions {
  readonly colour: boolean;
  /** Characters in a line. */
  readonly width: number;
}

/** Spaces between columns. */
const GAP = 2;
/** The widest that any column but the last gets: longer words go on in the next line. */
const WIDEST = 40;
/** The narrowest that the last column gets, however narrow the terminal. */
const NARROWEST = 32;

/**
 * The rows as text, without a newline at the end. Columns that are empty in every row are left out.
 *
 * @param head one name a column; every row has as many cells.
 */
export function listing(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { colour, width }: ListingOptions,
): string {
  const used = head.map((_, index) => index).filter((index) => rows.some((row) => row[index] !== ''));
  const pick = (row: readonly string[]) => used.map((index) => row[index] ?? '');
  const cells = rows.map(pick);
  const names = pick(head);
  const colWidths = widths(names, cells, width);
  const fit = (cell: string, index: number) => wrap(cell, (colWidths[index] as number) - GAP, { hard: true });
  const table = new Table({
    head: names.map((name) => createColors(colour).dim(name)),
    colWidths,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
    chars: NO_BORDERS,
  });
  table.push(...cells.map((row) => row.map(fit)));
  return table.toString().replace(/[ \t]+$/gm, '');
}

function widths(head: readonly string[], cells: readonly (readonly string[])[], width: number): number[] {
  const natural = head.map((name, index) =>
    Math.max(...[name, ...cells.map((row) => row[index] ?? '')].map(lengthOf)),
  );
  const last = natural.pop() ?? 0;
  const before = natural.map((wide) => Math.min(wide, WIDEST) + GAP);
  const rest = width - before.reduce((sum, wide) => sum + wide, 0);
  // A Korean character takes two columns: twice as wide as the longest text is always enough.
  return [...before, Math.max(NARROWEST, Math.min(rest, 2 * last + GAP))];
}

/** Of the longest line. */
const lengthOf = (text: string): number =>
  Math.max(
    ...stripVTControlCharacters(text)
      .split('\n')
      .map((line) => line.length),
  );

const NO_BORDERS = Object.fromEntries(
  ['top', 'bottom', 'left', 'mid', 'right', 'middle'].flatMap((at) =>
    ['', '-mid', '-left', '-right'].map((where) => [`${at}${where}`, '']),
  ),
);
