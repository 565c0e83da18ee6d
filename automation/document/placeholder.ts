/** What a placeholder stands for: `{{ Name }}`, `{{ step.Output }}`, `{{ variable:x }}`, `{{ global:REGION }}`. */
export type Reference =
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'output'; readonly step: string; readonly output: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'system'; readonly name: SystemVariable };

/** What SSM itself knows: the user guide's page "Automation system variables". */
const SYSTEM_VARIABLES = [
  'global:ACCOUNT_ID',
  'global:AWS_PARTITION',
  'global:DATE',
  'global:DATE_TIME',
  'global:REGION',
  'automation:EXECUTION_ID',
] as const;
export type SystemVariable = (typeof SYSTEM_VARIABLES)[number];
const isSystemVariable = (name: string): name is SystemVariable =>
  (SYSTEM_VARIABLES as readonly string[]).includes(name);

export type Part = string | Reference;

const WHOLE = /^\{\{[^{}]*\}\}$/;
/** Whether a value is one placeholder and nothing else, so that it keeps the type of what it stands for. */
export const isPlaceholder = (value: unknown): value is string =>
  typeof value === 'string' && WHOLE.test(value);

export const hasPlaceholder = (value: string): boolean => value.includes('{{');

/** The only part of a text that is one placeholder and nothing else. */
export const onlyReference = (parts: readonly Part[]): Reference | undefined => {
  const [part, ...rest] = parts;
  return rest.length === 0 && typeof part === 'object' ? part : undefined;
};

/** @throws {SyntaxError} for braces that are no placeholder. */
export function parsePlaceholders(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)) {
    const before = text.slice(end, match.index);
    if (before) parts.push(literal(before));
    parts.push(parseReference(match[1] ?? ''));
    end = match.index + match[0].length;
  }
  if (end < text.length || parts.length === 0) parts.push(literal(text.slice(end)));
  return parts;
}

function literal(text: string): string {
  if (text.includes('{{')) {
    throw new SyntaxError(`"{{" without its "}}" in ${JSON.stringify(text.slice(text.indexOf('{{')))}`);
  }
  return text;
}

function parseReference(text: string): Reference {
  const variable = /^variable:(\w+)$/.exec(text)?.[1];
  if (variable) return { kind: 'variable', name: variable };
  if (isSystemVariable(text)) return { kind: 'system', name: text };
  if (/^(?:global|automation):/.test(text)) {
    throw new SyntaxError(`SSM has no ${text} (it has ${SYSTEM_VARIABLES.join(', ')})`);
  }
  if (text.startsWith('ssm:')) {
    throw new SyntaxError(
      `{{ ${text} }} may only be the default of a parameter: declare one and refer to it`,
    );
  }
  if (/^\w+$/.test(text)) return { kind: 'parameter', name: text };
  const [, step, output] = /^(\w+)\.([\w-]+)$/.exec(text) ?? [];
  if (step && output) return { kind: 'output', step, output };
  if (/^\w+\.[\w-]+[.[]/.test(text)) {
    throw new SyntaxError(`{{ ${text} }} looks inside an output: select that part in the step's outputs`);
  }
  throw new SyntaxError(`{{ ${text} }} names no parameter, step.Output, variable: or global: value`);
}

/** Calls back for every text in a value, with the path to it, but not for keys. */
export function eachText(
  value: unknown,
  path: readonly (string | number)[],
  visit: (text: string, path: readonly (string | number)[]) => void,
): void {
  if (typeof value === 'string') visit(value, path);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) eachText(item, [...path, index], visit);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) eachText(item, [...path, key], visit);
  }
}
