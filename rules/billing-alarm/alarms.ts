/** Which alarms on the estimated charges count. */
import type {
  CompositeAlarm,
  Metric,
  MetricAlarm,
  MetricQuery,
} from '../../account/services/billing/readings.ts';
import type { AlarmMiss } from './findings.ts';

export interface AlarmWants {
  readonly maxThreshold: number | undefined;
  readonly currency: string;
}

export interface Billed {
  readonly account: { readonly id: string };
  readonly wants: AlarmWants;
  readonly composites: readonly CompositeAlarm[];
  readonly now: Date;
}

const isCharges = ({ namespace, name }: Metric) => namespace === 'AWS/Billing' && name === 'EstimatedCharges';

/** The queries of an alarm that are of this account's estimated charges; that of an alarm on one metric has no id. */
function chargesOf(alarm: MetricAlarm, accountId: string): MetricQuery[] {
  const alone: MetricQuery = {
    id: '',
    metric: alarm.metric,
    statistic: alarm.statistic,
    expression: undefined,
    account: undefined,
    isCompared: true,
  };
  return [alone, ...alarm.queries].filter(
    ({ metric, account }) => metric && isCharges(metric) && (account === undefined || account === accountId),
  );
}

/** Whether the alarm is on the estimated charges at all. */
export const isOnCharges = (alarm: MetricAlarm, accountId: string): boolean =>
  chargesOf(alarm, accountId).length > 0;

const TWO_DAYS = 2 * 24 * 60 * 60 * 1000;
const ABOVE = ['greaterthanthreshold', 'greaterthanorequaltothreshold'];
const OUT_OF_BAND = ['greaterthanupperthreshold', 'lessthanlowerorgreaterthanupperthreshold'];

/**
 * All that keeps an alarm on the charges from counting; `isDoubtful` where it may have had no data for too long, and AWS does
 * not say since when.
 */
export function missesOf(
  one: MetricAlarm,
  { account, wants, composites, now }: Billed,
): { readonly misses: readonly AlarmMiss[]; readonly isDoubtful: boolean } {
  const alarm = one.name;
  const charges = chargesOf(one, account.id);
  const narrowed = charges.map((query) => narrowing(query.metric as Metric, wants, account.id));
  const whole = charges.filter((_, index) => narrowed[index] === undefined);
  const misses: AlarmMiss[] = [];

  const [narrow] = narrowed;
  if (whole.length === 0 && narrow !== undefined) {
    misses.push(
      narrow === 'wrongCurrency'
        ? { kind: narrow, alarm, currency: wants.currency }
        : { kind: narrow, alarm },
    );
  }
  const looked = whole.length > 0 ? whole : charges;
  if (looked.every(({ statistic }) => statistic?.toLowerCase() === 'samplecount')) {
    misses.push({ kind: 'notAmount', alarm });
  }
  const limit = limitMiss(one, looked, wants);
  if (limit) misses.push(limit);

  if (one.acts !== 'yes' && !isToldBy(one, composites)) misses.push({ kind: one.acts, alarm });
  if (/^evaluation_(?:failure|error)$/i.test(one.evaluation ?? ''))
    misses.push({ kind: 'notEvaluated', alarm });
  const lacksData = one.state.toUpperCase() === 'INSUFFICIENT_DATA';
  if (lacksData && one.stateSince && now.getTime() - one.stateSince.getTime() > TWO_DAYS) {
    misses.push({ kind: 'noData', alarm });
  }
  return { misses, isDoubtful: lacksData && !one.stateSince };
}

/** What makes a metric of charges less than all charges of the account. */
function narrowing(
  { dimensions }: Metric,
  { currency }: AlarmWants,
  accountId: string,
): 'wrongCurrency' | 'oneService' | 'otherAccount' | undefined {
  const others = dimensions.filter(({ Name }) => Name !== 'Currency');
  if (others.some(({ Name }) => Name !== 'LinkedAccount')) return 'oneService';
  if (others.some(({ Value }) => Value !== accountId)) return 'otherAccount';
  const currencies = dimensions
    .filter(({ Name }) => Name === 'Currency')
    .map(({ Value }) => Value.toUpperCase());
  return currencies.length === 1 && currencies[0] === currency ? undefined : 'wrongCurrency';
}

/** Why the alarm may not go off above what is wanted. */
function limitMiss(
  one: MetricAlarm,
  charges: readonly MetricQuery[],
  { maxThreshold }: AlarmWants,
): AlarmMiss | undefined {
  const alarm = one.name;
  const comparison = one.comparison.toLowerCase();
  const isBand = OUT_OF_BAND.includes(comparison);
  if (!isBand && !ABOVE.includes(comparison)) return { kind: 'belowOnly', alarm };
  const compared = one.queries.filter(({ isCompared }) => isCompared);
  const isItself =
    one.queries.length === 0 || compared.some(({ id }) => charges.some((charge) => charge.id === id));
  if (maxThreshold === undefined) {
    const isFollowed = isItself || compared.some((query) => restsOn(query, charges, one.queries));
    return isFollowed ? undefined : { kind: 'oneService', alarm };
  }
  if (isBand || !isItself || one.threshold === undefined) return { kind: 'notCompared', alarm, maxThreshold };
  return one.threshold <= maxThreshold ? undefined : { kind: 'highThreshold', alarm, maxThreshold };
}

/** Whether an expression names the charges, or another expression that does; `METRICS()` names every metric. */
function restsOn(
  { expression = '' }: MetricQuery,
  charges: readonly MetricQuery[],
  queries: readonly MetricQuery[],
): boolean {
  const ids = new Set(charges.map(({ id }) => id));
  for (let size = 0; size !== ids.size; ) {
    size = ids.size;
    for (const query of queries) if (names(query.expression ?? '', ids)) ids.add(query.id);
  }
  return names(expression, ids);
}

const names = (expression: string, ids: ReadonlySet<string>): boolean =>
  /\bMETRICS\s*\(/i.test(expression) || (expression.match(/\w+/g) ?? []).some((word) => ids.has(word));

/** Whether a composite alarm that acts goes off whenever this one does, by itself or through others. */
function isToldBy({ name, arn }: MetricAlarm, composites: readonly CompositeAlarm[]): boolean {
  const known = new Set([name, ...(arn === undefined ? [] : [arn])]);
  const following = (): CompositeAlarm[] =>
    composites.filter((one) =>
      alarmsIn(one.rule)?.some((child) => known.has(child) || known.has(lastOf(child))),
    );
  for (let size = 0; size !== known.size; ) {
    size = known.size;
    for (const one of following()) known.add(one.name);
  }
  return following().some(({ acts }) => acts === 'yes');
}

/** `arn:aws:cloudwatch:us-east-1:111122223333:alarm:bill` is called `bill`. */
const lastOf = (child: string) => child.replace(/^arn:[^:]+:cloudwatch:[^:]*:\d*:alarm:/, '');

/** The alarms of a rule that is nothing but `ALARM(…)` and `OR`; nothing for any other. */
function alarmsIn(rule: string): string[] | undefined {
  const children: string[] = [];
  const token = /\s*(?:ALARM\s*\(\s*(?:"([^"]*)"|'([^']*)'|([^\s()"']+))\s*\)|OR\b|[()])\s*/iy;
  while (token.lastIndex < rule.length) {
    const found = token.exec(rule);
    if (!found) return undefined;
    const child = found[1] ?? found[2] ?? found[3];
    if (child !== undefined) children.push(child);
  }
  return children;
}
