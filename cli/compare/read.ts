import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { decodedText } from '../../account/snapshot/encoding.ts';
import { readText } from '../../account/snapshot/files.ts';
import { parseJson } from '../../account/snapshot/json.ts';
import type { ComparedError, ComparedResult, Evaluated } from '../../report/compare.ts';
import type { ResultError, WaivedBy } from '../../report/result.ts';
import { UsageError } from '../program/errors.ts';

const subject = {
  rule: z.string(),
  accountId: z.string(),
  region: z.string(),
  resourceType: z.string(),
  resourceId: z.string(),
  resourceName: z.optional(z.string()),
};
const text = z.string();
const result = {
  ...subject,
  compliance: z.enum(['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE']),
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
  annotation: text,
  findings: z.array(z.looseObject({ kind: text })),
};
const waivers = z.optional(z.array(z.object({ reason: text, ticket: text, owner: text, until: text })));
const error = { ...subject, code: text, message: text };
const shapeOf = <R extends z.core.$ZodLooseShape, E extends z.core.$ZodLooseShape>(results: R, errors: E) =>
  z.object({
    schemaVersion: z.literal('1.0'),
    results: z.array(z.object(results)),
    errors: z.array(z.object(errors)),
  });
const compared = shapeOf(result, error);
const whole = shapeOf({ ...result, waivers }, { ...error, api: z.optional(text) });

export type ReadResult = ComparedResult & { readonly waivers?: readonly WaivedBy[] };
export type ReadError = ComparedError & Pick<ResultError, 'api'>;

/**
 * What a comparison goes by, of what `evaluate --format json` wrote, of any version.
 *
 * @throws {UsageError} when it is something else.
 */
export const readEvaluated = async (file: string, input: Readable): Promise<Evaluated> =>
  (await readShaped(file, input, compared)) as Evaluated;

/** The same, with what there is to say of each result. */
export const readResultsFile = async (
  file: string,
  input: Readable,
): Promise<{ readonly results: readonly ReadResult[]; readonly errors: readonly ReadError[] }> =>
  (await readShaped(file, input, whole)) as never;

async function readShaped(file: string, input: Readable, shape: z.ZodMiniType): Promise<unknown> {
  const expected = 'expected what "groundrules evaluate --format json" writes';
  let content: unknown;
  try {
    content = parseJson(file === '-' ? decodedText(await buffer(input), file) : await readText(file, file));
  } catch (error) {
    throw new UsageError({
      en: `${file}: ${(error as Error).message.replace(`${file}: `, '')}; ${expected}`,
      ko: `${file}: ${(error as Error).message.replace(`${file}: `, '')}. "groundrules evaluate --format json"의 출력이어야 합니다`,
    });
  }
  const parsed = z.safeParse(shape, content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError({
    en: `${file}: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}; ${expected}`,
    ko: `${file}: ${issue?.path.join('.') || '전체'}: ${issue?.message}. "groundrules evaluate --format json"의 출력이어야 합니다`,
  });
}
