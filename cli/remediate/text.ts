import { createColors } from 'picocolors';
import wrap from 'wrap-ansi';
import { stringify } from 'yaml';
import type { Language } from '../../report/both.ts';
import { fixSpeech } from '../../report/fix-language.ts';
import { sentencesOf } from '../../report/language.ts';
import type { Translate } from '../../report/phrases.ts';
import { printable } from '../../report/printable.ts';
import { nameAndId } from '../../report/result.ts';
import type { Item, Seen } from './outcome.ts';
import { remediateWords } from './words.ts';

export interface Style {
  readonly colour: boolean;
  readonly language: Language;
  /** Characters in a line. */
  readonly width: number;
}

const INDENT = '  ';

/**
 * What would change, as a person reads it.
 *
 * @param isWhole with each call's input; else one line a change, for a list of many.
 */
export function previewText(item: Seen, accountId: string, style: Style, isWhole: boolean): string {
  const paint = createColors(style.colour);
  const words = remediateWords[style.language];
  const say = speechOf(item, style);
  const bullet = (text: string, mark = '-') => wrapped(`${INDENT}${mark} `, text, style.width);
  const section = (title: string, texts: readonly string[]) =>
    texts.length > 0 ? [title, ...texts.map((text) => bullet(say(text)))] : [];
  const { steps = [], refusals = [], warnings = [], uses = [], manual = [] } = item.plan ?? {};

  const lines = [heading(item, accountId, style)];
  const found = foundIn(item, style);
  if (found) lines.push(wrapped('', `${item.compliance}: ${found}`, style.width));
  if (item.outcome === 'WouldChange') {
    lines.push(item.compliance === undefined ? words.wouldBringBack : words.wouldChange);
    for (const [index, { why, api, input }] of steps.entries()) {
      const call = paint.dim(printable(api));
      lines.push(bullet(isWhole ? say(why) : `${say(why)} (${api})`, `${index + 1}.`));
      if (isWhole) lines.push(`${INDENT.repeat(2)} ${call}`, indented(stringify(input), INDENT.repeat(3)));
    }
  } else if (steps.length === 0 && !(item.outcome === 'Refused' && refusals.length > 0)) {
    lines.push(wrapped('', messageOf(item, style), style.width));
  }
  lines.push(
    ...section(paint.yellow(words.refused), refusals),
    ...section(words.used, uses),
    ...section(words.mind, warnings),
    ...section(words.left, manual),
  );
  return `${lines.join('\n')}\n`;
}

/** What came of it. */
export function resultText(item: Seen, accountId: string, style: Style): string {
  const words = remediateWords[style.language];
  const lines = [
    heading(item, accountId, style),
    wrapped('', `${words.outcomes[item.outcome]} ${messageOf(item, style)}`, style.width),
  ];
  if (item.outcome === 'Failed' || item.outcome === 'Cancelled') {
    lines.push(item.changed ? words.mayBeDone : words.nothingChanged);
  }
  if (item.record) {
    lines.push(words.record(item.record));
    if (item.changed && item.compliance !== undefined) {
      lines.push(words.toUndo(`groundrules remediate --undo ${quoted(item.record)}`));
    }
  }
  return `${lines.join('\n')}\n`;
}

function heading(item: Item, accountId: string, { colour, language, width }: Style): string {
  const paint = createColors(colour);
  const account = remediateWords[language].account(accountId);
  const title = paint.bold(printable(`${item.rule}: ${nameAndId(item)}`));
  return wrap(`${title} ${paint.dim(`${item.severity}, ${account}, ${item.region}`)}`, width);
}

type Speech = Pick<Style, 'language'>;

export const messageOf = (item: Seen, { language }: Speech): string =>
  item.said?.[language] ?? speechOf(item, { language })(item.message);

/** What the rule says of the resource. The annotation of AWS Config is cut, and English. */
const foundIn = ({ rule, annotation, findings = [] }: Seen, { language }: Speech): string | undefined =>
  language === 'en' || !annotation ? annotation : sentencesOf(rule, findings, language);

const speechOf = ({ rule, annotation, findings = [] }: Seen, { language }: Speech): Translate =>
  fixSpeech(rule, { findings, annotation }, language);

function wrapped(first: string, text: string, width: number): string {
  const room = Math.max(20, width - first.length);
  const lines = wrap(printable(text.replace(/\s+/g, ' ')), room).split('\n');
  return lines.map((line, index) => `${index === 0 ? first : ' '.repeat(first.length)}${line}`).join('\n');
}

const indented = (text: string, by: string): string =>
  printable(text, '\n')
    .trimEnd()
    .split('\n')
    .map((line) => `${by}${line}`)
    .join('\n');

const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
