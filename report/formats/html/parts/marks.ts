import type { Severity } from '../../../../rules/rule.ts';
import { type Html, html } from '../escape.ts';
import type { ControlState } from '../scores.ts';
import type { Words } from '../words.ts';

/** A verdict: its word, and a sign beside it, so that colour says nothing alone. */
export const stateChip = (state: ControlState, words: Words): Html =>
  html`<span class="chip state ${state}">${words.state[state]}</span>`;

export const severityChip = (severity: Severity, words: Words): Html =>
  html`<span class="chip severity ${severity.toLowerCase()}">${words.client.severity[severity]}</span>`;

/** `2026-11-20 09:00 UTC` */
export const utc = (time: Date): Html => {
  const iso = time.toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`;
};
