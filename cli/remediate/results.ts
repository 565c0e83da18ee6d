import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { decodedText } from '../../account/snapshot/encoding.ts';
import { readText } from '../../account/snapshot/files.ts';
import { parseJson } from '../../account/snapshot/json.ts';
import type { Both } from '../../report/both.ts';
import { didYouMean } from '../../report/closest.ts';
import { SEVERITIES } from '../../report/result.ts';
import type { Severity } from '../../rules/rule.ts';
import { covers } from '../../rules/shared/policy/globs.ts';
import { notResults } from '../inputs/results.ts';
import { isRegion } from '../options/read.ts';
import { UsageError } from '../program/errors.ts';
import { FIXABLE } from './document.ts';

/** A resource that an evaluation found NON_COMPLIANT. */
export interface Reported {
  readonly rule: string;
  readonly severity: Severity;
  readonly region: string;
  readonly resourceType?: string | undefined;
  readonly resourceId: string;
  readonly resourceName?: string;
}

/** The resources of an evaluation that can be fixed, and those that are left out. */
export interface Evaluation {
  /** Worst first, then as they came. */
  readonly found: readonly Reported[];
  /** What is left out, each a sentence. */
  readonly leftOut: readonly Both[];
  /** The accounts of what was found, whoever's they are. */
  readonly accountIds: readonly string[];
}

/** What of an evaluation is wanted. */
export interface Choice {
  /** Of these rules only; of all, when there is none. */
  readonly rules: readonly string[];
  /** Of this severity, and worse. */
  readonly severity?: Severity | undefined;
  /** With a name or an id that one of these matches: `*` is any number of characters, `?` is one. */
  readonly resources?: readonly string[] | undefined;
  readonly region?: string | undefined;
}

