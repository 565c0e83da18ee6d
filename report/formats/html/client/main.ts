/** The page's script: the table of findings, its filters, what one finding says, colours and paper. */
import { type PageData, SEVERITY_NAMES, STATUSES } from '../model.ts';
import { Results } from './data.ts';
import { byId, el, filled } from './dom.ts';
import { type Matching, matching, ordered, type Query, type SortBy } from './filter.ts';
import { Grid } from './grid.ts';
import { Panel } from './panel.ts';
import { startPrint } from './print.ts';
import { startTheme } from './theme.ts';

const LISTS = ['rule', 'account', 'region', 'type'] as const;
/** What is open: shown first, because it is what somebody has to do something about. */
const OPEN: readonly (typeof STATUSES)[number][] = ['fail', 'unknown'];
const HASH = '#finding=';

class Explorer {
  private readonly results: Results;
  private readonly text = byId<HTMLInputElement>('text');
  private readonly statuses = new Set<number>();
  private readonly severities = new Set<number>();
  private readonly grid: Grid;
  private readonly panel: Panel;
  private readonly orders = new Map<string, Uint32Array>();
  private sort: { by: SortBy; isDescending: boolean } = { by: 'status', isDescending: false };
  private found: Matching = { rows: new Uint32Array(), statuses: [], severities: [] };
  private opened = -1;

  constructor(results: Results) {
    this.results = results;
    const { words } = results.data;
    this.panel = new Panel(byId<HTMLDialogElement>('panel'), {
      words,
      step: (by) => this.open(this.opened + by),
      closed: () => this.closed(),
    });
    this.grid = new Grid({
      words,
      item: (row) => results.item(row),
      open: (place) => this.open(place),
      sort: (by) => {
        this.sort = { by, isDescending: this.sort.by === by && !this.sort.isDescending };
        this.show();
      },
    });
  }

  start(): void {
    this.fillLists();
    this.listen();
    byId('grid').append(this.grid.element);
    byId('explorer').hidden = false;
    this.reset();
    startPrint(byId('printed'), {
      words: this.results.data.words,
      all: this.results.count,
      rows: () => this.found.rows,
      item: (row) => this.results.item(row),
    });
    this.openLinked();
    this.readAhead(0);
  }

  /** Prepares a search while nobody waits for anything, so that its first letter is as quick as the next. */
  private readAhead(from: number): void {
    const to = Math.min(this.results.count, from + 2_000);
    for (let at = from; at < to; at++) this.results.text(at);
    if (to < this.results.count) setTimeout(() => this.readAhead(to));
  }

  private reset(): void {
    this.statuses.clear();
    this.severities.clear();
    const has = (wanted: string) => this.results.data.rows.some(([status]) => STATUSES[status] === wanted);
    for (const one of OPEN) if (OPEN.some(has)) this.statuses.add(STATUSES.indexOf(one));
    this.text.value = '';
    for (const select of this.selects()) select.value = '';
    this.show();
  }

  private selects(): NodeListOf<HTMLSelectElement> {
    return document.querySelectorAll<HTMLSelectElement>('#filters select');
  }

  private fillLists(): void {
    const { rules, accounts, accountNames = accounts, regions, types, words } = this.results.data;
    const names = {
      rule: rules.map(({ id }) => id),
      account: accountNames,
      region: regions.map((region) => (region === 'global' ? words.global : region)),
      type: types,
    };
    for (const list of LISTS) {
      const options = [...names[list].entries()].sort(([, one], [, other]) => (one < other ? -1 : 1));
      byId(`by-${list}`).append(...options.map(([at, name]) => el('option', { value: at }, name)));
    }
  }

