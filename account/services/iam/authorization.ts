import type { Account } from '../../account.ts';
import { AccountError, OWN_CODES, partial } from '../../errors.ts';
import type { AuthorizationDetails, BrokenDetail } from './authorization-details.ts';
import { authorizationDetails } from './readings.ts';

/** Who is in the account and may do what, as far as it could be read. */
export interface Authorization {
  readonly details: AuthorizationDetails;
  /** What is not in it: an element that makes no sense (with `about`), a list, the rest of an answer that goes on. */
  readonly errors: readonly AccountError[];
}

/**
 * What GetAccountAuthorizationDetails says. A user, group, role or policy that is not there because of an error is not to be
 * taken for one that does not exist: a user's group, and a principal's policy, are then `unread` in its permissions.
 *
 * @throws {AccountError} where there is nothing of it.
 */
export async function authorizationOf(account: Account<typeof authorizationDetails>): Promise<Authorization> {
  const { values, errors } = await partial(account.read(authorizationDetails).then((details) => [details]));
  const [details] = values;
  if (!details) throw errors[0];
  const { broken, lacking } = details;
  return { details, errors: [...errors, ...broken.map(brokenError), ...lacking.map(lackingError)] };
}

const NAME = 'iam:GetAccountAuthorizationDetails';

function brokenError({ type, id, name, what }: BrokenDetail): AccountError {
  const called = name ?? id;
  const message = `${NAME}${called === undefined ? '' : ` of ${called}`}: ${what}`;
  const about =
    id === undefined ? undefined : { type, id, ...(name !== undefined && { name }), region: 'global' };
  return new AccountError(OWN_CODES.malformed, NAME, message, id, about && { about });
}

const lackingError = (list: string): AccountError =>
  new AccountError(OWN_CODES.malformed, NAME, `${NAME}: ${list}: expected a list, found nothing`);
