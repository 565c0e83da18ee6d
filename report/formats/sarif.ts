import { createHash } from 'node:crypto';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { Location, ReportingDescriptor, Result as SarifResult } from 'sarif';
import { VERSION } from '../../package.ts';
import { rules } from '../../rules/index.ts';
import type { Severity } from '../../rules/rule.ts';
import { lines } from '../lines.ts';
import { jsonText, printable } from '../printable.ts';
import type { Header, Report, Result, ResultError, Subject } from '../result.ts';
import { factsOf } from '../rule-facts.ts';
import { waivedText } from '../waived.ts';

const LEVELS = { CRITICAL: 'error', HIGH: 'error', MEDIUM: 'warning', LOW: 'note' } as const;
/** What GitHub sorts by: over 9 is critical, over 7 high, over 4 medium. */
const SCORES: Readonly<Record<Severity, string>> = {
  CRITICAL: '9.5',
  HIGH: '8.0',
  MEDIUM: '5.5',
  LOW: '3.0',
};

export interface SarifOptions {
  /** The text of a page of the package, in Markdown. */
  readonly pageText: (page: string) => string;
}

/**
 * The `sarif` format (2.1.0), for code scanning: what is NON_COMPLIANT, and what could not be judged (kind `open`). What is
 * right is left out, because code scanning shows every result as something to be dealt with.
 */
export function sarifReport(out: Writable, options: SarifOptions): Report {
  const sarif = sarifResults(out, options);
  return {
    begin: (header) => sarif.begin(header),
    result: (result) =>
      result.compliance === 'NON_COMPLIANT' ? sarif.add(failOf(result, sarif.indices())) : undefined,
    error: (error) => sarif.add(openOf(error, sarif.indices())),
    end: ({ errors }) => sarif.end(errors === 0),
  };
}

/** The results of one run, as they come. */
export function sarifResults(out: Writable, options: SarifOptions) {
  const print = lines(out);
  let indices: ReadonlyMap<string, number> = new Map();
  let separator = '';
  let startTimeUtc = '';
  return {
    begin({ generatedAt, rules: ids }: Pick<Header, 'generatedAt' | 'rules'>): Promise<void> {
      indices = new Map(ids.map((id, index) => [id, index]));
      startTimeUtc = generatedAt.toISOString();
      const driver = {
        name: 'Groundrules',
        version: VERSION,
        semanticVersion: VERSION,
        rules: ids.map((id) => descriptor(id, options)),
      };
      const run = jsonText({ tool: { driver }, columnKind: 'utf16CodeUnits' }).slice(0, -1);
      const head = '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[';
      return print(`${head}${run},\n"results":[`);
    },
    add(result: SarifResult): Promise<void> {
      const line = `${separator}\n${jsonText(result)}`;
      separator = ',';
      return print(line);
    },
    end(executionSuccessful: boolean): Promise<void> {
      return print(`\n],\n"invocations":[${jsonText({ executionSuccessful, startTimeUtc })}]}]}\n`);
    },
    /** The place of each rule in the run's list of them. */
    indices: () => indices,
  };
}

function descriptor(id: string, { pageText }: SarifOptions): ReportingDescriptor {
  const { controls, frameworks, page } = factsOf(id);
  const severity = rules.find((rule) => rule.id === id)?.severity ?? 'MEDIUM';
  const title = controls.map((control) => control.title.en).join('; ') || id;
  const tags = Object.entries(frameworks).flatMap(([name, ids]) => ids.map((one) => `${name}/${one}`));
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: { text: `${title}. The page: ${page}`, markdown: pageText(page) },
    defaultConfiguration: { level: LEVELS[severity] },
    // GitHub takes no more than 20 tags.
    properties: { tags: ['security', ...tags].slice(0, 20), 'security-severity': SCORES[severity] },
  };
}

export function failOf(result: Result, indices: ReadonlyMap<string, number>): SarifResult {
  return {
    ...common(result, indices),
    kind: 'fail',
    level: LEVELS[result.severity],
    message: { text: `${nameOf(result)}: ${printable(result.annotation)}` },
    ...(result.waivers && {
      suppressions: result.waivers.map((waiver) => ({
        kind: 'external' as const,
        status: 'accepted' as const,
        justification: waivedText(waiver),
      })),
    }),
    properties: { ...place(result), severity: result.severity, ...(result.fix && { fix: result.fix }) },
  };
}

export function openOf(error: ResultError, indices: ReadonlyMap<string, number>): SarifResult {
  return {
    ...common(error, indices),
    kind: 'open',
    level: 'none',
    message: { text: `${nameOf(error)} could not be judged: ${printable(error.message)}` },
    properties: { ...place(error), code: error.code },
  };
}

/** Neither a failure nor an error: what is not judged any more. */
export const unknownOf = (
  one: Result | ResultError,
  indices: ReadonlyMap<string, number>,
  text: string,
): SarifResult => ({
  ...common(one, indices),
  message: { text: `${nameOf(one)}: ${printable(text)}` },
  properties: place(one),
});

function common(one: Result | ResultError, indices: ReadonlyMap<string, number>) {
  const ruleIndex = indices.get(one.rule);
  return {
    ruleId: one.rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    locations: [locationOf(one)],
    fingerprints: { 'findingId/v1': one.findingId },
    // The one that GitHub goes by, and its form.
    partialFingerprints: {
      primaryLocationLineHash: `${createHash('sha256').update(one.findingId).digest('hex').slice(0, 16)}:1`,
    },
  };
}

const nameOf = ({ resourceName, resourceId }: Subject) =>
  printable(
    resourceName === undefined || resourceName === resourceId
      ? resourceId
      : `${resourceName} (${resourceId})`,
  );
const place = ({ accountId, region, resourceType }: Subject) => ({ accountId, region, resourceType });

/** A deployed resource has no file; code scanning wants one, so that it has a path of its own. */
function locationOf({ accountId, region, resourceType, resourceId, location }: Subject): Location {
  const parts = [accountId, region, resourceType.replaceAll('::', '.'), resourceId];
  const path = parts.map((part) => encodeURIComponent(printable(part))).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri: location ? uriOf(location.file) : path },
      region: { startLine: location?.line ?? 1 },
    },
    logicalLocations: [
      { fullyQualifiedName: printable(parts.join('/')), name: printable(resourceId), kind: 'resource' },
    ],
  };
}

/** Relative to the folder that the command ran in, which a pipeline's is the repository's; else a file's URI. */
const uriOf = (file: string): string => {
  const near = relative(process.cwd(), resolve(file));
  if (near.startsWith('..') || isAbsolute(near)) return pathToFileURL(file).href;
  return near.split(sep).map(encodeURIComponent).join('/');
};
