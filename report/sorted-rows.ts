import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** How many characters stay in memory before they become a sorted run in a file. */
const IN_MEMORY = 16 * 1024 * 1024;
/** How much of each run is read at once. */
const CHUNK = 256 * 1024;
const NEWLINE = 0x0a;

export interface Row {
  readonly key: string;
  readonly text: string;
}

/** The next row of a run that is being read, and the others of it. */
interface Head {
  readonly row: Row;
  readonly run: number;
  readonly rest: AsyncIterator<Row>;
}

/**
 * Rows in the order of their keys, and of when they came where these are the same. What does not fit in memory is in a file that has no name
 * from the moment that it is open, so that nothing is left behind, however the process ends.
 */
export class SortedRows {
  private readonly inMemory: number;
  private rows: Row[] = [];
  private size = 0;
  private file: number | undefined;
  private length = 0;
  /** Where each run begins and ends in the file. */
  private readonly runs: [from: number, to: number][] = [];

  constructor(inMemory = IN_MEMORY) {
    this.inMemory = inMemory;
  }

  /** Takes texts without line breaks, which JSON is. */
  add(key: string, text: string): void {
    this.rows.push({ key, text });
    this.size += key.length + text.length;
    if (this.size >= this.inMemory) this.writeRun();
  }

  /** All rows, as often as they are asked for. */
  async *inOrder(): AsyncGenerator<Row> {
    if (this.file === undefined) {
      this.rows.sort(byKey);
      yield* this.rows;
      return;
    }
    this.writeRun();
    const heads: Head[] = [];
    const put = async (run: number, rest: AsyncIterator<Row>) => {
      const { value, done } = await rest.next();
      if (!done) insert(heads, { row: value, run, rest });
    };
    for (const [run, [from, to]] of this.runs.entries()) await put(run, this.readRun(from, to));
    for (let head = heads.pop(); head; head = heads.pop()) {
      yield head.row;
      await put(head.run, head.rest);
    }
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
    this.rows = [];
  }

  private writeRun(): void {
    if (this.rows.length === 0) return;
    this.file ??= openNameless();
    this.rows.sort(byKey);
    const from = this.length;
    let text = '';
    for (const row of this.rows) {
      text += `${row.key}\n${row.text}\n`;
      if (text.length < CHUNK) continue;
      this.write(text);
      text = '';
    }
    this.write(text);
    this.runs.push([from, this.length]);
    this.rows = [];
    this.size = 0;
  }

  private write(text: string): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) {
      const written = writeSync(this.file as number, bytes, at, bytes.length - at, this.length);
      at += written;
      this.length += written;
    }
  }

  private async *readRun(from: number, to: number): AsyncGenerator<Row> {
    let key: string | undefined;
    let pending: Buffer = Buffer.alloc(0);
    for (let at = from; at < to; ) {
      await nextTurn();
      const chunk = Buffer.alloc(Math.min(CHUNK, to - at));
      const length = readSync(this.file as number, chunk, 0, chunk.length, at);
      if (length === 0) throw new Error('a temporary file of this comparison was cut short');
      at += length;
      const bytes = Buffer.concat([pending, chunk.subarray(0, length)]);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE, start); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        const line = bytes.toString('utf8', start, end);
        start = end + 1;
        if (key === undefined) key = line;
        else {
          yield { key, text: line };
          key = undefined;
        }
      }
      pending = bytes.subarray(start);
    }
  }
}

function openNameless(): number {
  const name = join(tmpdir(), `groundrules-${randomUUID()}`);
  const file = openSync(name, 'wx+', 0o600);
  unlinkSync(name);
  return file;
}

const byKey = (a: Row, b: Row): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** Keeps the heads with the next one last. */
function insert(heads: Head[], head: Head): void {
  let [low, high] = [0, heads.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = heads[middle] as Head;
    const isLater = (byKey(other.row, head.row) || other.run - head.run) > 0;
    if (isLater) low = middle + 1;
    else high = middle;
  }
  heads.splice(low, 0, head);
}
