/**
 * How text of an account is printed: names, tags, Sids, error messages and annotations are other people's, and what would
 * steer a terminal or hide from the eye is shown as what it is, `\u{1b}`.
 */

/**
 * What no terminal shows as a sign of its own: control characters (C0, DEL, C1), format characters (bidirectional,
 * zero-width), line and paragraph separators, halves of characters, and whatever else Unicode lets a screen ignore.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** A line break, and the colours of picocolors (SGR 0, 1, 2, 22, 30 to 39): what the command itself prints of them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
const OURS = /\n|\u001B\[(?:[012]|22|3[0-9])m/;
const OURS_OR_UNSEEN = new RegExp(`(${OURS.source})|${UNSEEN.source}`, 'gu');

const shown = (letter: string): string => `\\u{${(letter.codePointAt(0) as number).toString(16)}}`;

/**
 * A text of the account's, on one line, for a person to read.
 *
 * @param except letters to leave as they are: `'\n'` for a text of several lines.
 *
 * @example
 * printable('web\u001B[2J') // 'web\\u{1b}[2J'
 */
export const printable = (text: string, except = ''): string =>
  text.replace(UNSEEN, (letter) => (except.includes(letter) ? letter : shown(letter)));

/** Whether a text is printed as it is. */
export const isPrintable = (text: string): boolean => printable(text) === text;

/**
 * The last gate before a terminal: a text of the command's own making, which has line breaks and colours. Anything
 * else that a terminal would obey is escaped, even if {@link printable} was forgotten.
 */
export const screenText = (text: string): string =>
  text.replace(OURS_OR_UNSEEN, (letter, ours?: string) => ours ?? shown(letter));

/**
 * `JSON.stringify`, with what is unseen as `\u001b`: the same value to who parses it, and harmless to who looks at it.
 * (JSON.stringify itself escapes control characters below U+0020 alone.)
 *
 * @param indent as for JSON.stringify.
 */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, undefined, indent).replace(UNSEEN, (letter) =>
    letter === '\n'
      ? letter
      : Array.from({ length: letter.length }, (_, at) => letter.charCodeAt(at))
          .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
          .join(''),
  );
