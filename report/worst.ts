import { type Result, type ResultError, SEVERITIES } from './result.ts';

/** Worst first. */
export const bySeverity = (a: Result, b: Result) =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || byPlace(a, b);
export const byPlace = (a: Result | ResultError, b: Result | ResultError) =>
  compare(a.rule, b.rule) ||
  compare(a.accountId, b.accountId) ||
  compare(a.region, b.region) ||
  compare(a.resourceName ?? a.resourceId, b.resourceName ?? b.resourceId);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The first few of many in an order, and how many there were. */
export class Worst<T extends Result | ResultError = Result> {
  count = 0;
  private kept: T[] = [];
  private readonly most: number;
  private readonly order: (a: T, b: T) => number;

  constructor(most: number, order: (a: T, b: T) => number) {
    this.most = most;
    this.order = order;
  }

  add(item: T): void {
    this.count++;
    this.kept.push(item);
    if (this.kept.length >= 4 * this.most) this.kept = this.sorted();
  }

  sorted(): T[] {
    return this.kept.sort(this.order).slice(0, this.most);
  }
}
