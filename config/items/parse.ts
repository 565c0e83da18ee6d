import type { Tags } from '../../account/account.ts';
import type { ConfigurationItem, ItemStatus, ItemSubject, ItemSummary } from '../item.ts';
import {
  decode,
  type Fields,
  fieldsOf,
  InvalidItemError,
  isFields,
  optionalFields,
  optionalText,
  text,
  type Writable,
  word,
  wrong,
} from './fields.ts';

const NOTHING: Fields = {};
const STATUSES: readonly ItemStatus[] = [
  'OK',
  'ResourceDiscovered',
  'ResourceNotRecorded',
  'ResourceDeleted',
  'ResourceDeletedNotRecorded',
];

/**
 * Reads a configuration item in any of AWS's forms (API, ConfigurationItem): as a rule's event has it, as
 * GetResourceConfigHistory gives it (other names, JSON in texts), as it lies in a Config snapshot or history file, and
 * as proactive evaluation proposes it (CloudFormation's properties).
 *
 * @param where Path of the item, for errors.
 * @throws {InvalidItemError} naming the field that is missing or has the wrong type.
 */
export function parseItem(value: unknown, where = 'configurationItem'): ConfigurationItem {
  const fields = fieldsOf(value, where);
  return withSubject(
    () => subjectOf(fields),
    () => {
      const configuration = configurationOf(fields, where);
      return Object.assign(summaryOf(fields, where), {
        tags: tagsOf(fields.tags, `${where}.tags`),
        configuration,
        supplementary: supplementaryOf(fields, where),
        proposed: configuration !== null && isCloudFormation(configuration),
      });
    },
  );
}

/**
 * Reads the `configurationItemSummary` of an oversized item's event: the item without its configuration.
 *
 * @throws {InvalidItemError}
 */
export function parseSummary(value: unknown, where = 'configurationItemSummary'): ItemSummary {
  const fields = fieldsOf(value, where);
  return withSubject(
    () => subjectOf(fields),
    () => summaryOf(fields, where),
  );
}

/** Adds the resource that the item is about to an error in it. */
export function withSubject<T>(subject: () => ItemSubject | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidItemError) error.subject ??= subject();
    throw error;
  }
}

/** The resource that the item is about; nothing without a type, id or account. Without a Region it is `global`. */
function subjectOf(fields: Fields): ItemSubject | undefined {
  const textOf = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' ? value : '';
  };
  const [type, id, name] = [textOf('resourceType'), textOf('resourceId'), textOf('resourceName')];
  const accountId = textOf(accountField(fields));
  if (!(type && id && TWELVE_DIGITS.test(accountId))) return undefined;
  return { type, id, ...(name && { name }), accountId, region: textOf('awsRegion') || 'global' };
}

/** Properties are assigned, not spread, because a snapshot may have a million items. */
function summaryOf(fields: Fields, where: string): ItemSummary {
  const name = optionalText(fields, 'resourceName', where);
  const arn = optionalText(fields, 'ARN', where) ?? optionalText(fields, 'arn', where);
  const summary: Writable<ItemSummary> = {
    type: text(fields, 'resourceType', where),
    id: text(fields, 'resourceId', where),
    accountId: accountIdOf(fields, where),
    region: text(fields, 'awsRegion', where),
    status: word(fields, 'configurationItemStatus', where, STATUSES),
    captureTime: captureTimeOf(fields, where),
  };
  if (name !== undefined) summary.name = name;
  if (arn !== undefined) summary.arn = arn;
  return summary;
}

const TWELVE_DIGITS = /^\d{12}$/;

function accountIdOf(fields: Fields, where: string): string {
  const name = accountField(fields);
  const value = text(fields, name, where);
  if (TWELVE_DIGITS.test(value)) return value;
  throw new InvalidItemError(`${where}.${name}`, 'is not an account id of twelve digits');
}

/** AWS Config's own files call the account `awsAccountId`, the API calls it `accountId`. */
const isApiForm = (fields: Fields) => fields.awsAccountId === undefined && fields.accountId !== undefined;
const accountField = (fields: Fields) => (isApiForm(fields) ? 'accountId' : 'awsAccountId');

/** AWS CLI v1 prints the API's times as seconds since 1970, often with a fraction. */
function captureTimeOf(fields: Fields, where: string): Date {
  const value = fields.configurationItemCaptureTime;
  const isSeconds = typeof value === 'number' && value >= SECONDS.from && value < SECONDS.to;
  if (isApiForm(fields) && isSeconds) return new Date(Math.round(value * 1000));
  return timeOf(value, `${where}.configurationItemCaptureTime`);
}

/** Seconds from 2001 to 5138. Any other number counts something else, mostly milliseconds. */
const SECONDS = { from: 1e9, to: 1e11 };

/** A time as JSON has it. `new Date` alone would also read "1" as a time. */
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** @throws {InvalidItemError} for what is neither a time in ISO 8601 nor a Date (the SDK's). */
export function timeOf(value: unknown, field: string): Date {
  if (value instanceof Date || (typeof value === 'string' && ISO_8601.test(value))) {
    const time = new Date(value);
    if (!Number.isNaN(time.getTime())) return time;
  }
  throw wrong(field, value, 'a time such as 2026-11-22T08:00:00.000Z');
}

/** `null` where there is none: a deleted resource's is null, absent, or an empty text. */
function configurationOf(fields: Fields, where: string): Fields | null {
  const value = decode(fields.configuration);
  if (value === undefined || value === null || value === '') return null;
  if (isFields(value)) return value;
  throw wrong(`${where}.configuration`, value, 'an object, or the JSON text of one');
}

function supplementaryOf(fields: Fields, where: string): Fields {
  const given = optionalFields(fields, 'supplementaryConfiguration', where) ?? NOTHING;
  const names = Object.keys(given);
  return names.length === 0 ? NOTHING : Object.fromEntries(names.map((name) => [name, decode(given[name])]));
}

/**
 * CloudFormation's properties begin with a capital, AWS Config's with a small letter. Without properties the form
 * cannot be told.
 */
function isCloudFormation(configuration: Fields): boolean {
  const names = Object.keys(configuration);
  return names.length > 0 && names.every((name) => name >= 'A' && name < '[');
}

/**
 * Tags as a map, or as a list of `{key, value}` or `{Key, Value}`.
 *
 * @throws {InvalidItemError}
 */
export function tagsOf(value: unknown, field: string): Tags {
  if (value === undefined || value === null) return {};
  const isList = Array.isArray(value);
  const tags: Record<string, string> = {};
  for (const entry of isList ? value.entries() : Object.entries(fieldsOf(value, field))) {
    const [key, tag] = isList ? tagOf(entry[1], `${field}[${entry[0]}]`) : (entry as [string, unknown]);
    const text = tagValue(tag, field, key);
    // A plain assignment to `__proto__` would set the prototype, not a tag.
    if (key === '__proto__') Object.defineProperty(tags, key, { value: text, enumerable: true });
    else tags[key] = text;
  }
  return tags;
}

function tagOf(value: unknown, field: string): [string, unknown] {
  const tag = fieldsOf(value, field);
  return 'Key' in tag ? [text(tag, 'Key', field), tag.Value] : [text(tag, 'key', field), tag.value];
}

function tagValue(value: unknown, field: string, key: string): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  throw wrong(`${field}.${key}`, value, 'a text');
}
