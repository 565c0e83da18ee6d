import { createColors } from 'picocolors';
import wrap from 'wrap-ansi';
import { stringify } from 'yaml';
import { printable } from '../../report/printable.ts';
import type { Item, Outcome } from './outcome.ts';

export interface Style {
  readonly colour: boolean;
  /** Characters in a line. */
  readonly width: number;
}

const INDENT = '  ';

/**
 * What would change, as a person reads it.
 *
 * @param isWhole with each call's input; else one line a change, for a list of many.
 */
export function previewText(item: Item, accountId: string, style: Style, isWhole: boolean): string {
  const paint = createColors(style.colour);
  const bullet = (text: string, mark = '-') => wrapped(`${INDENT}${mark} `, text, style.width);
  const section = (title: string, texts: readonly string[]) =>
    texts.length > 0 ? [title, ...texts.map((text) => bullet(text))] : [];
  const { steps = [], refusals = [], warnings = [], uses = [], manual = [] } = item.plan ?? {};

  const lines = [heading(item, accountId, style)];
  if (item.annotation) lines.push(wrapped('', `${item.compliance}: ${item.annotation}`, style.width));
  if (item.outcome === 'WouldChange') {
    lines.push(item.compliance === undefined ? 'Would be brought back:' : 'Would change:');
    for (const [index, { why, api, input }] of steps.entries()) {
      const call = paint.dim(printable(api));
      lines.push(bullet(isWhole ? why : `${why} (${api})`, `${index + 1}.`));
      if (isWhole) lines.push(`${INDENT.repeat(2)} ${call}`, indented(stringify(input), INDENT.repeat(3)));
    }
  } else if (steps.length === 0 && !(item.outcome === 'Refused' && refusals.length > 0)) {
    lines.push(wrapped('', item.message, style.width));
  }
  lines.push(
    ...section(paint.yellow('Refused:'), refusals),
    ...section('Used:', uses),
    ...section('Mind:', warnings),
    ...section('Left to you:', manual),
  );
  return `${lines.join('\n')}\n`;
}

/** What came of it. */
export function resultText(item: Item, accountId: string, style: Style): string {
  const word = OUTCOMES[item.outcome];
  const lines = [heading(item, accountId, style), wrapped('', `${word} ${item.message}`, style.width)];
  if (item.outcome === 'Failed' || item.outcome === 'Cancelled') {
    lines.push(item.changed ? 'Some of it may have been done.' : 'Nothing was changed.');
  }
  if (item.record) {
    lines.push(`Record: ${item.record}`);
    if (item.changed && item.compliance !== undefined) {
      lines.push(`To undo: groundrules remediate --undo ${quoted(item.record)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  WouldChange: 'Would change.',
  Nothing: 'Nothing to do.',
  Refused: 'Refused.',
  NotFound: 'Not found.',
  Declined: 'Not changed.',
  Stale: 'Not changed.',
  Done: 'Done.',
  Left: 'Something is left.',
  Failed: 'Failed.',
  Cancelled: 'Cancelled.',
};

function heading(item: Item, accountId: string, { colour, width }: Style): string {
  const paint = createColors(colour);
  const title = paint.bold(printable(`${item.rule}: ${nameOf(item)}`));
  return wrap(`${title} ${paint.dim(`${item.severity}, account ${accountId}, ${item.region}`)}`, width);
}

/** As a person calls it. */
export function nameOf({ resourceId, resourceName }: Item): string {
  return resourceName && resourceName !== resourceId ? `${resourceName} (${resourceId})` : resourceId;
}

/** The last line of a preview or of a walk. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

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
