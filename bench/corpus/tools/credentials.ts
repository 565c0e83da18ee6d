/** The credential report of a situation, and what other calls say of the same. */
import type { Situation } from '../situations.ts';

type Files = Situation['files'];
export type Row = Readonly<Record<string, string>>;

export const REPORT = 'global/iam/get-credential-report.csv';
export const ROOT = '<root_account>';

export interface Key {
  readonly UserName: string;
  readonly AccessKeyId: string;
  readonly Status: 'Active' | 'Inactive';
  readonly CreateDate: string;
}

export function reportIn(files: Files): Row[] {
  const text = files[REPORT];
  if (typeof text !== 'string') return [];
  const [head = [], ...rows] = text.split('\n').map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
}

const isOn = (text: string | undefined): boolean => text?.toLowerCase() === 'true';
/** How many of the keys of a row are active. */
export const activeKeysOf = (row: Row): number =>
  [1, 2].filter((number) => isOn(row[`access_key_${number}_active`])).length;

/** The keys of users by name, but of none whose active key is of unknown age. */
export function keysIn(report: readonly Row[]): Readonly<Record<string, readonly Key[]>> {
  const users = report.filter(({ user }) => user !== ROOT);
  return Object.fromEntries(
    users.flatMap((row) => {
      const keys = [1, 2].flatMap((number) => keyOf(row, number));
      return keys.some(({ Status, CreateDate }) => Status === 'Active' && CreateDate === 'N/A')
        ? []
        : [[row.user, keys.filter(({ CreateDate }) => CreateDate !== 'N/A')]];
    }),
  );
}

function keyOf({ user = '', ...row }: Row, number: number): Key[] {
  const Status = isOn(row[`access_key_${number}_active`]) ? 'Active' : 'Inactive';
  const CreateDate = row[`access_key_${number}_last_rotated`] ?? 'N/A';
  if (Status === 'Inactive' && CreateDate === 'N/A') return [];
  return [{ UserName: user, AccessKeyId: `AKIA${user.toUpperCase()}${number}`, Status, CreateDate }];
}
