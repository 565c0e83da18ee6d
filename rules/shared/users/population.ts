/** Who the IAM users are, by the list of users and by the credential report, for rules that judge each of them. */
import type { Account, ResourceRef } from '../../../account/account.ts';
import {
  AccountError,
  isAccountError,
  isNotCollected,
  OWN_CODES,
  type PartialList,
  partial,
} from '../../../account/errors.ts';
import {
  type CredentialReportRow,
  credentialReport,
  type IamUser,
  users,
} from '../../../account/services/iam/readings.ts';
import type { Context } from '../../rule.ts';
import { isAskedAbout } from '../asked.ts';
import { ROOT } from '../root.ts';
import { settle } from '../settle.ts';

export const USER = 'AWS::IAM::User';
/** The IAM API's code, and the SDK's name for it. */
export const NO_SUCH_USER = 'NoSuchEntity';

/** What is read before anyone is judged; an error where it could not be read. */
export interface Population {
  readonly report: readonly CredentialReportRow[] | AccountError;
  readonly listed: PartialList<IamUser>;
}

export async function readPopulation(
  account: Account<typeof credentialReport | typeof users>,
): Promise<Population> {
  const [report, listed] = await Promise.all([
    settle(account.read(credentialReport)),
    partial(account.read(users)),
  ]);
  return { report, listed };
}

export interface Person {
  readonly resource: ResourceRef;
  /** Empty where nobody can tell whose row of the report it is. */
  readonly name: string;
  /** Absent where the user is younger than the report, or there is no report. */
  readonly row: CredentialReportRow | undefined;
}

/**
 * Everybody who has to be judged. The list decides who exists, because the report may be four hours old (IAM User
 * Guide) and has no unique ids. Where the list was cut or not collected, the report adds the other users.
 */
export function everyone({ report, listed }: Population): Person[] {
  const rows = report instanceof AccountError ? [] : report;
  const rowOf = new Map(rows.map((row) => [row.user, row]));
  const isReported = isCut(listed) || listed.errors.some(isNotCollected);
  return [...listed.values, ...(isReported ? reported(rows, listed) : [])].map(({ id, name }) => ({
    resource: { type: USER, id, ...(name !== '' && { name }), region: 'global' },
    name,
    row: rowOf.get(name),
  }));
}

/** The users that only the report has, by ARN because it has no ids. */
function reported(rows: readonly CredentialReportRow[], { values, errors }: Population['listed']): IamUser[] {
  const known = new Set([ROOT, ...values.map(({ name }) => name), ...errors.map(({ about }) => about?.name)]);
  return rows
    .filter(({ user }) => !known.has(user))
    .map(({ user, arn, problem }) => ({ name: user, id: arn || `${problem}`, arn }));
}

const isCut = ({ errors }: Population['listed']): boolean =>
  errors.some((error) => isAccountError(error, OWN_CODES.cut));

/**
 * Why the list does not name everybody who is to be judged. A list that nobody collected is not among the
 * {@link obstacles}, because the report names the users too, if not by their id.
 */
export function gaps(listed: Population['listed'], context: Context): AccountError[] {
  const { resource } = context;
  const isUser = resource?.type === USER;
  const isFound = isUser && listed.values.some(({ id }) => id === resource.id);
  const isOther = ({ about }: AccountError) => about?.type === USER && !isAskedAbout(context, about);
  return isFound || (resource && !isUser) ? [] : listed.errors.filter((error) => !isOther(error));
}

/** What keeps a rule from knowing everybody whom it has to judge. */
export const obstacles = (listed: Population['listed'], context: Context): AccountError[] =>
  gaps(listed, context).filter((error) => !isNotCollected(error));

export const unreadableRow = ({ user, problem }: CredentialReportRow) =>
  new AccountError(
    OWN_CODES.malformed,
    'iam:GetCredentialReport',
    `iam:GetCredentialReport: ${problem}`,
    user,
  );
