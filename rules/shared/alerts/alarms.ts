/** The way of a log event through CloudWatch: a metric filter that matches it, an alarm that one event sets off, its actions. */

import type { AccountError, PartialList } from '../../../account/errors.ts';
import type {
  AlarmMetric,
  AlarmQuery,
  Alarms,
  CompositeAlarm,
  MetricAlarm,
} from '../../../account/services/cloudwatch/readings.ts';
import type { FilterMetric, MetricFilter } from '../../../account/services/logs/readings.ts';
import { type Answer, every } from '../answers.ts';
import { type EventLookups, isMeant, type Route } from './event-rules.ts';
import { matchesFilter, selected } from './metric-filter.ts';
import { allOf, anyOf, hangsOn, missed, TOLD, type Told, toldBy, unreadable, unseen } from './told.ts';
import { reaches } from './topics.ts';

const ALARMS = 'cloudwatch:DescribeAlarms';

export interface AlarmLookups extends Pick<EventLookups, 'topic'> {
  filters(region: string): Promise<PartialList<MetricFilter>>;
  /** Of each kind, what could be read of it. */
  alarms(region: string): Promise<Alarms & { readonly errors: readonly AccountError[] }>;
}

type Json = Readonly<Record<string, unknown>>;

/** Whether an alarm tells somebody of a record that a trail delivers to this log group. */
export async function toldByAlarms(
  record: Json,
  logGroupArn: string,
  look: AlarmLookups,
  route: Route,
): Promise<Told> {
  const [, , , region = '', account = '', , logGroup = ''] = logGroupArn.split(':');
  if (account !== route.accountId)
    return route.trustedAccounts.includes(account) ? TOLD : unseen(logGroupArn, 'cloudtrail:DescribeTrails');
  const { values, errors } = await look.filters(region);
  const ways: Told[] = errors.map(unreadable);
  for (const filter of values) {
    if (filter.logGroup === logGroup) ways.push(await toldByFilter(filter, record, region, look, route));
  }
  return ways.length > 0 ? anyOf(ways) : missed('noFilter', logGroup);
}

async function toldByFilter(
  { name, pattern, metrics, looksElsewhere, logGroup }: MetricFilter,
  record: Json,
  region: string,
  look: AlarmLookups,
  route: Route,
): Promise<Told> {
  // What a transformer makes of a record is not known.
  const match = looksElsewhere ? 'unknown' : matchesFilter(pattern, record);
  if (match === false) return missed(...isMeant(pattern, route, name, 'noFilter', logGroup));
  const ways: Told[] = [];
  for (const metric of metrics) ways.push(await toldByMetric(name, metric, record, region, look, route));
  return allOf([
    toldBy(`metric filter ${name}`),
    hangsOn(match, 'notCovered', name, 'logs:DescribeMetricFilters'),
    ways.length > 0 ? anyOf(ways) : missed('noMetric', name),
  ]);
}

async function toldByMetric(
  filter: string,
  metric: FilterMetric,
  record: Json,
  region: string,
  look: AlarmLookups,
  route: Route,
): Promise<Told> {
  const value = Number(metric.value);
  if (value === 0) return missed('noMetric', filter);
  const { metric: alarms, composite, errors } = await look.alarms(region);
  const isOn = (one: AlarmMetric | undefined): Answer => isOfRecord(one, metric, record);
  const ways: Told[] = errors.map(unreadable);
  for (const alarm of alarms) {
    const looked = [alarm, ...alarm.queries].map((one) => isOn(one.metric));
    if (looked.every((answer) => answer === false)) continue;
    const { name } = alarm;
    const datapoints = alarm.datapointsToAlarm ?? alarm.evaluationPeriods;
    const set = allOf([
      looked.includes(true) ? TOLD : unseen(`the dimensions of alarm ${name}`, ALARMS),
      hangsOn(datapoints === undefined ? 'unknown' : datapoints === 1, 'datapoints', name, ALARMS),
      hangsOn(isSetOff(alarm, isOn, value, metric), 'threshold', name, ALARMS),
    ]);
    ways.push(set.answer === false ? set : allOf([set, await toldByActions(alarm, composite, look, route)]));
  }
  return ways.length > 0 ? anyOf(ways) : missed('noAlarm', filter);
}

/**
 * Whether an alarm's metric is the one that the filter makes of the record. Each combination of dimensions is a metric of its own
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Dimension).
 */
function isOfRecord(alarm: AlarmMetric | undefined, metric: FilterMetric, record: Json): Answer {
  if (alarm?.namespace !== metric.namespace || alarm.name !== metric.name) return false;
  const dimensions = Object.entries(metric.dimensions);
  if (Object.keys(alarm.dimensions).length !== dimensions.length) return false;
  return every(
    dimensions.map(([name, selector]) => {
      const wanted = alarm.dimensions[name];
      if (wanted === undefined) return false;
      if (!selector.startsWith('$')) return 'unknown';
      const found = selected(selector, record);
      return found === wanted || (typeof found === 'object' ? false : String(found) === wanted);
    }),
  );
}

/** Whether one event by itself crosses the threshold. */
function isSetOff(
  { metric, queries, comparison, threshold }: MetricAlarm,
  isOn: (metric: AlarmMetric | undefined) => Answer,
  value: number,
  { defaultValue }: FilterMetric,
): Answer {
  const judged = metric ?? returned(queries, isOn);
  if (!judged || threshold === undefined || comparison === undefined) return 'unknown';
  const { statistic = '' } = judged;
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
function returned(queries: readonly AlarmQuery[], isOn: (metric: AlarmMetric | undefined) => Answer) {
  const looked = queries.filter(({ returnsData }) => returnsData);
  const [query, ...others] = looked;
  if (!query || others.length > 0) return undefined;
  if (query.metric) return isOn(query.metric) === true ? query.metric : undefined;
  const expression = query.expression?.replaceAll(/\s/g, '') ?? '';
  const [, id = expression] = /^(?:FILL\((\w+),\d+\)|SUM\((METRICS\(\))\))$/.exec(expression) ?? [];
  return queries.find(
    (one) => isOn(one.metric) === true && (one.id === id || expression === 'SUM(METRICS())'),
  )?.metric;
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
    else ways.push(route.trustedAccounts.includes(account) ? TOLD : unseen(arn, ALARMS));
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
