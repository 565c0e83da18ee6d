/** For how long a log is kept, against a bucket that is played day by day. */
import fc from 'fast-check';
import type { Trail } from '../../account/services/cloudtrail/readings.ts';
import type { LifecycleRule } from '../../account/services/s3/lifecycle.ts';
import { daysKept, expiryOf } from '../../rules/trail-log-retention/lifecycle.ts';

const OWNER = '111122223333';
const MEMBER = '444455556666';
const DAY = 86_400_000;
/** Longer than everything together that a rule below can ask for. */
const HORIZON = 30;

const trailOf = (isOrganizationTrail: boolean, keyPrefix: string | undefined): Trail => ({
  name: 'main',
  arn: `arn:aws:cloudtrail:us-east-1:${OWNER}:trail/main`,
  homeRegion: 'us-east-1',
  bucket: 'logs',
  isMultiRegion: true,
  isOrganizationTrail,
  ...(keyPrefix && { keyPrefix }),
});
const rootOf = ({ keyPrefix }: Trail) => `${keyPrefix ? `${keyPrefix}/` : ''}AWSLogs/`;
const foldersOf = (trail: Trail) => [
  `${rootOf(trail)}${OWNER}/CloudTrail/`,
  ...(trail.isOrganizationTrail
    ? [OWNER, MEMBER].map((one) => `${rootOf(trail)}o-abc/${one}/CloudTrail/`)
    : []),
];
/** What CloudTrail writes of the trail. */
const keysOf = (trail: Trail) =>
  foldersOf(trail).flatMap((folder) =>
    ['us-east-1/2026/11/28/log.json.gz', 'eu-west-1/2025/01/01/log.json.gz'].map((rest) => folder + rest),
  );

interface Bucket {
  readonly rules: readonly LifecycleRule[];
  readonly isVersioned: boolean;
  readonly lockedDays: number;
}

/** How old a log becomes that is written on a day. */
function played({ rules, isVersioned, lockedDays }: Bucket, key: string, written: number): number {
  const about = rules.filter(({ Status, Filter, Prefix }) => {
    const { Tag } = Filter ?? {};
    const tags = Filter?.And?.Tags ?? [];
    const prefixes = [Prefix, Filter?.Prefix, Filter?.And?.Prefix].map((one) => one ?? '');
    return Status === 'Enabled' && !Tag && tags.length === 0 && prefixes.every((one) => key.startsWith(one));
  });
  let noncurrentSince: number | undefined;
  for (let age = 0; age < HORIZON; age++) {
    const isExpired = about.some(
      ({ Expiration: of }) =>
        (of?.Days && age >= of.Days) || (of?.Date && (written + age) * DAY >= of.Date.getTime()),
    );
    if (isExpired && !isVersioned) return age;
    if (isExpired) noncurrentSince ??= age;
    const isOver = about.some(
      ({ NoncurrentVersionExpiration: of }) =>
        // No other version of a log is newer than it.
        of &&
        noncurrentSince !== undefined &&
        age - noncurrentSince >= of.NoncurrentDays &&
        (of.NewerNoncurrentVersions ?? 0) === 0,
    );
    if (isOver && age >= lockedDays) return age;
  }
  return Number.POSITIVE_INFINITY;
}

const worst = (bucket: Bucket, keys: readonly string[]) =>
  Math.min(...keys.flatMap((key) => Array.from({ length: 8 }, (_, written) => played(bucket, key, written))));

function claimed({ rules, ...bucket }: Bucket, trail: Trail): number {
  const expiry = expiryOf(rules, trail, OWNER);
  return expiry ? daysKept(expiry, bucket) : Number.POSITIVE_INFINITY;
}

