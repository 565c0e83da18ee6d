import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { DocumentError, type Path, type Problem, type ProblemCode, type Report } from './error.ts';
import { checkParameters, checkVariables } from './parameters.ts';
import { checkReferences } from './references.ts';
import { documentSchema, type ParameterFields, type Step, type VariableFields } from './schema.ts';
import { readSource, type Source } from './source.ts';
import { checkSteps } from './steps.ts';

/** A document that SSM would take. */
export interface AutomationDocument {
  /** The document's name or file, as the messages call it. */
  readonly where: string;
  readonly sha256: string;
  /** Of the text: they count, with the parameters' values, towards 64 KB. */
  readonly bytes: number;
  readonly description?: string;
  readonly assumeRole?: string;
  readonly parameters: Readonly<Record<string, ParameterFields>>;
  readonly variables: Readonly<Record<string, VariableFields>>;
  readonly mainSteps: readonly Step[];
  /** `step.Output`, each. */
  readonly outputs: readonly string[];
}

/**
 * Reads a runbook (schema 0.3, YAML or JSON) as strictly as SSM's CreateDocument, and more strictly where what SSM does is
 * unverified: a document that passes here works under either reading.
 *
 * @param where what to call the document in messages and records: its name, or its file.
 * @throws {DocumentError} that names every problem with its path, line and column.
 *
 * @example
 * const document = loadDocument(await readFile('remediation.yaml', 'utf8'), 'Groundrules-S3Public');
 */
export function loadDocument(text: string, where: string): AutomationDocument {
  const source = readSource(text, where);
  const parsed = documentSchema.safeParse(source.value);
  if (!parsed.success)
    refuse(
      where,
      parsed.error.issues.flatMap((issue) => problemsOf(issue, source)),
    );

  const { description, assumeRole, parameters = {}, variables = {}, mainSteps, outputs = [] } = parsed.data;
  const problems: Problem[] = [];
  const report: Report = (code, path, message) => problems.push(source.problem(code, path, message));
  checkParameters(parameters, report);
  checkVariables(variables, report);
  checkSteps(mainSteps, ['mainSteps'], report, { names: new Set(), variables });
  checkReferences(parsed.data, report);
  if (problems.length > 0) refuse(where, problems);

  return {
    where,
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: Buffer.byteLength(text),
    ...(description !== undefined && { description }),
    ...(assumeRole !== undefined && { assumeRole }),
    parameters,
    variables,
    mainSteps,
    outputs,
  };
}

function refuse(where: string, problems: readonly Problem[]): never {
  // In the order of the text: what comes first often explains what comes after.
  const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  throw new DocumentError(where, sorted as [Problem, ...Problem[]]);
}

/** A schema's complaint in the document's own terms. */
function problemsOf(issue: z.core.$ZodIssue, source: Source): Problem[] {
  const path = issue.path as Path;
  const one = (code: ProblemCode, message: string, at = path) => [source.problem(code, at, message)];
  const value = path.reduce<unknown>((at, part) => Reflect.get(Object(at), part), source.value);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.flatMap((key) => one('UnknownKey', `there is no such key here`, [...path, key]));
    case 'invalid_key':
      return one('InvalidName', issue.issues[0]?.message ?? issue.message);
    case 'invalid_union': {
      if (value === undefined) return one('Missing', 'expected the name of an action');
      const isLoop = value === 'aws:loop';
      return one(
        'UnknownAction',
        isLoop ? 'a loop inside a loop: SSM has none' : `SSM has no action ${JSON.stringify(value)}`,
      );
    }
    default: {
      const last = path.at(-1);
      if (value === undefined && path.length > 0) return one('Missing', `${String(last)} is required`);
      if (path.length === 1 && last === 'schemaVersion') {
        return one('SchemaVersion', `expected '0.3' in quotes, which is what automation runbooks have`);
      }
      const isName = /^a name|^a parameter's name/.test(issue.message);
      return one(isName ? 'InvalidName' : 'InvalidValue', issue.message);
    }
  }
}
