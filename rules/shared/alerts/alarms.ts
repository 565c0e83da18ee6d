/** The way of a log event through CloudWatch: a metric filter that matches it, an alarm that one event sets off, its actions. */

import { AccountError } from '../../../account/errors.ts';
import type { Answer } from '../answers.ts';
import type { EventLookups, Route } from './event-rules.ts';
import { matchesFilter } from './metric-filter.ts';
import { allOf, anyOf, hangsOn, missed, TOLD, type Told, unreadable, unseen } from './told.ts';
import { reaches } from './topics.ts';

export interface MetricFilter {
  readonly name: string;
  readonly logGroup: string;
  readonly pattern: string;
  readonly metrics: readonly FilterMetric[];
}
export interface FilterMetric {
  readonly namespace: string;
  readonly name: string;
  /** `1`, or a selector: `$.size`. */
  readonly value: string;
  /** What it is while there is no match. */
  readonly defaultValue?: number;
  readonly hasDimensions: boolean;
}

export interface MetricAlarm {
  readonly name: string;
  readonly arn: string;
  readonly actionsEnabled: boolean;
  readonly actions: readonly string[];
  /** Of an alarm on one metric; what metric math there is is in `queries`. */
  readonly metric?: AlarmMetric;
  readonly queries: readonly AlarmQuery[];
  readonly comparison: string;
  readonly threshold?: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number;
}
export interface AlarmMetric {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: string;
  readonly hasDimensions: boolean;
}
export interface AlarmQuery {
  readonly id: string;
  readonly metric?: AlarmMetric;
  readonly expression?: string;
  readonly returnsData: boolean;
}
export interface CompositeAlarm {
  readonly name: string;
  readonly rule: string;
  readonly actionsEnabled: boolean;
  readonly actions: readonly string[];
}
export interface Alarms {
  readonly metric: readonly MetricAlarm[];
  readonly composite: readonly CompositeAlarm[];
}

export interface AlarmLookups extends Pick<EventLookups, 'topic'> {
  filters(region: string): Promise<readonly MetricFilter[] | AccountError>;
  alarms(region: string): Promise<Alarms | AccountError>;
}

/** Whether an alarm tells somebody of a record that a trail delivers to this log group. */
export async function toldByAlarms(
  record: Readonly<Record<string, unknown>>,
  logGroupArn: string,
  look: AlarmLookups,
  route: Route,
): Promise<Told> {
  const [, , , region = '', account = '', , logGroup = ''] = logGroupArn.split(':');
  if (account !== route.accountId)
    return route.trustedAccounts.includes(account) ? TOLD : unseen(logGroupArn);
  const filters = await look.filters(region);
  if (filters instanceof AccountError) return unreadable(filters);
  const own = filters.filter((filter) => filter.logGroup === logGroup);
  if (own.length === 0) return missed('noFilter', logGroup);
  const ways: Told[] = [];
  for (const { name, pattern, metrics } of own) {
    const match = hangsOn(matchesFilter(pattern, record), 'notCovered', name);
    if (match.answer === false) ways.push(match);
    else {
      for (const metric of metrics)
        ways.push(allOf([match, await toldByMetric(name, metric, region, look, route)]));
      if (metrics.length === 0) ways.push(missed('noMetric', name));
    }
  }
  return anyOf(ways);
}

async function toldByMetric(
  filter: string,
  metric: FilterMetric,
  region: string,
  look: AlarmLookups,
  route: Route,
): Promise<Told> {
  const value = Number(metric.value);
  if (value === 0) return missed('noMetric', filter);
  const alarms = await look.alarms(region);
  if (alarms instanceof AccountError) return unreadable(alarms);
  const isOn = (alarm: AlarmMetric | undefined) =>
    alarm?.namespace === metric.namespace &&
    alarm.name === metric.name &&
    (!alarm.hasDimensions || metric.hasDimensions);
  const ways: Told[] = [];
  for (const alarm of alarms.metric) {
    if (![alarm, ...alarm.queries].some((one) => isOn(one.metric))) continue;
    const { name } = alarm;
    const datapoints = alarm.datapointsToAlarm ?? alarm.evaluationPeriods;
    const set = allOf([
      datapoints === 1 ? TOLD : missed('datapoints', name),
      hangsOn(isSetOff(alarm, isOn, value, metric), 'threshold', name),
    ]);
    ways.push(
      set.answer === false ? set : allOf([set, await toldByActions(alarm, alarms.composite, look, route)]),
    );
  }
  return ways.length > 0 ? anyOf(ways) : missed('noAlarm', filter);
}

