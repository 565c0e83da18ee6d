import fc from 'fast-check';
import type { ResourceRef } from '../../account/account.ts';
import rule, { type TrailObjectLockFinding } from '../../rules/trail-object-lock/rule.ts';
import { ACCOUNT, denied, fails, type Said } from '../support/memory.ts';
import { lock, OTHER, run, short, trail, type World } from '../support/trails.ts';

describe('trail-object-lock: parameters, plan and laws', () => {
  test.each([
    [{ minRetentionDays: '0' }, /minRetentionDays is "0": expected a whole number from 1/],
    [{ mode: 'NONE' }, /mode is "NONE": expected GOVERNANCE or COMPLIANCE/],
    [{ noTrailVerdict: 'no' }, /noTrailVerdict/],
  ])('the parameters %j are refused', async (parameters, message) => {
    await expect(run({ regions: {} }, parameters)).rejects.toThrow(message);
  });

  describe('plan', () => {
    const place = { bucket: 'logs', accountId: ACCOUNT };
    type Values = Parameters<typeof rule.plan>[1];
    const wanted: Values = {
      minRetentionDays: 365,
      mode: 'GOVERNANCE',
      noTrailVerdict: 'NON_COMPLIANT',
      excludeBuckets: [],
    };
    const resource: ResourceRef = { type: 'AWS::CloudTrail::Trail', id: 'main', region: 'us-east-1' };
    const planOf = (findings: TrailObjectLockFinding[], values: Partial<Values> = {}) =>
      rule.plan({ resource, compliance: 'NON_COMPLIANT', findings }, { ...wanted, ...values });
    const retentionOf = (plan: ReturnType<typeof planOf>) => {
      const { input } = plan.steps.at(-1) as (typeof plan.steps)[number];
      return (input.ObjectLockConfiguration as { Rule: { DefaultRetention: unknown } }).Rule.DefaultRetention;
    };

    test('a bucket without Object Lock gets versioning first, then the lock', () => {
      const plan = planOf([{ kind: 'noLock', ...place }]);
      expect(plan.steps.map(({ api, input }) => ({ api, input }))).toEqual([
        {
          api: 's3:PutBucketVersioning',
          input: {
            Bucket: 'logs',
            ExpectedBucketOwner: ACCOUNT,
            VersioningConfiguration: { Status: 'Enabled' },
          },
        },
        {
          api: 's3:PutObjectLockConfiguration',
          input: {
            Bucket: 'logs',
            ExpectedBucketOwner: ACCOUNT,
            ObjectLockConfiguration: {
              ObjectLockEnabled: 'Enabled',
              Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } },
            },
          },
        },
      ]);
      expect(plan.manual).toBeUndefined();
    });

    test('a bucket with Object Lock has versioning already', () => {
      const plan = planOf([{ kind: 'noDefaultRetention', ...place }]);
      expect(plan.steps.map(({ api }) => api)).toEqual(['s3:PutObjectLockConfiguration']);
    });

    test('COMPLIANCE, where it is asked for, comes with a warning', () => {
      const plan = planOf([{ kind: 'noDefaultRetention', ...place }], { mode: 'COMPLIANCE' });
      expect(retentionOf(plan)).toEqual({ Mode: 'COMPLIANCE', Days: 365 });
      expect(plan.manual?.[0]).toMatch(/irreversible: for 365 days/);
    });

    test('a missing bucket is not made again, nor another account touched', () => {
      const plan = planOf([{ kind: 'noBucket', bucket: 'logs' }]);
      expect(plan.steps).toEqual([]);
      expect(plan.manual?.[0]).toMatch(/Bucket logs does not exist/);
      expect(planOf([{ kind: 'foreignTrail', owner: OTHER }]).steps).toEqual([]);
    });

    test('a trail is for a person to create', () => {
      const plan = planOf([{ kind: 'noTrail', regions: ['us-east-1'] }]);
      expect(plan.steps).toEqual([]);
      expect(plan.manual?.[0]).toMatch(/create-trail/);
    });

    test('whatever is set: never shorter, never weaker, and COMPLIANT afterwards', async () => {
      const length = fc.oneof(
        fc.record({ Days: fc.integer({ min: 1, max: 3000 }) }),
        fc.record({ Years: fc.integer({ min: 1, max: 10 }) }),
      );
      const mode = fc.constantFrom<Values['mode']>('GOVERNANCE', 'COMPLIANCE');
      const parameters = fc.record({ minRetentionDays: fc.integer({ min: 1, max: 3000 }), mode });
      const days = ({ Days, Years = 0 }: { Days?: number; Years?: number }) => Days ?? Years * 365;

      await fc.assert(
        fc.asyncProperty(length, mode, parameters, async (present, Mode, values) => {
          const judge = (retention: { Mode: string; Days?: number; Years?: number }) =>
            run({ regions: { 'us-east-1': [trail()] }, locks: { logs: lock(retention) } }, values);
          const [said] = await judge({ Mode, ...present });
          if (said?.compliance !== 'NON_COMPLIANT') return;

          const plan = planOf(said.findings as TrailObjectLockFinding[], values);
          const set = retentionOf(plan) as { Mode: string; Days?: number; Years?: number };
          expect(days(set)).toBeGreaterThanOrEqual(days(present));
          if (Mode === 'COMPLIANCE') expect(set.Mode).toBe('COMPLIANCE');
          expect((await judge(set))[0]?.compliance).toBe('COMPLIANT');
        }),
      );
    });
  });

  describe('for any trails', () => {
    const buckets = fc.constantFrom('logs', 'seoul-logs', 'gone', 'secret');
    const regionNames = ['us-east-1', 'eu-west-1', 'ap-northeast-2'];
    const trails = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('a', 'b', 'c'),
        home: fc.constantFrom(...regionNames),
        bucket: buckets,
      }),
      { selector: ({ name, home }) => `${name} ${home}`, maxLength: 6 },
    );
    const retention = fc.record({
      Mode: fc.constantFrom('GOVERNANCE', 'COMPLIANCE'),
      Days: fc.integer({ min: 1, max: 800 }),
    });
    const worlds = fc.record({ trails, logs: retention, seoul: retention }).map((given): World => {
      const shapes = given.trails.map(({ name, home, bucket }) => trail(name, home, { bucket }));
      return {
        regions: Object.fromEntries(regionNames.map((region) => [region, shapes])),
        locks: {
          logs: lock(given.logs),
          'seoul-logs': lock(given.seoul),
          gone: fails('NoSuchBucket'),
          secret: denied,
        },
      };
    });

    test('weaker parameters never fail more', async () => {
      const day = fc.integer({ min: 1, max: 800 });
      await fc.assert(
        fc.asyncProperty(worlds, day, day, async (world, one, other) => {
          const strict = await run(world, { minRetentionDays: Math.max(one, other), mode: 'COMPLIANCE' });
          const lenient = await run(world, { minRetentionDays: Math.min(one, other), mode: 'GOVERNANCE' });
          const failing = (said: Said[]) => short(said).filter((line) => line.endsWith('NON_COMPLIANT'));
          expect(failing(strict)).toEqual(expect.arrayContaining(failing(lenient)));
        }),
      );
    });

    test('the order of trails and Regions changes nothing', async () => {
      await fc.assert(
        fc.asyncProperty(worlds, async (world) => {
          const reversed: World = {
            ...world,
            regions: Object.fromEntries(
              Object.entries(world.regions)
                .reverse()
                .map(([region, list]) => [region, Array.isArray(list) ? [...list].reverse() : list]),
            ),
          };
          expect(short(await run(reversed)).sort()).toEqual(short(await run(world)).sort());
        }),
      );
    });

    test('each Region on its own, as the functions see it, says the same as all of them together', async () => {
      await fc.assert(
        fc.asyncProperty(worlds, async (world) => {
          const apart: string[] = [];
          for (const [region, list] of Object.entries(world.regions)) {
            apart.push(...short(await run({ ...world, regions: { [region]: list } })));
          }
          const together = short(await run(world));
          // The account without trails is said once an account, and once a function.
          expect([...new Set(apart)].sort()).toEqual(together.sort());
        }),
      );
    });
  });
});