const days = fc.integer({ min: 1, max: 6 });
const expiration = fc.oneof(
  days.map((Days) => ({ Days })),
  fc.integer({ min: 0, max: 7 }).map((day) => ({ Date: new Date(day * DAY) })),
);
const ruleOf = (prefixes: readonly string[]): fc.Arbitrary<LifecycleRule> =>
  fc
    .record({
      Status: fc.constantFrom('Enabled' as const, 'Enabled' as const, 'Disabled' as const),
      prefix: fc.constantFrom(...prefixes),
      form: fc.constantFrom('old', 'filter', 'and', 'tag', 'tags'),
      Expiration: fc.option(expiration, { nil: undefined }),
      NoncurrentVersionExpiration: fc.option(
        fc.record({
          NoncurrentDays: days,
          NewerNoncurrentVersions: fc.constantFrom(undefined, 0, 1, 5),
        }),
        { nil: undefined },
      ),
    })
    .map(({ prefix, form, ...rest }) => {
      const tag = { Key: 'class' };
      const filters = {
        old: { Prefix: prefix },
        filter: { Filter: { Prefix: prefix } },
        and: { Filter: { And: { Prefix: prefix, Tags: [] } } },
        tag: { Filter: { Tag: tag } },
        tags: { Filter: { And: { Prefix: prefix, Tags: [tag] } } },
      };
      return { ...rest, ...filters[form as keyof typeof filters] };
    });
const trail = fc
  .tuple(fc.boolean(), fc.constantFrom(undefined, 'audit'))
  .map(([isOrganizationTrail, keyPrefix]) => trailOf(isOrganizationTrail, keyPrefix));
/** A bucket that locks objects keeps versions. */
const kind = fc.constantFrom(
  { isVersioned: false, lockedDays: 0 },
  { isVersioned: true, lockedDays: 0 },
  { isVersioned: true, lockedDays: 9 },
);
const bucketOf = (prefixes: readonly string[]): fc.Arbitrary<Bucket> =>
  fc.tuple(fc.array(ruleOf(prefixes), { maxLength: 4 }), kind).map(([rules, rest]) => ({ rules, ...rest }));

const covering = (one: Trail) => {
  const [folder = ''] = one.isOrganizationTrail ? [rootOf(one)] : foldersOf(one);
  return ['', folder.slice(0, 3), rootOf(one), folder];
};
const any = (one: Trail) => [
  ...covering(one),
  ...foldersOf(one).flatMap((folder) => [folder, `${folder}us-east-1/`, `${folder}eu-west-1/2025/`]),
  `${rootOf(one)}${OWNER}/CloudTr`,
  `${rootOf(one)}${MEMBER}/`,
  `${rootOf(one)}${OWNER}/Config/`,
  `${rootOf(one)}o-abc/${MEMBER}/CloudTrail-Digest/`,
  `${rootOf(one)}o-abc/`,
  'tmp/',
];

test('rules for all of the logs: each is kept for as long as is said', () => {
  fc.assert(
    fc.property(
      trail.chain((one) => fc.tuple(fc.constant(one), bucketOf(covering(one)))),
      ([one, bucket]) => {
        expect(claimed(bucket, one)).toBe(worst(bucket, keysOf(one)));
      },
    ),
    { numRuns: 1000 },
  );
});

test('rules for some of the logs: none is kept for less than is said', () => {
  fc.assert(
    fc.property(
      trail.chain((one) => fc.tuple(fc.constant(one), bucketOf(any(one)))),
      ([one, bucket]) => {
        expect(worst(bucket, keysOf(one))).toBeGreaterThanOrEqual(claimed(bucket, one));
      },
    ),
    { numRuns: 1000 },
  );
});

test('rules for none of the logs: they are kept for ever', () => {
  fc.assert(
    fc.property(
      trail.chain((one) =>
        fc.tuple(
          fc.constant(one),
          bucketOf([`${rootOf(one)}${OWNER}/Config/`, `${rootOf(one)}${OWNER}/CloudTrail-Digest/`, 'tmp/']),
        ),
      ),
      ([one, { rules, ...rest }]) => {
        const aimed = rules.filter(({ Filter, Prefix }) => Prefix ?? Filter?.Prefix ?? Filter?.And?.Prefix);
        expect(claimed({ rules: aimed, ...rest }, one)).toBe(Number.POSITIVE_INFINITY);
      },
    ),
    { numRuns: 200 },
  );
});
