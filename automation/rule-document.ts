import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package.ts';
import { documentName } from '../rules/names.ts';
import type { AnyRule } from '../rules/rule.ts';
import { type AutomationDocument, loadDocument } from './document/load.ts';

/** A rule and the document that fixes what it reports. */
export interface RuleDocument {
  readonly rule: AnyRule;
  readonly document: AutomationDocument;
  /** The one parameter that has no default: the resource's id. */
  readonly resourceParameter: string;
}

const opened = new WeakMap<AnyRule, RuleDocument>();

/**
 * Opens a rule's document, which lies in the package beside the rule: read and checked once, for all the Regions of a run.
 *
 * @throws {Error} when the package is not whole.
 */
export function openRuleDocument(rule: AnyRule): RuleDocument {
  const found = opened.get(rule) ?? open(rule);
  opened.set(rule, found);
  return found;
}

function open(rule: AnyRule): RuleDocument {
  const document = loadDocument(documentText(rule), documentName(rule.id));
  const [resourceParameter] = Object.entries(document.parameters)
    .filter(([, { default: value }]) => value === undefined)
    .map(([name]) => name);
  if (resourceParameter === undefined) throw new Error(`${document.where} has no parameter for the resource`);
  return { rule, document, resourceParameter };
}

/** The text of a rule's `remediation.yaml`, which lies in the package. */
export function documentText({ id }: AnyRule): string {
  const file = join(PACKAGE_ROOT, 'rules', id, 'remediation.yaml');
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`the groundrules package is not whole: ${file} is missing`);
  }
}
