import type { AnyAccount, ResourceRef } from '../account/account.ts';
import { couldNotTell, unjudged } from './judgement.ts';
import type { Parameters, ParameterValues } from './parameters.ts';
import type { Context, Finding, Judgement, Rule } from './rule.ts';

/** The account as a resource of its own: what AWS Config reports account-wide verdicts on. */
export const accountResource = (account: Pick<AnyAccount, 'id'>): ResourceRef => ({
  type: 'AWS::::Account',
  id: account.id,
  region: 'global',
});

/**
 * Runs one rule over an account. If the rule cannot even begin (the list of buckets was denied), the account is
 * unjudged, so that no exception is lost.
 */
export async function* evaluate<P extends Parameters, F extends Finding>(
  // biome-ignore lint/suspicious/noExplicitAny: whoever runs a rule gives it an account that may be asked for anything.
  rule: Rule<P, F, any>,
  account: AnyAccount,
  parameters: ParameterValues<P>,
  context: Context,
): AsyncGenerator<Judgement<F>> {
  try {
    yield* rule.judge(account, parameters, context);
  } catch (error) {
    if (context.resource) yield couldNotTell(context.resource, error);
    else yield* unjudged(accountResource(account), error);
  }
}
