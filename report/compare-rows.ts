/** {@link compare} of evaluations that need not fit in memory. */
import {
  type ComparedError,
  type ComparedResult,
  type Difference,
  differenceOf,
  type Evaluated,
  keyOf,
  orderOf,
} from './compare.ts';
import { SortedRows } from './sorted-rows.ts';

/** How the text of a row begins. */
const [RESULT, ERROR] = ['r', 'e'];

/** What an evaluation says, as it comes. */
export class EvaluatedRows {
  readonly rows: SortedRows;
  /** All of it in the order in which it came, where that is wanted as well. */
  readonly whole: { readonly results: ComparedResult[]; readonly errors: ComparedError[] } | undefined;

  constructor({
    isWhole = false,
    inMemory,
  }: { readonly isWhole?: boolean; readonly inMemory?: number } = {}) {
    this.rows = new SortedRows(inMemory);
    this.whole = isWhole ? { results: [], errors: [] } : undefined;
  }

  result(one: ComparedResult): void {
    this.whole?.results.push(one);
    this.rows.add(keyOf(one), `${RESULT}${JSON.stringify(one)}`);
  }

  error(one: ComparedError): void {
    this.whole?.errors.push(one);
    this.rows.add(keyOf(one), `${ERROR}${JSON.stringify(one)}`);
  }

  /** What it says of each subject, in the order of their keys. */
  async *bySubject(): AsyncGenerator<readonly [key: string, said: Evaluated]> {
    let last: string | undefined;
    let said: { results: ComparedResult[]; errors: ComparedError[] } = { results: [], errors: [] };
    for await (const { key, text } of this.rows.inOrder()) {
      if (last !== undefined && key !== last) {
        yield [last, said];
        said = { results: [], errors: [] };
      }
      last = key;
      const one = JSON.parse(text.slice(1));
      if (text.startsWith(RESULT)) said.results.push(one);
      else said.errors.push(one);
    }
    if (last !== undefined) yield [last, said];
  }

  close(): void {
    this.rows.close();
  }
}

/** Differences in the order of {@link compare}, as often as they are asked for. */
export class DifferenceRows implements AsyncIterable<Difference> {
  private readonly rows: SortedRows;

  constructor(inMemory?: number) {
    this.rows = new SortedRows(inMemory);
  }

  add(one: Difference): void {
    this.rows.add(orderOf(one), JSON.stringify(one));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Difference> {
    for await (const { text } of this.rows.inOrder()) yield JSON.parse(text) as Difference;
  }

  close(): void {
    this.rows.close();
  }
}

/** @param take gets each difference, in no order. */
export async function compareRows(
  before: EvaluatedRows,
  after: EvaluatedRows,
  take: (one: Difference) => void,
): Promise<void> {
  const [old, now] = [before.bySubject(), after.bySubject()];
  let [was, is] = [await old.next(), await now.next()];
  while (!was.done || !is.done) {
    const [wasKey, isKey] = [was.done ? undefined : was.value[0], is.done ? undefined : is.value[0]];
    const key = isKey === undefined || (wasKey !== undefined && wasKey < isKey) ? wasKey : isKey;
    const difference = differenceOf(
      wasKey === key ? was.value?.[1] : undefined,
      isKey === key ? is.value?.[1] : undefined,
    );
    if (difference) take(difference);
    if (wasKey === key) was = await old.next();
    if (isKey === key) is = await now.next();
  }
}
