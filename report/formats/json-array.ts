import type { Writable } from 'node:stream';
import { lines } from '../lines.ts';
import { jsonText } from '../printable.ts';
import type { Header, Report, Result, ResultError } from '../result.ts';

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

/** A report that is such an array. @param elementsOf what a result, or an error, is in it. */
export function arrayReport(
  out: Writable,
  elementsOf: (one: Result | ResultError, header: Header) => readonly object[],
): Report {
  const array = jsonArray(out);
  let header: Header;
  const add = async (one: Result | ResultError) => {
    for (const element of elementsOf(one, header)) await array.add(element);
  };
  return {
    async begin(given) {
      header = given;
    },
    result: add,
    error: add,
    end: array.end,
  };
}
