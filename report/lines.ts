import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Enough for a write to be worth a system call. */
const CHUNK = 64 * 1024;

/**
 * Writes text to a stream at the pace at which it is taken. Small pieces are gathered; the last call of a report must
 * end in a newline, which is when what is left goes out.
 */
export function lines(out: Writable): (text: string) => Promise<void> {
  let pending = '';
  return async (text) => {
    pending += text;
    if (pending.length < CHUNK && !text.endsWith('\n')) return;
    const chunk = pending;
    pending = '';
    if (!out.write(chunk)) await once(out, 'drain');
  };
}
