import fc from 'fast-check';
import { denied, fails, type Said } from '../support/memory.ts';
import { lock, run, short, trail, type World } from '../support/trails.ts';

describe('trail-object-lock: parameters and laws', () => {
  test.each([
    [{ minRetentionDays: '0' }, /minRetentionDays is "0": expected a whole number from 1/],
    [{ mode: 'NONE' }, /mode is "NONE": expected GOVERNANCE or COMPLIANCE/],
    [{ noTrailVerdict: 'no' }, /noTrailVerdict/],
  ])('the parameters %j are refused', async (parameters, message) => {
    await expect(run({ regions: {} }, parameters)).rejects.toThrow(message);
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
            const said = short(await run({ ...world, regions: { [region]: list } }));
            // A Region without a trail of its own says so.
            expect(said).not.toEqual([]);
            apart.push(...said.filter((line) => line !== 'account: NOT_APPLICABLE'));
          }
          const together = short(await run(world));
          // The account without trails is said once an account, and once a function.
          expect([...new Set(apart)].sort()).toEqual(together.sort());
        }),
      );
    });
  });
});
