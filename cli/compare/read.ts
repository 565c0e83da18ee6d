import type { Readable } from 'node:stream';
import * as z from 'zod/mini';
import { readBytes, readStream } from '../../account/snapshot/files.ts';
import { whatItIs } from '../../account/snapshot/json.ts';
import { JsonElementScanner, JsonStreamError, parseElement } from '../../account/snapshot/json-stream.ts';
import { controls } from '../../catalogue/index.ts';
import type { ComparedError, ComparedResult } from '../../report/compare.ts';
import type { Header, ResultError, WaivedBy } from '../../report/result.ts';
import { notResults, parsed } from '../inputs/results.ts';
import { UsageError } from '../program/errors.ts';

const text = z.string();
const subject = {
  rule: text,
  accountId: text,
  region: text,
  resourceType: text,
  resourceId: text,
  resourceName: z.optional(text),
};
const result = z.looseObject({
  ...subject,
  compliance: z.enum(['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE']),
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
  annotation: text,
  findings: z.array(z.looseObject({ kind: text })),
  fix: z.optional(z.nullable(text)),
  waivers: z.optional(z.array(z.object({ reason: text, ticket: text, owner: text, until: text }))),
});
const error = z.looseObject({ ...subject, code: text, message: text, api: z.optional(text) });
const time = z.pipe(
  text.check(z.refine((value) => !Number.isNaN(Date.parse(value)), 'is no time')),
  z.transform((value) => new Date(value)),
);
/** Later versions add fields to it; a file of an earlier one has fewer. */
const around = z.object({
  schemaVersion: z.literal('1.0'),
  generatedAt: z.optional(time),
  accountIds: z.optional(z.array(text)),
  now: z.optional(z.nullable(time)),
  rules: z.optional(z.array(text)),
  sample: z.optional(z.boolean()),
  settings: z.optional(z.nullable(z.object({ file: text, homeRegion: text, regions: z.array(text) }))),
  controls: z.optional(z.object({ judged: z.number(), all: z.number() })),
  inputs: z.optional(
    z.array(z.object({ accountId: text, source: z.nullable(text), asOf: time, regions: z.array(text) })),
  ),
  accounts: z.optional(z.array(z.looseObject({ accountId: text }))),
  parameters: z.optional(z.record(text, z.record(text, text))),
});

export type ReadResult = ComparedResult & { readonly waivers?: readonly WaivedBy[] };
export type ReadError = ComparedError & Pick<ResultError, 'api'>;

/** Takes what an evaluation says, as it is read. */
export interface Taker {
  result(one: ComparedResult): void;
  error(one: ComparedError): void;
}

/**
 * Reads what `evaluate --format json` wrote, of any version, a result at a time. Gives when and of what it is.
 *
 * @param file `-` for standard input.
 * @throws {UsageError} when it is something else.
 */
export async function readSide(file: string, input: Readable, taker: Taker): Promise<Header> {
  const [rulesSeen, accountsSeen] = [new Set<string>(), new Set<string>()];
  const see = (one: ComparedResult | ComparedError) => {
    rulesSeen.add(one.rule);
    accountsSeen.add(one.accountId);
  };
  const kept = await scan(file, input, {
    result(one) {
      see(one);
      taker.result(one);
    },
    error(one) {
      see(one);
      taker.error(one);
    },
  });
  const { schemaVersion: _, generatedAt = new Date(), now, ...head } = parsed(around, kept, file);
  const { rules = [...rulesSeen], accountIds = [...accountsSeen], settings = null, sample = false } = head;
  const { controls: known = controlsOf(rules), inputs, accounts, parameters } = head;
  return {
    ...{ generatedAt, accountIds, rules, sample, settings, controls: known },
    ...(now && { now }),
    ...(inputs && { inputs }),
    ...(accounts && { accounts: accounts as unknown as NonNullable<Header['accounts']> }),
    ...(parameters && { parameters }),
  };
}

/** How many of the catalogue these rules judge. */
export const controlsOf = (rules: readonly string[]): Header['controls'] => ({
  judged: controls.filter((one) => one.kind === 'custom' && rules.includes(one.rule)).length,
  all: controls.length,
});

/** All of it at once, without when and of what. */
export async function readEvaluated(
  file: string,
  input: Readable,
): Promise<{ readonly results: readonly ReadResult[]; readonly errors: readonly ReadError[] }> {
  const said: { results: ReadResult[]; errors: ReadError[] } = { results: [], errors: [] };
  await readSide(file, input, {
    result: (one) => said.results.push(one as ReadResult),
    error: (one) => said.errors.push(one as ReadError),
  });
  return said;
}

/** So much of a file tells what it is, where it is no JSON. */
const BEGINNING = 4096;

/** Gives each result and error, and then all that is around them. */
async function scan(file: string, input: Readable, taker: Taker): Promise<unknown> {
  const keep = Object.keys(around.shape);
  const scanner = new JsonElementScanner({ arrays: ['results', 'errors'], isEach: true, keep });
  const counts = { results: 0, errors: 0 };
  let beginning = '';
  try {
    for await (const chunk of file === '-' ? readStream(input, file) : readBytes(file, file)) {
      if (beginning.length < BEGINNING) beginning += Buffer.from(chunk.subarray(0, BEGINNING)).toString();
      for (const element of scanner.write(chunk)) {
        const path = element.member === 'results' ? 'results' : 'errors';
        const value = parseElement(element);
        if (element.member === '') throw notResults(file, 'the whole: expected an object, received an array');
        const at = `${path}.${counts[path]++}`;
        if (path === 'results') taker.result(parsed(result, value, file, at) as unknown as ComparedResult);
        else taker.error(parsed(error, value, file, at) as unknown as ComparedError);
      }
    }
    scanner.end();
  } catch (failure) {
    if (failure instanceof UsageError) throw failure;
    const said = (failure as Error).message.replace(`${file}: `, '');
    throw notResults(file, (failure instanceof JsonStreamError && whatItIs(beginning)) || said);
  }
  for (const name of ['results', 'errors']) {
    if (!scanner.arraysFound.has(name)) throw notResults(file, `${name}: expected an array`);
  }
  return Object.fromEntries(scanner.kept);
}
