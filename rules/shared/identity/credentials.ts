/** What the credential report says that a user can sign in or sign requests with. */
import { AccountError, OWN_CODES } from '../../../account/errors.ts';
import type { CredentialReportRow } from '../../../account/services/iam/readings.ts';
import { type Answer, some } from '../answers.ts';

export interface Credentials {
  readonly password: Answer;
  /** An active access key. */
  readonly key: Answer;
  /** Why one of them is unknown. */
  readonly error?: AccountError;
}

/** The report, or why there is none. */
export type Report = readonly CredentialReportRow[] | AccountError;

/**
 * Looks users up in the report. It may be four hours old (IAM User Guide), so that nothing is known of a user whom it
 * does not have.
 *
 * @example
 * const credentialsOf = lookUp(await settle(account.read(credentialReport)));
 * credentialsOf('ana'); // { password: true, key: false }
 */
export function lookUp(report: Report): (userName: string) => Credentials {
  const unknown = (error: AccountError): Credentials => ({ password: 'unknown', key: 'unknown', error });
  if (report instanceof AccountError) return () => unknown(report);
  const rows = new Map(report.map((row) => [row.user, row]));
  return (userName) => {
    const row = rows.get(userName);
    if (!row) return unknown(doubt(userName, 'is not in the credential report, which may be four hours old'));
    if (row.problem)
      return unknown(doubt(userName, `cannot be told from the credential report: ${row.problem}`));
    const { passwordEnabled: password = 'unknown', accessKeys } = row;
    const key = some(accessKeys.map(({ active }) => active));
    if (password !== 'unknown') return { password, key };
    return { password, key, error: doubt(userName, 'has no password_enabled in the credential report') };
  };
}

const doubt = (userName: string, what: string): AccountError =>
  new AccountError(
    OWN_CODES.incomplete,
    'iam:GetCredentialReport',
    `iam:GetCredentialReport: ${userName} ${what}`,
    userName,
  );
