import type { Severity } from '../../../rules/rule.ts';
import { printable } from '../../printable.ts';
import type { Result, ResultError, Subject } from '../../result.ts';
import type { Status } from './model.ts';

/** The most resources that a rule names as its evidence. */
const NAMED = 3;

export type Counts = Record<Status, number>;

/** What became of a rule: how many of what, and the first that fail. */
export interface RuleTally {
  readonly counts: Counts;
  readonly failing: string[];
}

/** Of a resource type, how many open failures of each severity. */
export type TypeTally = Partial<Record<Severity, number>>;

const noCounts = (): Counts => ({ fail: 0, unknown: 0, waived: 0, pass: 0, notApplicable: 0 });

export const statusOf = (one: Result | ResultError): Status => {
  if (!('compliance' in one)) return 'unknown';
  if (one.compliance === 'COMPLIANT') return 'pass';
  if (one.compliance === 'NOT_APPLICABLE') return 'notApplicable';
  return one.waivers ? 'waived' : 'fail';
};

export const nameOf = ({ resourceName, resourceId }: Subject): string =>
  printable(resourceName === undefined || resourceName === '' ? resourceId : resourceName);

/** Counts results as they come. It needs memory by rules and types, not by results. */
export class Tally {
  readonly total: Counts = noCounts();
  readonly rules = new Map<string, RuleTally>();
  readonly types = new Map<string, TypeTally>();
  readonly accounts = new Map<string, Counts>();

  add(one: Result | ResultError): void {
    const status = statusOf(one);
    const rule = this.rules.get(one.rule) ?? { counts: noCounts(), failing: [] };
    this.rules.set(one.rule, rule);
    const account = this.accounts.get(one.accountId) ?? noCounts();
    this.accounts.set(one.accountId, account);
    for (const counts of [this.total, rule.counts, account]) counts[status]++;
    if (status !== 'fail') return;
    if (rule.failing.length < NAMED) rule.failing.push(nameOf(one));
    const { severity } = one as Result;
    const type = this.types.get(one.resourceType) ?? {};
    this.types.set(one.resourceType, type);
    type[severity] = (type[severity] ?? 0) + 1;
  }
}
