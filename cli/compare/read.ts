import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { decodedText } from '../../account/snapshot/encoding.ts';
import { readText } from '../../account/snapshot/files.ts';
import { parseJson } from '../../account/snapshot/json.ts';
import { controls } from '../../catalogue/index.ts';
import type { ComparedError, ComparedResult, Evaluated } from '../../report/compare.ts';
import type { Header, ResultError, WaivedBy } from '../../report/result.ts';
import { notResults } from '../inputs/results.ts';

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
const shape = z.object({
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
  results: z.array(result),
  errors: z.array(error),
});

export type ReadResult = ComparedResult & { readonly waivers?: readonly WaivedBy[] };
export type ReadError = ComparedError & Pick<ResultError, 'api'>;

/** What an evaluation says, and when and of what. */
export interface Side {
  readonly evaluated: Evaluated;
  readonly header: Header;
}

/**
 * What `evaluate --format json` wrote, of any version.
 *
 * @throws {UsageError} when it is something else.
 */
export async function readSide(file: string, input: Readable): Promise<Side> {
  const {
    results,
    errors,
    schemaVersion: _,
    generatedAt = new Date(),
    now,
    ...head
  } = await read(file, input);
  const evaluated = { results, errors } as unknown as Evaluated;
  const all = [...evaluated.results, ...evaluated.errors];
  const { rules = [...new Set(all.map((one) => one.rule))], settings = null, sample = false } = head;
  const { accountIds = [...new Set(all.map((one) => one.accountId))] } = head;
  const { controls: known = controlsOf(rules), inputs, accounts, parameters } = head;
  return {
    evaluated,
    header: {
      ...{ generatedAt, accountIds, rules, sample, settings, controls: known },
      ...(now && { now }),
      ...(inputs && { inputs }),
      ...(accounts && { accounts: accounts as unknown as NonNullable<Header['accounts']> }),
      ...(parameters && { parameters }),
    },
  };
}

/** How many of the catalogue these rules judge. */
export const controlsOf = (rules: readonly string[]): Header['controls'] => ({
  judged: controls.filter((one) => one.kind === 'custom' && rules.includes(one.rule)).length,
  all: controls.length,
});

/** Without when and of what. */
export const readEvaluated = async (
  file: string,
  input: Readable,
): Promise<{ readonly results: readonly ReadResult[]; readonly errors: readonly ReadError[] }> =>
  (await readSide(file, input)).evaluated as never;

async function read(file: string, input: Readable): Promise<z.output<typeof shape>> {
  let content: unknown;
  try {
    content = parseJson(file === '-' ? decodedText(await buffer(input), file) : await readText(file, file));
  } catch (error) {
    throw notResults(file, (error as Error).message.replace(`${file}: `, ''));
  }
  const parsed = z.safeParse(shape, content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw notResults(file, `${issue?.path.join('.') || 'the whole'}: ${issue?.message}`);
}
