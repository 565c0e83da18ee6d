/**
 * AWS Config's word reaches people in carriers: an EventBridge event, a notification of its SNS topic, a message of an SQS
 * queue, a Lambda function's event for several of them. Here they are taken off.
 * (https://docs.aws.amazon.com/config/latest/developerguide/notifications-for-AWS-Config.html,
 * https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html)
 */
import { type Fields, isFields } from '../../config/items/fields.ts';
import { SnapshotError } from './errors.ts';

/** One thing that AWS Config said. */
export type Said =
  /** A configuration item by itself. */
  | { readonly kind: 'item'; readonly value: Fields }
  /** What a rule's function is invoked with, or a message with a `messageType`. */
  | { readonly kind: 'event'; readonly value: Fields }
  /** A message that holds no resource. */
  | { readonly kind: 'nothing'; readonly what: string };

/** More than carriers ever make of it: SQS around SNS around EventBridge around a text. */
const DEEPEST = 8;

/** Members by which a carrier, or what it carries, is known. */
export const isCarried = (keys: readonly string[]): boolean => {
  const has = (...names: string[]) => names.every((name) => keys.includes(name));
  return (
    has('detail-type', 'detail') ||
    has('Records') ||
    has('Messages') ||
    has('Sns') ||
    (has('Message') && ['Type', 'TopicArn', 'MessageId'].some((name) => keys.includes(name))) ||
    has('messageId', 'body') ||
    has('MessageId', 'Body') ||
    (has('configurationItem') && !has('messageType'))
  );
};

/**
 * What AWS Config said, in order, whatever carries it.
 *
 * @param where Path of the value, for errors.
 * @throws {SnapshotError} `NotASnapshot` when something else is carried; `Malformed` for a text that is not JSON.
 */
export function* saidIn(value: unknown, where: string, depth = 0): Generator<Said> {
  if (depth > DEEPEST) throw new SnapshotError('NotASnapshot', `${where}: a message in a message, too often`);
  const inner = (carried: unknown, path: string) => saidIn(carried, `${where}${path}`, depth + 1);
  if (typeof value === 'string') {
    yield* saidIn(parsed(value, where), where, depth + 1);
  } else if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) yield* inner(one, `[${index}]`);
  } else if (!isFields(value)) {
    throw strange(where, value === null ? 'null' : `a ${typeof value}`);
  } else if ('invokingEvent' in value || typeof value.messageType === 'string') {
    yield { kind: 'event', value };
  } else if ('resourceType' in value && 'resourceId' in value) {
    yield { kind: 'item', value };
  } else if ('detail-type' in value) {
    yield* ofEventBridge(value, where, inner);
  } else if ('configurationItem' in value) {
    yield* inner(value.configurationItem, '.configurationItem');
  } else {
    yield* ofQueueOrTopic(value, where, inner);
  }
}

type Inner = (carried: unknown, path: string) => Generator<Said>;

function* ofEventBridge(event: Fields, where: string, inner: Inner): Generator<Said> {
  const { detail, source } = event;
  const type = String(event['detail-type']);
  if (source !== undefined && source !== 'aws.config') {
    throw new SnapshotError(
      'NotASnapshot',
      `${where}: an EventBridge event of ${String(source)} (${type}), where one of aws.config is expected`,
    );
  }
  if (isFields(detail) && (detail.messageType !== undefined || detail.configurationItem !== undefined)) {
    yield* inner(detail, '.detail');
  } else yield { kind: 'nothing', what: type };
}

function* ofQueueOrTopic(value: Fields, where: string, inner: Inner): Generator<Said> {
  if ('Message' in value) {
    const type = typeof value.Type === 'string' ? value.Type : 'Notification';
    if (type === 'Notification') yield* inner(value.Message, '.Message');
    else yield { kind: 'nothing', what: type };
  } else if ('Sns' in value) yield* inner(value.Sns, '.Sns');
  else if ('body' in value) yield* inner(value.body, '.body');
  else if ('Body' in value) yield* inner(value.Body, '.Body');
  else if (Array.isArray(value.Records)) yield* inner(value.Records, '.Records');
  else if (Array.isArray(value.Messages)) yield* inner(value.Messages, '.Messages');
  else if ('s3' in value)
    yield { kind: 'nothing', what: 'an S3 event, which names a file and does not hold it' };
  else throw strange(where, `an object with ${Object.keys(value).slice(0, 6).join(', ') || 'nothing'}`);
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Not shown: it may be confidential.
    const what = `a text that is not JSON (${text.length} characters)`;
    throw new SnapshotError('Malformed', `${where}: ${what}, where AWS Config's message is expected`, {
      cause: error,
    });
  }
}

const strange = (where: string, found: string) =>
  new SnapshotError(
    'NotASnapshot',
    `${where}: ${found}, where AWS Config's message is expected: a configuration item, or an event with a messageType`,
  );

/**
 * The configuration items in messages, for which of several is the newest to be told. Of one that was too large for its
 * message there is the summary, which lacks the configuration.
 *
 * @throws {SnapshotError}
 */
export function* itemsSaidIn(value: unknown, where: string): Generator<Fields> {
  for (const said of saidIn(value, where)) {
    if (said.kind === 'item') yield said.value;
    else if (said.kind === 'event') yield* itemsOfEvent(said.value, where);
  }
}

function* itemsOfEvent(event: Fields, where: string): Generator<Fields> {
  if ('invokingEvent' in event) yield* itemsSaidIn(event.invokingEvent, `${where}.invokingEvent`);
  else if (isFields(event.configurationItem)) yield event.configurationItem;
  else if (isFields(event.configurationItemSummary)) yield event.configurationItemSummary;
  else if (/ConfigurationItemChangeNotification$/.test(String(event.messageType)))
    throw new SnapshotError('Malformed', `${where}: configurationItem is missing`);
}
