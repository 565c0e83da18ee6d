import type { AnyAccount } from '../../account/account.ts';
import { accountResource } from '../evaluate.ts';
import { attempt } from '../judgement.ts';
import type { Context, Finding, Judgement } from '../rule.ts';
import { isAskedAbout } from './asked.ts';

/** The one judgement of a rule that reports on the account as a whole; none where another resource is asked about. */
export async function* judgeWhole<F extends Finding>(
  account: Pick<AnyAccount, 'id'>,
  context: Context,
  judge: () => Promise<Judgement<F>>,
): AsyncGenerator<Judgement<F>> {
  const resource = accountResource(account);
  if (!isAskedAbout(context, resource)) return;
  const judgement = await attempt(resource, judge);
  if (judgement) yield judgement;
}
