import type { AutomationDocument } from '../document/load.ts';
import { checkValue, parameterStoreName } from '../document/parameters.ts';
import { MAX_DOCUMENT_BYTES } from '../document/source.ts';
import { AutomationError, type RunOptions } from './execution.ts';
import { asText } from './values.ts';

/** Limits of StartAutomationExecution ("Data elements and parameters"). */
const MAX_VALUE_CHARACTERS = 512;
const MAX_VALUES = 50;

/**
 * The values of all parameters, defaults included.
 *
 * @throws {AutomationError} that names every parameter that is unknown, missing, of the wrong type or out of bounds.
 */
export async function startParameters(
  document: AutomationDocument,
  { parameters = {}, findParameter }: Pick<RunOptions, 'parameters' | 'findParameter'>,
): Promise<Record<string, unknown>> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(parameters)) {
    if (!Object.hasOwn(document.parameters, name)) {
      problems.push(
        `there is no parameter ${name} (there is ${Object.keys(document.parameters).join(', ') || 'none'})`,
      );
    }
  }
  let bytes = document.bytes;
  for (const [name, fields] of Object.entries(document.parameters)) {
    const given = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const stored = parameterStoreName(fields.default);
    if (given === undefined && fields.default === undefined) {
      problems.push(`the parameter ${name} (${fields.type}) is required`);
      continue;
    }
    if (given === undefined && stored !== undefined && !findParameter) {
      problems.push(
        `the parameter ${name} defaults to ssm:${stored}, which cannot be looked up here: give it a value`,
      );
      continue;
    }
    const value =
      given !== undefined ? given : stored === undefined ? fields.default : await findParameter?.(stored);
    values[name] = value;
    const wrong = checkValue(value, fields);
    if (wrong) problems.push(`the parameter ${name}: ${wrong}`);
    else if (given !== undefined) {
      // The API takes a list of texts for each parameter, whatever its type.
      const texts = (Array.isArray(given) ? given : [given]).map(asText);
      const longest = Math.max(0, ...texts.map((text) => text.length));
      if (texts.length > MAX_VALUES)
        problems.push(`the parameter ${name}: ${texts.length} values, SSM takes ${MAX_VALUES}`);
      if (longest > MAX_VALUE_CHARACTERS) {
        problems.push(
          `the parameter ${name}: ${longest} characters, SSM takes ${MAX_VALUE_CHARACTERS} a value`,
        );
      }
      bytes += texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    }
  }
  if (bytes > MAX_DOCUMENT_BYTES) {
    problems.push(
      `the document and its parameters' values have ${bytes} bytes, SSM takes ${MAX_DOCUMENT_BYTES} together`,
    );
  }
  if (problems.length > 0) {
    throw new AutomationError(
      'InvalidAutomationExecutionParameters',
      `${document.where}: ${problems.join('; ')}`,
    );
  }
  return values;
}

const SECRET = /(?:password|passphrase|secret|token|credentials?|privatekey|apikey)$/i;

/** Hides the values of parameters that are named like secrets, wherever they show up in a record. */
export function redactor(parameters: Readonly<Record<string, unknown>>): <T>(value: T) => T {
  const secrets = Object.entries(parameters)
    .filter(([name]) => SECRET.test(name))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .map(asText)
    .filter((text) => text !== '');
  const hide = (value: unknown): unknown => {
    if (typeof value === 'string')
      return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), value);
    if (Array.isArray(value)) return value.map(hide);
    if (typeof value !== 'object' || value === null) return secrets.includes(asText(value)) ? '***' : value;
    if (secrets.includes(asText(value))) return '***';
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hide(item)]));
  };
  return <T>(value: T) => (secrets.length > 0 ? (hide(value) as T) : structuredClone(value));
}
