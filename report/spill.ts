import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHUNK = 64 * 1024;

/** Text that is to be printed later, however much there is of it. */
export interface Spill {
  add(text: string): void;
  /** Prints all of it, once: then it is gone. */
  flow(print: (text: string) => Promise<void>): Promise<void>;
}

/**
 * Keeps text in a file that only this process sees: it has no name from the moment that it is open, so that nothing is left
 * behind, however the process ends. What fits in one chunk never becomes a file.
 */
export function spill(): Spill {
  let pending = '';
  let file: number | undefined;
  const open = () => {
    const name = join(tmpdir(), `groundrules-${randomUUID()}`);
    const descriptor = openSync(name, 'wx+', 0o600);
    unlinkSync(name);
    return descriptor;
  };
  return {
    add(text) {
      pending += text;
      if (pending.length < CHUNK) return;
      file ??= open();
      const bytes = Buffer.from(pending);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      pending = '';
    },
    async flow(print) {
      if (file !== undefined) {
        const decoder = new TextDecoder();
        const bytes = Buffer.alloc(CHUNK);
        for (let at = 0; ; ) {
          const length = readSync(file, bytes, 0, CHUNK, at);
          if (length === 0) break;
          at += length;
          await print(decoder.decode(bytes.subarray(0, length), { stream: true }));
        }
        closeSync(file);
        file = undefined;
      }
      const rest = pending;
      pending = '';
      if (rest !== '') await print(rest);
    },
  };
}
