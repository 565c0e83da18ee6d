import { FRAMEWORKS } from '../../../../catalogue/index.ts';
import { printable } from '../../../printable.ts';
import { type Header, SEVERITIES, type Summary } from '../../../result.ts';
import { bar, ring } from '../charts.ts';
import { type Html, html, type Part } from '../escape.ts';
import {
  domainScores,
  frameworkScores,
  headlineOf,
  type Judged,
  judgedIn,
  NOT_JUDGED,
  notJudgedIn,
  type Score,
  scoreOf,
} from '../scores.ts';
import type { Tally } from '../tally.ts';
import type { Words } from '../words.ts';
import { stateChip, utc } from './marks.ts';
import { table } from './table.ts';

export interface Overview {
  readonly header: Header;
  readonly summary: Summary;
  readonly tally: Tally;
  readonly judged: readonly Judged[];
}

/** The headline, what was judged, and the scores. */
export function overview({ header, tally, judged }: Overview, words: Words): Html {
  const numbers = headlineOf(judged);
  const rest = words.rest(numbers);
  const score = scoreOf(judged);
  return html`<section id="overview" class="inner" aria-labelledby="headline">
${header.sample && html`<p class="banner">${words.sample}</p>`}
<div class="hero">
<div>
<p class="eyebrow">${words.title}</p>
<h1 id="headline">${words.headline(numbers)}.</h1>
${rest.length > 0 && html`<ul class="rest">${rest.map((one) => html`<li>${one}</li>`)}</ul>`}
</div>
<figure class="whole">${ring(segments(score), barLabel(score, words))}<figcaption><strong>${percent(score)}</strong><span>${judgedIn(score) === 0 ? words.noScore : words.scoreOf(score.pass, judgedIn(score))}</span></figcaption></figure>
</div>
${facts(header, words)}
${openFindings(tally, words)}
<h2>${words.scores.domains}</h2>
<p class="about">${words.scores.domainsAbout}</p>
<div class="domains">${domainScores(judged).map(([domain, one]) => domainCard(words.domains[domain], one, words))}</div>
<h2>${words.scores.types}</h2>
<p class="about">${words.scores.typesAbout}</p>
${types(tally, words)}
<h2>${words.scores.frameworks}</h2>
<p class="about">${words.scores.frameworksAbout}</p>
${frameworks(judged, words)}
</section>`;
}

const segments = ({ pass, fail, waived }: Score) => [
  { kind: 'pass', value: pass },
  { kind: 'waived', value: waived },
  { kind: 'fail', value: fail },
];

const barLabel = (score: Score, words: Words): string =>
  words.barLabel(score.pass, score.waived, score.fail, notJudgedIn(score));

const percent = (score: Score): string =>
  judgedIn(score) === 0 ? '–' : `${Math.floor((score.pass / judgedIn(score)) * 100)}%`;

const scoreText = (score: Score, words: Words): Html =>
  judgedIn(score) === 0
    ? html`<span class="none">${words.noScore}</span>`
    : html`<strong>${percent(score)}</strong> <span>${words.scoreOf(score.pass, judgedIn(score))}</span>`;

/** `AWS managed rules 6, could not tell 1` */
function notJudgedText({ notJudged }: Score, words: Words): Part {
  const parts = NOT_JUDGED.flatMap((why) => {
    const count = notJudged[why];
    return count ? [html`<li>${words.notJudged[why]} <b>${count}</b></li>`] : [];
  });
  return parts.length > 0 ? html`<ul class="reasons">${parts}</ul>` : words.allJudged;
}

const domainCard = (name: string, score: Score, words: Words): Html => html`<article class="domain">
<h3>${name}</h3>
<p class="score">${scoreText(score, words)}</p>
${bar([...segments(score)], judgedIn(score) + notJudgedIn(score), barLabel(score, words))}
<p class="legend">${legend(score, words)}</p>
<div class="rest">${notJudgedText(score, words)}</div>
</article>`;

/** What the bar shows, in words. */
function legend(score: Score, words: Words): Part {
  const parts = (['pass', 'waived', 'fail'] as const).filter((kind) => score[kind] > 0);
  return parts.map((kind) => html`<span class="key ${kind}">${words.tally[kind](score[kind])}</span>`);
}

