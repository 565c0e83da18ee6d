import type { ResourceRef } from '../../account/account.ts';
import rule from '../../rules/access-key-age/rule.ts';
import { ACCOUNT, type Failure, judged, memoryAccount, type Said } from './memory.ts';

export const DAY = 86_400_000;
export const NOW = new Date('2026-11-22T00:00:00Z');
/** The time so many days (and milliseconds) before now, as the report writes it. */
export const ago = (days: number, ms = 0) => new Date(NOW.getTime() - days * DAY - ms).toISOString();

/** An access key of the report: `[active, last_rotated]`. */
export type Reported = [active: boolean | string, rotated: string];
export const none: Reported = [false, 'N/A'];

export interface Key {
  AccessKeyId: string;
  Status: 'Active' | 'Inactive';
  CreateDate: string;
}
export const key = (CreateDate: string, Status: Key['Status'] = 'Active', AccessKeyId = 'AKIAOLD'): Key => ({
  AccessKeyId,
  Status,
  CreateDate,
});

const COLUMNS =
  'user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_2_active,access_key_2_last_rotated';
const row = (user: string, [one = none, two = none]: readonly Reported[]) => {
  const arn = `arn:aws:iam::${ACCOUNT}:${user === '<root_account>' ? 'root' : `user/${user}`}`;
  return [user, arn, ago(900), 'not_supported', 'no_information', 'true', ...one, ...two].join(',');
};

export interface World {
  /** Users in the report, with their keys there. */
  report?: Record<string, readonly Reported[]> | Failure;
  root?: readonly Reported[] | 'no row';
  /** Users that ListUsers gives, where they are not the report's. */
  users?: readonly string[] | Failure | 'not collected';
  keys?: Record<string, readonly Key[] | Failure>;
  tags?: Record<string, Record<string, string> | Failure>;
  summary?: Record<string, number> | Failure;
}

const isFailure = (value: unknown): value is Failure =>
  typeof value === 'object' && value !== null && 'code' in value;
const idOf = (user: string) => `AIDA${user.toUpperCase()}`;

/** What the `aws` command line would print in such a world. */
export function readingsOf({ report = {}, root = [], users, keys = {}, tags = {}, summary }: World) {
  const names = users ?? (isFailure(report) ? [] : Object.keys(report));
  const readings: Record<string, unknown> = {
    'global/iam/get-credential-report.csv': isFailure(report)
      ? report
      : [
          COLUMNS,
          ...(root === 'no row' ? [] : [row('<root_account>', root)]),
          ...Object.entries(report).map(([user, reported]) => row(user, reported)),
        ].join('\n'),
  };
  if (names !== 'not collected') {
    readings['global/iam/list-users.json'] = isFailure(names)
      ? names
      : {
          Users: (names as readonly string[]).map((name) => ({
            UserName: name,
            UserId: idOf(name),
            Arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
          })),
        };
  }
  for (const [user, list] of Object.entries(keys)) {
    readings[`global/iam/list-access-keys/${user}.json`] = isFailure(list)
      ? list
      : { AccessKeyMetadata: list };
  }
  for (const [user, map] of Object.entries(tags)) {
    readings[`global/iam/list-user-tags/${user}.json`] = isFailure(map)
      ? map
      : { Tags: Object.entries(map).map(([Key, Value]) => ({ Key, Value })) };
  }
  if (summary) {
    readings['global/iam/get-account-summary.json'] = isFailure(summary) ? summary : { SummaryMap: summary };
  }
  return readings;
}

export const run = (
  world: World,
  parameters: Record<string, unknown> = {},
  context: { now?: Date; resource?: ResourceRef } = {},
) => judged(rule, memoryAccount(readingsOf(world)), parameters, context);
export const users = (said: readonly Said[]) => said.filter(({ type }) => type === 'AWS::IAM::User');
export const roots = (said: readonly Said[]) => said.filter(({ type }) => type === 'AWS::::Account');
