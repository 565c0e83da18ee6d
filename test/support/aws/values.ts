/** What the `aws` command prints, as the value that the SDK has in its place. */
import type { NormalizedSchema } from '@smithy/core/schema';

/** AWS could not have said so: its model has no such member, or one of another type. */
export class NotOnTheWire extends Error {
  readonly code = 'NotOnTheWire';
}

/**
 * The printed value with times as dates and blobs as bytes.
 *
 * @param decodesPolicies the command prints policy documents decoded, which the service sends as text (IAM).
 * @throws NotOnTheWire
 */
export function onTheWire(schema: NormalizedSchema, printed: unknown, decodesPolicies = false): unknown {
  const walk = (schema: NormalizedSchema, value: unknown, at: string): unknown => {
    const no = (expected: string): never => {
      throw new NotOnTheWire(
        `${at || 'the answer'} is ${JSON.stringify(value)}: AWS's model has ${expected}`,
      );
    };
    if (value === undefined) return undefined;
    if (schema.isStructSchema()) {
      if (!isRecord(value)) return no('a structure');
      const members = schema.getMemberSchemas();
      return Object.fromEntries(
        Object.entries(value).map(([name, one]) => {
          const member = Object.hasOwn(members, name) ? members[name] : undefined;
          if (!member) throw new NotOnTheWire(`${at || 'the answer'} has ${name}, which AWS's model has not`);
          return [name, walk(member, one, at ? `${at}.${name}` : name)];
        }),
      );
    }
    if (schema.isListSchema()) {
      if (!Array.isArray(value)) return no('a list');
      return value.map((one, i) => walk(schema.getValueSchema(), one, `${at}.${i}`));
    }
    if (schema.isMapSchema()) {
      if (!isRecord(value)) return no('a map');
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, walk(schema.getValueSchema(), one, `${at}.${key}`)]),
      );
    }
    if (schema.isTimestampSchema()) {
      const date = new Date(typeof value === 'number' ? value * 1000 : String(value));
      return Number.isNaN(date.getTime()) ? no('a time') : date;
    }
    if (schema.isBlobSchema())
      return typeof value === 'string'
        ? Buffer.from(value, 'base64')
        : value instanceof Uint8Array
          ? value
          : no('bytes');
    if (schema.isNumericSchema()) return typeof value === 'number' ? value : no('a number');
    if (schema.isBooleanSchema()) return typeof value === 'boolean' ? value : no('true or false');
    if (schema.isStringSchema()) {
      if (decodesPolicies && isRecord(value)) return encodeURIComponent(JSON.stringify(value));
      return typeof value === 'string' ? value : no('text');
    }
    return value;
  };
  // An operation without an answer prints nothing.
  return schema.isStructSchema() ? walk(schema, printed ?? {}, '') : {};
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
