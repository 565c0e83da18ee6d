/** The event that AWS Config invokes a rule's function with (AWS Config, "Example Events for AWS Config Rules"). */
import * as z from 'zod/mini';
import {
  type ConfigurationItem,
  InvalidItemError,
  type ItemSummary,
  parseItem,
  parseSummary,
} from './item.ts';
import { timeOf } from './items/parse.ts';

export type InvalidEventCode =
  /** Not an object. */
  | 'InvalidEnvelope'
  /** A text that should be JSON is not. */
  | 'InvalidJson'
  | 'MissingField'
  /** A field has the wrong type. */
  | 'InvalidField'
  /** The configuration item lacks what an item has. */
  | 'InvalidItem'
  | 'UnknownMessageType'
  /** AWS Config sends such messages, but not to rules: there is nothing to judge. */
  | 'UnsupportedMessageType'
  | 'UnknownTask'
  /** The changes are not those that were planned, and perhaps approved, before. */
  | 'PlanChanged'
  /** The execution to take back has changed nothing. */
  | 'NothingToUndo'
  /** The execution to take back was of another rule or resource. */
  | 'OtherExecution'
  /** Nobody has approved these changes of a function that makes changes itself. */
  | 'NotApproved';

/** An event that AWS Config would not send, or that is not for this function. The message names the field. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
  readonly code: InvalidEventCode;

  constructor(code: InvalidEventCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What happened: the parsed `invokingEvent`. */
export type InvokingEvent =
  | { readonly kind: 'change'; readonly item: ConfigurationItem }
  /** The item is too large for an event, and is to be fetched (API, ConfigurationItem). */
  | { readonly kind: 'oversized'; readonly summary: ItemSummary }
  | { readonly kind: 'periodic'; readonly accountId?: string; readonly createdAt: Date };

/** What AWS Config says about the rule, and the token that it wants back. */
export interface Envelope {
  /** As given, still to be checked against the rule's parameters: a flat map. */
  readonly ruleParameters: Readonly<Record<string, unknown>>;
  /** Opaque: PutEvaluations hands it back. */
  readonly resultToken: string;
  /** A dry run: the token is the word TESTMODE, and AWS Config records nothing. */
  readonly testMode: boolean;
  readonly eventLeftScope: boolean;
  /** Whose rule it is, and whose resources: twelve digits. */
  readonly accountId: string;
  /**
   * In a conformance pack: with the pack's suffix ("Service-Linked Rules"). May be empty in an event about one
   * resource.
   */
  readonly configRuleName: string;
  readonly configRuleArn?: string;
  /**
   * The time that AWS Config orders evaluations by: when the item was captured or the periodic message made, never
   * the clock.
   */
  readonly orderingTimestamp: Date;
}

export type ConfigEvent = Envelope & InvokingEvent;

const text = z.string().check(z.minLength(1, 'is empty'));
const accountId = z.string().check(z.regex(/^\d{12}$/, 'is not an account id of twelve digits'));

const envelope = z.object({
  invokingEvent: text,
  ruleParameters: z.nullish(z.string()),
  resultToken: z.nullish(z.string()),
  eventLeftScope: z.nullish(z.boolean()),
  accountId: z.nullish(accountId),
  configRuleName: z.nullish(z.string()),
  configRuleArn: z.nullish(z.string()),
});
const withToken = z.object({ invokingEvent: text, resultToken: text });

const message = z.object({ messageType: text });
const periodic = z.object({ awsAccountId: z.nullish(accountId), notificationCreationTime: text });

/**
 * Reads the event of a rule's function.
 *
 * @throws {InvalidEventError}
 */
export function parseEvent(event: unknown): ConfigEvent {
  if (!isObject(event)) throw new InvalidEventError('InvalidEnvelope', 'the event is not a JSON object');
  // Without the token no evaluation can be reported.
  check(withToken, event);
  return parseRecordedEvent(event);
}

/**
 * Reads an event from a file. Its token may be missing, because it is a secret that people take out: it is `''` then.
 *
 * @throws {InvalidEventError}
 */
export function parseRecordedEvent(event: unknown): ConfigEvent {
  if (!isObject(event)) throw new InvalidEventError('InvalidEnvelope', 'the event is not a JSON object');
  const given = check(envelope, event);
  const invoking = parseInvokingEvent(given.invokingEvent);
  return {
    ...invoking,
    ruleParameters: parametersOf(given.ruleParameters),
    resultToken: given.resultToken ?? '',
    testMode: given.resultToken === 'TESTMODE',
    eventLeftScope: given.eventLeftScope ?? false,
    accountId: sameAccount(given.accountId, accountOf(invoking)),
    configRuleName: nameOf(given.configRuleName, invoking),
    ...(given.configRuleArn && { configRuleArn: given.configRuleArn }),
    orderingTimestamp: timeOfEvent(invoking),
  };
}

const EXPECTED =
  'ConfigurationItemChangeNotification, OversizedConfigurationItemChangeNotification, ScheduledNotification or ConfigurationSnapshotDeliveryCompleted';

/**
 * Messages of AWS Config's topic that hold no item and start no rule.
 * (https://docs.aws.amazon.com/config/latest/developerguide/notifications-for-AWS-Config.html)
 */
