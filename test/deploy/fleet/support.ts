import { Readable } from 'node:stream';
import type { Line } from '../../../deploy/fleet/lines.ts';
import { unpacked } from '../../../deploy/fleet/read.ts';
import type { Store } from '../../../deploy/fleet/store.ts';

export interface MemoryStore extends Store {
  readonly objects: Map<
    string,
    { readonly body: Buffer; readonly modified: Date; readonly contentType: string }
  >;
}

/** A bucket in memory. */
export function memoryStore(now: () => Date = () => new Date()): MemoryStore {
  const objects: MemoryStore['objects'] = new Map();
  const bodyOf = (key: string) => {
    const found = objects.get(key);
    if (!found) throw Object.assign(new Error(`NoSuchKey: ${key}`), { name: 'NoSuchKey' });
    return found.body;
  };
  return {
    bucket: 'results',
    objects,
    async put(key, body, contentType) {
      objects.set(key, { body: Buffer.from(body), modified: now(), contentType });
    },
    get: async (key) => Readable.from([bodyOf(key)]),
    text: async (key) => bodyOf(key).toString(),
    async *list(prefix) {
      for (const [key, { modified }] of objects) if (key.startsWith(prefix)) yield { key, modified };
    },
  };
}

export async function linesIn(store: Store, key: string): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of unpacked(await store.get(key))) lines.push(line);
  return lines;
}

export const silent = { info: () => {}, warn: () => {} };
