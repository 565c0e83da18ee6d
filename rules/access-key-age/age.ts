/** How old an access key is, and what follows from it. A day is 24 hours; everything is exact to the millisecond. */
import type { Exempt } from '../shared/exemption.ts';
import type { KeyName } from '../shared/users/deactivate.ts';

const DAY = 24 * 60 * 60 * 1000;

export type DatedKey = KeyName & { readonly createdAt: Date };

export interface AgeLimits {
  /** At exactly this age a key still passes. */
  readonly maxAgeDays: number;
  /** From this age on the annotation says when the key will fail. */
  readonly warnAgeDays: number;
}

export type OldKey = KeyName & {
  readonly kind: 'oldKey';
  /** Whole days, rounded down. */
  readonly ageDays: number;
  readonly maxAgeDays: number;
  /** ISO 8601. */
  readonly createdAt: string;
};
export type ExpiringKey = KeyName & {
  readonly kind: 'expiring';
  readonly ageDays: number;
  /** ISO 8601: the last moment at which the key still passes. */
  readonly failsAt: string;
};

export type AccessKeyAgeFinding =
  | OldKey
  | ExpiringKey
  /** Root has an active access key, of whatever age. */
  | { readonly kind: 'rootKey'; readonly number: 1 | 2 }
  | Exempt;

/** The findings on these active keys, oldest first: which are too old, and which soon will be. */
export function byAge(
  keys: readonly DatedKey[],
  { maxAgeDays, warnAgeDays }: AgeLimits,
  now: Date,
): (OldKey | ExpiringKey)[] {
  return [...keys]
    .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
    .flatMap(({ createdAt, ...key }): (OldKey | ExpiringKey)[] => {
      const age = now.getTime() - createdAt.getTime();
      const ageDays = Math.floor(age / DAY);
      if (age > maxAgeDays * DAY) {
        return [{ kind: 'oldKey', ...key, ageDays, maxAgeDays, createdAt: createdAt.toISOString() }];
      }
      if (age >= warnAgeDays * DAY) {
        const failsAt = new Date(createdAt.getTime() + maxAgeDays * DAY).toISOString();
        return [{ kind: 'expiring', ...key, ageDays, failsAt }];
      }
      return [];
    });
}

const named = ({ keyId, number }: KeyName) => `access key ${keyId ?? number}`;

export const oldKeyMessage = ({ ageDays, maxAgeDays, ...key }: OldKey): string => {
  // The age is rounded down, so that it equals the limit for a day after the key began to fail. "90 days old (limit
  // 90)" would read as if it passed.
  const age = ageDays > maxAgeDays ? `${ageDays}` : `just over ${maxAgeDays}`;
  return `${named(key)} is ${age} days old (limit ${maxAgeDays})`;
};

export const expiringMessage = ({ ageDays, failsAt, ...key }: ExpiringKey): string =>
  `${named(key)} is ${ageDays} days old; fails after ${failsAt}`;
