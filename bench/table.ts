import Table from 'cli-table3';

/** Prints figures with what they mean. The first column is text, the others are numbers unless told otherwise. */
export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { note = '', texts = [0] }: { readonly note?: string; readonly texts?: readonly number[] } = {},
): void {
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, index) => (texts.includes(index) ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  console.log(`\n${title}\n${table}${note && `\n${note}`}`);
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
