/**
 * What code of a function says in English, in another language: an English phrase and its translation, in both of which `{name}`
 * stands for the same words. A function carries English alone, and what it said before is translated as well.
 */
import type { Phrases } from '../rules/language.ts';

/** The translation, or the text itself where nothing is known of it. */
export type Translate = (text: string) => string;

interface Pattern {
  readonly pattern: RegExp;
  readonly translation: string;
  readonly names: readonly string[];
}

const NAME = /\{(\w+)\}/g;
/** A file, an id, a key of the settings, a step: what stands before a colon and has no language, unless a phrase has the colon. */
const PLACE = /^[^\s"]+$/;
/** What `{hint}` and the like stand for may be words of ours; what these do is somebody's name for something, whatever it is. */
const NAMES =
  /^(?:account|alarm|api|arn|bucket|code|command|document|files?|folder|groups?|ids?|keys?|near|names?|option|others?|policy|regions?|role|rules?|step|task|topic|unit|users?|values?|where)$/;
/** … where there is one. */
const NO_NAME = /^(?:nothing|none)$/;

/** Where one part of a text may end and the next one begin. */
const SEAM = /(?:\.|;|:) |\n/g;

/** What `{hint}` stands for, right behind other words: ` (did you mean root?)`, `: did you mean root? (there is: …)`, or nothing. */
const HINT = '( \\(.*\\)|: .*|)';

/** What `{says}` stands for is what AWS, Node.js or a parser said, and stays as it is. */
const SAYS = 'says';

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const unended = (text: string): string => text.replace(/\.$/, '');

function patternOf([phrase, translation]: readonly [string, string]): Pattern {
  const names = [...phrase.matchAll(NAME)].map(([, name]) => name as string);
  const source = unended(phrase)
    .split(NAME)
    .map((part, index) => (index % 2 === 0 ? escaped(part) : part === 'hint' ? HINT : '(.*?)'))
    .join('');
  // A sentence that begins a longer one may be capitalised.
  const either = source.replace(/^[a-z]/i, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
  return { pattern: new RegExp(`^${either}$`, 's'), translation: unended(translation), names };
}

/** How much of a phrase is fixed, and into how many parts: the most telling comes first. */
const tells = ([phrase]: readonly [string, string]): number =>
  phrase.replace(NAME, '').length + (phrase.match(NAME)?.length ?? 0) / 100;

/**
 * A translator for all phrases of some books.
 *
 * @param known whole texts with their translations, such as a finding's sentence.
 */
export function translator(
  books: readonly Phrases[],
  known: ReadonlyMap<string, string> = new Map(),
): Translate {
  const patterns = books
    .flatMap((book) => Object.entries(book))
    .sort((one, other) => tells(other) - tells(one))
    .map(patternOf);
  const done = new Map<string, string | undefined>(known);
  const parts = { patterns, done };
  return (text) => said(text, parts) ?? text;
}

interface Parts {
  readonly patterns: readonly Pattern[];
  /** What has been looked at: a text is made of the same parts many times. */
  readonly done: Map<string, string | undefined>;
}

function said(text: string, parts: Parts): string | undefined {
  if (parts.done.has(text)) return parts.done.get(text);
  const isEnded = text.endsWith('.');
  const body = unended(text);
  const found = parts.done.get(body) ?? inTurn(body, parts) ?? whole(body, parts);
  const translation = found === undefined ? undefined : isEnded ? `${unended(found)}.` : found;
  parts.done.set(text, translation);
  return translation;
}

function whole(text: string, parts: Parts): string | undefined {
  for (const { pattern, translation, names } of parts.patterns) {
    const found = pattern.exec(text);
    if (!found) continue;
    const values = new Map(names.map((name, index) => [name, found[index + 1] ?? '']));
    return translation.replace(NAME, (all, name: string) => {
      const value = values.get(name);
      if (name === SAYS && value !== undefined) return value;
      if (value === undefined) return all;
      const isName = NAMES.test(name) && !NO_NAME.test(value);
      return (
        (isName && !/\s/.test(value) ? undefined : said(value, parts)) ??
        listed(value, parts, isName) ??
        value
      );
    });
  }
  return undefined;
}

/** A text of several: the shortest beginning that is known, where the rest is known as well. */
function inTurn(text: string, parts: Parts): string | undefined {
  for (const { index, 0: seam } of text.matchAll(SEAM)) {
    const head = text.slice(0, index);
    const rest = text.slice(index + seam.length);
    const isPlace = seam === ': ' && PLACE.test(head);
    const first = isPlace
      ? (whole(`${head}:`, parts)?.slice(0, -1) ?? head)
      : seam === ': '
        ? undefined
        : (parts.done.get(head) ?? whole(head, parts));
    if (first === undefined) continue;
    const second = said(rest, parts);
    if (second !== undefined) return `${first}${seam}${second}`;
  }
  return undefined;
}

/** Several of which each is known, or is one word: `a, b and c`. */
function listed(text: string, parts: Parts, areNames: boolean): string | undefined {
  for (const separator of ['; ', /, and | and |, /, ' or '] as const) {
    const ones = text.split(separator);
    if (ones.length === 1) continue;
    const isWord = (one: string) => !/\s/.test(one);
    const all = ones.map((one) =>
      areNames && isWord(one) ? one : (said(one, parts) ?? (isWord(one) ? one : undefined)),
    );
    if (all.includes(undefined)) continue;
    return all.join(separator === '; ' ? '; ' : separator === ' or ' ? ' 또는 ' : ', ');
  }
  return undefined;
}
