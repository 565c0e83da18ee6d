import { DOMAINS } from '../../../../catalogue/index.ts';
import { rules } from '../../../../rules/index.ts';
import type { Language } from '../../../language.ts';
import { printable } from '../../../printable.ts';
import type { Header } from '../../../result.ts';
import { type Html, html, type Part } from '../escape.ts';
import { STATUSES } from '../model.ts';
import { type Judged, judgedIn, notJudgedIn, scoreOf } from '../scores.ts';
import type { Words } from '../words.ts';
import { severityChip, stateChip } from './marks.ts';
import { table } from './table.ts';

/** The appendix: every control, its verdict, and what that rests on. */
export function controlsSection(
  judged: readonly Judged[],
  header: Header,
  words: Words,
  language: Language,
): Html {
  const { columns } = words;
  const heads = [
    { head: columns.control, kind: 'wide' },
    { head: columns.severity },
    { head: columns.verdict },
    { head: columns.evidence, kind: 'wide' },
    { head: columns.parameters },
    { head: columns.how, kind: 'wide' },
  ];
  const groups = DOMAINS.map((domain) => {
    const own = judged.filter(({ control }) => control.domain === domain);
    const score = scoreOf(own);
    const rows = own.map((one) => row(one, header, words, language));
    return html`<h3>${words.domains[domain]} <span class="count">${words.barLabel(score.pass, score.waived, score.fail, notJudgedIn(score))}</span></h3>
${table(words.domains[domain], heads, rows)}`;
  });
  return html`<section id="controls" class="inner" aria-labelledby="controls-head">
<h2 id="controls-head" class="big">${words.sections.controls} <span class="count">${judgedIn(scoreOf(judged))} / ${judged.length}</span></h2>
<p class="about">${words.controlsAbout}</p>
${groups}
</section>`;
}

function row(one: Judged, header: Header, words: Words, language: Language): readonly Part[] {
  const { control } = one;
  return [
    html`<span class="name">${control.title[language]}</span><code>${control.id}</code>`,
    severityChip(control.severity, words),
    stateChip(one.state, words),
    evidence(one, words),
    parameters(one, header, words),
    howRead(one, words, language),
  ];
}

function evidence({ control, tally, why }: Judged, words: Words): Part {
  if (tally) {
    const { counts } = tally;
    const said = STATUSES.flatMap((one) => (counts[one] > 0 ? [words.tally[one](counts[one])] : []));
    const more = counts.fail - tally.failing.length;
    const names = tally.failing.map((name) => html`<li class="name">${name}</li>`);
    const rest = more > 0 && html`<li class="soft">${words.more(more)}</li>`;
    return html`${said.join(', ')}${names.length > 0 && html`<ul class="failing">${names}${rest}</ul>`}`;
  }
  if (control.kind === 'process-check') {
    return html`${words.attestation(control.reviewEveryDays, control.id)}${control.evidence && html`<br><span class="soft">${control.evidence}</span>`}`;
  }
  if (control.kind === 'managed') return words.managed(control.identifier, `groundrules-${control.domain}`);
  return why === 'planned' ? words.planned : words.leftOut;
}

/** What the rule was run with; of an AWS managed rule, what its pack gives it. */
function parameters({ control, tally }: Judged, header: Header, words: Words): Part {
  if (control.kind === 'process-check') return '–';
  const run = control.kind === 'custom' && tally ? header.parameters?.[control.rule] : undefined;
  const given = Object.entries(run ?? (control.kind === 'managed' ? (control.parameters ?? {}) : {}));
  if (given.length === 0) return words.defaults;
  const groups = control.kind === 'custom' && tally ? (header.settings?.groups ?? []) : [];
  const ofGroups = (name: string, value: string) =>
    groups.flatMap(({ name: group, parameters }) => {
      const own = control.kind === 'custom' ? parameters[control.rule]?.[name] : undefined;
      return own === undefined || own === value ? [] : [html`; ${printable(group)}: ${shown(own)}`];
    });
  return html`<ul class="parameters">${given.map(
    ([name, value]) => html`<li><code>${name}</code> ${shown(value)}${ofGroups(name, value)}</li>`,
  )}</ul>`;
}

const shown = (value: string): Part => (value === '' ? '–' : html`<code>${printable(value)}</code>`);

function howRead({ control, tally }: Judged, words: Words, language: Language): Part {
  const off = control.off && html`<p class="soft">${words.off}: ${control.off[language]}</p>`;
  if (control.kind === 'process-check') return html`${words.byPeople}${off}`;
  const rule = control.kind === 'custom' ? rules.find(({ id }) => id === control.rule) : undefined;
  if (!rule) return html`${words.managedReads}${off}`;
  const apis = [
    ...new Map(
      rule.reads.map(({ service, api }) => [`${service.name}:${api}`, [service.name, api]]),
    ).entries(),
  ].sort();
  const items = apis.map(([, [service, api]]) => html`<li><code>${service}:<wbr>${api}</code></li>`);
  return html`${tally && html`<span class="soft">${words.readBy}</span>`}<ul class="apis">${items}</ul>${off}`;
}
