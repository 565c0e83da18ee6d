import type { AnyAccount } from '../../../account/account.ts';
import type { AccountError } from '../../../account/errors.ts';
import { accountResource } from '../../evaluate.ts';
import { couldNotTell, unjudged } from '../../judgement.ts';
import type { Context, Unjudged } from '../../rule.ts';

/**
 * What the account's authorization details leave out, as it is reported: each user, group, role or policy by itself, anything
 * else on the account. Where one resource is asked about that nobody found, it may be in what is left out.
 */
export function unreadDetails(
  account: Pick<AnyAccount, 'id'>,
  { resource }: Context,
  errors: readonly AccountError[],
): Unjudged[] {
  if (!resource) return errors.flatMap((error) => unjudged(accountResource(account), error));
  return errors
    .filter(({ about }) => !about || (about.type === resource.type && about.id === resource.id))
    .map((error) => couldNotTell(resource, error));
}
