/**
 * An API's shapes, read from the SDK's own schemas: inputs are checked as boto3 would (botocore's ParamValidation), answers
 * are given as boto3 would.
 */
import type { NormalizedSchema } from '@smithy/core/schema';
import { isObject, typeName } from './document/values.ts';

/** A structure's schema as the SDK holds it: the members that are required come first, and the last item counts them. */
type StaticStructure = readonly [
  kind: 3,
  namespace: string,
  name: string,
  traits: unknown,
  names: readonly string[],
  members: unknown,
  required?: number,
];

const describe = (schema: NormalizedSchema): string => {
  if (schema.isStructSchema() || schema.isMapSchema()) return 'a map';
  if (schema.isListSchema()) return 'a list';
  if (schema.isBooleanSchema()) return 'a Boolean';
  if (schema.isNumericSchema()) return 'a number';
  if (schema.isTimestampSchema()) return 'a time (ISO 8601)';
  return 'a String';
};

/**
 * An input as the SDK takes it: times as dates, blobs as bytes.
 *
 * @param problems takes what is wrong: members that the API does not have, that are missing, or of the wrong type.
 */
export function toSdk(schema: NormalizedSchema, value: unknown, path: string, problems: string[]): unknown {
  const wrong = () => {
    problems.push(`${path || 'the input'}: expected ${describe(schema)}, not ${typeName(value)}`);
    return undefined;
  };
  if (schema.isDocumentSchema()) return value;
  if (schema.isStructSchema()) return isObject(value) ? structure(schema, value, path, problems) : wrong();
  if (schema.isMapSchema()) {
    if (!isObject(value)) return wrong();
    const of = schema.getValueSchema();
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, toSdk(of, item, `${path}.${key}`, problems)]),
    );
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return wrong();
    const of = schema.getValueSchema();
    return value.map((item, index) => toSdk(of, item, `${path}[${index}]`, problems));
  }
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? value : wrong();
  if (schema.isNumericSchema()) return typeof value === 'number' ? value : wrong();
  if (schema.isTimestampSchema()) {
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(time) ? wrong() : new Date(time);
  }
  if (schema.isBlobSchema()) return typeof value === 'string' ? new TextEncoder().encode(value) : wrong();
  return typeof value === 'string' ? value : wrong();
}

function structure(
  schema: NormalizedSchema,
  value: Readonly<Record<string, unknown>>,
  path: string,
  problems: string[],
): Record<string, unknown> {
  const members = new Map(schema.structIterator());
  const [, , , , names = [], , required = 0] = schema.getSchema() as unknown as StaticStructure;
  const at = (name: string) => (path ? `${path}.${name}` : name);
  for (const name of names.slice(0, required)) {
    // The SDK makes up an idempotency token, as boto3 does.
    if (value[name] === undefined && !members.get(name)?.isIdempotencyToken()) {
      problems.push(`${at(name)}: required, and missing`);
    }
  }
  const result: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    const member = members.get(name);
    if (member) result[name] = toSdk(member, item, at(name), problems);
    else problems.push(`${at(name)}: there is no such member (there is ${names.join(', ')})`);
  }
  return result;
}

/** Whether an answer holds a stream. */
export const hasStream = (schema: NormalizedSchema): boolean =>
  schema.isStructSchema() && [...schema.structIterator()].some(([, member]) => member.isStreaming());

const DECODED_BY_BOTOCORE = new Set(['AssumeRolePolicyDocument', 'Document', 'PolicyDocument']);

/**
 * An answer as boto3 gives it and SSM shows it: no `$metadata`, times as ISO 8601 text (SSM's own form is unverified), blobs
 * as text; IAM's policies, which come URL-encoded, as objects.
 */
export function fromSdk(value: unknown, service: string): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (Array.isArray(value)) return value.map((item) => fromSdk(item, service));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, item]) => name !== '$metadata' && item !== undefined)
      .map(([name, item]) => [
        name,
        service === 'iam' && typeof item === 'string' && DECODED_BY_BOTOCORE.has(name)
          ? decodePolicy(item)
          : fromSdk(item, service),
      ]),
  );
}

function decodePolicy(text: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(text));
  } catch {
    return text;
  }
}
