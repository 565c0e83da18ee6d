/** Text that is HTML already. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | false | undefined | readonly Part[];

const CODES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => CODES[letter] as string);

/**
 * HTML of a template, in which every value is text unless it is {@link Html} itself.
 *
 * @example
 * html`<p>${'<script>'}</p>`.text // '<p>&lt;script&gt;</p>'
 */
export const html = (parts: TemplateStringsArray, ...values: readonly Part[]): Html =>
  new Html(parts.map((part, at) => `${part}${at < values.length ? textOf(values[at]) : ''}`).join(''));

function textOf(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(textOf).join('');
  return escaped(String(part));
}

/**
 * A value as JSON that an HTML parser takes for the text of a script element: nothing in it ends one. What is unseen is escaped by
 * `jsonText`, U+2028 and U+2029 with it.
 */
export const inScript = (json: string): string => json.replaceAll('<', '\\u003c');
