/**
 * A text as Security Hub takes it: no line breaks (every text of a finding must match `.*\S.*`, and a dot matches none),
 * and no longer than its limit, in UTF-16 code units, without half a character at the end.
 *
 * @example
 * oneLine('tcp 22 open\nto everyone', 256) // 'tcp 22 open to everyone'
 */
export function oneLine(text: string, limit: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to go.
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  if (line.length <= limit) return line;
  return `${line.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
