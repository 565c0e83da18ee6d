import { buffer } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { decodedText } from '../../account/snapshot/encoding.ts';
import { readText } from '../../account/snapshot/files.ts';
import { parseJson } from '../../account/snapshot/json.ts';
import type { Severity } from '../../rules/rule.ts';
import { UsageError } from '../errors.ts';
import { isRegion } from '../options.ts';
import { FIXABLE } from './document.ts';

/** A resource that an evaluation found NON_COMPLIANT. */
export interface Reported {
  readonly rule: string;
  readonly severity: Severity;
  readonly region: string;
  readonly resourceId: string;
  readonly resourceName?: string;
}

/** What an evaluation has for a walk, and what it has not. */
export interface Evaluation {
  /** Worst first, then as they came. */
  readonly found: readonly Reported[];
  /** What is left out, each a sentence. */
  readonly leftOut: readonly string[];
  /** The accounts of what was found, whoever's they are. */
  readonly accountIds: readonly string[];
}

const SEVERITIES: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
const result = z.looseObject({
  rule: z.string(),
  accountId: z.string(),
  region: z.string(),
  resourceId: z.string(),
  resourceName: z.optional(z.string()),
  compliance: z.string(),
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
});
const report = z.looseObject({
  schemaVersion: z.literal('1.0'),
  results: z.array(result),
  errors: z.optional(z.array(z.unknown())),
});

/**
 * Reads what `evaluate --format json` wrote: `-` for standard input.
 *
 * @throws {UsageError} when it is something else.
 */
export async function readResults(file: string): Promise<z.output<typeof report>> {
  const label = file === '-' ? '--from -' : `--from ${file}`;
  const expected = 'expected what "groundrules evaluate --format json" writes';
  let content: unknown;
  try {
    content = parseJson(
      file === '-' ? decodedText(await buffer(process.stdin), label) : await readText(file, label),
    );
  } catch (error) {
    throw new UsageError(`${label}: ${(error as Error).message.replace(`${label}: `, '')}; ${expected}`);
  }
  const parsed = z.safeParse(report, content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${label}: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}; ${expected}`);
}

/** What of it these credentials can fix. */
export function fixable(
  { results, errors = [] }: z.output<typeof report>,
  { accountId, rules, region }: { accountId: string; rules: readonly string[]; region?: string | undefined },
): Evaluation {
  const leftOut = new Map<string, number>();
  const leave = (why: string) => void leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
  const bad = results.filter(({ compliance }) => compliance === 'NON_COMPLIANT');
  const once = new Set<string>();
  const found = bad.filter((one) => {
    const key = JSON.stringify([one.rule, one.region, one.resourceId, one.accountId]);
    if (once.has(key)) return false;
    once.add(key);
    if (rules.length > 0 && !rules.includes(one.rule)) return false;
    if (one.accountId !== accountId) {
      leave(`of account ${one.accountId}: the credentials are of ${accountId}`);
    } else if (!FIXABLE.some(({ id }) => id === one.rule)) leave(`of ${one.rule}, which has no fix here`);
    else if (one.region !== 'global' && !isRegion(one.region)) leave(`in ${one.region}, which is no Region`);
    else if (region && one.region !== 'global' && one.region !== region)
      leave(`in ${one.region}: --region is ${region}`);
    else return true;
    return false;
  });
  const lines = [...leftOut].map(([why, count]) => `left out: ${count} ${why}`);
  if (errors.length > 0) lines.push(`left out: ${errors.length} that could not be judged`);
  const rank = ({ severity }: { readonly severity: Severity }) => SEVERITIES.indexOf(severity);
  return {
    found: found.sort((a, b) => rank(a) - rank(b)) as readonly Reported[],
    leftOut: lines,
    accountIds: [...new Set(bad.map((one) => one.accountId))],
  };
}
