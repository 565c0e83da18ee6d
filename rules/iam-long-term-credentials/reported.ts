/** What the credential report says of a user's long-term credentials, cell by cell: a cell that makes no sense costs no other. */
import { isTime } from '../../account/parts.ts';
import type { CredentialReportRow } from '../../account/services/iam/readings.ts';

/** `undefined`: the report does not say. */
type Said = boolean | undefined;

export interface ReportedCredentials {
  readonly keys: readonly ReportedKey[];
  readonly password: Said;
  /** Of certificates 1 and 2, whether it is active. */
  readonly certificates: readonly [Said, Said];
}

export interface ReportedKey {
  readonly number: 1 | 2;
  readonly isActive: Said;
  /** Whether there is such a key, active or not. */
  readonly exists: Said;
  readonly createdAt?: Date;
  /** ISO 8601; `null`: never, since IAM began to take note of it in April 2015. */
  readonly lastUsed?: string | null;
}

/** Of a user of whom there is no row. */
const NOTHING_SAID: ReportedCredentials = {
  keys: [
    { number: 1, isActive: undefined, exists: undefined },
    { number: 2, isActive: undefined, exists: undefined },
  ],
  password: undefined,
  certificates: [undefined, undefined],
};

export function reportedCredentials(row: CredentialReportRow | undefined): ReportedCredentials {
  if (!row) return NOTHING_SAID;
  if (row.cells) return byCells(row.cells);
  if (row.problem) return NOTHING_SAID;
  // Two rows that disagree in columns which this rule does not need.
  return {
    keys: row.accessKeys.map(({ number, active, lastRotated }) => ({
      number,
      isActive: active,
      exists: active || lastRotated !== undefined || undefined,
      ...(lastRotated && { createdAt: lastRotated }),
    })),
    password: row.passwordEnabled,
    certificates: row.certificates,
  };
}

function byCells(cells: Readonly<Record<string, string>>): ReportedCredentials {
  const cell = (name: string) => (cells[name] ?? '').toLowerCase();
  const flag = (name: string): Said =>
    cell(name) === 'true' ? true : cell(name) === 'false' ? false : undefined;
  const flagOrNone = (name: string): Said => (cell(name) === 'n/a' ? false : flag(name));
  const at = (name: string): Date | undefined =>
    isTime(cells[name] ?? '') ? new Date(cells[name] as string) : undefined;

  const key = (number: 1 | 2): ReportedKey => {
    const isActive = flagOrNone(`access_key_${number}_active`);
    const createdAt = at(`access_key_${number}_last_rotated`);
    const isNone = cell(`access_key_${number}_last_rotated`) === 'n/a';
    const used = `access_key_${number}_last_used_date`;
    const usedAt = at(used);
    return {
      number,
      isActive,
      exists: isActive || createdAt !== undefined || (isNone ? isActive : undefined),
      ...(createdAt && { createdAt }),
      ...(usedAt ? { lastUsed: usedAt.toISOString() } : cell(used) === 'n/a' && { lastUsed: null }),
    };
  };
  return {
    keys: [key(1), key(2)],
    password: flag('password_enabled'),
    certificates: [flagOrNone('cert_1_active'), flagOrNone('cert_2_active')],
  };
}
