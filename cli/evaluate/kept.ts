/** What an interrupted run over many accounts has learned: a folder with a file an account. */
import { createReadStream, createWriteStream, readdirSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { Tags } from '../../account/account.ts';
import { jsonText } from '../../report/printable.ts';
import type { HeaderAccount, HeaderInput, Result, ResultError } from '../../report/result.ts';
import { rankOf, type Said, worstFirst } from '../../report/said.ts';
import type { Waiving } from './waivers.ts';

/** An account, and how it was judged. */
export interface Head {
  readonly account: HeaderAccount;
  readonly input: HeaderInput;
  /** Whether anybody let us in: who goes on tries once more where not. */
  readonly entered: boolean;
  /** The rules that it was judged by, where not every account is by all. */
  readonly rules?: readonly string[];
}

/** One line of an account's file. */
type Line =
  | (Head & { readonly kind: 'head' })
  /** With its tags, where a waiver hangs on them. */
  | { readonly kind: 'result'; readonly result: Result; readonly tags?: Tags }
  | { readonly kind: 'error'; readonly error: ResultError }
  /** The last: it is all there. */
  | { readonly kind: 'end' };

export interface Kept {
  /** Of accounts that need not be judged again. */
  readonly heads: ReadonlyMap<string, Head>;
  /** Keeps what is said of an account: all of it, or nothing. */
  write(head: Head, said: AsyncIterable<Said> | Iterable<Said>, tagsOf: Waiving['tagsOf']): Promise<void>;
  /** What was said of the account, the worst first: of a large one no more is in memory than of others. */
  read(accountId: string): AsyncIterable<Said>;
}

/**
 * @param folder what a run keeps (cli/fleet/run-folder.ts).
 * @param most results of an account that are sorted in memory.
 */
export const openKept = async (folder: string, most = MOST_HELD): Promise<Kept> =>
  new Folder(folder, await headsIn(folder), most);

class Folder implements Kept {
  readonly #folder: string;
  readonly #heads: Map<string, Head>;
  readonly #most: number;

  constructor(folder: string, heads: Map<string, Head>, most: number) {
    this.#folder = folder;
    this.#heads = heads;
    this.#most = most;
  }

  get heads(): ReadonlyMap<string, Head> {
    return this.#heads;
  }

  async write(
    head: Head,
    said: AsyncIterable<Said> | Iterable<Said>,
    tagsOf: Waiving['tagsOf'],
  ): Promise<void> {
    const file = fileOf(this.#folder, head.account.accountId);
    const part = `${file}.part`;
    try {
      await pipeline(linesFor(head, said, tagsOf), createWriteStream(part, { mode: 0o600 }));
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
    await rename(part, file);
    this.#heads.set(head.account.accountId, head);
  }

  async *read(accountId: string): AsyncGenerator<Said> {
    const file = fileOf(this.#folder, accountId);
    const held: Said[] = [];
    const ranks = new Set<number>();
    let isLarge = false;
    for await (const said of saidIn(file)) {
      ranks.add(rankOf(said));
      if (!isLarge) held.push(said);
      if (held.length > this.#most) {
        isLarge = true;
        held.length = 0;
      }
    }
    if (!isLarge) yield* worstFirst(held);
    else {
      // Once through the file for each rank that is in it.
      for (const rank of [...ranks].sort((one, other) => one - other)) {
        for await (const said of saidIn(file)) if (rankOf(said) === rank) yield said;
      }
    }
  }
}

/** Above, the account's file is gone through once for each severity: no account's size shows in the memory. */
const MOST_HELD = 20_000;

async function* saidIn(file: string): AsyncGenerator<Said> {
  for await (const line of linesOf(file)) {
    if (line.kind === 'result') yield resultOf(line);
    else if (line.kind === 'error') yield { error: line.error };
  }
}

const resultOf = ({ result, tags }: Extract<Line, { kind: 'result' }>): Said => ({
  result,
  ...(tags && { tags: () => tags }),
});

async function* linesFor(
  head: Head,
  said: AsyncIterable<Said> | Iterable<Said>,
  tagsOf: Waiving['tagsOf'],
): AsyncGenerator<string> {
  const line = (one: Line) => `${jsonText(one)}\n`;
  yield line({ kind: 'head', ...head });
  for await (const one of said) {
    if ('error' in one) {
      yield line({ kind: 'error', error: one.error });
      continue;
    }
    const tags = await tagsOf(one.result, one.tags);
    yield line({ kind: 'result', result: one.result, ...(tags && { tags }) });
  }
  yield line({ kind: 'end' });
}

const fileOf = (folder: string, accountId: string): string => join(folder, `${accountId}.jsonl`);

async function* linesOf(file: string): AsyncGenerator<Line> {
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    yield JSON.parse(line) as Line;
  }
}

/** Of the accounts that were judged to their end. What was being written when a run ended has another name. */
async function headsIn(folder: string): Promise<Map<string, Head>> {
  const heads = new Map<string, Head>();
  for (const name of readdirSync(folder).sort()) {
    const [, accountId] = /^(\d{12})\.jsonl$/.exec(name) ?? [];
    if (accountId === undefined) continue;
    let head: Head | undefined;
    let isWhole = false;
    for await (const line of linesOf(join(folder, name))) {
      if (line.kind === 'head') {
        const { kind: _, ...said } = line;
        head = { ...said, input: { ...said.input, asOf: new Date(said.input.asOf) } };
      }
      isWhole = line.kind === 'end';
    }
    if (head?.entered && isWhole) heads.set(accountId, head);
  }
  return heads;
}
