import type { ClientWords } from '../words.ts';
import type { Item } from './data.ts';
import { type Child, el, filled } from './dom.ts';
import { severityMark, statusMark } from './marks.ts';

/** More rows than this nobody reads on paper. */
const MOST = 2_000;

export interface Printed {
  readonly words: ClientWords;
  readonly rows: () => Uint32Array;
  readonly all: number;
  item(row: number): Item;
}

/** Puts the rows that the filters show onto the paper, a rule at a time, and opens what is folded. */
export function startPrint(place: HTMLElement, printed: Printed): void {
  let opened: HTMLDetailsElement[] = [];
  const before = () => {
    place.replaceChildren(...contentOf(printed));
    const folded = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')];
    for (const one of folded) one.open = true;
    opened = [...opened, ...folded];
  };
  const after = () => {
    place.replaceChildren();
    for (const one of opened) one.open = false;
    opened = [];
  };
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  matchMedia('print').addEventListener('change', ({ matches }) => (matches ? before() : after()));
}

function contentOf({ words, rows, all, item }: Printed): HTMLElement[] {
  const shown = rows();
  const groups = new Map<string, Item[]>();
  for (const row of shown.subarray(0, MOST)) {
    const one = item(row);
    groups.set(one.rule.id, [...(groups.get(one.rule.id) ?? []), one]);
  }
  const more = shown.length - MOST;
  return [
    el('p', { class: 'about' }, filled(words.printed, { shown: shown.length, all })),
    ...[...groups.values()].map((items) => groupOf(items, words)),
    ...(more > 0 ? [el('p', {}, filled(words.printedMore, { count: more }))] : []),
  ];
}

function groupOf(items: readonly Item[], words: ClientWords): HTMLElement {
  const [{ rule }] = items as [Item];
  const hasFailure = items.some(({ status }) => status === 'fail' || status === 'waived');
  const fix: Child[] =
    hasFailure && rule.fix
      ? [
          el('p', {}, el('b', {}, `${words.fix}: `), rule.fix.changes),
          el('p', {}, el('b', {}, `${words.breaks}: `), rule.fix.breaks),
          el('p', {}, el('b', {}, `${words.undo}: `), rule.fix.undo),
        ]
      : [];
  return el(
    'section',
    { class: 'printed-rule' },
    el('h3', {}, rule.title, ' ', el('code', {}, rule.id)),
    ...fix,
    el('ul', { class: 'printed-items' }, ...items.map((item) => itemOf(item, words))),
  );
}

function itemOf(item: Item, words: ClientWords): HTMLElement {
  const { more } = item;
  return el(
    'li',
    {},
    severityMark(item.severity, words),
    ' ',
    statusMark(item.status, words),
    ' ',
    el('b', {}, item.name),
    item.name !== item.id && ` (${item.id})`,
    `, ${item.account} ${more.location ?? item.region}`,
    more.why && el('p', {}, more.why.join('; ')),
    more.waivers &&
      el('p', {}, ...more.waivers.map((one) => `${filled(words.waivedUntil, one)}: ${one.reason} `)),
    more.fix && el('p', {}, el('code', {}, more.fix)),
  );
}
