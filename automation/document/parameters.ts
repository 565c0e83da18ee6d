import type { Path, Report } from './error.ts';
import { compilePattern } from './pattern.ts';
import type { ParameterFields, VariableFields } from './schema.ts';
import { type DataType, isOfType, typeName } from './values.ts';

/** A default that SSM looks up in Parameter Store when the automation starts ("Data elements and parameters"). */
export const parameterStoreName = (value: unknown): string | undefined =>
  typeof value === 'string' ? /^\{\{\s*ssm:([\w./:-]+)\s*\}\}$/.exec(value)?.[1] : undefined;

/** Checks the parameters' declarations: each default must be a value that a caller could give. */
export function checkParameters(parameters: Readonly<Record<string, ParameterFields>>, report: Report): void {
  const names = Object.keys(parameters);
  if (names.length > 200) report('TooLarge', ['parameters'], `${names.length} parameters, SSM takes 200`);
  for (const [name, fields] of Object.entries(parameters)) {
    const path = ['parameters', name];
    if (fields.allowedPattern !== undefined) {
      try {
        compilePattern(fields.allowedPattern);
      } catch (error) {
        report('InvalidPattern', [...path, 'allowedPattern'], (error as Error).message);
        continue;
      }
    }
    for (const [least, most] of [
      ['minItems', 'maxItems'],
      ['minChars', 'maxChars'],
    ] as const) {
      if ((fields[least] ?? 0) > (fields[most] ?? Number.POSITIVE_INFINITY)) {
        report('Contradiction', [...path, least], `${least} is greater than ${most}`);
      }
    }
    for (const [index, value] of (fields.allowedValues ?? []).entries()) {
      const wrong = checkAllowedValue(value, fields.type);
      if (wrong) report('InvalidValue', [...path, 'allowedValues', index], wrong);
    }
    if (fields.default !== undefined && parameterStoreName(fields.default) === undefined) {
      // Whether SSM checks a default against allowedValues and allowedPattern is unverified, so a default has to
      // pass.
      const wrong = checkValue(fields.default, fields);
      if (wrong) report('InvalidValue', [...path, 'default'], wrong);
    }
  }
}

export function checkVariables(variables: Readonly<Record<string, VariableFields>>, report: Report): void {
  for (const [name, fields] of Object.entries(variables)) {
    if (fields.default === undefined) continue;
    const value = variableDefault(fields);
    if (!isOfType(value, fields.type)) {
      const path: Path = ['variables', name, 'default'];
      report('InvalidValue', path, `expected ${fields.type}, not ${typeName(fields.default)}`);
    }
  }
}

/** The value a variable begins with: AWS's page writes a StringMap's as JSON text (`default: "{}"`). */
export function variableDefault({ type, default: value }: VariableFields): unknown {
  if (typeof value !== 'string' || type === 'String') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** One of the values that a list of this type may hold, or the value itself. */
function checkAllowedValue(value: unknown, type: DataType): string | undefined {
  const wanted: DataType = type === 'StringList' ? 'String' : type === 'MapList' ? 'StringMap' : type;
  return isOfType(value, wanted) ? undefined : `expected ${wanted}, not ${typeName(value)}`;
}

/** What is wrong with a parameter's value; undefined when nothing is. */
export function checkValue(value: unknown, fields: ParameterFields): string | undefined {
  const { type } = fields;
  if (!isOfType(value, type)) return `expected ${type}, not ${typeName(value)}`;
  const items = Array.isArray(value) ? value : [value];
  if (fields.allowedValues) {
    const allowed = fields.allowedValues.map((one) => JSON.stringify(one));
    const other = items.find((item) => !allowed.includes(JSON.stringify(item)));
    if (other !== undefined) return `${JSON.stringify(other)} is none of ${allowed.join(', ')}`;
  }
  if (Array.isArray(value)) {
    const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = fields;
    if (value.length < minItems) return `${value.length} items, fewer than minItems (${minItems})`;
    if (value.length > maxItems) return `${value.length} items, more than maxItems (${maxItems})`;
  }
  for (const item of items) {
    const text = typeof item === 'string' ? item : JSON.stringify(item);
    const { minChars = 0, maxChars = Number.POSITIVE_INFINITY, allowedPattern } = fields;
    if (text.length < minChars) return `${JSON.stringify(text)} is shorter than minChars (${minChars})`;
    if (text.length > maxChars) return `${text.length} characters, more than maxChars (${maxChars})`;
    if (allowedPattern !== undefined && !compilePattern(allowedPattern).test(text)) {
      return `${JSON.stringify(text)} does not match ${allowedPattern}`;
    }
  }
  return undefined;
}
