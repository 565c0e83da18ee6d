/** Names as Markdown shows code. */
export const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

type Row = readonly string[];

/** A Markdown table; the first row is its head. Nothing is aligned: a longer cell would change every line. */
export function table(rows: readonly Row[]): string {
  const [head = [], ...body] = rows.map(escaped);
  return [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const escaped = (row: Row): Row => row.map((cell) => cell.replaceAll('|', '\\|'));
