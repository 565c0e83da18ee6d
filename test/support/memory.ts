import type { AnyAccount } from '../../account/account.ts';
import { AccountError, isOneOf, OWN_CODES } from '../../account/errors.ts';
import { readAccount } from '../../account/open.ts';
import { type AnyTarget, nameOf, pathOf, type Reading } from '../../account/reading.ts';
import { reportRows } from '../../account/services/iam/credential-report.ts';
import type { Source } from '../../account/source.ts';
import { evaluate } from '../../rules/evaluate.ts';
import { annotation } from '../../rules/judgement.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { AnyRule, Compliance, Context, Finding } from '../../rules/rule.ts';

/** Stands for an answer that AWS refuses, or that says there is none: `fails('NoSuchBucketPolicy')`. */
export class Failure {
  constructor(readonly code: string) {}
}
export const fails = (code: string) => new Failure(code);
export const denied = fails('AccessDenied');

export const ACCOUNT = '111122223333';

/**
 * An account made of what the `aws` command line would print, by the path it has in a snapshot:
 * `{ 'global/iam/get-account-summary.json': { SummaryMap: { … } } }`. What is not there was not collected.
 */
export function memorySource(
  readings: Readonly<Record<string, unknown>>,
  { accountId = ACCOUNT, regions = ['us-east-1'] }: { accountId?: string; regions?: readonly string[] } = {},
): Source & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    accountId,
    regions,
    everyRegion: true,
    asked,
    async read(reading: Reading, target: AnyTarget = {}) {
      const path = pathOf(reading, target);
      const name = nameOf(reading);
      asked.push(path);
      const answer = readings[path];
      if (answer instanceof Failure) {
        if (isOneOf(reading.none ?? [], answer.code)) return null;
        throw new AccountError(answer.code, name, `${name}: ${answer.code}`, target.id);
      }
      if (typeof answer === 'string' && path.endsWith('.csv')) return rowsOf(name, answer);
      if (answer !== undefined) return answer;
      throw new AccountError(OWN_CODES.notCollected, name, `${path} was not collected`, target.id);
    },
  };
}

function rowsOf(name: string, csv: string) {
  try {
    return reportRows(csv);
  } catch (error) {
    throw new AccountError(OWN_CODES.malformed, name, (error as Error).message);
  }
}

export const memoryAccount = (...given: Parameters<typeof memorySource>): AnyAccount =>
  readAccount(memorySource(...given));

/** What a rule says of one resource, flat enough for a table of cases. */
export interface Said {
  id: string;
  compliance: Compliance | 'UNKNOWN';
  annotation: string;
  findings: readonly Finding[];
  /** The AWS error code where the rule could not tell. */
  code?: string;
  region: string;
  type: string;
  name?: string;
}

/** Runs a rule over an account and tells what it said. */
export async function judged(
  rule: AnyRule,
  account: AnyAccount,
  parameters: Record<string, unknown> = {},
  context: Partial<Context> = {},
): Promise<Said[]> {
  const said: Said[] = [];
  const values = parseParameters(rule, parameters);
  const now = new Date('2026-11-22T00:00:00Z');
  for await (const judgement of evaluate(rule, account, values, { now, ...context })) {
    const { id, region, type, name } = judgement.resource;
    const resource = { id, region, type, ...(name !== undefined && { name }) };
    said.push(
      judgement.compliance === undefined
        ? {
            ...resource,
            compliance: 'UNKNOWN',
            annotation: judgement.error.message,
            findings: [],
            code: (judgement.error as { code?: string }).code ?? judgement.error.name,
          }
        : {
            ...resource,
            compliance: judgement.compliance,
            annotation: annotation(rule, judgement),
            findings: judgement.findings,
          },
    );
  }
  return said;
}
