import { DOMAINS } from '../../../../catalogue/index.ts';
import { subjectText } from '../../../../waivers/text.ts';
import { printable } from '../../../printable.ts';
import { accountOf, type Result, SEVERITIES, type WaiversSummary } from '../../../result.ts';
import { type Html, html } from '../escape.ts';
import { STATUSES } from '../model.ts';
import { nameOf } from '../tally.ts';
import type { Words } from '../words.ts';
import { severityChip } from './marks.ts';
import { table } from './table.ts';

export interface Worst {
  readonly shown: readonly Result[];
  readonly count: number;
  /** Why a result is as it is, in the language of the report. */
  readonly whyOf: (result: Result) => readonly string[];
}

/** The place of the table that the client fills, and what is there where no script runs. */
export function findingsSection(worst: Worst, words: Words): Html {
  return html`<section id="findings" class="inner" aria-labelledby="findings-head">
<h2 id="findings-head" class="big">${words.sections.findings}</h2>
<div id="explorer" hidden>
<p class="about keys" id="keys">${words.findingsAbout}</p>
${filters(words)}
<div class="bar-of-table"><p id="shown" role="status"></p><button type="button" id="clear" class="plain">${words.client.clear}</button></div>
<div id="grid"></div>
</div>
<div id="printed"></div>
<noscript>${staticTable(worst, words)}</noscript>
</section>
<dialog id="panel" aria-labelledby="panel-head"></dialog>`;
}

function filters(words: Words): Html {
  const toggle = (kind: string, value: string, name: string) =>
    html`<button type="button" class="toggle ${value.toLowerCase()}" data-${kind}="${value}" aria-pressed="false">${name}<span class="number" data-count></span></button>`;
  const select = (name: keyof Words['client']['any']) =>
    html`<label class="unseen" for="by-${name}">${words.client.any[name]}</label><select id="by-${name}" data-by="${name}"><option value="">${words.client.any[name]}</option>${name === 'domain' && DOMAINS.map((domain) => html`<option value="${domain}">${words.domains[domain]}</option>`)}</select>`;
  return html`<form id="filters" role="search" aria-label="${words.filters.label}">
<div class="search"><label class="unseen" for="text">${words.filters.search}</label><input id="text" type="search" placeholder="${words.filters.placeholder}" autocomplete="off" spellcheck="false"></div>
<div class="toggles" role="group" aria-label="${words.filters.status}">${STATUSES.map((one) => toggle('status', one, words.client.status[one]))}</div>
<div class="toggles" role="group" aria-label="${words.filters.severity}">${SEVERITIES.map((one) => toggle('severity', one, words.client.severity[one]))}</div>
<div class="selects">${(['domain', 'rule', 'account', 'region', 'type'] as const).map(select)}</div>
</form>`;
}

function staticTable({ shown, count, whyOf }: Worst, words: Words): Html {
  if (count === 0) {
    return html`<div class="empty"><strong>${words.nothingFails}</strong><p>${words.nothingFailsAbout}</p></div>`;
  }
  const { columns } = words;
  const rows = shown.map((result) => [
    html`<span class="name">${nameOf(result)}</span>`,
    severityChip(result.severity, words),
    html`<code>${result.rule}</code>`,
    printable(`${accountOf(result)} ${result.region}`),
    html`${whyOf(result).join('; ')}${result.fix !== null && html`<br><code>${result.fix}</code>`}`,
  ]);
  const heads = [
    { head: columns.resource, kind: 'wide' },
    ...[columns.severity, columns.rule, columns.place].map((head) => ({ head })),
    { head: columns.why, kind: 'wide' },
  ];
  const more = count - shown.length;
  return html`${table(words.printTitle, heads, rows)}${more > 0 && html`<p class="about">${words.more(more)}</p>`}`;
}

/** The waivers that somebody has to look at; nothing where there are none. */
export function waiversSection(waivers: WaiversSummary | null, words: Words): Html | undefined {
  const kinds = (['expired', 'expiring', 'unused', 'undecided'] as const).filter(
    (kind) => waivers && waivers[kind].length > 0,
  );
  if (!waivers || kinds.length === 0) return undefined;
  const list = kinds.map((kind) => {
    const each = waivers[kind].map(
      ({ line, rule, resource, tag, until, ticket, owner }) =>
        html`<li><code>${rule}</code> <span class="name">${printable(subjectText({ resource, tag }, words.tag))}</span> <span>${printable(words.waiverText(until, ticket, owner))}</span> <span class="soft">${printable(`${waivers.file}:${line}`)}</span></li>`,
    );
    return html`<h3>${words.waiverKinds[kind]} <span class="count">${waivers[kind].length}</span></h3><ul class="waivers">${each}</ul>`;
  });
  return html`<section id="waivers" class="inner" aria-labelledby="waivers-head">
<h2 id="waivers-head" class="big">${words.sections.waivers}</h2>
<p class="about">${words.waiversAbout}</p>
${list}
</section>`;
}
