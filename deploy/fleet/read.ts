/** Reading an account's lines back. It imports no rule. */
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { pMapIterable } from 'p-map';
import { type Asked, resultsKey } from './layout.ts';
import type { Line } from './lines.ts';
import type { Store } from './store.ts';

/** Objects at a time. */
export const AT_A_TIME = 32;

/** The lines of each account, in the order of these. */
export const linesOfEach = (
  asked: readonly Asked[],
  day: string,
  store: Pick<Store, 'get'>,
): AsyncIterable<{ readonly account: Asked; readonly lines: readonly Line[] }> =>
  pMapIterable(asked, async (account) => ({ account, lines: await linesOf(account.id, day, store) }), {
    concurrency: AT_A_TIME,
    backpressure: AT_A_TIME,
  });

/** None of an account that has no object: it was not there that day, or a second run of the day has not come to it. */
export async function linesOf(
  accountId: string,
  day: string,
  store: Pick<Store, 'get'>,
): Promise<readonly Line[]> {
  const lines: Line[] = [];
  try {
    for await (const line of unpacked(await store.get(resultsKey(day, accountId)))) lines.push(line);
  } catch (error) {
    if ((error as Error).name !== 'NoSuchKey') throw error;
  }
  return lines;
}

/** The lines of an object, one at a time. */
export async function* unpacked(body: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const source = Readable.from(body);
  const text = source.pipe(createGunzip());
  source.once('error', (error) => text.destroy(error));
  for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line !== '') yield JSON.parse(line) as Line;
  }
}
