import { createColors } from 'picocolors';
import { CHANGES, type Change, type Difference } from '../../report/compare.ts';
import { listing } from '../../report/listing.ts';
import { markdownTable, markdownText } from '../../report/markdown.ts';
import { printable } from '../../report/printable.ts';
import type { Subject } from '../../report/result.ts';
import type { Screen } from '../program/world.ts';

/** What is shown, and under which heading; `other` is only counted. */
const HEADINGS: Readonly<Record<Exclude<Change, 'other'>, string>> = {
  new: 'NEW',
  changed: 'CHANGED',
  unjudged: 'NOT JUDGED ANY MORE',
  still: 'STILL THERE',
  fixed: 'FIXED',
};
const SHOWN = CHANGES.filter((change) => change !== 'other');
/** The most rows under one heading. */
const MOST = 200;
const MOST_IN_COMMENT = 25;

const nameOf = ({ resourceType, resourceId, resourceName }: Subject): string => {
  if (resourceType === 'AWS::::Account') return 'the account';
  return resourceName === undefined || resourceName === resourceId
    ? resourceId
    : `${resourceName} (${resourceId})`;
};

/** Why it fails, or what it is instead. */
function whyOf({ change, after, before, is }: Difference): string {
  const said = (of: Difference['after']) =>
    [...of.results.map(({ annotation }) => annotation), ...of.errors.map(({ message }) => message)].find(
      (text) => text !== '',
    );
  if (change === 'changed') return `${said(after) ?? ''} (before: ${said(before) ?? ''})`;
  if (change === 'fixed') return said(before) ?? '';
  if (change === 'unjudged') return is === 'ABSENT' ? 'nobody looked' : `${is}: ${said(after) ?? ''}`;
  return said(after) ?? '';
}

/** `2 new, 1 changed, …` */
export function countsText(differences: readonly Difference[]): string {
  const count = (wanted: Change) => differences.filter(({ change }) => change === wanted).length;
  return `${count('new')} new, ${count('changed')} changed, ${count('unjudged')} not judged any more, ${count('still')} still there, ${count('fixed')} fixed`;
}

export function tableText(differences: readonly Difference[], screen: Screen): string {
  const { bold } = createColors(screen.colour);
  const parts = SHOWN.flatMap((change) => {
    const all = differences.filter((one) => one.change === change);
    if (all.length === 0) return [];
    const rows = all
      .slice(0, MOST)
      .map((one) => [
        one.severity,
        one.subject.rule,
        ...[one.subject.accountId, one.subject.region, nameOf(one.subject), whyOf(one)].map((text) =>
          printable(text),
        ),
      ]);
    const more = all.length > MOST ? `\n… and ${all.length - MOST} more (--format json has them all)` : '';
    const head = ['SEVERITY', 'RULE', 'ACCOUNT', 'REGION', 'RESOURCE', 'WHY'];
    return [`${bold(HEADINGS[change])}\n${listing(head, rows, screen)}${more}`];
  });
  return `${[...parts, countsText(differences)].join('\n\n')}\n`;
}

/** For a comment: what is still there is only counted. */
export function markdownOf(differences: readonly Difference[]): string {
  const parts = SHOWN.filter((change) => change !== 'still').flatMap((change) => {
    const all = differences.filter((one) => one.change === change);
    if (all.length === 0) return [];
    const rows = all
      .slice(0, MOST_IN_COMMENT)
      .map((one) => [
        one.severity,
        one.subject.rule,
        markdownText(`${one.subject.accountId} ${one.subject.region}`),
        markdownText(nameOf(one.subject)),
        markdownText(whyOf(one)),
      ]);
    const table = markdownTable(['Severity', 'Rule', 'Where', 'Resource', 'Why'], rows, all.length);
    const [first = '', ...rest] = HEADINGS[change].toLowerCase();
    return [`### ${first.toUpperCase()}${rest.join('')}\n\n${table}`];
  });
  return `${['## Groundrules', countsText(differences), ...parts].join('\n\n')}\n`;
}
