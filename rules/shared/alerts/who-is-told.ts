/** Whether somebody is told of an event that CloudTrail records: by EventBridge, or by a metric filter and an alarm. */

import type { PartialList } from '../../../account/errors.ts';
import { type AlarmLookups, toldByAlarms } from './alarms.ts';
import { type EventLookups, type Route, toldByRules } from './event-rules.ts';
import { allOf, anyOf, missed, type Told, unreadable } from './told.ts';
import { type LoggingTrail, logs, type TrailRecord } from './trails.ts';

/** An event as EventBridge has it. Its `detail` is CloudTrail's record, which alone is what a log group gets. */
export interface RecordedEvent {
  readonly [field: string]: unknown;
  readonly detail: TrailRecord;
}

export interface AlertLookups extends EventLookups, AlarmLookups {
  /** The trails that the Region shows. */
  trails(region: string): Promise<PartialList<LoggingTrail>>;
}

export interface Accepted {
  readonly eventBridge: boolean;
  readonly metricFilter: boolean;
}

/** The trails that an event has to get through, and whether it does. */
export async function trailGate(event: RecordedEvent, region: string, look: Pick<AlertLookups, 'trails'>) {
  const { values: trails, errors } = await look.trails(region);
  const unread = errors.map(unreadable);
  const through = trails.map((trail) => ({ trail, passes: logs(trail, region, event.detail) }));
  const gates = [...through.map(({ passes }) => passes), ...unread];
  return { gate: gates.length > 0 ? anyOf(gates) : missed('noTrail', region), through, unread };
}

/**
 * Whether somebody is told of the event. What suffices is not undone by something else that nobody could read; what hangs on
 * that is `unknown`.
 *
 * @param region where the event is recorded.
 */
export async function whoIsTold(
  event: RecordedEvent,
  region: string,
  look: AlertLookups,
  route: Route,
  accepted: Accepted,
): Promise<Told> {
  if (!accepted.eventBridge && !accepted.metricFilter) return missed('notAccepted', region);
  const { gate, through, unread } = await trailGate(event, region, look);
  if (gate.answer === false) return gate;
  const ways: Told[] = [];
  if (accepted.eventBridge) {
    const way = allOf([gate, await toldByRules(event, region, look, route)]);
    if (way.answer === true) return way;
    ways.push(way);
  }
  if (accepted.metricFilter) {
    // A trail that nobody could read might have a log group.
    ways.push(...unread);
    for (const { trail, passes } of through) {
      if (passes.answer === false) ways.push(passes);
      else if (trail.logGroupArn === undefined) ways.push(missed('noLogGroup', trail.name));
      else ways.push(allOf([passes, await toldByAlarms(event.detail, trail.logGroupArn, look, route)]));
    }
  }
  return anyOf(ways);
}
