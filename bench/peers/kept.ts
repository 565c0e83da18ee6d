/** The figures that docs/comparison.md shows: `npm run bench:peers -- --keep` writes them, `npm run docs` makes tables of them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { machine, today } from '../machine.ts';
import { isSize, SIZES, type Size } from './account/account.ts';
import type { Compared, Difference, Score } from './compare.ts';
import type { Figures } from './figures.ts';

export const KEPT = 'bench/peers/measured.json';

export interface KeptSize {
  /** `2026-11-29`. */
  readonly date: string;
  readonly machine: string;
  /** What Groundrules was built of. */
  readonly commit: string;
  readonly latency: number;
  readonly figures: readonly Figures[];
}

export interface Kept {
  readonly sizes: Partial<Record<Size, KeptSize>>;
  readonly scores: readonly Score[];
  readonly differences: readonly Omit<Difference, 'resources'>[];
}

export const kept = (): Kept | undefined =>
  existsSync(KEPT) ? (JSON.parse(readFileSync(KEPT, 'utf8')) as Kept) : undefined;

export function keep(
  size: Size,
  figures: readonly Figures[],
  compared: Compared,
  { latency }: { latency: number },
): void {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const sizes = { ...kept()?.sizes, [size]: { date: today(), machine: machine(), commit, latency, figures } };
  const inOrder = Object.fromEntries(
    Object.keys(SIZES)
      .filter(isSize)
      .flatMap((one) => (sizes[one] ? [[one, sizes[one]]] : [])),
  );
  const differences = compared.differences.map(({ resources: _, ...rest }) => rest);
  writeFileSync(
    KEPT,
    `${JSON.stringify({ sizes: inOrder, scores: compared.scores, differences }, undefined, 2)}\n`,
  );
}
