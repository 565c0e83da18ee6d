/** The emulated account of a size: what is in it, and the right verdict on each resource. */
import { BUCKETS, GROUPS, type Kind, PREFIX_LISTS, ROOT, TRAILS, USERS, type Verdict } from './kinds.ts';

export const REGIONS = ['us-east-1', 'eu-west-1'] as const;
export const RULES = [
  'root-mfa',
  'access-key-age',
  'sg-open-ports',
  's3-public',
  'trail-object-lock',
] as const;
export type Rule = (typeof RULES)[number];
export const isRule = (text: string): text is Rule => RULES.some((one) => one === text);
export type { Verdict };

/** Buckets (those of the trails included), security groups and users. */
export const SIZES = {
  small: { buckets: 20, groups: 40, users: 20 },
  medium: { buckets: 200, groups: 500, users: 200 },
  large: { buckets: 1_000, groups: 3_000, users: 1_000 },
} as const;
export type Size = keyof typeof SIZES;
export const isSize = (text: string): text is Size => Object.hasOwn(SIZES, text);

interface Made<What> {
  readonly name: string;
  readonly region: string;
  readonly what: What;
}

/** A resource and what is right about it. */
export interface Right {
  readonly rule: Rule;
  /** Its name; `account` for the account itself. */
  readonly resource: string;
  readonly kind: string;
  readonly is: string;
  readonly verdict: Verdict;
}

/** `what` of each kind in turn; a round of kinds is in one Region, and the next one in the other. */
function inTurn<What>(kinds: Readonly<Record<string, Kind<What>>>, prefix: string, count: number) {
  const all = Object.entries(kinds);
  return Array.from({ length: count }, (_, index) => {
    const [kind, { what, right, is }] = all[index % all.length] as (typeof all)[number];
    const region = REGIONS[Math.floor(index / all.length) % REGIONS.length] as string;
    return { kind, is, right, name: `${prefix}-${kind}-${index}`, region, what };
  });
}

export function accountOf(size: Size) {
  const { buckets, groups, users } = SIZES[size];
  const trails = inTurn(TRAILS, 'trail', Object.keys(TRAILS).length);
  const made = {
    groups: inTurn(GROUPS, 'group', groups),
    buckets: inTurn(BUCKETS, 'bucket', buckets - trails.length),
    users: inTurn(USERS, 'user', users),
    trails,
  };
  const rights = (
    rule: Rule,
    all: readonly (Omit<Right, 'rule' | 'resource' | 'verdict'> & { name: string; right: Verdict })[],
  ) => all.map(({ name, kind, is, right }): Right => ({ rule, resource: name, kind, is, verdict: right }));
  const isPrivate = trails.map((one) => ({
    ...one,
    kind: 'trail-bucket',
    is: 'a trail’s bucket, nothing public',
    right: 'COMPLIANT' as const,
  }));
  return {
    plan: { regions: REGIONS, prefixLists: PREFIX_LISTS, ...made } satisfies Plan,
    right: [
      ...Object.entries(ROOT).map(
        ([rule, { right, is }]): Right => ({
          rule: rule as Rule,
          resource: 'account',
          kind: 'root',
          is,
          verdict: right,
        }),
      ),
      ...rights('access-key-age', made.users),
      ...rights('sg-open-ports', made.groups),
      ...REGIONS.map(
        (region): Right => ({
          ...{ rule: 'sg-open-ports', resource: `default-${region}`, kind: 'default' },
          ...{ is: 'the default group of the VPC: all traffic from itself', verdict: 'COMPLIANT' },
        }),
      ),
      ...rights('s3-public', [...made.buckets, ...isPrivate]),
      ...rights('trail-object-lock', trails),
    ],
  };
}

/** What seed.py makes. */
export interface Plan {
  readonly regions: readonly string[];
  readonly prefixLists: typeof PREFIX_LISTS;
  readonly groups: readonly Made<unknown>[];
  readonly buckets: readonly Made<unknown>[];
  readonly users: readonly Made<unknown>[];
  readonly trails: readonly Made<unknown>[];
}
