import type { ClientWords } from '../words.ts';
import type { Item } from './data.ts';
import { add, type Child, el, filled } from './dom.ts';
import { severityMark, statusMark } from './marks.ts';

export interface PanelOptions {
  readonly words: ClientWords;
  /** The neighbour of what is open; nothing at the ends. */
  step(by: 1 | -1): void;
  closed(): void;
}

/** Everything about one result, beside the table. */
export class Panel {
  private readonly dialog: HTMLDialogElement;
  private readonly options: PanelOptions;

  constructor(dialog: HTMLDialogElement, options: PanelOptions) {
    this.dialog = dialog;
    this.options = options;
    dialog.addEventListener('close', () => options.closed());
    // The dialog itself is what lies beside its content.
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close();
    });
  }

  show(item: Item, hasPrevious: boolean, hasNext: boolean): void {
    const { words } = this.options;
    const head = el('h2', { id: 'panel-head', tabindex: -1 }, item.name);
    const body = el(
      'div',
      { class: 'sheet' },
      this.bar(hasPrevious, hasNext),
      el(
        'p',
        { class: 'marks' },
        severityMark(item.severity, words),
        statusMark(item.status, words),
        item.change && el('span', { class: `chip change ${item.change}` }, words.change[item.change]),
      ),
      head,
      el('p', { class: 'rule-of' }, item.rule.title),
      ...sections(item, words),
    );
    this.dialog.replaceChildren(body);
    if (!this.dialog.open) this.dialog.showModal();
    body.scrollTop = 0;
    head.focus();
  }

  private bar(hasPrevious: boolean, hasNext: boolean): HTMLElement {
    const { words, step } = this.options;
    const button = (label: string, sign: string, isOn: boolean, act: () => void) => {
      const one = el(
        'button',
        { type: 'button', class: 'icon', 'aria-label': label, title: label, disabled: !isOn },
        sign,
      );
      one.addEventListener('click', act);
      return one;
    };
    return el(
      'div',
      { class: 'panel-bar' },
      button(words.previous, '↑', hasPrevious, () => step(-1)),
      button(words.next, '↓', hasNext, () => step(1)),
      button(words.close, '✕', true, () => this.dialog.close()),
    );
  }
}

function sections(item: Item, words: ClientWords): Child[] {
  const { more, rule, status } = item;
  const isFailure = status === 'fail' || status === 'waived';
  return [
    more.why &&
      section(
        status === 'unknown' ? words.whyUnknown : words.why,
        list(more.why),
        more.code && facts([[more.api ?? '', more.code]]),
      ),
    more.stored && storedOf(more.stored, words),
    ...(more.waivers ? [waivers(more.waivers, words)] : []),
    ...(isFailure ? [fixOf(item, words)] : []),
    template(rule.id, 'why') && section(words.matters, template(rule.id, 'why')),
    more.evidence && section(words.evidence, ...more.evidence.map(evidenceOf)),
    facts([
      [words.account, item.account],
      ...(more.location ? ([[words.location, more.location]] as const) : []),
      [words.region, item.region === 'global' ? words.global : item.region],
      [words.type, item.type],
      [words.resourceId, item.id],
      ...(more.findingId ? ([[words.findingId, more.findingId]] as const) : []),
      ...(more.recordedAt ? ([[words.recordedAt, more.recordedAt]] as const) : []),
      [words.page, rule.page],
    ]),
    rule.frameworks.length > 0 &&
      section(words.frameworks, facts(rule.frameworks.map(([name, ids]) => [name, ids.join(', ')]))),
    status === 'fail' && waiveOf(item, words),
  ];
}

const section = (title: string, ...children: readonly Child[]): HTMLElement =>
  el('section', {}, el('h3', {}, title), ...children);

const list = (texts: readonly string[]): HTMLElement =>
  texts.length === 1
    ? el('p', { class: 'said' }, texts[0])
    : el('ul', { class: 'said' }, ...texts.map((text) => el('li', {}, text)));

