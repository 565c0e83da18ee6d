/** What judging an account says, as reports have it: the command and the function of a fleet judge by this. */
import type { AnyAccount, ResourceRef } from '../account/account.ts';
import { accountResource, evaluate } from '../rules/evaluate.ts';
import { notApplicable } from '../rules/judgement.ts';
import { parseParameters } from '../rules/parameters.ts';
import type { AnyRule, Context, Judgement, Verdict } from '../rules/rule.ts';
import {
  type HeaderAccount,
  type Result,
  type ResultError,
  SEVERITIES,
  type Subject,
  toError,
  toResult,
} from './result.ts';

/** A verdict, or why there is none. */
export type Said =
  | { readonly result: Result; readonly tags?: Verdict['tags'] }
  | { readonly error: ResultError };

export interface RunWith {
  /** As the settings have them: those that are not there are the rule's defaults. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly context: Context;
  /** Whether the settings leave the rule's fix on. */
  readonly hasFix: boolean;
}

/**
 * Judges an account by a rule.
 *
 * @throws {InvalidParametersError}
 */
export function judgedBy(
  rule: AnyRule,
  account: AnyAccount,
  { parameters, context, hasFix }: RunWith,
): AsyncGenerator<Said> {
  const values = parseParameters(rule, parameters);
  return asSaid(rule, account.id, evaluate(rule, account, values, context), hasFix);
}

export async function* asSaid(
  rule: AnyRule,
  accountId: string,
  judgements: AsyncIterable<Judgement> | Iterable<Judgement>,
  hasFix: boolean,
): AsyncGenerator<Said> {
  for await (const judgement of judgements) {
    yield judgement.compliance === undefined
      ? { error: toError(rule, accountId, judgement) }
      : { result: toResult(rule, accountId, judgement, hasFix), tags: judgement.tags };
  }
}

/** Resources of the rule's types that files say are gone, or no longer recorded: no verdict on them holds any more. */
export async function* goneOf(
  rule: AnyRule,
  accountId: string,
  deleted: (types: readonly string[]) => AsyncIterable<ResourceRef>,
): AsyncGenerator<Said> {
  for await (const resource of deleted(rule.resourceTypes)) {
    yield { result: toResult(rule, accountId, notApplicable(resource)) };
  }
}

/** Of an account that cannot be entered, no rule can tell. */
export const unjudged = (accountId: string, rules: readonly AnyRule[], error: Error): readonly Said[] =>
  rules.map((rule) => ({
    error: toError(rule, accountId, { resource: accountResource({ id: accountId }), error }),
  }));

/** What each result of an account says of it. */
export const whoseIs = ({
  name,
  units,
}: Pick<HeaderAccount, 'name' | 'units'>): Pick<Subject, 'accountName' | 'organizationalUnit'> => ({
  ...(name !== undefined && { accountName: name }),
  ...(units && { organizationalUnit: units.map((unit) => unit.name).join('/') }),
});

/** Failures by severity, what nobody can tell, what is right, what does not apply. */
export const worstFirst = (said: readonly Said[]): readonly Said[] =>
  said
    .map((one) => [rankOf(one), one] as const)
    .sort(([one], [other]) => one - other)
    .map(([, one]) => one);

/** Where it stands among those: the lower, the worse. */
export function rankOf(said: Said): number {
  if ('error' in said) return SEVERITIES.length;
  const { compliance, severity } = said.result;
  if (compliance === 'NON_COMPLIANT') return SEVERITIES.indexOf(severity);
  return SEVERITIES.length + (compliance === 'COMPLIANT' ? 1 : 2);
}
