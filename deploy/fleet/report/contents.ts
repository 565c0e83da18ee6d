/** The list of a report's pages, where it has several. */
import { createHash } from 'node:crypto';
import type { Language } from '../../../report/both.ts';
import { style } from '../../../report/formats/html/assets.ts';
import { Html, html } from '../../../report/formats/html/escape.ts';
import { table } from '../../../report/formats/html/parts/table.ts';
import { printable } from '../../../report/printable.ts';
import { SEVERITIES } from '../../../report/result.ts';
import { openIn, type PagePlan, resultsIn } from './pages.ts';

/** A page, as the list has it. */
export interface PageRow {
  readonly unit: string | undefined;
  readonly part: number | undefined;
  readonly file: string;
  readonly accounts: number;
  /** What stands after that: open failures by severity, waived ones, what could not be told, and all results. */
  readonly numbers: readonly number[];
}

export interface Contents {
  readonly day: string;
  readonly pages: readonly PageRow[];
  /** The files of those for which no function had time. */
  readonly unwritten: ReadonlySet<string>;
  readonly language: Language;
}

export function rowOf(page: PagePlan): PageRow {
  const { unit, part, file, accounts } = page;
  const sum = (of: (one: PagePlan['accounts'][number]) => number) =>
    accounts.reduce((all, one) => all + of(one), 0);
  return {
    ...{ unit, part, file, accounts: accounts.length },
    numbers: [
      ...SEVERITIES.map((severity) => openIn(page, severity)),
      sum(({ summary }) => summary.waived),
      sum(({ summary }) => summary.errors),
      sum(({ summary }) => resultsIn(summary)),
    ],
  };
}

const WORDS = {
  en: {
    unit: 'Organizational unit',
    columns: ['Accounts', 'Critical', 'High', 'Medium', 'Low', 'Waived', 'Could not tell', 'Results'],
    head: (day: string, accounts: number, pages: number) =>
      `Groundrules, ${day}: ${number(accounts)} accounts on ${number(pages)} pages`,
    about: 'Open failures by severity and what else came of each unit, the worst first.',
    late: (pages: number) =>
      `The function had no time left for ${number(pages)} of the pages, which have no link: their results are in Athena.`,
    pages: 'Pages',
    noUnit: 'in no unit',
  },
  ko: {
    unit: '조직 단위',
    columns: ['계정', '심각', '높음', '중간', '낮음', '예외', '판정할 수 없음', '결과'],
    head: (day: string, accounts: number, pages: number) =>
      `Groundrules, ${day}: 계정 ${number(accounts)}개, 페이지 ${number(pages)}개`,
    about: '단위별 미준수(심각도별)와 그 밖의 결과이며, 심각한 순입니다.',
    late: (pages: number) =>
      `함수의 시간이 모자라 페이지 ${number(pages)}개를 만들지 못했으며, 링크가 없습니다. 그 결과는 Athena에 있습니다.`,
    pages: '페이지',
    noUnit: '소속 단위 없음',
  },
};

/** The page of the list: it runs nothing, and loads nothing. */
export function contentsOf({ day, pages, unwritten, language }: Contents): string {
  const words = WORDS[language];
  const columns = [
    { head: words.unit, kind: 'wide' },
    ...words.columns.map((head) => ({ head, isNumber: true as const })),
  ];
  const accounts = pages.reduce((sum, page) => sum + page.accounts, 0);
  const hash = createHash('sha256').update(style).digest('base64');
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Groundrules, ${day}</title>
${new Html(`<style>${style}</style>`)}
</head>
<body>
<main>
<section class="inner">
<h1>${words.head(day, accounts, pages.length)}</h1>
<p class="about">${words.about}${unwritten.size > 0 && ` ${words.late(unwritten.size)}`}</p>
${table(
  words.pages,
  columns,
  pages.map((page) => row(page, unwritten.has(page.file), words.noUnit)),
)}
</section>
</main>
</body>
</html>
`.text;
}

const number = (value: number): string => value.toLocaleString('en');

function row({ unit = '', part, file, accounts, numbers }: PageRow, isUnwritten: boolean, noUnit: string) {
  const name = `${printable(unit) || noUnit}${part === undefined ? '' : `, ${part}`}`;
  return [isUnwritten ? name : html`<a href="${file}">${name}</a>`, ...[accounts, ...numbers].map(number)];
}
