import {
  keyOf,
  type PageData,
  type PageRule,
  type Row,
  type RowMore,
  SEVERITY_NAMES,
  STATUSES,
} from '../model.ts';

/** A row of the page, with what its numbers stand for. */
export interface Item {
  readonly status: (typeof STATUSES)[number];
  readonly severity: (typeof SEVERITY_NAMES)[number];
  readonly rule: PageRule;
  readonly account: string;
  readonly region: string;
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly more: RowMore;
  readonly change?: 'new' | 'changed';
}

/** The page's data, and what is asked of it often. */
export class Results {
  readonly data: PageData;
  readonly count: number;
  private readonly changes = new Map<string, 'new' | 'changed'>();
  private texts: string[] | undefined;
  private readonly places = new Map<string, string>();

  constructor(data: PageData) {
    this.data = data;
    this.count = data.rows.length;
    for (const change of ['new', 'changed'] as const)
      for (const key of data.changes?.[change] ?? []) this.changes.set(key, change);
  }

  row(at: number): Row {
    return this.data.rows[at] as Row;
  }

  item(at: number): Item {
    const [status, severity, rule, account, region, type, id, name, more = {}] = this.row(at);
    const { rules, accounts, accountNames = accounts, regions, types } = this.data;
    const place = {
      account: accountNames[account] as string,
      region: regions[region] as string,
      type: types[type] as string,
    };
    const ofRule = rules[rule] as PageRule;
    const change =
      this.changes.size === 0
        ? undefined
        : this.changes.get(keyOf(ofRule.id, accounts[account] as string, place.region, place.type, id));
    return {
      ...place,
      status: STATUSES[status] as Item['status'],
      severity: SEVERITY_NAMES[severity] as Item['severity'],
      rule: ofRule,
      id,
      name: name || (place.type === 'AWS::::Account' ? `${this.data.words.account} ${id}` : id),
      more,
      ...(change && { change }),
    };
  }

  /** All that a search looks into, in lower case. */
  text(at: number): string {
    this.texts ??= [];
    const known = this.texts[at];
    if (known !== undefined) return known;
    const [, , rule, account, region, type, id, name, more] = this.row(at);
    const place = `${rule},${account},${region},${type}`;
    let ofPlace = this.places.get(place);
    if (ofPlace === undefined) {
      const { rules, accounts, accountNames = accounts, regions, types } = this.data;
      const { id: ruleId, title } = rules[rule] as PageRule;
      ofPlace = [ruleId, title, accountNames[account], regions[region], types[type]].join('\n');
      this.places.set(place, ofPlace);
    }
    const text =
      `${name}\n${id}\n${ofPlace}\n${more?.code ?? ''}\n${more?.location ?? ''}\n${more?.why?.join('\n') ?? ''}`.toLowerCase();
    this.texts[at] = text;
    return text;
  }
}
