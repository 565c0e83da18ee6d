/** What tests tried and how often, for docs/reliability.md: `npm run reliability` gives `FIGURES`, the file to write to. */
import { appendFileSync } from 'node:fs';

/** A kind of trial, what was tried on, and the counts. */
export function note(kind: string, on: string, counts: Readonly<Record<string, number>>): void {
  if (process.env.FIGURES) appendFileSync(process.env.FIGURES, `${JSON.stringify({ kind, on, counts })}\n`);
}
