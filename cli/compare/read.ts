import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { decodedText } from '../../account/snapshot/encoding.ts';
import { readText } from '../../account/snapshot/files.ts';
import { parseJson } from '../../account/snapshot/json.ts';
import type { Evaluated } from '../../report/compare.ts';
import { UsageError } from '../program/errors.ts';

const subject = {
  rule: z.string(),
  accountId: z.string(),
  region: z.string(),
  resourceType: z.string(),
  resourceId: z.string(),
  resourceName: z.optional(z.string()),
};
const shape = z.object({
  schemaVersion: z.literal('1.0'),
  results: z.array(
    z.object({
      ...subject,
      compliance: z.enum(['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE']),
      severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
      annotation: z.string(),
      findings: z.array(z.looseObject({ kind: z.string() })),
    }),
  ),
  errors: z.array(z.object({ ...subject, code: z.string(), message: z.string() })),
});

/**
 * Reads what `evaluate --format json` wrote, of any version.
 *
 * @throws {UsageError} when it is something else.
 */
export async function readEvaluated(file: string, input: Readable): Promise<Evaluated> {
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
  if (parsed.success) return parsed.data as Evaluated;
  const [issue] = parsed.error.issues;
  throw new UsageError({
    en: `${file}: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}; ${expected}`,
    ko: `${file}: ${issue?.path.join('.') || '전체'}: ${issue?.message}. "groundrules evaluate --format json"의 출력이어야 합니다`,
  });
}
