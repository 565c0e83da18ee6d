/** A CloudFormation template, or SAM's, as its resources. */
import { SnapshotError } from '../snapshot/errors.ts';
import { type Declared, writtenOut } from './for-each.ts';
import { type Fields, isFields, type Json, type Parsed, parseTemplate } from './parse.ts';
import type { Given } from './resolve.ts';

export interface Template {
  /** As it was given. */
  readonly file: string;
  readonly root: Fields;
  readonly resources: readonly TemplateResource[];
  /** The keys of what makes resources instead of being one, and is not carried out. */
  readonly left: readonly string[];
  readonly lineOf: Parsed['lineOf'];
}

export interface TemplateResource {
  /** Its logical id. */
  readonly id: string;
  readonly type: string;
  readonly properties: Json;
  /** The condition under which it is made. */
  readonly condition?: string;
  /** Where the template declares it. */
  readonly path: readonly (string | number)[];
  readonly line: number;
}

const TYPE = /^(?:AWS|Alexa|Custom)::|^[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+/;

/** Whether a text that is not taken apart yet may be a template, which says so itself, or has resources of AWS's types. */
function mayBeTemplate(text: string): boolean {
  if (!text.includes('Resources') || !/AWSTemplateFormatVersion|\bType["']?\s*:\s*["']?AWS::\w/.test(text)) {
    return false;
  }
  if (!/^\s*\{/.test(text)) return /^["']?Resources["']?\s*:/m.test(text);
  try {
    const root = JSON.parse(text) as Json;
    return isFields(root) && isTemplate(root);
  } catch {
    return text.includes('AWSTemplateFormatVersion');
  }
}

/** Whether what is in a file is a template. */
const isTemplate = (root: Fields): boolean => {
  const { Resources: resources } = root;
  if (!isFields(resources)) return false;
  return (
    root.AWSTemplateFormatVersion !== undefined ||
    Object.values(resources).some(
      (one) => isFields(one) && typeof one.Type === 'string' && TYPE.test(one.Type),
    )
  );
};

/**
 * Reads a template; `undefined` where the file is something else.
 *
 * @throws {SnapshotError} with line and column, where it says that it is one and cannot be read.
 */
export function readTemplate(text: string, file: string): Template | undefined {
  if (!mayBeTemplate(text)) return undefined;
  const { root, lineOf } = parseTemplate(text, file);
  if (!isTemplate(root)) return undefined;
  const all = Object.entries(root.Resources as Fields);
  const isMade = (id: string) => id.startsWith('Fn::');
  const resources = all
    .filter(([id]) => !isMade(id))
    .map(([id, declared]) => resourceOf({ id, declared, path: ['Resources', id] }, file, lineOf));
  return { file, root, resources, left: all.map(([id]) => id).filter(isMade), lineOf };
}

/**
 * The template with the resources that its loops make, of what is known of their lists.
 *
 * @throws {SnapshotError} as {@link readTemplate}.
 */
export function withLoops(template: Template, given: Given): Template {
  if (template.left.length === 0) return template;
  const { file, root, lineOf } = template;
  const { resources: all, left } = writtenOut(root, given);
  const resources: Record<string, Json> = Object.create(null);
  for (const { id, declared } of all) resources[id] = declared;
  return {
    file,
    root: { ...root, Resources: resources },
    resources: all.map((one) => resourceOf(one, file, lineOf)),
    left,
    lineOf,
  };
}

function resourceOf(
  { id, declared, path }: Declared,
  file: string,
  lineOf: Template['lineOf'],
): TemplateResource {
  const line = lineOf(path);
  if (!isFields(declared) || typeof declared.Type !== 'string') {
    throw new SnapshotError('Malformed', `${file}: line ${line}: resource ${id} has no Type`);
  }
  const { Type: type, Properties: properties = {}, Condition: condition } = declared;
  return { id, type, properties, path, line, ...(typeof condition === 'string' && { condition }) };
}

/** A part of a template that makes resources which nobody sees in it. */
export interface Hidden {
  readonly what: string;
  readonly count: number;
}

const HIDING =
  /^AWS::Serverless::|^AWS::CloudFormation::(?:Stack|Macro|CustomResource|ModuleVersion)$|^Custom::|::MODULE$|^AWS::ServiceCatalog::CloudFormationProvisionedProduct$/;

/** What of a template is not judged, because only CloudFormation makes resources of it. */
export function hiddenIn({ root, resources, left }: Template): Hidden[] {
  const counts = new Map<string, number>();
  const add = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const { type } of resources) if (HIDING.test(type)) add(type);
  for (const id of left) add(id.startsWith('Fn::ForEach::') ? 'Fn::ForEach' : id);
  const { Transform: transform } = root;
  for (const one of Array.isArray(transform) ? transform : [transform]) {
    const name =
      typeof one === 'string' ? one : isFields(one ?? null) ? String((one as Fields).Name) : undefined;
    if (name !== undefined && !EXPLAINED.test(name)) add(`Transform ${name}`);
  }
  return [...counts].map(([what, count]) => ({ what, count }));
}

/** SAM's is said by its resources, and that of language extensions by what uses them. */
const EXPLAINED = /^AWS::(?:Serverless-|LanguageExtensions)/;
