import { CHANGES, type Change, type Difference } from '../../../compare.ts';
import { printable } from '../../../printable.ts';
import { type Html, html } from '../escape.ts';
import { nameOf } from '../tally.ts';
import type { Words } from '../words.ts';
import { severityChip } from './marks.ts';
import { table } from './table.ts';

/** The most rows of one kind: all of them are in what `compare` prints. */
const MOST = 50;

export interface Changes {
  /** The file of the earlier results, as messages call it. */
  readonly file: string;
  readonly differences: readonly Difference[];
}

/** What differs from the earlier results. Without them the section says so. */
export function changesSection(changes: Changes | undefined, words: Words): Html {
  return html`<section id="changes" class="inner" aria-labelledby="changes-head">
<h2 id="changes-head" class="big">${words.sections.changes}</h2>
${changes ? since(changes, words) : html`<p class="about">${words.noBaseline}</p>`}
</section>`;
}

function since({ file, differences }: Changes, words: Words): Html {
  const of = (wanted: Change) => differences.filter(({ change }) => change === wanted);
  const tiles = CHANGES.map(
    (change) =>
      html`<div class="tile change-${change}"><strong>${of(change).length.toLocaleString('en')}</strong><span>${words.change[change]}</span><small>${words.changeAbout[change]}</small></div>`,
  );
  const shown = CHANGES.filter((change) => change !== 'still' && of(change).length > 0);
  return html`<p class="about">${printable(words.changesSince(file))}</p>
<div class="tiles">${tiles}</div>
${
  shown.length === 0
    ? html`<div class="empty"><strong>${words.noChanges}</strong></div>`
    : shown.map((change) => group(change, of(change), words))
}`;
}

function group(change: Change, differences: readonly Difference[], words: Words): Html {
  const rows = differences
    .slice(0, MOST)
    .map(({ subject, severity, was, is }) => [
      html`<span class="name">${nameOf(subject)}</span>`,
      severityChip(severity, words),
      html`<code>${subject.rule}</code>`,
      printable(`${subject.accountId} ${subject.region}`),
      words.compared[was],
      words.compared[is],
    ]);
  const more = differences.length - rows.length;
  const { columns } = words;
  const heads = [
    { head: columns.resource, kind: 'wide' },
    ...[columns.severity, columns.rule, columns.place, columns.was, columns.is].map((head) => ({ head })),
  ];
  return html`<h3>${words.change[change]} <span class="count">${differences.length.toLocaleString('en')}</span></h3>
${table(words.change[change], heads, rows)}
${more > 0 && html`<p class="about">${words.more(more)}</p>`}`;
}
