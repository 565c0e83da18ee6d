import type { Writable } from 'node:stream';
import type { Difference } from '../compare.ts';
import { csvRows, errorCells, RESULT_HEAD, resultCells } from '../formats/csv.ts';
import type { Result, ResultError } from '../result.ts';
import { type Comparison, foremost } from './comparison.ts';

const HEAD = ['change', 'was', 'is', ...RESULT_HEAD, 'whyBefore'];

/** A row for each difference: what became of it, then the row of `evaluate`, then why it was so before. */
export async function csvComparison(out: Writable, { differences }: Comparison): Promise<void> {
  const rows = csvRows(out, HEAD);
  for await (const one of differences) await rows.add(cellsOf(one));
  await rows.end();
}

function cellsOf({ change, was, is, before, after }: Difference): string[] {
  const [earlier, now] = [foremost(before), foremost(after)];
  const shown = now ?? earlier;
  const cells = shown === undefined ? [] : 'compliance' in shown ? resultCells(shown) : errorCells(shown);
  // What is not there any more has no reasons of now.
  const why = RESULT_HEAD.indexOf('why');
  const told = now ? cells : cells.map((cell, index) => (index === why ? '' : cell));
  return [change, was, is, ...withState(told, is), earlier ? whyOf(earlier) : ''];
}

const withState = (cells: readonly string[], is: string) =>
  cells.map((cell, index) => (RESULT_HEAD[index] === 'compliance' ? is : cell));
const whyOf = (one: Result | ResultError): string =>
  'compliance' in one ? one.annotation : `${one.code}: ${one.message}`;
