/**
 * Whether a trail of CloudTrail logs an event. EventBridge gets CloudTrail's events only where a trail logs management events,
 * and a trail's log group gets what the trail logs.
 */

import { AccountError } from '../../../account/errors.ts';
import type { EventSelectors, FieldSelector } from '../../../account/services/cloudtrail/readings.ts';
import { type Answer, every, some } from '../answers.ts';
import { allOf, hangsOn, type Told, unreadable } from './told.ts';

/** A trail that a Region shows, with what its home Region says of it. */
export interface LoggingTrail {
  readonly name: string;
  readonly homeRegion: string;
  readonly isMultiRegion: boolean;
  readonly isLogging: boolean | AccountError;
  readonly selectors: EventSelectors | AccountError;
  /** The ARN of the log group that it delivers to. */
  readonly logGroupArn?: string;
}

/** A record of CloudTrail, as far as a trail looks at it. */
export interface TrailRecord {
  readonly [field: string]: unknown;
  readonly eventSource: string;
  readonly readOnly: boolean;
}

/** Whether the trail logs a management event of this Region: all that is known to be wrong counts before what is unread. */
export function logs(trail: LoggingTrail, region: string, record: TrailRecord): Told {
  const { name, isLogging, selectors } = trail;
  return allOf([
    hangsOn(trail.isMultiRegion || trail.homeRegion === region, 'noTrail', name, 'cloudtrail:DescribeTrails'),
    isLogging instanceof AccountError
      ? unreadable(isLogging)
      : hangsOn(isLogging, 'noTrail', name, 'cloudtrail:GetTrailStatus'),
    selectors instanceof AccountError
      ? unreadable(selectors)
      : hangsOn(areSelected(selectors, record), 'noTrail', name, 'cloudtrail:GetEventSelectors'),
  ]);
}

function areSelected({ basic = [], advanced = [] }: EventSelectors, record: TrailRecord): Answer {
  if (advanced.length > 0) {
    return some(advanced.map(({ fields }) => every(fields.map((field) => isSelected(field, record)))));
  }
  if (basic.length === 0) return true;
  return basic.some(({ includesManagementEvents, readWriteType, excludedSources }) => {
    const kinds = record.readOnly ? ['All', 'ReadOnly'] : ['All', 'WriteOnly'];
    return (
      includesManagementEvents &&
      kinds.includes(readWriteType) &&
      !excludedSources.includes(record.eventSource)
    );
  });
}

/** An operator's values are ORed; of the negated operators none may match. */
const OPERATORS = new Map<string, (found: string, values: readonly string[]) => boolean>([
  ['Equals', (found, values) => values.includes(found)],
  ['NotEquals', (found, values) => !values.includes(found)],
  ['StartsWith', (found, values) => values.some((value) => found.startsWith(value))],
  ['NotStartsWith', (found, values) => !values.some((value) => found.startsWith(value))],
  ['EndsWith', (found, values) => values.some((value) => found.endsWith(value))],
  ['NotEndsWith', (found, values) => !values.some((value) => found.endsWith(value))],
]);

function isSelected({ field, operators }: FieldSelector, record: TrailRecord): Answer {
  const found = field === 'eventCategory' ? 'Management' : fieldOf(record, field);
  const asked = Object.entries(operators).filter(([, values]) => values.length > 0);
  return every(
    asked.map(([name, values]): Answer => {
      const matches = OPERATORS.get(name);
      return matches && found !== undefined ? matches(found, values) : 'unknown';
    }),
  );
}

function fieldOf(record: TrailRecord, field: string): string | undefined {
  let value: unknown = record;
  for (const name of field.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return ['string', 'boolean', 'number'].includes(typeof value) ? String(value) : undefined;
}
