/** What is special about the answers of AWS Config's own commands: rows of JSON text, and what they leave out. */
import { type Fields, isFields } from '../../config/items/fields.ts';
import { readEnvelope } from './envelope.ts';
import { SnapshotError } from './errors.ts';
import { type JsonElement, parseElement } from './json-stream.ts';

/** A resource that a batch call was asked about and did not answer. */
export interface Unprocessed {
  readonly type: string;
  readonly id: string;
  /** In an aggregator's answer only. */
  readonly accountId?: string;
  readonly region?: string;
}

/** The query that gives whole items. `SELECT *` gives only their members that are neither lists nor objects. */
const QUERY =
  'SELECT accountId, awsRegion, resourceType, resourceId, resourceName, arn, configurationItemCaptureTime,' +
  " configurationItemStatus, configuration, supplementaryConfiguration, tags WHERE resourceType = '…'";
const QUOTE = 0x22;
/** What a query gives is what there is now: a row that does not say its status is of a resource that exists. */
const STATUS = Buffer.from('"configurationItemStatus":"OK",');

/**
 * An element of an answer as an item's own text. Rows of an advanced query are texts of JSON, with the fields that the query
 * asked for.
 *
 * @param member that the element was found in; `''` in a bare array.
 * @throws {SnapshotError} `Malformed`, when the query did not ask for what an item must have.
 */
export function rowOf(
  element: JsonElement,
  member: string | undefined,
  label: string,
  isFirst: boolean,
): JsonElement {
  const isText = element.bytes[0] === QUOTE;
  if (!isText && member !== 'Results') return element;
  const bytes = isText ? Buffer.from(String(parseElement(element))) : element.bytes;
  const { status } = readEnvelope(bytes);
  if (isFirst) refusePoorRow(bytes, label);
  if (status !== '') return { bytes, offset: element.offset };
  const start = bytes.indexOf(0x7b) + 1;
  const isEmpty = start === 0 || /^\s*\}/.test(Buffer.from(bytes.subarray(start)).toString('utf8'));
  return {
    bytes: isEmpty ? bytes : Buffer.concat([bytes.subarray(0, start), STATUS, bytes.subarray(start)]),
    offset: element.offset,
  };
}

/** All rows of a query have the same fields: the first one tells. */
function refusePoorRow(bytes: Uint8Array, label: string): void {
  const { type, id, accountId, region, captureTime } = readEnvelope(bytes);
  const needed = {
    accountId,
    awsRegion: region,
    resourceType: type,
    resourceId: id,
    configurationItemCaptureTime: captureTime,
    configuration: /"configuration"\s*:/.test(Buffer.from(bytes).toString('utf8')) ? 'there' : '',
  };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === '' ? [name] : []));
  if (missing.length === 0) return;
  throw new SnapshotError(
    'Malformed',
    `${label}: rows of a query that did not select ${missing.join(', ')}. Ask with --expression "${QUERY}"`,
  );
}

/** How an answer says that it goes on, by the members that a scanner kept. */
export const goesOn = (kept: ReadonlyMap<string, unknown>): string | undefined =>
  ['nextToken', 'NextToken'].find((name) => typeof kept.get(name) === 'string' && kept.get(name) !== '');

/**
 * The resources that a batch call did not answer: `unprocessedResourceKeys`, an aggregator's
 * `UnprocessedResourceIdentifiers`.
 *
 * @throws {SnapshotError} `Malformed`, when there is something in the list and nobody can tell what.
 */
export function unprocessedIn(kept: ReadonlyMap<string, unknown>, label: string): Unprocessed[] {
  return ['unprocessedResourceKeys', 'UnprocessedResourceIdentifiers'].flatMap((name) => {
    const list = kept.get(name) ?? [];
    if (!Array.isArray(list)) throw malformed(label, name, 'is no list');
    return list.map((value, index) => {
      const where = `${name}[${index}]`;
      if (!isFields(value)) throw malformed(label, where, 'is no object');
      const type = textOf(value, 'resourceType', 'ResourceType');
      const id = textOf(value, 'resourceId', 'ResourceId');
      if (!type || !id)
        throw malformed(label, where, 'names no resource: expected resourceType and resourceId');
      const accountId = textOf(value, 'SourceAccountId');
      const region = textOf(value, 'SourceRegion');
      return { type, id, ...(accountId && { accountId }), ...(region && { region }) };
    });
  });
}

const textOf = (fields: Fields, ...names: string[]) =>
  names.map((name) => fields[name]).find((value) => typeof value === 'string' && value !== '') as
    | string
    | undefined;

const malformed = (label: string, where: string, problem: string) =>
  new SnapshotError('Malformed', `${label}: ${where} ${problem}`);