function facts({ accountIds, now, generatedAt, rules, settings, inputs = [] }: Header, words: Words): Html {
  const fact = (name: string, value: Part) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const sources = [...new Set(inputs.map(({ source }) => source ?? words.live))];
  return html`<dl class="facts">
${fact(accountIds.length === 1 ? words.account : words.accounts(accountIds.length), list(accountIds, words))}
${fact(words.asOf, now ? utc(now) : words.severalTimes)}
${fact(words.generated, utc(generatedAt))}
${fact(words.rules, rules.length)}
${sources.length > 0 && fact(words.inputs, list(sources, words))}
${fact(
  words.settings,
  settings
    ? printable(words.settingsText(settings.file, settings.homeRegion, settings.regions.join(', ')))
    : words.noSettings,
)}
</dl>`;
}

/** The first few of many. */
function list(values: readonly string[], words: Words, most = 4): string {
  const more = values.length - most;
  const shown = values.slice(0, most).map((one) => printable(one));
  return `${shown.join(', ')}${more > 0 ? `, ${words.more(more)}` : ''}`;
}

function openFindings({ total, types }: Tally, words: Words): Html {
  const count = (severity: (typeof SEVERITIES)[number]) =>
    [...types.values()].reduce((sum, one) => sum + (one[severity] ?? 0), 0);
  const tile = (kind: string, number: number, name: string, filter: string) =>
    html`<a class="tile ${kind}" href="#findings" data-show="${filter}"><strong>${number.toLocaleString('en')}</strong><span>${name}</span></a>`;
  return html`<h2>${words.findingsOpen}</h2>
<div class="tiles">
${SEVERITIES.map((one) => tile(one.toLowerCase(), count(one), words.client.severity[one], `fail ${one}`))}
${tile('unknown', total.unknown, words.client.status.unknown, 'unknown')}
${tile('waived', total.waived, words.client.status.waived, 'waived')}
${tile('pass', total.pass, words.client.status.pass, 'pass')}
</div>`;
}

function types({ total, types: all }: Tally, words: Words): Html {
  if (all.size === 0) {
    const isIdle = total.pass + total.waived + total.notApplicable + total.unknown === 0;
    return html`<div class="empty"><strong>${isIdle ? words.nothingJudged : words.nothingFails}</strong><p>${isIdle ? words.nothingJudgedAbout : words.nothingFailsAbout}</p></div>`;
  }
  const sum = (one: object) => Object.values(one).reduce((whole: number, part: number) => whole + part, 0);
  const rows = [...all].sort(
    ([name, one], [other, two]) =>
      SEVERITIES.map((severity) => (two[severity] ?? 0) - (one[severity] ?? 0)).find((less) => less !== 0) ??
      (name < other ? -1 : 1),
  );
  const most = Math.max(...rows.map(([, one]) => sum(one)));
  return table(
    words.scores.types,
    [
      { head: words.columns.type },
      { head: words.scores.typesAbout, kind: 'chart' },
      ...SEVERITIES.map((one) => ({ head: words.client.severity[one], isNumber: true as const })),
      { head: words.columns.total, isNumber: true },
    ],
    rows.map(([name, one]) => {
      const counts = SEVERITIES.map((severity) => one[severity] ?? 0);
      const label = SEVERITIES.map((severity, at) => `${words.client.severity[severity]} ${counts[at]}`);
      const parts = SEVERITIES.map((severity, at) => ({
        kind: severity.toLowerCase(),
        value: counts[at] as number,
      }));
      return [
        html`<code>${printable(name)}</code>`,
        bar(parts, most, label.join(', ')),
        ...counts.map((count) => (count === 0 ? html`<span class="zero">0</span>` : count)),
        html`<strong>${sum(one)}</strong>`,
      ];
    }),
  );
}

function frameworks(judged: readonly Judged[], words: Words): Html {
  const rows = frameworkScores(judged).map(({ framework, score, requirements }) => {
    const each = requirements.map(
      ({ id, state, controls }) =>
        html`<li><code>${id}</code> ${stateChip(state, words)} <span>${controls.map(({ control }) => control.id).join(', ')}</span></li>`,
    );
    return [
      html`<details><summary><span>${framework}</span><small>${FRAMEWORKS[framework]}</small></summary><ul class="requirements">${each}</ul></details>`,
      scoreText(score, words),
      bar([...segments(score)], judgedIn(score) + notJudgedIn(score), barLabel(score, words)),
      notJudgedText(score, words),
    ];
  });
  return table(
    words.scores.frameworks,
    [
      { head: words.columns.framework, kind: 'wide' },
      { head: words.columns.score, kind: 'score' },
      { head: words.scores.frameworks, kind: 'chart' },
      { head: words.columns.notJudged },
    ],
    rows,
  );
}
