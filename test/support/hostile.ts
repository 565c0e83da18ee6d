/** What a name, a tag, a Sid or a message of somebody else's may hold to steer a terminal, or to hide from a reader. */
const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at));

/** Each alone, by what it is. */
export const HOSTILE: readonly [name: string, text: string][] = [
  ['ESC: clear the screen', '\u001B[2J'],
  ['ESC: a colour that hides', '\u001B[8m'],
  ['ESC: one line up, and erase it', '\u001B[1A\u001B[2K'],
  ['ESC: reset', '\u001Bc'],
  ['OSC: the title', '\u001B]0;all is well\u0007'],
  ['OSC: a link', '\u001B]8;;https://evil.example\u001B\\click\u001B]8;;\u001B\\'],
  ['OSC 52: the clipboard', '\u001B]52;c;cm0gLXJmIC8=\u0007'],
  ['DCS', '\u001BP$q"p\u001B\\'],
  ['C1 CSI', '\u009B2J'],
  ['C1 OSC', '\u009D0;x\u009C'],
  ['CR', 'web\rCOMPLIANT'],
  ['LF', 'web\n0 non-compliant, 0 could not be judged'],
  ['BS', 'web\b\b\bok'],
  ['bidirectional override', '\u202Ebew\u202C'],
  ['bidirectional isolate', '\u2066web\u2069'],
  ['zero width', 'w\u200Be\u200Cb\u200D\u2060\uFEFF'],
  ['soft hyphen, Mongolian separator', 'w\u00ADe\u180Eb'],
  ['Hangul filler', 'web\u3164\uFFA0\u115F\u1160'],
  ['variation selector, combining joiner', 'w\uFE0Fe\u034Fb'],
  ['tag characters', 'web\u{E0041}\u{E007F}'],
  ['line and paragraph separator', 'web\u2028x\u2029y'],
  ['half a character', 'web\uD83D'],
  ['every control character', [...range(0, 0x1f), ...range(0x7f, 0x9f)].join('')],
  [
    'every format character of the Basic Multilingual Plane',
    range(0xa0, 0xffff)
      .filter((letter) => /\p{Cf}/u.test(letter))
      .join(''),
  ],
];

/** All of it at once. */
export const ALL_HOSTILE = HOSTILE.map(([, text]) => text).join(' ');

/** What of a text a terminal would obey or not show: line breaks and, if asked, the colours of picocolors are no harm. */
export function harmIn(text: string, { colours = false } = {}): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for.
  const rest = colours ? text.replace(/\u001B\[(?:[012]|22|3[0-9])m/g, '') : text;
  const found = rest.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu) ?? [];
  return [...new Set(found)]
    .filter((letter) => letter !== '\n')
    .map((letter) => `U+${(letter.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`);
}
