import type { Writable } from 'node:stream';
import { createColors } from 'picocolors';
import type { Language } from '../both.ts';
import { CHANGES, type Change, type Difference, noCounts } from '../compare.ts';
import { markdownWords } from '../formats/markdown.ts';
import type { TableOptions } from '../formats/table.ts';
import { reportWords } from '../formats/words.ts';
import { lines } from '../lines.ts';
import { listing } from '../listing.ts';
import { markdownTable, markdownText } from '../markdown.ts';
import { printable } from '../printable.ts';
import { nameAndId, type Subject } from '../result.ts';
import { whyOf as reasonOf, whyNotOf } from '../why.ts';
import type { Comparison } from './comparison.ts';

/** What is shown, and under which heading; `other` is only counted. */
const WORDS = {
  en: {
    headings: {
      new: 'NEW',
      changed: 'CHANGED',
      unjudged: 'NOT JUDGED ANY MORE',
      still: 'STILL THERE',
      fixed: 'FIXED',
    },
    head: ['SEVERITY', 'RULE', 'ACCOUNT', 'REGION', 'RESOURCE', 'WHY'],
    before: (now: string, before: string) => `${now} (before: ${before})`,
    nobodyLooked: 'nobody looked',
    counts: (count: (wanted: Change) => number) =>
      `${count('new')} new, ${count('changed')} changed, ${count('unjudged')} not judged any more, ${count('still')} still there, ${count('fixed')} fixed`,
  },
  ko: {
    headings: {
      new: '새로 생김',
      changed: '바뀜',
      unjudged: '더는 판정하지 않음',
      still: '그대로임',
      fixed: '해결됨',
    },
    head: ['심각도', '규칙', '계정', '리전', '리소스', '이유'],
    before: (now: string, before: string) => `${now} (전: ${before})`,
    nobodyLooked: '확인하지 않음',
    counts: (count: (wanted: Change) => number) =>
      `새로 생김 ${count('new')}개, 바뀜 ${count('changed')}개, 더는 판정하지 않음 ${count('unjudged')}개, 그대로임 ${count('still')}개, 해결됨 ${count('fixed')}개`,
  },
} satisfies Record<
  Language,
  { readonly headings: Record<Exclude<Change, 'other'>, string> } & Readonly<Record<string, unknown>>
>;
const SHOWN = CHANGES.filter((change) => change !== 'other');
/** The most rows under one heading. */
const MOST = 200;
const MOST_IN_COMMENT = 25;

const nameOf = (subject: Subject, language: Language): string =>
  subject.resourceType === 'AWS::::Account' ? reportWords[language].theAccount : nameAndId(subject);

/** Why it fails, or what it is instead. */
function whyOf({ change, after, before, is }: Difference, language: Language): string {
  const said = (of: Difference['after']) =>
    [
      ...of.results.map((one) => reasonOf(one, language)),
      ...of.errors.map((one) => whyNotOf(one, language)),
    ].find((text) => text !== '');
  if (change === 'changed') {
    return WORDS[language].before(said(after) ?? '', said(before) ?? '');
  }
  if (change === 'fixed') return said(before) ?? '';
  if (change === 'unjudged')
    return is === 'ABSENT' ? WORDS[language].nobodyLooked : `${is}: ${said(after) ?? ''}`;
  return said(after) ?? '';
}

/** How many there are of each change, and the first of them. */
interface Gathered {
  readonly counts: Readonly<Record<Change, number>>;
  first(wanted: Change): readonly Difference[];
}

async function gather(differences: Comparison['differences'], most: number): Promise<Gathered> {
  const counts = noCounts();
  const first = new Map<Change, Difference[]>(CHANGES.map((change) => [change, []]));
  for await (const one of differences) {
    if (counts[one.change]++ < most) first.get(one.change)?.push(one);
  }
  return { counts, first: (wanted) => first.get(wanted) ?? [] };
}

/** `2 new, 1 changed, …` */
const countsText = ({ counts }: Gathered, language: Language): string =>
  WORDS[language].counts((wanted) => counts[wanted]);

export const tableComparison = async (out: Writable, { differences }: Comparison, options: TableOptions) =>
  lines(out)(tableText(await gather(differences, MOST), options));

/** For a comment: what is still there is only counted. */
export const markdownComparison = async (
  out: Writable,
  { differences }: Comparison,
  { language = 'en' }: Pick<TableOptions, 'language'>,
) => lines(out)(commentOf(await gather(differences, MOST_IN_COMMENT), language));

function tableText(gathered: Gathered, { language = 'en', ...screen }: TableOptions): string {
  const { bold } = createColors(screen.colour);
  const parts = SHOWN.flatMap((change) => {
    const count = gathered.counts[change];
    if (count === 0) return [];
    const rows = gathered
      .first(change)
      .map((one) => [
        one.severity,
        one.subject.rule,
        ...[
          one.subject.accountId,
          one.subject.region,
          nameOf(one.subject, language),
          whyOf(one, language),
        ].map((text) => printable(text)),
      ]);
    const more = count > MOST ? `\n${reportWords[language].moreInJson(count - MOST)}` : '';
    const words = WORDS[language];
    return [`${bold(words.headings[change])}\n${listing(words.head, rows, screen)}${more}`];
  });
  return `${[...parts, countsText(gathered, language)].join('\n\n')}\n`;
}

function commentOf(gathered: Gathered, language: Language): string {
  const said = markdownWords[language];
  const parts = SHOWN.filter((change) => change !== 'still').flatMap((change) => {
    const count = gathered.counts[change];
    if (count === 0) return [];
    const rows = gathered
      .first(change)
      .map((one) => [
        one.severity,
        one.subject.rule,
        markdownText(`${one.subject.accountId} ${one.subject.region}`),
        markdownText(nameOf(one.subject, language)),
        markdownText(whyOf(one, language)),
      ]);
    const table = markdownTable(
      [said.severity, said.rule, said.where, said.resource, said.why],
      rows,
      count,
      language,
    );
    const [first = '', ...rest] = WORDS[language].headings[change].toLowerCase();
    return [`### ${first.toUpperCase()}${rest.join('')}\n\n${table}`];
  });
  return `${['## Groundrules', countsText(gathered, language), ...parts].join('\n\n')}\n`;
}
