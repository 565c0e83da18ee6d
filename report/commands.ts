import { createColors } from 'picocolors';
import widthOf from 'string-width';
import wrap from 'wrap-ansi';
import type { ListingOptions } from './listing.ts';

/** A command to type, or a file to open, and what comes of it. */
export type CommandLine = readonly [line: string, what: string];

const INDENT = '  ';
const DEEPER = '      ';

/**
 * Commands with what each does, as examples and advice show them: side by side where there is room, or else one below the
 * other. A command that is longer than a line goes on after a `\`, so that it can be copied.
 */
export function commandList(lines: readonly CommandLine[], { colour, width }: ListingOptions): string {
  const { dim } = createColors(colour);
  const longest = Math.max(...lines.map(([line]) => widthOf(line)));
  const room = width - INDENT.length - longest - INDENT.length;
  const isWide = room >= Math.max(...lines.map(([, what]) => widthOf(what)));
  return lines
    .flatMap(([line, what]) => {
      const space = ' '.repeat(longest - widthOf(line));
      if (isWide) return [`${INDENT}${line}${space}${INDENT}${dim(what)}`.trimEnd()];
      const below = what === '' ? [] : wrap(what, width - DEEPER.length, { hard: true }).split('\n');
      return [...brokenAt(line, width), ...below.map((text) => `${DEEPER}${dim(text)}`)];
    })
    .join('\n');
}

/** A shell's line, broken before options and arguments. */
function brokenAt(line: string, width: number): string[] {
  const words = line.match(/--[\w-]+ (?!-)(?:'[^']*'|\S+)|'[^']*'|\S+/g) ?? [];
  const lines: string[] = [];
  let current = INDENT;
  for (const word of words) {
    const isFirst = current.trim() === '' || current.trim() === '$';
    const joined = current.endsWith(' ') ? `${current}${word}` : `${current} ${word}`;
    if (isFirst || widthOf(joined) + 2 <= width) {
      current = joined;
      continue;
    }
    lines.push(`${current} \\`);
    current = `${DEEPER}${word}`;
  }
  return [...lines, current];
}

/** A word as a shell takes it. */
export const quoted = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
