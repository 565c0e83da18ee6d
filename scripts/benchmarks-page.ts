/** The figures of docs/benchmarks.md, of what `npm run bench -- --keep` wrote. */
import { type Kept, kept } from '../bench/kept.ts';
import { markdownTable } from '../bench/table.ts';
import { fill } from './pages.ts';

export const BENCHMARKS = 'docs/benchmarks.md';

/** @param page docs/benchmarks.md */
export function withFigures(page: string, figures: Readonly<Record<string, Kept>> = kept()): string {
  const filled = fill(page, 'bench', Object.entries(figures).flatMap(partOf).join('\n\n'));
  if (filled === undefined) throw new Error(`${BENCHMARKS} lacks <!-- bench --> and <!-- /bench -->`);
  return filled;
}

const partOf = ([name, { date, machine, load, tables }]: [string, Kept]): string[] => [
  `### ${name}`,
  `${date}, ${machine}, load ${load}.`,
  ...tables.flatMap(({ title, head, rows, note, texts }) => [
    `**${title.replaceAll('<', '\\<')}**`,
    markdownTable(head, rows, texts),
    ...(note ? [note] : []),
  ]),
];
