/** Which operation a request is for, and what it is asked with. */
import type { IncomingMessage } from 'node:http';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { Sdk } from './wire.ts';

export type Json = { readonly [name: string]: unknown };

export interface Operation {
  readonly api: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Of the REST protocols: method, path with `{Labels}` and the query that belongs to it, and the status of an answer. */
  readonly http?: readonly [method: string, path: string, status: number];
}

export interface Match {
  readonly operation: Operation;
  /** What the path says. */
  readonly labels: Json;
}

export function matchOf(
  { operations, service }: Sdk,
  { method = '', url = '/', headers }: IncomingMessage,
  body: Buffer,
): Match | undefined {
  const named = headers['x-amz-target']
    ? String(headers['x-amz-target']).split('.').at(-1)
    : new URLSearchParams(body.toString()).get('Action');
  if (named) {
    const operation = operations.get(named);
    return operation && { operation, labels: {} };
  }
  const { pathname, searchParams } = new URL(url, 'http://aws');
  const [, bucket = '', rest = ''] = service === 's3' ? (/^\/([^/]*)(.*)$/.exec(pathname) ?? []) : [];
  const path = service === 's3' ? rest || '/' : pathname;
  const wanted = searchParams.get('x-id');
  let best: (Match & { readonly score: number }) | undefined;
  for (const operation of operations.values()) {
    if (!operation.http || operation.http[0] !== method) continue;
    if (wanted && operation.api !== wanted) continue;
    if (service === 's3' && (bucket !== '') !== hasMember(operation.input, 'Bucket')) continue;
    const [template = '', query = ''] = operation.http[1].split('?');
    // Only the SDK's own clients say which operation they mean.
    const literals = [...new URLSearchParams(query)].filter(([key]) => key !== 'x-id');
    if (
      !literals.every(
        ([key, value]) => searchParams.has(key) && (value === '' || searchParams.get(key) === value),
      )
    )
      continue;
    const found = labelsOf(template, path);
    const score = literals.length * 1000 + template.replaceAll(/\{[^}]+\}/g, '').length;
    if (!found || (best && best.score >= score)) continue;
    best = { operation, labels: { ...found, ...(bucket && { Bucket: bucket }) }, score };
  }
  return best;
}

const hasMember = (schema: NormalizedSchema, name: string) =>
  schema.isStructSchema() && Object.hasOwn(schema.getMemberSchemas(), name);

function labelsOf(template: string, path: string): Record<string, string> | undefined {
  const pattern = template
    .replace(/(?<=.)\/$/, '')
    .replaceAll(/\{(\w+)(\+?)\}/g, (_, name, greedy) => (greedy ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`));
  const match = new RegExp(`^${pattern}/?$`).exec(path);
  return match
    ? Object.fromEntries(
        Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]),
      )
    : undefined;
}

export async function inputOf(
  { protocol }: Sdk,
  { operation: { input }, labels }: Match,
  { url = '/', headers }: IncomingMessage,
  body: Buffer,
): Promise<Json> {
  const shape = protocol.getShapeId();
  if (shape.endsWith('Query'))
    return fromQuery(input, new URLSearchParams(body.toString()), protocol.serializer.settings);
  if (shape.includes('awsJson')) return JSON.parse(body.toString() || '{}');
  const query = new URL(url, 'http://aws').searchParams;
  const given: Record<string, unknown> = { ...labels };
  if (!input.isStructSchema()) return given;
  let payload: [string, NormalizedSchema] | undefined;
  for (const [name, member] of input.structIterator()) {
    const { httpQuery, httpHeader, httpPayload } = member.getMergedTraits();
    if (httpPayload) payload = [name, member];
    const texts = httpQuery ? query.getAll(httpQuery) : [];
    if (texts.length > 0) given[name] = member.isListSchema() ? texts : scalar(member, texts[0] as string);
    const header = httpHeader && headers[httpHeader.toLowerCase()];
    if (typeof header === 'string') given[name] = scalar(member, header);
  }
  if (body.length === 0) return given;
  const isStruct = payload?.[1].isStructSchema();
  if (payload && !isStruct) return { ...given, [payload[0]]: body.toString() };
  const read = shape.includes('restJson')
    ? JSON.parse(body.toString())
    : await protocol
        .getPayloadCodec()
        .createDeserializer()
        .read(payload?.[1] ?? input, body);
  return payload ? { ...given, [payload[0]]: read } : { ...given, ...(read as Json) };
}

const scalar = (schema: NormalizedSchema, text: string): unknown =>
  schema.isNumericSchema() ? Number(text) : schema.isBooleanSchema() ? text === 'true' : text;

/** `Filters.member.1.Values.member.1=a`, by the names that the SDK writes (`QueryShapeSerializer`). */
function fromQuery(schema: NormalizedSchema, given: URLSearchParams, settings: Json): Json {
  const names = [...given.keys()];
  const isThere = (key: string) => names.some((name) => name === key || name.startsWith(`${key}.`));
  const keyOf = (schema: NormalizedSchema, name: string, isMember = false): string => {
    const { xmlName, ec2QueryName } = schema.getMergedTraits() as { xmlName?: string; ec2QueryName?: string };
    if (settings.ec2 && ec2QueryName) return ec2QueryName;
    const key = xmlName ?? name;
    return isMember && settings.capitalizeKeys ? `${key.charAt(0).toUpperCase()}${key.slice(1)}` : key;
  };
  const read = (schema: NormalizedSchema, at: string): unknown => {
    if (schema.isStructSchema()) {
      const members = [...schema.structIterator()].flatMap(([name, member]) => {
        const key = [at, keyOf(member, name, true)].filter(Boolean).join('.');
        return isThere(key) ? [[name, read(member, key)]] : [];
      });
      return Object.fromEntries(members);
    }
    const isFlat = settings.flattenLists || schema.getMergedTraits().xmlFlattened;
    if (schema.isListSchema()) {
      const value = schema.getValueSchema();
      const base = isFlat ? at : `${at}.${keyOf(value, 'member')}`;
      const list: unknown[] = [];
      for (let i = 1; isThere(`${base}.${i}`); i++) list.push(read(value, `${base}.${i}`));
      return list;
    }
    if (schema.isMapSchema()) {
      const [key, value] = [schema.getKeySchema(), schema.getValueSchema()];
      const base = isFlat ? at : `${at}.entry`;
      const map: Record<string, unknown> = {};
      for (let i = 1; isThere(`${base}.${i}`); i++) {
        const name = given.get(`${base}.${i}.${keyOf(key, 'key')}`) ?? '';
        map[name] = read(value, `${base}.${i}.${keyOf(value, 'value')}`);
      }
      return map;
    }
    return scalar(schema, given.get(at) ?? '');
  };
  return schema.isStructSchema() ? (read(schema, '') as Json) : {};
}
