import { SEVERITIES } from '../../../../report/result.ts';
import type { Both } from '../../../both.ts';
import type { Age, History, OpenTrack, Times, Trend } from '../../../history/history.ts';
import { FLAPPING } from '../../../history/history.ts';
import { STATE, type State, type Track } from '../../../history/run.ts';
import type { Language } from '../../../language.ts';
import { printable } from '../../../printable.ts';
import { niceMost, type TrendPoint, trend } from '../charts.ts';
import { type Html, html, type Part } from '../escape.ts';
import type { Status } from '../model.ts';
import type { Words } from '../words.ts';
import { severityChip, stateChip, utc } from './marks.ts';
import { table } from './table.ts';

/** The most runs and files that are listed; all of them are in the charts. */
const MOST = 30;

export interface Historical {
  /** Absent while not all of it was read: a trend of a part would be another one. */
  readonly history?: History;
  /** How many files were not read yet when the page was made, and of how many. */
  readonly reading?: { readonly left: number; readonly all: number };
  /** Files that are in no history, and why. */
  readonly unread: readonly { readonly file: string; readonly why: Both }[];
}

/** How it came to be as it is: trends, times to fix, and what keeps turning. Nothing without a history. */
export function historySection(
  historical: Historical | undefined,
  words: Words,
  language: Language,
): Html | undefined {
  if (!historical) return undefined;
  const { history, reading, unread } = historical;
  const said = words.history;
  if (reading) {
    return html`<section id="history" class="inner" aria-labelledby="history-head">
<h2 id="history-head" class="big">${words.sections.history}</h2>
<div class="empty"><strong>${said.reading(reading.left, reading.all)}</strong><p>${said.readingAbout}</p></div>
</section>`;
  }
  if (!history) return undefined;
  const [first] = history.runs;
  const last = history.runs.at(-1);
  if (!first || !last) return undefined;
  const body =
    history.runs.length === 1
      ? html`<div class="empty"><strong>${said.first}</strong><p>${said.firstAbout}</p></div>`
      : [
          tiles(history, words, language),
          trends(history, words),
          times(history, words, language),
          openLongest(history, words),
          flapping(history, words),
          runsTable(history, words),
        ];
  return html`<section id="history" class="inner" aria-labelledby="history-head">
<h2 id="history-head" class="big">${words.sections.history}</h2>
<p class="about">${said.about(history.runs.length, day(first.at), day(last.at))}</p>
${leftOut(history, unread, words, language)}
${body}
</section>`;
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

function leftOut(
  { unrelated, later }: History,
  unread: Historical['unread'],
  { history: said, more }: Words,
  language: Language,
): Part {
  const notes = [unrelated > 0 && said.unrelated(unrelated), later > 0 && said.later(later)].filter(
    (note) => note !== false,
  );
  const files = unread
    .slice(0, MOST)
    .map(
      ({ file, why }) =>
        html`<li><span class="name">${printable(file)}</span> ${printable(withoutName(file, why[language]))}</li>`,
    );
  const rest = unread.length - files.length;
  return [
    notes.map((note) => html`<p class="about">${note}</p>`),
    unread.length > 0 &&
      html`<div class="unread"><p><strong>${said.unread(unread.length)}</strong></p><ul>${files}${rest > 0 && html`<li>${more(rest)}</li>`}</ul></div>`,
  ];
}

/** A message names its file first. */
const withoutName = (file: string, why: string): string =>
  why.startsWith(`${file}: `) ? why.slice(file.length + 2) : why;

function tiles(
  { total, all, left, flapping: turned, runs }: History,
  words: Words,
  language: Language,
): Html {
  const said = words.history;
  const number = (count: number) => count.toLocaleString(language);
  const tile = (kind: string, value: string, name: string, more: string) =>
    html`<div class="tile ${kind}"><strong>${value}</strong><span>${name}</span><small>${more}</small></div>`;
  const age = (one: Age | undefined) => (one ? said.age(one) : '–');
  const last = all.points.at(-1);
  return html`<div class="tiles">
${tile('fail', number(total.open - total.waived), said.open, said.openAbout(last?.judged ?? 0, total.waived, last?.carried ?? 0))}
${tile('pass', number(total.fixed), said.fixed, said.fixedAbout(day(runs[0]?.at ?? 0), all.began))}
${tile('', age(total.toFix), said.toFix, said.toFixAbout)}
${tile('', age(total.age), said.openAge, total.oldest ? said.oldest(age(total.oldest)) : '')}
${tile('waived', number(turned.count), said.flapping, said.flappingAbout(FLAPPING))}
${left > 0 && tile('unknown', number(left), said.left, said.leftAbout)}
</div>`;
}

function trends(history: History, words: Words): Html {
  const said = words.history;
  const share = ({ failing, judged }: { readonly failing: number; readonly judged: number }) =>
    judged === 0 ? 0 : failing / judged;
  const shares = (one: Trend) => one.points.flatMap((point) => (point ? [share(point)] : []));
  const ofDomains = niceMost([...history.domains.values()].flatMap(shares));
  const isApart = [history.all, ...history.domains.values()].some(({ points }) =>
    points.some((point) => point?.isApart),
  );
  const times = [history.runs[0]?.at ?? 0, history.runs.at(-1)?.at ?? 0] as const;
  const card = (name: string, one: Trend, most: number, kind = '') => {
    const points = one.points.flatMap((point, at): TrendPoint[] => {
      const time = history.runs[at]?.at ?? 0;
      if (!point) return [];
      const title = `${day(time)}: ${said.failingOf(point.failing, point.judged)}`;
      return [{ at: time, share: share(point), title, isApart: point.isApart }];
    });
    const last = one.points.at(-1);
    const [start, end] = [points[0]?.title ?? '', points.at(-1)?.title ?? ''];
    return html`<article class="domain${kind}">
<h3>${name}</h3>
<p class="score">${last && [html`<strong>${last.failing.toLocaleString('en')}</strong>`, ' ', html`<span>${said.ofJudged(last.judged)}</span>`]}</p>
<figure class="plot"><span class="most" aria-hidden="true">${said.percent(most)}</span>${trend(points, most, times, `${name}. ${start}. ${end}.`)}<figcaption aria-hidden="true"><span>${day(times[0])}</span><span>${day(times[1])}</span></figcaption></figure>
<p class="legend"><span class="key pass">${said.passNow(one.fixed)}</span><span class="key fail">${said.failNow(one.began)}</span></p>
</article>`;
  };
  return html`<h2>${said.trends}</h2>
<p class="about">${said.trendsAbout}${isApart && ` ${said.apart}`}</p>
<div class="domains trends">${card(said.all, history.all, niceMost(shares(history.all)), ' every')}${[...history.domains].map(([domain, one]) => card(words.domains[domain], one, ofDomains))}</div>`;
}

function times({ severities, total }: History, words: Words, language: Language): Html {
  const said = words.history;
  const age = (one: Age | undefined): Part => (one ? said.age(one) : html`<span class="zero">–</span>`);
  const number = (count: number): Part =>
    count === 0 ? html`<span class="zero">0</span>` : count.toLocaleString(language);
  const row = (name: Part, one: Times) => [
    name,
    number(one.fixed),
    age(one.toFix),
    number(one.open - one.waived),
    number(one.waived),
    age(one.age),
    age(one.oldest),
  ];
  const rows = [
    ...SEVERITIES.map((one) => row(severityChip(one, words), severities.get(one) ?? NONE)),
    row(html`<strong>${words.columns.total}</strong>`, total),
  ];
  const heads = [
    { head: words.columns.severity },
    ...[said.fixed, said.toFix, said.open, words.state.waived, said.openAge, said.oldestOne].map((head) => ({
      head,
      isNumber: true as const,
    })),
  ];
  return html`<h2>${said.times}</h2>
<p class="about">${said.timesAbout}</p>
${table(said.times, heads, rows)}`;
}

const NONE: Times = { fixed: 0, open: 0, waived: 0 };

/** Whose it is: the first columns of a list of resources. */
const heads = ({ columns }: Words) => [
  { head: columns.resource, kind: 'wide' },
  ...[columns.severity, columns.rule, columns.place].map((head) => ({ head })),
];
const cells = (
  { resourceName, resourceId, severity, rule, accountId, region }: Track,
  words: Words,
): Part[] => [
  html`<span class="name">${printable(resourceName || resourceId)}</span>`,
  severityChip(severity, words),
  html`<code>${printable(rule)}</code>`,
  printable(`${accountId} ${region}`),
];

function openLongest({ open }: History, words: Words): Html {
  const said = words.history;
  if (open.length === 0) return html`<h2>${said.longest}</h2><p class="about">${said.noneOpen}</p>`;
  const rows = open
    .slice(0, 10)
    .map(({ track, since, age, isUnknown }: OpenTrack) => [
      ...cells(track, words),
      utc(new Date(since)),
      html`${said.age(age)}${isUnknown && html`<br>${stateChip('unknown', words)}`}`,
    ]);
  const columns = [...heads(words), { head: said.since }, { head: said.openFor, isNumber: true as const }];
  return html`<h2>${said.longest}</h2>
<p class="about">${said.longestAbout}</p>
${table(said.longest, columns, rows)}`;
}

const STATUS: Readonly<Record<State, Status | undefined>> = {
  [STATE.absent]: undefined,
  [STATE.notApplicable]: 'notApplicable',
  [STATE.pass]: 'pass',
  [STATE.unknown]: 'unknown',
  [STATE.waived]: 'waived',
  [STATE.fail]: 'fail',
};

function flapping({ flapping: { count, shown } }: History, words: Words): Html {
  const said = words.history;
  if (count === 0) {
    return html`<h2>${said.flapping}</h2><p class="about">${said.noneFlapping(FLAPPING)}</p>`;
  }
  const rows = shown.map(({ track, turns, state }) => {
    const status = STATUS[state];
    return [...cells(track, words), turns, status ? stateChip(status, words) : words.compared.ABSENT];
  });
  const columns = [
    ...heads(words),
    { head: said.turns, isNumber: true as const },
    { head: words.columns.is },
  ];
  const more = count - shown.length;
  return html`<h2>${said.flapping} <span class="count">${count}</span></h2>
<p class="about">${said.flappingWhole(FLAPPING)}</p>
${table(said.flapping, columns, rows)}${more > 0 && html`<p class="about">${words.more(more)}</p>`}`;
}

/** The numbers that the charts are drawn from, the newest first. */
function runsTable({ runs, all, domains }: History, words: Words): Html {
  const said = words.history;
  const trends = [all, ...domains.values()];
  const rows = runs
    .map(({ at }, index) => [
      utc(new Date(at)),
      ...trends.map(({ points }) => {
        const point = points[index];
        if (!point) return html`<span class="zero">–</span>`;
        return html`<b>${point.failing}</b> / ${point.judged}`;
      }),
    ])
    .reverse()
    .slice(0, MOST);
  const columns = [
    { head: said.run },
    ...[said.all, ...[...domains.keys()].map((domain) => words.domains[domain])].map((head) => ({
      head,
      isNumber: true as const,
    })),
  ];
  const more = runs.length - rows.length;
  return html`<details class="runs"><summary>${said.numbers}</summary>
<p class="about">${said.numbersAbout}</p>
${table(said.numbers, columns, rows)}${more > 0 && html`<p class="about">${words.more(more)}</p>`}
</details>`;
}
