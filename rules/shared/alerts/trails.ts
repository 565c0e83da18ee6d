/**
 * Whether a trail of CloudTrail logs an event. EventBridge gets CloudTrail's events only where a trail logs management events,
 * and a trail's log group gets what the trail logs.
 */

import { type Answer, every, some } from '../answers.ts';

export interface LoggingTrail {
  readonly name: string;
  readonly homeRegion: string;
  readonly isMultiRegion: boolean;
  readonly isLogging: boolean;
  readonly selectors: EventSelectors;
  /** The ARN of the log group that it delivers to. */
  readonly logGroupArn?: string;
}

/** What GetEventSelectors says: selectors of one kind. Neither means that the trail logs all management events. */
export interface EventSelectors {
  readonly basic?: readonly BasicSelector[];
  readonly advanced?: readonly AdvancedSelector[];
}
export interface BasicSelector {
  readonly includesManagementEvents: boolean;
  readonly readWriteType: string;
  /** `kms.amazonaws.com`. */
  readonly excludedSources: readonly string[];
}
export interface AdvancedSelector {
  readonly fields: readonly FieldSelector[];
}
export interface FieldSelector {
  readonly field: string;
  /** By operator, as CloudTrail names it: `{ NotEquals: ['kms.amazonaws.com'] }`. */
  readonly operators: Readonly<Record<string, readonly string[]>>;
}

/** A record of CloudTrail, as far as a trail looks at it. */
export interface TrailRecord {
  readonly [field: string]: unknown;
  readonly eventSource: string;
  readonly readOnly: boolean;
}

/** Whether the trail logs a management event of this Region. */
export function logs(trail: LoggingTrail, region: string, record: TrailRecord): Answer {
  if (!trail.isLogging || !(trail.isMultiRegion || trail.homeRegion === region)) return false;
  const { basic = [], advanced = [] } = trail.selectors;
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