  private listen(): void {
    byId('filters').addEventListener('submit', (event) => event.preventDefault());
    this.text.addEventListener('input', () => this.show());
    for (const select of this.selects()) select.addEventListener('change', () => this.show());
    byId('clear').addEventListener('click', () => this.reset());
    const toggles = [
      { kind: 'status', names: STATUSES, chosen: this.statuses },
      { kind: 'severity', names: SEVERITY_NAMES, chosen: this.severities },
    ] as const;
    for (const { kind, names, chosen } of toggles) {
      for (const button of document.querySelectorAll<HTMLElement>(`button[data-${kind}]`)) {
        const at = (names as readonly string[]).indexOf(button.dataset[kind] ?? '');
        button.addEventListener('click', () => {
          if (!chosen.delete(at)) chosen.add(at);
          this.show();
        });
      }
    }
    for (const tile of document.querySelectorAll<HTMLElement>('[data-show]')) {
      tile.addEventListener('click', () => this.showOnly(tile.dataset.show ?? ''));
    }
  }

  /** A number of the overview, as a filter: `fail CRITICAL`. */
  private showOnly(wanted: string): void {
    const [status = '', severity] = wanted.split(' ');
    this.reset();
    this.statuses.clear();
    this.statuses.add((STATUSES as readonly string[]).indexOf(status));
    if (severity) this.severities.add((SEVERITY_NAMES as readonly string[]).indexOf(severity));
    this.show();
  }

  private query(): Query {
    const value = (name: string) => byId<HTMLSelectElement>(`by-${name}`).value;
    const place = (name: (typeof LISTS)[number]) => (value(name) === '' ? -1 : Number(value(name)));
    return {
      ...{ statuses: this.statuses, severities: this.severities, text: this.text.value },
      ...{ domain: value('domain'), rule: place('rule'), account: place('account') },
      ...{ region: place('region'), type: place('type') },
    };
  }

  private order(): Uint32Array {
    const { by, isDescending } = this.sort;
    const key = `${by} ${isDescending}`;
    const order = this.orders.get(key) ?? ordered(this.results, by, isDescending);
    this.orders.set(key, order);
    return order;
  }

  private show(): void {
    const { words } = this.results.data;
    this.found = matching(this.results, this.order(), this.query());
    const { rows, statuses, severities } = this.found;
    const number = (count: number) => count.toLocaleString(this.results.data.language);
    byId('shown').textContent = filled(words.shown, {
      shown: number(rows.length),
      all: number(this.results.count),
    });
    const mark = (
      kind: string,
      names: readonly string[],
      chosen: ReadonlySet<number>,
      counts: readonly number[],
    ) => {
      for (const button of document.querySelectorAll<HTMLElement>(`button[data-${kind}]`)) {
        const at = names.indexOf(button.dataset[kind] ?? '');
        button.setAttribute('aria-pressed', String(chosen.has(at)));
        const count = button.querySelector('[data-count]');
        if (count) count.textContent = number(counts[at] ?? 0);
      }
    };
    mark('status', STATUSES, this.statuses, statuses);
    mark('severity', SEVERITY_NAMES, this.severities, severities);
    this.grid.show(rows, this.sort.by, this.sort.isDescending);
  }

  private open(place: number): void {
    const row = this.grid.at(place);
    if (row === undefined) return;
    this.opened = place;
    const item = this.results.item(row);
    this.panel.show(item, place > 0, place < this.found.rows.length - 1);
    if (item.more.findingId) link(`${HASH}${encodeURIComponent(item.more.findingId)}`);
  }

  private closed(): void {
    link('#findings');
    this.grid.focus(this.opened);
  }

  /** Opens what the address names: a finding can be sent to somebody who has the file. */
  private openLinked(): void {
    if (!location.hash.startsWith(HASH)) return;
    const wanted = decodeURIComponent(location.hash.slice(HASH.length));
    const row = this.results.data.rows.findIndex(([, , , , , , , , more]) => more?.findingId === wanted);
    if (row < 0) return;
    this.statuses.clear();
    this.show();
    this.open(this.found.rows.indexOf(row));
  }
}

/** Some browsers let no page of a file change its own address. */
function link(hash: string): void {
  try {
    history.replaceState(null, '', hash);
  } catch {
    // The address stays.
  }
}

startTheme(document.querySelector('.theme') as HTMLElement);
new Explorer(new Results(JSON.parse(byId('data').textContent ?? '') as PageData)).start();
