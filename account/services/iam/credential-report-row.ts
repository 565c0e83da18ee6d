import { isDeepStrictEqual } from 'node:util';
import { isTime } from '../../parts.ts';
import type { CredentialReportRow, ReportedKey } from './readings.ts';

/** The key of a row that holds why the CSV reader could not fit the row to the header (credential-report.ts). */
export const ROW_PROBLEM = '!problem';

/** All rows of the report. Two rows of one user that disagree make that user unreadable. */
export function readReport(rows: readonly Readonly<Record<string, string>>[]): CredentialReportRow[] {
  const byUser = new Map<string, CredentialReportRow>();
  const nobodys: CredentialReportRow[] = [];
  for (const raw of rows) {
    const row = readReportRow(raw);
    const same = byUser.get(row.user);
    if (row.user === '') nobodys.push(row);
    else if (!same) byUser.set(row.user, row);
    else if (!isDeepStrictEqual(withoutCells(same), withoutCells(row))) {
      byUser.set(row.user, problematic(raw, `row ${row.user}: there is another of the same user`));
    } else if (!isDeepStrictEqual(same.cells, row.cells)) byUser.set(row.user, withoutCells(same));
  }
  return [...byUser.values(), ...nobodys];
}

/** Two rows of a user that disagree in other columns alone still say the same of what most rules ask. */
const withoutCells = ({ cells: _cells, ...rest }: CredentialReportRow): CredentialReportRow => rest;

const problematic = (row: Readonly<Record<string, string>>, problem: string): CredentialReportRow => ({
  user: row.user ?? '',
  arn: row.arn ?? '',
  certificates: [undefined, undefined],
  accessKeys: [],
  problem,
});

/**
 * A row of the credential report (IAM User Guide): booleans in any letter case; `N/A`, `no_information` and
 * `not_supported` mean that there is nothing to say. A row that makes no sense only costs its own user.
 */
export function readReportRow(row: Readonly<Record<string, string>>): CredentialReportRow {
  const { [ROW_PROBLEM]: problem } = row;
  if (problem !== undefined) return problematic(row, problem);
  if (!row.user) return problematic(row, 'a row names no user');
  try {
    return readRow(row);
  } catch (error) {
    return { ...problematic(row, (error as Error).message), cells: row };
  }
}

function readRow(row: Readonly<Record<string, string>>): CredentialReportRow {
  const where = `row ${row.user}`;
  const key = (number: 1 | 2): ReportedKey => {
    const rotated = `access_key_${number}_last_rotated`;
    const active = `access_key_${number}_active`;
    const at = reportTime(row[rotated], `${where}, column ${rotated}`);
    return {
      number,
      active: isActive(row[active], `${where}, column ${active}`),
      ...(at && { lastRotated: at }),
    };
  };
  const password = reportFlag(row.password_enabled, `${where}, column password_enabled`);
  const mfa = reportFlag(row.mfa_active, `${where}, column mfa_active`);
  const certificate = hasCertificate(row);
  const certificates = [certificateIn(row, 1), certificateIn(row, 2)] as const;
  return {
    user: row.user as string,
    arn: row.arn as string,
    ...(certificate !== undefined && { hasCertificate: certificate }),
    certificates,
    ...(password !== undefined && { passwordEnabled: password }),
    ...(mfa !== undefined && { mfaActive: mfa }),
    accessKeys: [key(1), key(2)],
    cells: row,
  };
}

/** No verdict on users needs the certificates, so an unreadable column is unknown and does not cost the row. */
function hasCertificate(row: Readonly<Record<string, string>>): boolean | undefined {
  const certificates = [1, 2].map((number) => {
    const active = row[`cert_${number}_active`]?.toLowerCase();
    if (active === 'false') return !NOTHING.has(row[`cert_${number}_last_rotated`]?.toLowerCase() ?? '');
    return active === 'true' ? true : undefined;
  });
  if (certificates.includes(true)) return true;
  return certificates.includes(undefined) ? undefined : false;
}

/** Whether the certificate is active. Of one that is not there, the report says `N/A` or `false`. */
function certificateIn(row: Readonly<Record<string, string>>, number: 1 | 2): boolean | undefined {
  const active = row[`cert_${number}_active`]?.toLowerCase();
  return active === 'true' ? true : active === 'false' || active === 'n/a' ? false : undefined;
}

const NOTHING = new Set(['', 'n/a', 'no_information', 'not_supported']);

/** `N/A` means that there is no key. `no_information` or an empty field does not mean that the key is inactive. */
function isActive(value: string | undefined, where: string): boolean {
  const flag = reportFlag(value, where);
  if (flag === undefined && !/^n\/a$/i.test(value ?? '')) {
    throw new Error(`${where}: ${JSON.stringify(value ?? '')} does not say whether the key is active`);
  }
  return flag === true;
}

function reportFlag(value: string | undefined, where: string): boolean | undefined {
  const lower = (value ?? '').toLowerCase();
  if (lower === 'true') return true;
  if (lower === 'false') return false;
  if (NOTHING.has(lower)) return undefined;
  throw new Error(`${where}: ${JSON.stringify(value)} is neither true nor false`);
}

function reportTime(value: string | undefined, where: string): Date | undefined {
  if (NOTHING.has((value ?? '').toLowerCase())) return undefined;
  if (!isTime(value as string)) throw new Error(`${where}: ${JSON.stringify(value)} is not a time`);
  return new Date(value as string);
}
