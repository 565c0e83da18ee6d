/** When AWS Config evaluates a control's rule, and what. */
import { type Control, ruleOf } from '../../catalogue/index.ts';
import type { AnyRule, Frequency } from '../../rules/rule.ts';

/** The account itself, of which there is one. */
export const ACCOUNT = 'AWS::::Account';
/** 365 / 12, as AWS's own calculators round it. */
export const DAYS = 30.4;

const RUNS_A_DAY: Readonly<Record<Frequency, number>> = {
  One_Hour: 24,
  Three_Hours: 8,
  Six_Hours: 4,
  Twelve_Hours: 2,
  TwentyFour_Hours: 1,
};

export interface Shape {
  readonly resourceTypes: readonly string[];
  /** How many results a run has, for so many resources of each type. */
  results(counted: readonly { readonly type: string; readonly count: number }[]): number;
  /** Evaluates a resource when it changes, and once when the rule is made. */
  readonly onChange: boolean;
  /** Times a month that it evaluates all resources; 0 for a rule that only waits for changes. */
  readonly runs: number;
  /** The rule whose function AWS Config invokes; `undefined` for AWS's own rules. */
  readonly rule: AnyRule | undefined;
}

/** What a control's rule does by itself; `undefined` for a process check, which waits for people. */
export function shapeOf(control: Control): Shape | undefined {
  if (control.kind === 'process-check') return undefined;
  if (control.kind === 'managed') {
    const { resourceTypes, trigger } = control;
    // The packs run managed rules once a day.
    return {
      resourceTypes,
      results: sum,
      onChange: trigger !== 'periodic',
      runs: trigger === 'change' ? 0 : DAYS,
      rule: undefined,
    };
  }
  const rule = ruleOf(control);
  if (!rule) throw new Error(`${control.id} is planned: no pack has it`);
  const runs = rule.triggers.map((one) => (one.kind === 'periodic' ? RUNS_A_DAY[one.frequency] * DAYS : 0));
  return {
    resourceTypes: rule.onlyWhatFails ? [ACCOUNT] : rule.resourceTypes,
    results: rule.accountInstead
      ? (counted) => Math.max(1, sum(counted.filter(({ type }) => type !== ACCOUNT)))
      : sum,
    onChange: rule.triggers.some(({ kind }) => kind === 'change'),
    runs: runs.reduce((sum, one) => sum + one, 0),
    rule,
  };
}

const sum: Shape['results'] = (counted) => counted.reduce((all, { count }) => all + count, 0);
