import { parse } from 'csv-parse/sync';

/** The columns that a verdict rests on. Newer reports have more, older ones the same. */
const COLUMNS = ['user', 'arn', 'password_enabled', 'mfa_active'].concat(
  [1, 2].flatMap((number) => [`access_key_${number}_active`, `access_key_${number}_last_rotated`]),
);

/**
 * The rows of a decoded credential report, by column (aws-facts §8). What is in them is for `shapes.ts` to read: this
 * module is apart because functions that read no report should not carry a CSV parser.
 *
 * @throws {Error} naming the column that is missing.
 */
export function reportRows(csv: string): Record<string, string>[] {
  const rows = parse(csv, { columns: true, bom: true, trim: true, skip_empty_lines: true }) as Record<
    string,
    string
  >[];
  const [first] = rows;
  if (!first) throw new Error('the credential report has no rows');
  const missing = COLUMNS.filter((column) => !(column in first));
  if (missing.length > 0) throw new Error(`the credential report lacks the column ${missing.join(', ')}`);
  return rows;
}