const facts = (pairs: readonly (readonly [string, string])[]): HTMLElement =>
  el(
    'dl',
    { class: 'pairs' },
    ...pairs.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]),
  );

/** What the rule's page says, as it was put into this page. */
function template(rule: string, part: string): DocumentFragment | undefined {
  const all = document.querySelectorAll<HTMLTemplateElement>(`template[data-part="${part}"]`);
  const found = [...all].find(({ dataset }) => dataset.rule === rule);
  return found?.content.cloneNode(true) as DocumentFragment | undefined;
}

function evidenceOf(finding: Readonly<Record<string, unknown>>): HTMLElement {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value, undefined, 1));
  const rows = Object.entries(finding).flatMap(([name, value]) => [
    el('dt', {}, el('code', {}, name)),
    el('dd', {}, el('code', {}, text(value))),
  ]);
  return el('dl', { class: 'pairs evidence' }, ...rows);
}

function fixOf({ more, rule }: Item, words: ClientWords): HTMLElement {
  const commands: Child[] = more.fix
    ? [
        el('p', {}, words.fixPreview),
        command(more.fix, words),
        el('p', {}, words.fixApply),
        command(`${more.fix} --apply`, words),
      ]
    : [el('p', {}, words.noFix)];
  const { fix } = rule;
  const summary =
    fix &&
    facts([
      [words.changes, fix.changes],
      [words.breaks, fix.breaks],
      [words.undo, fix.undo],
      [words.automatic, fix.automatic],
    ]);
  return section(
    words.fix,
    summary,
    ...commands,
    whole(words.fixWhole, template(rule.id, 'changes')),
    whole(words.undoWhole, template(rule.id, 'undo')),
  );
}

const whole = (title: string, content: DocumentFragment | undefined): Child =>
  content && el('details', {}, el('summary', {}, title), el('div', { class: 'prose' }, content));

function command(text: string, words: ClientWords): HTMLElement {
  const code = el('code', {}, text);
  const button = el('button', { type: 'button', class: 'plain' }, words.copy);
  button.addEventListener('click', async () => {
    const selection = getSelection();
    selection?.selectAllChildren(code);
    // Where a page may not reach the clipboard, the text is selected: Ctrl-C copies it.
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (isCopied) {
      selection?.removeAllRanges();
      button.textContent = words.copied;
    }
  });
  return el('div', { class: 'command' }, code, button);
}

/** Where AWS Config has another verdict on the same resource. */
function storedOf(
  { status, recordedAt, why }: NonNullable<Item['more']['stored']>,
  words: ClientWords,
): HTMLElement {
  const verdict = status && filled(words.storedVerdict, { verdict: words.status[status], time: recordedAt });
  return section(words.stored, el('p', {}, `${verdict} ${words.storedWhy[why]}`.trim()));
}

function waivers(all: NonNullable<Item['more']['waivers']>, words: ClientWords): HTMLElement {
  const each = all.map(({ until, ticket, owner, reason }) =>
    el(
      'div',
      {},
      el('p', {}, filled(words.waivedUntil, { until, ticket, owner })),
      el('p', { class: 'said' }, reason),
    ),
  );
  return section(words.waiver, ...each);
}

/** The command that waives it, but for what only a person knows. */
function waiveOf({ rule, id, account }: Item, words: ClientWords): Child {
  // What has an escape in it nobody can type; a wildcard would be about more than this.
  if (/[\\*?]/.test(id)) return undefined;
  const quoted = /^[\w./:@%+=,-]+$/.test(id) ? id : `'${id.replaceAll("'", `'\\''`)}'`;
  const text = `groundrules waive ${rule.id} ${quoted} --account ${account} --until YYYY-MM-DD --reason '…' --ticket …`;
  const result = section(words.waiver);
  add(result, [el('p', {}, words.notWaived), command(text, words)]);
  return result;
}
