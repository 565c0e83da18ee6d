/** The figures that docs/benchmarks.md shows: `npm run bench -- --keep` writes them, `npm run docs` makes tables of them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Table } from './table.ts';

const KEPT = 'bench/kept.json';

export interface Kept {
  /** `2026-11-29`. */
  readonly date: string;
  readonly machine: string;
  /** How busy the machine was before, as a load average of one minute. */
  readonly load: string;
  readonly tables: readonly Table[];
}

/** By the name of the part. */
export const kept = (): Readonly<Record<string, Kept>> =>
  existsSync(KEPT) ? (JSON.parse(readFileSync(KEPT, 'utf8')) as Record<string, Kept>) : {};

export function keep(part: string, figures: Kept): void {
  writeFileSync(KEPT, `${JSON.stringify({ ...kept(), [part]: figures }, undefined, 1)}\n`);
}
