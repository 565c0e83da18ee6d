import type { Account } from '../../account.ts';
import { AccountError, OWN_CODES, partial } from '../../errors.ts';
import type { AuthorizationDetails, BrokenDetail, DetailList } from './authorization-details.ts';
import { authorizationDetails } from './readings.ts';

/** Who is in the account and may do what, as far as it could be read. */
export interface Authorization {
  readonly details: AuthorizationDetails;
  /** Elements that make no sense: one error each, with `about` where it is known which one it is. */
  readonly broken: Readonly<Record<DetailList, readonly AccountError[]>>;
  /** Why a list may have any number of other elements: the answer goes on, or lacks the list. */
  readonly more: Readonly<Partial<Record<DetailList, AccountError>>>;
}

/**
 * What GetAccountAuthorizationDetails says. A group or policy that is broken or not there is `unread` in the permissions of
 * those who have it (rules/shared/permissions/principals.ts); a user or role is to be looked for in `broken` and `more`.
 *
 * @throws {AccountError} where there is nothing of it.
 */
export async function authorizationOf(account: Account<typeof authorizationDetails>): Promise<Authorization> {
  const { values, errors } = await partial(account.read(authorizationDetails).then((details) => [details]));
  const [details] = values;
  if (!details) throw errors[0];
  const [cut] = errors;
  const { broken, lacking } = details;
  const brokenIn = (type: BrokenDetail['type']) => broken.filter((one) => one.type === type).map(brokenError);
  return {
    details,
    broken: {
      users: brokenIn('AWS::IAM::User'),
      groups: brokenIn('AWS::IAM::Group'),
      roles: brokenIn('AWS::IAM::Role'),
      policies: brokenIn('AWS::IAM::Policy'),
    },
    more: {
      ...(cut && { users: cut, groups: cut, roles: cut, policies: cut }),
      ...Object.fromEntries(
        lacking.map(({ list, member, why }) => [list, why ?? cut ?? lackingError(member)]),
      ),
    },
  };
}

const NAME = 'iam:GetAccountAuthorizationDetails';

function brokenError({ type, id, name, what }: BrokenDetail): AccountError {
  const called = name ?? id;
  const message = `${NAME}${called === undefined ? '' : ` of ${called}`}: ${what}`;
  const about =
    id === undefined ? undefined : { type, id, ...(name !== undefined && { name }), region: 'global' };
  return new AccountError(OWN_CODES.malformed, NAME, message, id, about && { about });
}

const lackingError = (member: string): AccountError =>
  new AccountError(OWN_CODES.malformed, NAME, `${NAME}: ${member}: expected a list, found nothing`);