/** Whether one event by itself crosses the threshold. */
function isSetOff(
  { metric, queries, comparison, threshold }: MetricAlarm,
  isOn: (metric: AlarmMetric | undefined) => boolean,
  value: number,
  { defaultValue }: FilterMetric,
): Answer {
  const judged = metric ?? returned(queries, isOn);
  if (!judged || threshold === undefined) return 'unknown';
  const { statistic } = judged;
  if (!STATISTICS.has(statistic)) return 'unknown';
  // What the filter says while there is no match pulls these two down.
  if (defaultValue !== undefined && ['Average', 'Minimum'].includes(statistic)) return 'unknown';
  const reached = statistic === 'SampleCount' ? 1 : value;
  if (comparison === 'GreaterThanOrEqualToThreshold')
    return Number.isNaN(reached) ? 'unknown' : reached >= threshold;
  if (comparison === 'GreaterThanThreshold') return Number.isNaN(reached) ? 'unknown' : reached > threshold;
  return !comparison.startsWith('LessThan') || comparison.includes('Upper') ? 'unknown' : false;
}
const STATISTICS = new Set(['Sum', 'Maximum', 'Average', 'SampleCount', 'Minimum']);

/** The metric that the query stands for which the alarm looks at: itself, or the plainest of expressions over it. */
function returned(queries: readonly AlarmQuery[], isOn: (metric: AlarmMetric | undefined) => boolean) {
  const looked = queries.filter(({ returnsData }) => returnsData);
  const [query, ...others] = looked;
  if (!query || others.length > 0) return undefined;
  if (query.metric) return isOn(query.metric) ? query.metric : undefined;
  const expression = query.expression?.replaceAll(/\s/g, '') ?? '';
  const [, id = expression] = /^(?:FILL\((\w+),\d+\)|SUM\((METRICS\(\))\))$/.exec(expression) ?? [];
  return queries.find((one) => isOn(one.metric) && (one.id === id || expression === 'SUM(METRICS())'))
    ?.metric;
}

async function toldByActions(
  alarm: MetricAlarm,
  composites: readonly CompositeAlarm[],
  look: AlarmLookups,
  route: Route,
): Promise<Told> {
  const own = await acts(alarm, look, route);
  if (own.answer === true) return own;
  const ways = [own];
  for (const composite of composites.filter(({ rule }) => isInAnyOf(rule, alarm))) {
    ways.push(await acts(composite, look, route));
  }
  return anyOf(ways);
}

async function acts(
  { name, actionsEnabled, actions }: Pick<MetricAlarm, 'name' | 'actionsEnabled' | 'actions'>,
  look: AlarmLookups,
  route: Route,
): Promise<Told> {
  if (!actionsEnabled) return missed('actionsOff', name);
  const ways: Told[] = [];
  for (const arn of actions) {
    const [, , service = '', , account = ''] = arn.split(':');
    if (['lambda', 'ssm', 'ssm-incidents'].includes(service)) return TOLD;
    if (service !== 'sns') continue;
    if (account === route.accountId) ways.push(reaches(await look.topic(arn), arn, route.requiresConfirmed));
    else ways.push(route.trustedAccounts.includes(account) ? TOLD : unseen(arn));
  }
  return ways.length > 0 ? anyOf(ways) : missed('noAction', name);
}

/** Whether a composite alarm's rule is of nothing but `ALARM(…)` and OR, and has this alarm among them. */
export function isInAnyOf(rule: string, { name, arn }: Pick<MetricAlarm, 'name' | 'arn'>): boolean {
  const named: string[] = [];
  const rest = rule.replaceAll(
    /\bALARM\s*\(\s*(?:"([^"]*)"|([^()"]*?))\s*\)/gi,
    (_, quoted?: string, bare?: string) => {
      named.push(quoted ?? bare ?? '');
      return ' ';
    },
  );
  return /^[\s()]*(?:OR[\s()]*)*$/i.test(rest) && (named.includes(name) || named.includes(arn));
}
