import type { AnyRule, Severity } from './rule.ts';

const WORST_FIRST: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

/** The rules of all folders in `rules/`, each list worst first and then by id. */
export interface Gathered {
  /** The rules that AWS Config runs. */
  readonly rules: readonly AnyRule[];
  /** The others, which only fix: what an AWS managed rule reports, or what no rule of AWS Config sees. */
  readonly fixes: readonly AnyRule[];
}

export function gather(folders: readonly AnyRule[]): Gathered {
  const sorted = [...folders].sort(
    (a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity) || (a.id < b.id ? -1 : 1),
  );
  const isRun = ({ triggers }: AnyRule) => triggers.length > 0;
  return { rules: sorted.filter(isRun), fixes: sorted.filter((rule) => !isRun(rule)) };
}
