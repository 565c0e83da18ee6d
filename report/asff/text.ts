import { printable } from '../printable.ts';

/**
 * A text as Security Hub takes it: no line breaks (every text of a finding must match `.*\S.*`, and a dot matches none),
 * nothing that would steer the terminal of who reads it there with the `aws` command,
 * and no longer than its limit, in UTF-16 code units, without half a character at the end.
 *
 * @example
 * oneLine('tcp 22 open\nto everyone', 256) // 'tcp 22 open to everyone'
 */
export function oneLine(text: string, limit: number): string {
  const line = printable(text.replace(/\s+/g, ' ').trim());
  if (line.length <= limit) return line;
  return `${line.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
