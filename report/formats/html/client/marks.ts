import type { ClientWords } from '../words.ts';
import type { Item } from './data.ts';
import { el } from './dom.ts';

export const severityMark = (severity: Item['severity'], words: ClientWords): HTMLElement =>
  el('span', { class: `chip severity ${severity.toLowerCase()}` }, words.severity[severity]);

export const statusMark = (status: Item['status'], words: ClientWords): HTMLElement =>
  el('span', { class: `chip state ${status}` }, words.status[status]);
