import type { Language } from './both.ts';
import { reportWords } from './formats/words.ts';
import { printable } from './printable.ts';

/** The longest text of an account in a cell. */
const LONGEST = 200;

/** @param count how many rows there are in all; what is over is said below. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  count: number,
  language: Language,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const more = count - rows.length;
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    ...(more > 0 ? ['', reportWords[language].more(more)] : []),
  ].join('\n');
}

/**
 * A text of an account's, in which nothing is markup, a link or a mention: all but letters, digits and what is harmless is written as a
 * character reference.
 */
export function markdownText(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  const safe = printable(short).replace(
    /:(?=\/)|[^\p{L}\p{N} :/.,…-]/gu,
    (letter) => `&#${letter.codePointAt(0)};`,
  );
  return `<code>${safe}</code>`;
}
