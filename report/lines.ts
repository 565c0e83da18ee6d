import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { screenText } from './printable.ts';

/** Enough for a write to be worth a system call. */
const CHUNK = 64 * 1024;

/**
 * Writes text to a stream at the pace at which it is taken, as {@link screenText} has it. Small pieces are gathered; the last call of a report must
 * end in a newline, which is when what is left goes out.
 */
export function lines(out: Writable): (text: string) => Promise<void> {
  let pending = '';
  return async (text) => {
    pending += text;
    if (pending.length < CHUNK && !text.endsWith('\n')) return;
    const chunk = screenText(pending);
    pending = '';
    // A stream whose reader has gone never drains. Its error event tells whoever opened it.
    if (!out.write(chunk) && !out.errored) await once(out, 'drain').catch(unlessUnread);
  };
}

function unlessUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
