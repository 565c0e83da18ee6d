import type { Writable } from 'node:stream';
import { lines } from '../lines.ts';
import { jsonText } from '../printable.ts';

/** A JSON array, one element a line, written as they come. */
export function jsonArray(out: Writable) {
  const print = lines(out);
  let separator = '[';
  return {
    add(element: object): Promise<void> {
      const line = `${separator}\n${jsonText(element)}`;
      separator = ',';
      return print(line);
    },
    end: (): Promise<void> => print(`${separator === '[' ? '[' : ''}\n]\n`),
  };
}
