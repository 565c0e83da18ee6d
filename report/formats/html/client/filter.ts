import { SEVERITY_NAMES, STATUSES } from '../model.ts';
import type { Results } from './data.ts';

export interface Query {
  /** Places in STATUSES and SEVERITY_NAMES; none is all. */
  readonly statuses: ReadonlySet<number>;
  readonly severities: ReadonlySet<number>;
  readonly domain: string;
  /** Places in the lists of the page's data; -1 is any. */
  readonly rule: number;
  readonly account: number;
  readonly region: number;
  readonly type: number;
  readonly text: string;
}

export const SORTS = ['severity', 'status', 'resource', 'rule', 'place'] as const;
export type SortBy = (typeof SORTS)[number];

export interface Matching {
  /** The rows that match, in their order. */
  readonly rows: Uint32Array;
  /** How many there would be of each status and severity, if its own filter let all through. */
  readonly statuses: readonly number[];
  readonly severities: readonly number[];
}

/** Finds the rows of a query, in an order that {@link ordered} made. */
export function matching(results: Results, order: Uint32Array, query: Query): Matching {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  const inDomain = results.data.rules.map(({ domain }) => query.domain === '' || domain === query.domain);
  const rows = new Uint32Array(order.length);
  const statuses = STATUSES.map(() => 0);
  const severities = SEVERITY_NAMES.map(() => 0);
  const has = (wanted: ReadonlySet<number>, one: number) => wanted.size === 0 || wanted.has(one);
  const is = (wanted: number, one: number) => wanted < 0 || wanted === one;
  let count = 0;
  for (const at of order) {
    const [status, severity, rule, account, region, type] = results.row(at);
    const isStatus = has(query.statuses, status);
    const isSeverity = has(query.severities, severity);
    if (!isStatus && !isSeverity) continue;
    if (!inDomain[rule] || !is(query.rule, rule) || !is(query.account, account)) continue;
    if (!is(query.region, region) || !is(query.type, type)) continue;
    if (words.length > 0) {
      const text = results.text(at);
      if (!words.every((word) => text.includes(word))) continue;
    }
    if (isSeverity) statuses[status] = (statuses[status] ?? 0) + 1;
    if (isStatus) severities[severity] = (severities[severity] ?? 0) + 1;
    if (isStatus && isSeverity) rows[count++] = at;
  }
  return { rows: rows.subarray(0, count), statuses, severities };
}

/** All rows in an order: by what is asked for, then as urgency, rule and place have it. */
export function ordered(results: Results, by: SortBy, isDescending: boolean): Uint32Array {
  const { rules, accounts, regions } = results.data;
  const [rule, account, region] = [ranks(rules.map(({ id }) => id)), ranks(accounts), ranks(regions)];
  const rankOf = (at: number): number[] => {
    const [status, severity, ...places] = results.row(at);
    const [ofRule = 0, ofAccount = 0, ofRegion = 0] = places as number[];
    const [r, a, g] = [rule[ofRule] ?? 0, account[ofAccount] ?? 0, region[ofRegion] ?? 0];
    const rest = [status, severity, r, a, g];
    if (by === 'severity') return [severity, ...rest];
    if (by === 'rule') return [r, ...rest];
    return by === 'place' ? [a, g, ...rest] : rest;
  };
  const keys = Array.from({ length: results.count }, (_, at) => rankOf(at));
  const nameOf = (at: number) => results.row(at)[7] || results.row(at)[6];
  const sign = isDescending ? -1 : 1;
  return Uint32Array.from(keys.keys()).sort((one, other) => {
    const byName = nameOf(one) < nameOf(other) ? -1 : nameOf(one) > nameOf(other) ? 1 : 0;
    if (by === 'resource' && byName !== 0) return sign * byName;
    const [a, b] = [keys[one] as number[], keys[other] as number[]];
    for (let place = 0; place < a.length; place++) {
      const difference = (a[place] as number) - (b[place] as number);
      // Only what is asked for turns round; what breaks a tie does not.
      if (difference !== 0) return place === 0 ? sign * difference : difference;
    }
    return byName;
  });
}

/** At which place of the sorted names each name is. */
function ranks(names: readonly string[]): number[] {
  const sorted = [...names.keys()].sort((one, other) =>
    (names[one] as string) < (names[other] as string) ? -1 : 1,
  );
  const ranks: number[] = [];
  for (const [rank, at] of sorted.entries()) ranks[at] = rank;
  return ranks;
}
