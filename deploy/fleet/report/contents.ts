/** The list of a report's pages, where it has several. */
import { createHash } from 'node:crypto';
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

const COLUMNS = [
  { head: 'Organizational unit', kind: 'wide' },
  ...['Accounts', 'Critical', 'High', 'Medium', 'Low', 'Waived', 'Could not tell', 'Results'].map((head) => ({
    head,
    isNumber: true as const,
  })),
];

/** The page of the list: it runs nothing, and loads nothing. */
export function contentsOf({ day, pages, unwritten }: Contents): string {
  const accounts = pages.reduce((sum, page) => sum + page.accounts, 0);
  const hash = createHash('sha256').update(style).digest('base64');
  return html`<!doctype html>
<html lang="en">
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
<h1>Groundrules, ${day}: ${number(accounts)} accounts on ${number(pages.length)} pages</h1>
<p class="about">Open failures by severity and what else came of each unit, the worst first.${unwritten.size > 0 && ` ${late(unwritten.size)}`}</p>
${table(
  'Pages',
  COLUMNS,
  pages.map((page) => row(page, unwritten.has(page.file))),
)}
</section>
</main>
</body>
</html>
`.text;
}

const late = (pages: number) =>
  `The function had no time left for ${number(pages)} of the pages, which have no link: their results are in Athena.`;
const number = (value: number): string => value.toLocaleString('en');

function row({ unit = '', part, file, accounts, numbers }: PageRow, isUnwritten: boolean) {
  const name = `${printable(unit) || 'in no unit'}${part === undefined ? '' : `, ${part}`}`;
  return [isUnwritten ? name : html`<a href="${file}">${name}</a>`, ...[accounts, ...numbers].map(number)];
}
