import type { ClientWords } from '../words.ts';
import type { Item } from './data.ts';
import { el } from './dom.ts';
import { SORTS, type SortBy } from './filter.ts';
import { severityMark, statusMark } from './marks.ts';

/** Rows beyond the edges that are there already. */
const BEYOND = 8;
/** Browsers draw no element that is much taller: beyond it, the scroll bar goes in larger steps than rows. */
const TALLEST = 12_000_000;

export interface GridOptions {
  readonly words: ClientWords;
  item(row: number): Item;
  open(row: number): void;
  sort(by: SortBy): void;
}

/** A table of which only the rows in sight are elements. */
export class Grid {
  readonly element: HTMLElement;
  private readonly options: GridOptions;
  private readonly scroller = el('div', { class: 'scroller' });
  private readonly body = el('div', { role: 'rowgroup', class: 'rows' });
  private readonly head = el('div', { role: 'row', class: 'row head' });
  private readonly empty: HTMLElement;
  private rows: Uint32Array = new Uint32Array();
  private height = 64;
  /** The row that has, or had, the focus. */
  private active = 0;

  constructor(options: GridOptions) {
    this.options = options;
    const { columns } = options.words;
    for (const by of SORTS) {
      const button = el('button', { type: 'button', 'data-sort': by }, columns[by]);
      button.addEventListener('click', () => options.sort(by));
      this.head.append(el('div', { role: 'columnheader', class: by }, button));
    }
    this.empty = el('p', { class: 'nothing', hidden: true }, options.words.nothing);
    const table = el(
      'div',
      { role: 'table', 'aria-labelledby': 'findings-head', 'aria-describedby': 'keys', class: 'grid' },
      el('div', { role: 'rowgroup' }, this.head),
      this.body,
    );
    this.scroller.append(table);
    this.element = el('div', { class: 'frame' }, this.scroller, this.empty);
    this.scroller.addEventListener('scroll', () => this.draw(), { passive: true });
    this.body.addEventListener('click', (event) => this.clicked(event));
    this.body.addEventListener('keydown', (event) => this.pressed(event));
    this.body.addEventListener('focusin', (event) => {
      const at = (event.target as HTMLElement).closest<HTMLElement>('[data-at]')?.dataset.at;
      if (at !== undefined) this.active = Number(at);
    });
    new ResizeObserver(() => this.measure()).observe(this.scroller);
  }

  /** Which row is at this place of the order; `undefined` beyond its ends. */
  at(place: number): number | undefined {
    return this.rows[place];
  }

  show(rows: Uint32Array, sort: SortBy, isDescending: boolean): void {
    this.rows = rows;
    this.active = 0;
    this.scroller.scrollTop = 0;
    this.empty.hidden = rows.length > 0;
    this.scroller.hidden = rows.length === 0;
    this.scroller.querySelector('.grid')?.setAttribute('aria-rowcount', String(rows.length + 1));
    for (const cell of this.head.children) {
      const isSorted = cell.classList.contains(sort);
      if (isSorted) cell.setAttribute('aria-sort', isDescending ? 'descending' : 'ascending');
      else cell.removeAttribute('aria-sort');
    }
    this.measure();
  }

  /** Puts the focus on a place of the order, wherever that is. */
  focus(place: number): void {
    this.active = Math.max(0, Math.min(this.rows.length - 1, place));
    const top = this.active * this.height * this.scale();
    const { scrollTop } = this.scroller;
    const room = this.scroller.clientHeight - this.head.offsetHeight;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + this.height > scrollTop + room) this.scroller.scrollTop = top + this.height - room;
    this.draw();
    this.body.querySelector<HTMLElement>(`[data-at="${this.active}"] button`)?.focus({ preventScroll: true });
  }

  private measure(): void {
    const probe = el('div', { class: 'row' });
    this.body.append(probe);
    this.height = probe.offsetHeight || this.height;
    probe.remove();
    this.draw();
  }

  /** How much of a row's height a row has on the scroll bar. */
  private scale(): number {
    return Math.min(1, TALLEST / Math.max(1, this.rows.length * this.height));
  }

  private draw(): void {
    const { height, rows } = this;
    const scale = this.scale();
    const hadFocus = this.body.contains(document.activeElement);
    const { scrollTop } = this.scroller;
    const first = Math.max(0, Math.floor(scrollTop / (height * scale)) - BEYOND);
    const inSight = Math.ceil(this.scroller.clientHeight / height) + 2 * BEYOND;
    const last = Math.min(rows.length, first + inSight);
    this.body.style.height = `${Math.ceil(rows.length * height * scale)}px`;
    const drawn: HTMLElement[] = [];
    for (let place = first; place < last; place++) {
      const row = this.row(place);
      const offset = (place - scrollTop / (height * scale)) * height;
      row.style.transform = `translateY(${Math.round(scale < 1 ? scrollTop + offset : place * height)}px)`;
      drawn.push(row);
    }
    this.body.replaceChildren(...drawn);
    if (!hadFocus) return;
    const focused = this.body.querySelector<HTMLElement>(`[data-at="${this.active}"] button`);
    focused?.focus({ preventScroll: true });
  }

  private row(place: number): HTMLElement {
    const { words } = this.options;
    const item = this.options.item(this.rows[place] as number);
    const why = item.more.why?.join('; ') ?? '';
    const button = el(
      'button',
      { type: 'button', class: 'open', tabindex: place === this.active ? 0 : -1, title: item.id },
      item.name,
    );
    const cell = (kind: string, ...children: Parameters<typeof el>[2][]) =>
      el('div', { role: 'cell', class: kind }, ...children);
    return el(
      'div',
      { role: 'row', class: `row ${item.status}`, 'aria-rowindex': place + 2, 'data-at': place },
      cell('severity', severityMark(item.severity, words)),
      cell(
        'status',
        statusMark(item.status, words),
        item.change && el('span', { class: `chip change ${item.change}` }, words.change[item.change]),
      ),
      cell('resource', button, el('span', { class: 'why', title: why }, why)),
      cell('rule', el('code', {}, item.rule.id), el('span', { class: 'soft' }, item.rule.title)),
      cell(
        'place',
        el('span', {}, item.account),
        el(
          'span',
          { class: 'soft', ...(item.more.location && { title: item.more.location }) },
          item.more.location ?? (item.region === 'global' ? words.global : item.region),
        ),
      ),
    );
  }

  private clicked(event: Event): void {
    const target = event.target as HTMLElement;
    const at = target.closest<HTMLElement>('[data-at]')?.dataset.at;
    if (at === undefined || String(getSelection()) !== '') return;
    this.active = Number(at);
    this.options.open(this.active);
  }

  private pressed(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.height) - 1);
    const to: Readonly<Record<string, number>> = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      PageDown: this.active + page,
      PageUp: this.active - page,
      Home: 0,
      End: this.rows.length - 1,
    };
    const place = to[event.key];
    if (place === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.focus(place);
  }
}
