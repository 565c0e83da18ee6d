import { ACCOUNT } from './memory.ts';

export const REPORT = 'global/iam/get-credential-report.csv';

/** Root's row, as AWS writes it of an account whose root has a password and has never been used. */
const ROW = {
  user: '<root_account>',
  arn: `arn:aws:iam::${ACCOUNT}:root`,
  user_creation_time: '2024-01-01T00:00:00+00:00',
  password_enabled: 'not_supported',
  password_last_used: 'no_information',
  password_last_changed: 'not_supported',
  password_next_rotation: 'not_supported',
  mfa_active: 'true',
  access_key_1_active: 'false',
  access_key_1_last_rotated: 'N/A',
  access_key_1_last_used_date: 'N/A',
  access_key_1_last_used_region: 'N/A',
  access_key_1_last_used_service: 'N/A',
  access_key_2_active: 'false',
  access_key_2_last_rotated: 'N/A',
  access_key_2_last_used_date: 'N/A',
  access_key_2_last_used_region: 'N/A',
  access_key_2_last_used_service: 'N/A',
  cert_1_active: 'false',
  cert_1_last_rotated: 'N/A',
  cert_2_active: 'false',
  cert_2_last_rotated: 'N/A',
};
type Cells = Partial<Record<keyof typeof ROW, string | undefined>>;

/** A credential report of these rows, root's unless told. A column that is `undefined` in the first is left out. */
export const report = (first: Cells = {}, ...others: Cells[]): Record<string, string> => {
  const columns = Object.keys(ROW).filter(
    (column) => !(column in first && first[column as keyof Cells] === undefined),
  );
  const rows = [first, ...others].map((cells) =>
    columns.map((column) => ({ ...ROW, ...cells })[column as keyof Cells]),
  );
  return { [REPORT]: [columns, ...rows].map((cells) => cells.join(',')).join('\n') };
};

/** The row of a user who is not root. */
export const userRow = (user: string, cells: Cells = {}, partition = 'aws'): Cells => ({
  user,
  arn: `arn:${partition}:iam::${ACCOUNT}:user/${user}`,
  password_enabled: 'false',
  password_last_used: 'N/A',
  ...cells,
});
