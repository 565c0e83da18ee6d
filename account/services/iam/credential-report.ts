import { parse } from 'csv-parse/sync';
import { ROW_PROBLEM } from './credential-report-row.ts';

/** The columns that a verdict rests on. Newer reports have more, older ones the same. */
const COLUMNS = ['user', 'arn', 'password_enabled', 'mfa_active'].concat(
  [1, 2].flatMap((number) => [`access_key_${number}_active`, `access_key_${number}_last_rotated`]),
);

/**
 * The rows of a decoded credential report, by column (IAM User Guide). credential-report-row.ts reads the rows. This
 * module is apart, so that functions which read no report do not carry a CSV parser. A row that does not fit the
 * header has its user's name and ARN, if they can be found, and its problem under {@link ROW_PROBLEM}.
 *
 * @throws {Error} naming the column that is missing, or there twice.
 */
export function reportRows(csv: string): Record<string, string>[] {
  const options = {
    delimiter: delimiterOf(csv),
    bom: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
  };
  const [header = [], ...rows] = parse(csv, options) as string[][];
  const twice = header.find((column, i) => header.indexOf(column) !== i);
  if (twice !== undefined) throw new Error(`the credential report has the column ${twice} twice`);
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (rows.length > 0 && missing.length > 0) {
    throw new Error(`the credential report lacks the column ${missing.join(', ')}`);
  }
  if (rows.length === 0) throw new Error('the credential report has no rows');
  return rows.map((cells, i) =>
    cells.length === header.length
      ? Object.fromEntries(header.map((column, at) => [column, cells[at] as string]))
      : {
          ...whoseRow(cells),
          [ROW_PROBLEM]: `row ${i + 2} has ${cells.length} cells, and the header ${header.length} columns`,
        },
  );
}

/** A spreadsheet saves with semicolons where the comma is in numbers, and with tabs as "Unicode text". */
const delimiterOf = (csv: string): string => /^\W*user"?([,;\t])/.exec(csv)?.[1] ?? ',';

/** Whose row it is. IAM allows a comma in a user's name, which is then in the ARN, too. Empty if it cannot be told. */
function whoseRow(cells: readonly string[]): { user: string; arn: string } {
  for (let end = 1; end < cells.length; end++) {
    const user = cells.slice(0, end).join(',');
    for (let last = end + 1; last <= cells.length; last++) {
      const arn = cells.slice(end, last).join(',');
      if (isArnOf(user, arn)) return { user, arn };
    }
  }
  return { user: '', arn: '' };
}

function isArnOf(user: string, arn: string): boolean {
  const name = /^arn:[\w-]+:iam::\d{12}:(?:user\/(?:.*\/)?([^/]+)|root)$/.exec(arn);
  return name !== null && (name[1] ?? '<root_account>') === user;
}
