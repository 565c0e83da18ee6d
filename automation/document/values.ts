/** What SSM's data types hold ("Data elements and parameters"). */
export const DATA_TYPES = ['String', 'StringList', 'Integer', 'Boolean', 'StringMap', 'MapList'] as const;
export type DataType = (typeof DATA_TYPES)[number];

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const CHECKS: Readonly<Record<DataType, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  StringList: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  Integer: Number.isSafeInteger,
  Boolean: (value) => typeof value === 'boolean',
  StringMap: isObject,
  MapList: (value) => Array.isArray(value) && value.every(isObject),
};

/** Whether a value is of a type as it stands: SSM converts nothing ("data type conversions aren't supported"). */
export const isOfType = (value: unknown, type: DataType): boolean => CHECKS[type](value);

/** What a value is, in SSM's words where it has one: for messages. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  const type = DATA_TYPES.find((candidate) => isOfType(value, candidate));
  if (type) return type;
  if (Array.isArray(value)) return 'a list of mixed or other values';
  return typeof value === 'number' ? 'a number that is no Integer' : typeof value;
}

export const isPlainScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