const TELLS_ONLY: readonly string[] = [
  'ComplianceChangeNotification',
  'ConfigRulesEvaluationStarted',
  'ConfigurationHistoryDeliveryCompleted',
  'ConfigurationSnapshotDeliveryStarted',
  'ConfigurationSnapshotDeliveryFailed',
];

/** Whether a value looks like what {@link parseInvokingEvent} reads: it has a message type. */
export const isInvokingEvent = (value: unknown): boolean =>
  isObject(value) && typeof value.messageType === 'string';

/**
 * Reads an invoking event alone: the object, or its JSON text.
 *
 * @throws {InvalidEventError}
 */
export function parseInvokingEvent(value: unknown): InvokingEvent {
  const where = 'invokingEvent';
  const event = typeof value === 'string' ? parseJson(value, where) : value;
  if (!isObject(event)) throw new InvalidEventError('InvalidField', `${where} is not a JSON object`);
  const { messageType } = check(message, event, where);
  switch (messageType) {
    case 'ConfigurationItemChangeNotification':
      return { kind: 'change', item: itemField(parseItem, event, where, 'configurationItem') };
    case 'OversizedConfigurationItemChangeNotification':
      return {
        kind: 'oversized',
        summary: itemField(parseSummary, event, where, 'configurationItemSummary'),
      };
    case 'ScheduledNotification':
    // The older of AWS Config's two periodic triggers: the account is to be looked at whenever a snapshot was delivered.
    case 'ConfigurationSnapshotDeliveryCompleted': {
      const scheduled = check(periodic, event, where);
      const field = `${where}.notificationCreationTime`;
      return {
        kind: 'periodic',
        ...(scheduled.awsAccountId && { accountId: scheduled.awsAccountId }),
        createdAt: typed('InvalidField', () => timeOf(scheduled.notificationCreationTime, field)),
      };
    }
    default:
      throw TELLS_ONLY.includes(messageType)
        ? new InvalidEventError(
            'UnsupportedMessageType',
            `${where}.messageType is ${messageType}, which AWS Config tells its topic and asks no rule about; expected ${EXPECTED}`,
          )
        : new InvalidEventError(
            'UnknownMessageType',
            `${where}.messageType is ${JSON.stringify(messageType.slice(0, 80))}; expected ${EXPECTED}`,
          );
  }
}

function itemField<T>(
  parse: (value: unknown, where: string) => T,
  event: Record<string, unknown>,
  where: string,
  name: string,
): T {
  const field = `${where}.${name}`;
  if (event[name] === undefined) throw new InvalidEventError('MissingField', `${field} is missing`);
  return typed('InvalidItem', () => parse(event[name], field));
}

function typed<T>(code: InvalidEventCode, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidItemError)) throw error;
    throw new InvalidEventError(code, error.message, { cause: error });
  }
}

function parametersOf(json: string | null | undefined): Record<string, unknown> {
  // Not sent at all by a rule that was made without parameters (AWS Config, "Example Events").
  if (json === undefined || json === null || json === '') return {};
  const parameters = parseJson(json, 'ruleParameters');
  if (isObject(parameters)) return parameters;
  throw new InvalidEventError('InvalidField', 'ruleParameters is not a JSON object of names and values');
}

/** Only a periodic run needs the name: to ask for the results that the rule gave before. */
function nameOf(configRuleName: string | null | undefined, { kind }: InvokingEvent): string {
  if (configRuleName || kind !== 'periodic') return configRuleName ?? '';
  throw new InvalidEventError('MissingField', 'configRuleName is missing');
}

/** An event that names two accounts is refused, because one of them would be judged and the other reported. */
function sameAccount(rule: string | null | undefined, resource: string | undefined): string {
  if (rule && resource && rule !== resource) {
    throw new InvalidEventError(
      'InvalidField',
      `accountId is ${rule}, but the invokingEvent is about account ${resource}`,
    );
  }
  const account = rule ?? resource;
  if (account) return account;
  throw new InvalidEventError('MissingField', 'accountId is missing');
}

function accountOf(event: InvokingEvent): string | undefined {
  if (event.kind === 'periodic') return event.accountId;
  return (event.kind === 'change' ? event.item : event.summary).accountId;
}

function timeOfEvent(event: InvokingEvent): Date {
  if (event.kind === 'periodic') return event.createdAt;
  return (event.kind === 'change' ? event.item : event.summary).captureTime;
}

/**
 * Checks a value against a schema.
 *
 * @param where Path of the value, for errors; the event itself when empty.
 * @throws {InvalidEventError} naming the first field that is wrong.
 */
export function check<T extends z.core.$ZodType>(schema: T, value: unknown, where = ''): z.output<T> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0] as z.core.$ZodIssue;
  const field = [where, ...issue.path].filter((part) => part !== '').join('.');
  const found = issue.path.reduce<unknown>((at, key) => isObject(at) && at[String(key)], value);
  if (found === undefined) throw new InvalidEventError('MissingField', `${field} is missing`);
  const problem = issue.code === 'invalid_type' ? `is not a ${issue.expected}` : issue.message;
  throw new InvalidEventError('InvalidField', `${field} ${problem}`);
}

/** @throws {InvalidEventError} without the text, which may hold secrets. */
export function parseJson(json: string, where: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new InvalidEventError('InvalidJson', `${where} is not JSON (${json.length} characters)`);
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