/** Worst first. */
const result = z.looseObject({
  rule: z.string(),
  accountId: z.string(),
  region: z.string(),
  resourceType: z.optional(z.string()),
  resourceId: z.string(),
  resourceName: z.optional(z.string()),
  compliance: z.string(),
  waivers: z.optional(z.array(z.unknown())),
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
export async function readResults(file: string, input: Readable): Promise<z.output<typeof report>> {
  const label = file === '-' ? '--from -' : `--from ${file}`;
  let content: unknown;
  try {
    content = parseJson(file === '-' ? decodedText(await buffer(input), label) : await readText(file, label));
  } catch (error) {
    throw notResults(label, (error as Error).message.replace(`${label}: `, ''));
  }
  const parsed = z.safeParse(report, content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw notResults(label, `${issue?.path.join('.') || 'the whole'}: ${issue?.message}`);
}

type Result = z.output<typeof result>;
type Named = Pick<Result, 'resourceId' | 'resourceName'>;
const matches = (glob: string, { resourceId, resourceName }: Named): boolean =>
  [resourceId, resourceName].some((name) => name !== undefined && matchesText(glob, name));
/** A name is a text: what looks like a wildcard in it, as in an ARN that somebody has made up, is a character. */
const matchesText = (glob: string, name: string): boolean => covers(glob, name.replace(/[*?]/g, '\u0000'));

const isBad = ({ compliance }: { readonly compliance: string }) => compliance === 'NON_COMPLIANT';
const rank = ({ severity }: { readonly severity: Severity }) => SEVERITIES.indexOf(severity);

/** What is wanted of what was found, whoever's it is. */
function chosen(found: readonly Result[], { rules, severity }: Choice): Result[] {
  return found.filter(
    (one) =>
      (rules.length === 0 || rules.includes(one.rule)) &&
      (severity === undefined || rank(one) <= rank({ severity })),
  );
}

/**
 * What is wanted of what was found, before anybody is asked whose it is.
 *
 * @throws {UsageError} for a `--resource` that matches nothing: a typing error must not mean that all is well.
 */
export function checkResources(
  { results }: z.output<typeof report>,
  { resources, ...choice }: Choice,
): readonly Reported[] {
  const bad = results.filter(isBad);
  const wanted = chosen(bad, choice);
  for (const glob of resources ?? []) {
    if (wanted.some((one) => matches(glob, one))) continue;
    const isElsewhere = bad.some((one) => matches(glob, one));
    const names = wanted.map(({ resourceId, resourceName }) => resourceName ?? resourceId);
    throw new UsageError({
      en: isElsewhere
        ? `--resource ${glob}: it matches only what --rule or --severity leaves out`
        : `--resource ${glob}: it matches nothing that --from has as NON_COMPLIANT${didYouMean(glob, [...new Set(names)])}`,
      ko: isElsewhere
        ? `--resource ${glob}: --rule이나 --severity로 제외한 것에만 맞습니다`
        : `--resource ${glob}: --from에서 NON_COMPLIANT인 것 중 맞는 것이 없습니다${didYouMean(glob, [...new Set(names)], 'ko')}`,
    });
  }
  const named = resources ? wanted.filter((one) => resources.some((glob) => matches(glob, one))) : wanted;
  return named as readonly Reported[];
}

/** @throws {UsageError} for a `--resource` of which nothing is left. */
export function checkLeft(left: readonly Reported[], resources: readonly string[] = []): void {
  const glob = resources.find((wanted) => !left.some((one) => matches(wanted, one)));
  if (glob !== undefined)
    throw new UsageError({
      en: `--resource ${glob}: it matches only what is left out`,
      ko: `--resource ${glob}: 제외한 것에만 맞습니다`,
    });
}

/** Those of them that these credentials can fix. */
export function fixable(
  { results, errors = [] }: z.output<typeof report>,
  { accountId, region, resources, ...choice }: Choice & { readonly accountId: string },
): Evaluation {
  const leftOut = new Map<string, { readonly why: Both; count: number }>();
  const leave = (why: Both) => {
    const found = leftOut.get(why.en) ?? { why, count: 0 };
    found.count++;
    leftOut.set(why.en, found);
  };
  const bad = results.filter(isBad);
  const once = new Set<string>();
  const found = chosen(bad, choice).filter((one) => {
    const key = JSON.stringify([one.rule, one.region, one.resourceId, one.accountId]);
    if (once.has(key)) return false;
    once.add(key);
    if (resources && !resources.some((glob) => matches(glob, one))) return false;
    if (one.waivers?.length) leave({ en: 'that are waived', ko: '예외로 둔 것' });
    else if (one.accountId !== accountId) {
      leave({
        en: `of account ${one.accountId}: the credentials are of ${accountId}`,
        ko: `계정 ${one.accountId}의 것: 자격 증명은 ${accountId}의 것입니다`,
      });
    } else if (!FIXABLE.some(({ id }) => id === one.rule)) {
      leave({
        en: `of ${one.rule}, which has no fix here`,
        ko: `${one.rule}의 것: 여기에는 수정이 없습니다`,
      });
    } else if (one.region !== 'global' && !isRegion(one.region)) {
      leave({ en: `in ${one.region}, which is no Region`, ko: `${one.region}의 것: 리전이 아닙니다` });
    } else if (region && one.region !== 'global' && one.region !== region) {
      leave({
        en: `in ${one.region}: --region is ${region}`,
        ko: `${one.region}의 것: --region은 ${region}입니다`,
      });
    } else return true;
    return false;
  });
  if (errors.length > 0) {
    const why = { en: 'that could not be judged', ko: '판정하지 못한 것' };
    leftOut.set(why.en, { why, count: errors.length });
  }
  const lines = [...leftOut.values()].map(({ why, count }) => ({
    en: `left out: ${count} ${why.en}`,
    ko: `제외 ${count}개: ${why.ko}`,
  }));
  return {
    found: found.sort((a, b) => rank(a) - rank(b)) as readonly Reported[],
    leftOut: lines,
    accountIds: [...new Set(bad.map((one) => one.accountId))],
  };
}
